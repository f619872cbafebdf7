// SPDX-License-Identifier: MIT
// Inputs made by chance.
#include "fuzz/inputs.hpp"

#include <azoth/base/text.hpp>

#include <stdexcept>

namespace azoth::fuzz {

std::string Inputs::text(const std::vector<std::string_view>& pieces, std::size_t length) {
  std::string out;
  for (std::size_t n = below(length + 1); n > 0; --n) {
    if (below(8) == 0) {
      out += static_cast<char>(below(256));
    } else {
      out += pieces[below(pieces.size())];
    }
  }
  return out;
}

std::string Inputs::code_point() {
  std::uint32_t c = 1 + static_cast<std::uint32_t>(below(below(2) ? 0x7F : 0x10FFFF));
  if (c >= 0xD800 && c < 0xE000) {
    c = 0xE000;  // surrogates are no characters
  }
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

std::string Inputs::valid_text(const std::vector<std::string_view>& pieces, std::size_t length) {
  std::string out;
  for (std::size_t n = below(length + 1); n > 0; --n) {
    out += below(4) == 0 ? code_point() : std::string(pieces[below(pieces.size())]);
  }
  return out;
}

void broken(std::string_view law, std::string_view input, std::string_view got) {
  throw std::logic_error(std::string(law) + "\n  input: " + base::python_repr(input) +
                         "\n  got:   " + base::python_repr(got));
}

}  // namespace azoth::fuzz
