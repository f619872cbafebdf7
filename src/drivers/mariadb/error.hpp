// SPDX-License-Identifier: MIT
// The one place where what servers and the connector report becomes exceptions.
#pragma once
#include <azoth/base/error.hpp>

#include <mysql.h>

#include <string>

namespace azoth::drivers::mariadb {

/// What the connector says of a failed call.
struct Failure {
  unsigned int number = 0;
  std::string sqlstate;
  std::string message;
};

Failure failure_of(MYSQL* connection);
Failure failure_of(MYSQL_STMT* statement);

/// Which exception a failure is, as the Python drivers have it.
DBAPIErrorKind kind_of(const Failure& failure);
/// Says whether the connection cannot be used after the error.
bool is_disconnect(unsigned int number);

/// Throws the exception of a failure. @param ends_transaction the server has rolled back.
[[noreturn]] void throw_failure(Failure failure, bool ends_transaction = false);
/// Throws an error that the driver itself found.
[[noreturn]] void throw_driver_error(DBAPIErrorKind kind, std::string message);

}  // namespace azoth::drivers::mariadb
