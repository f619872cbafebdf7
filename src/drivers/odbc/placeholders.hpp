// SPDX-License-Identifier: MIT
// What is to be known of a statement's text: what it does by its first word, and its numbered
// parameters, as ODBC has only `?` and PostgreSQL's dialect writes `$1`.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::drivers::odbc {

/// Says whether the text begins with one of the words, in upper or lower case.
bool begins_with(std::string_view sql, std::initializer_list<std::string_view> words);
/// Says whether statements that were prepared before may not hold behind this one.
bool changes_schema(std::string_view sql);

/// A text with `?` in the places of `$1`, `$2` and so on, and which of those each `?` is (from 0).
/// Without any in the text it is as it was, and there are no places.
struct NumberedText {
  std::string text;
  std::vector<std::size_t> places;
  std::size_t count = 0;  ///< the largest number
};

/// Replaces numbered parameters outside of literals, quoted names and comments.
NumberedText replace_numbered(std::string_view sql);

}  // namespace azoth::drivers::odbc
