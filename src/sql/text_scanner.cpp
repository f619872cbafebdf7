// SPDX-License-Identifier: MIT
// The scanner of textual SQL.
#include <azoth/sql/text_scanner.hpp>

namespace azoth::sql {

bool is_parameter_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

TextToken next_token(std::string_view sql, std::size_t from) {
  const auto is_word = [&](std::size_t i) {
    return i < sql.size() && is_parameter_character(sql[i]);
  };
  for (std::size_t i = from; i + 1 < sql.size(); ++i) {
    const bool is_escape = sql[i] == '\\' && sql[i + 1] == ':';
    if (!is_escape && sql[i] != ':') {
      continue;
    }
    const std::size_t word = i + (is_escape ? 2 : 1);
    std::size_t end = word;
    while (is_word(end)) {
      ++end;
    }
    const bool is_shut = end < sql.size() && sql[end] == ':';
    if (is_escape) {
      if (!is_shut) {
        return {TextToken::Kind::escape, i, end, sql.substr(i + 1, end - i - 1)};
      }
      ++i;  // its colon begins no parameter
      continue;
    }
    const bool is_behind = i > 0 && (sql[i - 1] == ':' || sql[i - 1] == '\\' || is_word(i - 1));
    if (!is_shut && !is_behind && end > word) {
      return {TextToken::Kind::parameter, i, end, sql.substr(word, end - word)};
    }
  }
  return {TextToken::Kind::end, sql.size(), sql.size(), {}};
}

}  // namespace azoth::sql
