// SPDX-License-Identifier: MIT
// The types of reflected columns: from their text, as the server writes it, to SqlTypes.
#pragma once
#include <azoth/types/types.hpp>

#include <string>
#include <string_view>

namespace azoth::mysql {

/// Returns the type of `int(10) unsigned zerofill`, `enum('a','b')` and so on; a text's character
/// set and collation are given where they are not the table's. Warns (SAWarning) about types that
/// are not known.
TypePtr reflected_type(std::string_view text,
                       std::string_view column,
                       const std::string& charset,
                       const std::string& collation);

}  // namespace azoth::mysql
