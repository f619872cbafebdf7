// SPDX-License-Identifier: MIT
// A scanner of SQL texts that passes over everything in which a `$1` is no parameter.
#include "drivers/libpq/placeholders.hpp"

#include <azoth/base/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::drivers::libpq {
namespace {

// Functions whose arguments may be of any type, so that they tell none.
constexpr std::array<std::string_view, 20> any_functions{"concat",
                                                         "concat_ws",
                                                         "count",
                                                         "first_value",
                                                         "format",
                                                         "json_agg",
                                                         "json_build_array",
                                                         "json_build_object",
                                                         "json_object_agg",
                                                         "jsonb_agg",
                                                         "jsonb_build_array",
                                                         "jsonb_build_object",
                                                         "jsonb_object_agg",
                                                         "last_value",
                                                         "num_nonnulls",
                                                         "num_nulls",
                                                         "pg_typeof",
                                                         "to_json",
                                                         "to_jsonb",
                                                         "array_agg"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Placeholder> scan() {
    while (at_ < sql_.size()) {
      next();
    }
    return std::move(found_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  void next() {
    const char c = peek();
    if (is_letter(c)) {
      return word();
    }
    std::string_view last = std::exchange(word_, {});
    if (c == '\'') {
      const bool escapes = last.size() == 1 && (last[0] == 'E' || last[0] == 'e');
      skip_quoted('\'', escapes);
    } else if (c == '"') {
      skip_quoted('"', false);
    } else if (c == '-' && peek(1) == '-') {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
    } else if (c == '/' && peek(1) == '*') {
      skip_comment();
    } else if (c == '$') {
      dollar();
    } else if (c == '(') {
      functions_.push_back(is_any_function(last));
      ++at_;
    } else {
      if (c == ')' && !functions_.empty()) {
        functions_.pop_back();
      } else if (c == ' ' || c == '\n') {
        word_ = last;
      }
      ++at_;
    }
  }

  void word() {
    const std::size_t begin = at_;
    while (is_letter(peek()) || is_digit(peek()) || peek() == '$') {
      ++at_;
    }
    word_ = sql_.substr(begin, at_ - begin);
  }

  static bool is_any_function(std::string_view name) {
    return std::any_of(any_functions.begin(), any_functions.end(), [&](std::string_view known) {
      return base::ascii_iequal(known, name);
    });
  }

  void skip_quoted(char quote, bool escapes) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == '\\' && escapes) {
        ++at_;
      } else if (sql_[at_] == quote && peek(1) == quote) {
        ++at_;
      } else if (sql_[at_] == quote) {
        ++at_;
        return;
      }
    }
  }

  void skip_comment() {
    int depth = 0;
    do {
      if (peek() == '/' && peek(1) == '*') {
        ++depth;
        at_ += 2;
      } else if (peek() == '*' && peek(1) == '/') {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < sql_.size());
  }

  // $1, or $tag$ ... $tag$
  void dollar() {
    const std::size_t begin = at_++;
    if (!is_digit(peek())) {
      while (is_letter(peek()) || is_digit(peek())) {
        ++at_;
      }
      if (peek() == '$') {
        const std::string_view tag = sql_.substr(begin, ++at_ - begin);
        const std::size_t end = sql_.find(tag, at_);
        at_ = end == sql_.npos ? sql_.size() : end + tag.size();
      }
      return;
    }
    std::size_t number = 0;
    for (; is_digit(peek()) && number <= max_number; ++at_) {
      number = number * 10 + static_cast<std::size_t>(peek() - '0');
    }
    if (number == 0 || number > max_number) {
      return;  // the server says what is wrong
    }
    if (found_.size() < number) {
      found_.resize(number);
    }
    const bool is_argument = !functions_.empty() && functions_.back();
    found_[number - 1].is_untyped |= is_argument || base::ascii_iequal(sql_.substr(at_, 4), " IS ");
  }

  static constexpr std::size_t max_number = 65535;

  std::string_view sql_;
  std::size_t at_ = 0;
  std::string_view word_;        // the last word, until something else follows
  std::vector<bool> functions_;  // of the open parentheses: those of a function of any type
  std::vector<Placeholder> found_;
};

}  // namespace

std::vector<Placeholder> find_placeholders(std::string_view sql) {
  return Scanner(sql).scan();
}

}  // namespace azoth::drivers::libpq
