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

/// Appends the text of an item in quotes.
void append_quoted(std::string& out, std::string_view text);
/// Renders a list as the server reads arrays: `{1,NULL,"a b"}`, lists within it as further
/// dimensions. @throws DataError for a text with NUL
std::string array_text(std::span<const Value> items);

/// Reads the text of an array whose items are of the type, which may be null; false for text that
/// is none, or with an item that is not of the type.
bool parse_array(std::string_view text, TypePtr item, std::vector<Value>& out);

}  // namespace azoth::drivers::libpq
