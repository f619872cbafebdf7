// SPDX-License-Identifier: MIT
// Texts between UTF-8, which Azoth has, and UTF-16, which ODBC's wide functions have on every
// system. The functions without W take texts in the character set of a locale, and driver managers
// convert them as they like: they are not used.
#pragma once
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::drivers::odbc {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t), "ODBC's wide characters are UTF-16");

/// Appends the text in UTF-16; false for what is no UTF-8.
bool append_wide(std::u16string& out, std::string_view text);
/// Returns the text in UTF-16. @throws DataError for what is no UTF-8.
std::u16string to_wide(std::string_view text);
/// Appends the text in UTF-8; false when a half of a surrogate pair stands alone.
bool append_utf8(std::string& out, std::u16string_view text);
/// Returns the text in UTF-8, with U+FFFD for what has none: for messages and names.
std::string to_utf8(std::u16string_view text);

/// What ODBC's functions take, which change nothing behind the pointer.
inline SQLWCHAR* wide_pointer(const std::u16string& text) {
  return reinterpret_cast<SQLWCHAR*>(const_cast<char16_t*>(text.data()));
}

/// How a driver takes the texts of statements. One without wide functions gets them as they are:
/// the driver manager would take away what is not in Latin-1.
enum class TextForm : std::uint8_t { wide, narrow };

/// Call SQLPrepare and SQLExecDirect. @throws DataError for what is no UTF-8
SQLRETURN prepare_text(SQLHSTMT statement, std::string_view sql, TextForm form);
SQLRETURN execute_text(SQLHSTMT statement, std::string_view sql, TextForm form);

}  // namespace azoth::drivers::odbc
