// SPDX-License-Identifier: MIT
// Placeholders and IN lists: what compiling with the values at hand and completing a text at
// execution have in common.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/compile/dialect.hpp>

#include <span>
#include <string>
#include <string_view>

namespace azoth::compile {

/// Stands in the text for a number of the numeric style that is not known yet.
constexpr char number_mark = '\x1e';
/// The position that says so.
constexpr std::size_t numbered_later = 0;

/// Says whether placeholders are numbers.
constexpr bool is_numbered(ParamStyle style) {
  return style == ParamStyle::numeric || style == ParamStyle::numeric_dollar;
}

/// Appends the name of a parameter: characters that would end a name or a format directive are
/// written as letters.
void append_bind_name(std::string& out, std::string_view name);
/// Appends a name that stands without quotes where others of its kind have them: Oracle's, of a
/// parameter that is expanded or put into the text at execution.
void append_unquoted_name(std::string& out, std::string_view name);

/// Appends a placeholder; `position` counts from 1.
void append_placeholder(std::string& out,
                        ParamStyle style,
                        std::string_view name,
                        std::size_t position);

/// How one list is written.
struct ListForm {
  const Dialect& dialect;
  sql::Op op;
  TypePtr type;  ///< of an element, or a tuple type: the values are then rows after one another
  std::string_view name;  ///< of the parameter: its items are `name_1`, `name_2`
  bool as_literals = false;
  std::string_view prefix{}, suffix{};  ///< around each value
};

/// Appends what stands inside the parentheses of an IN list; `item` renders one placeholder and is
/// called for each value unless values are rendered in place.
void append_list(std::string& out,
                 const ListForm& form,
                 std::span<const Literal> values,
                 base::FunctionRef<void(std::string_view, const Literal&)> item);

/// Returns the type of the i-th value of a list.
TypePtr item_type(TypePtr type, std::size_t i);

}  // namespace azoth::compile
