// SPDX-License-Identifier: MIT
// Reads the comma separated texts that relationship options hold.
#pragma once
#include <string_view>
#include <vector>

namespace azoth::orm {

inline std::string_view stripped(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

/// Returns the words between commas, without blanks around them; empty ones are left out.
inline std::vector<std::string_view> comma_separated(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (const std::string_view word = stripped(text.substr(0, comma)); !word.empty()) {
      words.push_back(word);
    }
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return words;
}

}  // namespace azoth::orm
