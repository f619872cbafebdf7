// SPDX-License-Identifier: MIT
// Arrays as parameters.
#pragma once
#include "drivers/libpq/codec.hpp"
#include <azoth/base/function_ref.hpp>

namespace azoth::drivers::libpq {

/// The values of an array.
struct ArrayValues {
  std::size_t count;
  base::FunctionRef<Literal(std::size_t)> at;
  TypePtr type;
};

/// Brings the values into the form of the server's array type; false when one of them has none.
bool encode_array(const ArrayValues& values, Oid array, Parameter& out);

}  // namespace azoth::drivers::libpq
