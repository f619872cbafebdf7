// SPDX-License-Identifier: MIT
// First words, and finding `$1` in the texts of PostgreSQL.
#include "drivers/odbc/placeholders.hpp"

#include <azoth/base/text.hpp>

#include <algorithm>

namespace azoth::drivers::odbc {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Passes over what is no place for parameters.
class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  /// The end of the literal, quoted name or comment that begins at `at`; `at` when none does.
  std::size_t skip(std::size_t at) const {
    const std::string_view rest = sql_.substr(at);
    if (rest.starts_with("--")) {
      return end_of(sql_.find('\n', at), 0);
    }
    if (rest.starts_with("/*")) {
      return skip_comment(at);
    }
    if (rest[0] == '\'' || rest[0] == '"') {
      const bool has_escapes = rest[0] == '\'' && at > 0 &&
                               (sql_[at - 1] == 'E' || sql_[at - 1] == 'e') &&
                               (at < 2 || !is_word(sql_[at - 2]));
      return skip_quoted(at, has_escapes);
    }
    return rest[0] == '$' ? skip_dollars(at) : at;
  }

 private:
  std::size_t end_of(std::size_t found, std::size_t size) const {
    return found == sql_.npos ? sql_.size() : found + size;
  }

  std::size_t skip_comment(std::size_t at) const {
    int depth = 0;
    do {
      const std::string_view two = sql_.substr(at, 2);
      const bool is_mark = two == "/*" || two == "*/";
      depth += two == "/*" ? 1 : two == "*/" ? -1 : 0;
      at += is_mark ? 2 : 1;
    } while (depth > 0 && at < sql_.size());
    return std::min(at, sql_.size());
  }

  std::size_t skip_quoted(std::size_t at, bool has_escapes) const {
    const char quote = sql_[at];
    for (++at; at < sql_.size() && sql_[at] != quote; ++at) {
      at += has_escapes && sql_[at] == '\\' ? 1 : 0;
    }
    return std::min(at + 1, sql_.size());
  }

  // $tag$ ... $tag$
  std::size_t skip_dollars(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < sql_.size() && is_word(sql_[end])) {
      ++end;
    }
    const bool is_tag = end < sql_.size() && sql_[end] == '$' && !is_digit(sql_[at + 1]) &&
                        (at == 0 || !is_word(sql_[at - 1]));
    if (!is_tag) {
      return at;
    }
    const std::string_view tag = sql_.substr(at, end + 1 - at);
    return end_of(sql_.find(tag, end + 1), tag.size());
  }

  std::string_view sql_;
};

}  // namespace

bool begins_with(std::string_view sql, std::initializer_list<std::string_view> words) {
  sql.remove_prefix(std::min(sql.find_first_not_of(" \t\r\n("), sql.size()));
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return base::ascii_iequal(sql.substr(0, word.size()), word);
  });
}

bool changes_schema(std::string_view sql) {
  return begins_with(sql, {"CREATE", "ALTER", "DROP"});
}

NumberedText replace_numbered(std::string_view sql) {
  NumberedText out;
  const Scanner scanner(sql);
  for (std::size_t at = 0; at < sql.size();) {
    if (const std::size_t end = scanner.skip(at); end != at) {
      out.text += sql.substr(at, end - at);
      at = end;
      continue;
    }
    std::size_t end = at + 1, number = 0;
    const bool is_parameter = sql[at] == '$' && (at == 0 || !is_word(sql[at - 1]));
    for (; is_parameter && end < sql.size() && is_digit(sql[end]) && number < 65536; ++end) {
      number = number * 10 + static_cast<std::size_t>(sql[end] - '0');
    }
    if (number == 0) {
      out.text += sql[at++];
      continue;
    }
    out.text += '?';
    out.places.push_back(number - 1);
    out.count = std::max(out.count, number);
    at = end;
  }
  return out;
}

}  // namespace azoth::drivers::odbc
