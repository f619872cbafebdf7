// SPDX-License-Identifier: MIT
// Rendering of parameters for logs and errors.
#include "engine/statement_log.hpp"

#include <fmt/format.h>

namespace azoth::detail {
namespace {

constexpr std::size_t max_characters = 300, max_values = 100, max_sets = 10;

bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count += starts_character(c) ? 1 : 0;
  }
  return count;
}

// The byte at which the character with that number starts.
std::size_t offset_of(std::string_view text, std::size_t character) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (starts_character(text[i]) && seen++ == character) {
      return i;
    }
  }
  return text.size();
}

// Shortens what was appended from `start` on: both ends stay.
void truncate_value(std::string& out, std::size_t start) {
  if (out.size() - start <= max_characters) {
    return;
  }
  const std::string value = out.substr(start);
  const std::size_t length = count_characters(value);
  if (length <= max_characters) {
    return;
  }
  out.resize(start);
  out.append(value, 0, offset_of(value, max_characters / 2));
  out += fmt::format(" ... ({} characters truncated) ... ", length - max_characters);
  out.append(value, offset_of(value, length - max_characters / 2));
}

void append_range(std::string& out, std::size_t first, std::size_t last, AppendAt append_value) {
  for (std::size_t i = first; i < last; ++i) {
    if (i > first) {
      out += ", ";
    }
    const std::size_t start = out.size();
    append_value(out, i);
    truncate_value(out, start);
  }
}

}  // namespace

std::string seconds_text(double seconds) {
  return fmt::format("{:.5f}s", seconds);
}

std::string age_text(double seconds) {
  return fmt::format("{:.4g}s ago", seconds);
}

void append_tuple(std::string& out, std::size_t count, AppendAt append_value) {
  out += '(';
  if (count > max_values) {
    constexpr std::size_t half = max_values / 2;
    append_range(out, 0, half, append_value);
    out += fmt::format(" ... {} parameters truncated ... ", count - max_values);
    append_range(out, count - half, count, append_value);
  } else {
    append_range(out, 0, count, append_value);
  }
  out += count == 1 ? ",)" : ")";
}

void append_sets(std::string& out, std::size_t count, AppendAt append_set) {
  const auto append_some = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      if (i > first) {
        out += ", ";
      }
      append_set(out, i);
    }
  };
  out += '[';
  if (count > max_sets) {
    append_some(0, max_sets - 2);
    out +=
        fmt::format("  ... displaying {} of {} total bound parameter sets ...  ", max_sets, count);
    append_some(count - 2, count);
  } else {
    append_some(0, count);
  }
  out += ']';
}

}  // namespace azoth::detail
