// SPDX-License-Identifier: MIT
// The one place where SQLite's result codes become exceptions.
#pragma once
#include <azoth/base/error.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace azoth::drivers::sqlite {

/// Throws the exception for a result code, with the connection's message and extended code.
/// `in_transaction` says that the caller had one open: it is told when SQLite has ended it.
[[noreturn]] void translate_error(sqlite3* db, int code, bool in_transaction = false);

/// Throws an error that the driver itself found.
[[noreturn]] void throw_driver_error(DBAPIErrorKind kind, std::string message);

}  // namespace azoth::drivers::sqlite
