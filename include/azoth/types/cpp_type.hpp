// SPDX-License-Identifier: MIT
// Which C++ types can hold a column. One trait, `CppType<T>`, open to user types.
#pragma once
#include <azoth/types/cell_type.hpp>
#include <azoth/types/codec.hpp>

namespace azoth {

/// Holds for C++ types that can be a column.
template <class T>
concept ColumnType = CppType<T>::mapped;

}  // namespace azoth
