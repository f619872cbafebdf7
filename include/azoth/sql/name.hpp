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

/// The marks are control characters, which no database takes in a name without quotes.
inline NameForm form_of(std::string_view name) {
  return !name.empty() && name.front() > 0 && name.front() <= 3
             ? static_cast<NameForm>(name.front())
             : NameForm::plain;
}

/// Returns the text of a name.
inline std::string_view bare(std::string_view name) {
  return form_of(name) == NameForm::plain ? name : name.substr(1);
}

inline std::string marked(std::string_view name, NameForm form) {
  return form == NameForm::plain ? std::string(bare(name))
                                 : std::string(1, static_cast<char>(form)).append(bare(name));
}

}  // namespace sql

/// Returns a name that is always (or never) written in quotes, for any place that takes a name:
/// `Table(quoted_name("Order", true), ...)`.
inline std::string quoted_name(std::string_view name, bool quote) {
  return sql::marked(name, quote ? sql::NameForm::quoted : sql::NameForm::unquoted);
}

}  // namespace azoth
