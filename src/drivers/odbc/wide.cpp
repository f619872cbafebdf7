// SPDX-License-Identifier: MIT
// UTF-8 and UTF-16.
#include "drivers/odbc/wide.hpp"

#include "drivers/odbc/error.hpp"
#include <azoth/base/text.hpp>

#include <cstdint>

namespace azoth::drivers::odbc {
namespace {

constexpr char32_t none = 0xFFFFFFFF;

// Takes one character from the front; `none` when there is no well-formed one.
char32_t next_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    text.remove_prefix(1);
    return first;
  }
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) {
    return none;
  }
  char32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) {
      return none;
    }
    code = code << 6 | (next & 0x3F);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    return none;
  }
  text.remove_prefix(size);
  return code;
}

void append_character(std::string& out, char32_t code) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_high(char16_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(char16_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Converts; a lone half is `replacement`, or ends it when that is `none`.
bool convert(std::string& out, std::u16string_view text, char32_t replacement) {
  out.reserve(out.size() + text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t code = text[i];
    if (code < 0x80) {
      out += static_cast<char>(code);
      continue;
    }
    if (is_high(text[i]) && i + 1 < text.size() && is_low(text[i + 1])) {
      code = 0x10000 + ((code - 0xD800) << 10) + (text[i + 1] - 0xDC00U);
      ++i;
    } else if (is_high(text[i]) || is_low(text[i])) {
      if (replacement == none) {
        return false;
      }
      code = replacement;
    }
    append_character(out, code);
  }
  return true;
}

}  // namespace

bool append_wide(std::u16string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  while (!text.empty()) {
    char32_t code = next_character(text);
    if (code == none) {
      return false;
    }
    if (code >= 0x10000) {
      code -= 0x10000;
      out += static_cast<char16_t>(0xD800 + (code >> 10));
      code = 0xDC00 + (code & 0x3FF);
    }
    out += static_cast<char16_t>(code);
  }
  return true;
}

std::u16string to_wide(std::string_view text) {
  std::u16string out;
  if (!append_wide(out, text)) {
    throw_driver_error(DBAPIErrorKind::data,
                       "the text " + base::python_repr(text.substr(0, 60)) +
                           " is no UTF-8; give bytes as Bytes, or convert the text");
  }
  return out;
}

bool append_utf8(std::string& out, std::u16string_view text) {
  return convert(out, text, none);
}

namespace {

SQLCHAR* narrow_pointer(std::string_view text) {
  return reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.data()));
}

}  // namespace

SQLRETURN prepare_text(SQLHSTMT statement, std::string_view sql, TextForm form) {
  const std::u16string text = to_wide(sql);
  return form == TextForm::wide
             ? SQLPrepareW(statement, wide_pointer(text), static_cast<SQLINTEGER>(text.size()))
             : SQLPrepare(statement, narrow_pointer(sql), static_cast<SQLINTEGER>(sql.size()));
}

SQLRETURN execute_text(SQLHSTMT statement, std::string_view sql, TextForm form) {
  const std::u16string text = to_wide(sql);
  return form == TextForm::wide
             ? SQLExecDirectW(statement, wide_pointer(text), static_cast<SQLINTEGER>(text.size()))
             : SQLExecDirect(statement, narrow_pointer(sql), static_cast<SQLINTEGER>(sql.size()));
}

std::string to_utf8(std::u16string_view text) {
  std::string out;
  convert(out, text, 0xFFFD);
  return out;
}

}  // namespace azoth::drivers::odbc
