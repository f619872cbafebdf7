// SPDX-License-Identifier: MIT
// The one place where what drivers and their manager report becomes exceptions.
#pragma once
#include "drivers/odbc/wide.hpp"
#include <azoth/base/error.hpp>

#include <string>
#include <vector>

namespace azoth::drivers::odbc {

struct Backend;

/// One record of what a failed call reports.
struct Diagnostic {
  std::string sqlstate;
  int native = 0;  ///< the database's own number
  std::string message;
};

/// What a failed call reports: the first record says what has happened, others add to it.
struct Failure {
  std::vector<Diagnostic> records;
  const char* function = "";  ///< that was called: `SQLExecute`
};

/// Asks a handle for its records. @param type SQL_HANDLE_STMT and the like
Failure failure_of(SQLSMALLINT type, SQLHANDLE handle, const char* function);

/// Which exception a failure is: as pyodbc has it by SQLSTATE, and by the database's number where
/// that says nothing.
DBAPIErrorKind kind_of(const Diagnostic& record, const Backend& backend);
/// Says whether the connection cannot be used after the failure, by what SQLAlchemy knows of
/// pyodbc.
bool is_disconnect(const Failure& failure);

/// Throws the exception of a failure. @param is_lost the connection cannot be used any more
[[noreturn]] void throw_failure(const Failure& failure, const Backend& backend, bool is_lost);
/// Throws an error that this driver itself found.
[[noreturn]] void throw_driver_error(DBAPIErrorKind kind, std::string message);

}  // namespace azoth::drivers::odbc
