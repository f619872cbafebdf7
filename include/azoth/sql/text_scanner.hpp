// SPDX-License-Identifier: MIT
// Finds the parameters in textual SQL. Quotes and comments are not looked at, as in SQLAlchemy: a
// literal colon before a word is written `\:`.
#pragma once
#include <cstddef>
#include <string_view>

namespace azoth::sql {

/// Says whether a character belongs to a parameter's name: letters, digits, `_`, `$`, and the bytes
/// of letters beyond ASCII.
bool is_parameter_character(char c);

/// A place in textual SQL that stands for something else.
struct TextToken {
  enum class Kind : unsigned char { parameter, escape, end };
  Kind kind = Kind::end;
  std::size_t begin = 0, end = 0;  ///< of the whole token, with its colon or backslash
  std::string_view text{};         ///< the parameter's name; what an escape stands for (`:word`)
};

/// Returns the first token at or behind `from`. A parameter is a colon and a word, not behind
/// another colon (a PostgreSQL cast), a word or a backslash, nor before a colon; an escape is a
/// backslash before a colon, where no further colon ends the word.
TextToken next_token(std::string_view sql, std::size_t from);

}  // namespace azoth::sql
