// SPDX-License-Identifier: MIT
// How names carry what is known of the way they are to be written: a mark ahead of their text. A
// name without a mark is quoted where the database needs it, and never shortened.
#pragma once
#include <string>
#include <string_view>

namespace azoth {

namespace sql {

/// What the mark of a name says.
enum class NameForm : char {
  plain = 0,
  quoted = 1,      ///< always in quotes
  unquoted = 2,    ///< never in quotes
  truncatable = 3  ///< shortened when it is longer than the database allows
};

/// Returns what stands in a mark behind its first character: chosen by chance in each process, so
/// that no name that comes from outside can look like a marked one and go without its quotes.
std::string_view mark_seal();

/// A mark is a control character and the seal.
inline NameForm form_of(std::string_view name) {
  return !name.empty() && name.front() > 0 && name.front() <= 3 &&
                 name.substr(1).starts_with(mark_seal())
             ? static_cast<NameForm>(name.front())
             : NameForm::plain;
}

/// Returns the text of a name.
inline std::string_view bare(std::string_view name) {
  return form_of(name) == NameForm::plain ? name : name.substr(1 + mark_seal().size());
}

/// Returns the name with another mark, or with none.
std::string marked(std::string_view name, NameForm form);

}  // namespace sql

/// Returns a name that is always (or never) written in quotes, for any place that takes a name:
/// `Table(quoted_name("Order", true), ...)`.
inline std::string quoted_name(std::string_view name, bool quote) {
  return sql::marked(name, quote ? sql::NameForm::quoted : sql::NameForm::unquoted);
}

}  // namespace azoth
