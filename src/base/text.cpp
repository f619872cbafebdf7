// SPDX-License-Identifier: MIT
// Python's repr of str, bytes and float, for the parameters in logs and errors.
#include "azoth/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace azoth::base {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& out, std::uint32_t value, int digits) {
  while (digits-- > 0) {
    out += hex_digits[(value >> (4 * digits)) & 15];
  }
}

struct Range {
  std::uint32_t first, last;
};

// Characters above ASCII that Python escapes: control, format, separator, private use and
// noncharacters. Code points that Unicode has not assigned are left as they are, since the table of
// them would change with every version.
constexpr Range not_printable[] = {
    {0x80, 0xa0},       {0xad, 0xad},        {0x600, 0x605},     {0x61c, 0x61c},
    {0x6dd, 0x6dd},     {0x70f, 0x70f},      {0x890, 0x891},     {0x8e2, 0x8e2},
    {0x1680, 0x1680},   {0x180e, 0x180e},    {0x2000, 0x200f},   {0x2028, 0x202f},
    {0x205f, 0x206f},   {0x3000, 0x3000},    {0xd800, 0xf8ff},   {0xfdd0, 0xfdef},
    {0xfeff, 0xfeff},   {0xfff0, 0xfffb},    {0xfffe, 0xffff},   {0x110bd, 0x110bd},
    {0x110cd, 0x110cd}, {0x13430, 0x1343f},  {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
    {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff},
};

bool printable(std::uint32_t code) noexcept {
  const auto* range = std::lower_bound(std::begin(not_printable),
                                       std::end(not_printable),
                                       code,
                                       [](const Range& r, std::uint32_t c) { return r.last < c; });
  return range == std::end(not_printable) || code < range->first;
}

// Reads one character of well-formed UTF-8 of two to four bytes; a length of 0 if there is none at
// the start of `text`.
struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;
};

Character decode(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(0);
  const std::size_t length = lead >= 0xc2 && lead < 0xe0   ? 2
                             : lead >= 0xe0 && lead < 0xf0 ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                                                           : 0;
  if (length == 0 || text.size() < length) {
    return {};
  }
  std::uint32_t code = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return {};
    }
    code = (code << 6) | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    return {};
  }
  return {code, length};
}

// Appends an ASCII character as str and bytes both show it.
void append_ascii(std::string& out, char c, char quote) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\\':
      out += "\\\\";
      return;
    default:
      break;
  }
  if (c == quote) {
    out += '\\';
    out += c;
  } else if (c < 0x20 || c == 0x7f) {
    out += "\\x";
    append_hex(out, static_cast<unsigned char>(c), 2);
  } else {
    out += c;
  }
}

char choose_quote(std::string_view text) noexcept {
  return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

}  // namespace

void append_python_repr(std::string& out, std::string_view text) {
  const char quote = choose_quote(text);
  out += quote;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      append_ascii(out, text[0], quote);
      text.remove_prefix(1);
      continue;
    }
    const Character character = decode(text);
    const std::size_t length = std::max<std::size_t>(character.length, 1);
    if (character.length != 0 && printable(character.code)) {
      out.append(text.substr(0, length));
    } else if (character.length == 0) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text[0]), 2);
    } else {
      const int digits = character.code < 0x100 ? 2 : character.code < 0x10000 ? 4 : 8;
      out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
      append_hex(out, character.code, digits);
    }
    text.remove_prefix(length);
  }
  out += quote;
}

std::string python_repr(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_python_repr(out, text);
  return out;
}

std::string python_repr(double value) {
  if (std::isnan(value)) {
    return "nan";
  }
  if (std::isinf(value)) {
    return value < 0 ? "-inf" : "inf";
  }
  std::array<char, 64> buffer;
  // Python writes an exponent from 1e16 on and below 1e-4.
  const double size = std::fabs(value);
  const bool exponent = size != 0 && (size >= 1e16 || size < 1e-4);
  const auto end =
      std::to_chars(buffer.data(),
                    buffer.data() + buffer.size(),
                    value,
                    exponent ? std::chars_format::scientific : std::chars_format::fixed)
          .ptr;
  std::string out(buffer.data(), end);
  if (!exponent && out.find('.') == out.npos) {
    out += ".0";
  }
  return out;
}

void append_python_bytes_repr(std::string& out, std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const char quote = choose_quote(text);
  out += 'b';
  out += quote;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      append_ascii(out, c, quote);
    } else {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(c), 2);
    }
  }
  out += quote;
}

std::string python_bytes_repr(std::span<const std::byte> bytes) {
  std::string out;
  append_python_bytes_repr(out, bytes);
  return out;
}

std::string join(std::span<const std::string> pieces, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i != 0) {
      out += separator;
    }
    out += pieces[i];
  }
  return out;
}

namespace {
constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
}  // namespace

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool ascii_iequal(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return lower(a) == lower(b);
  });
}

}  // namespace azoth::base
