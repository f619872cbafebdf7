// SPDX-License-Identifier: MIT
// The one place where what PostgreSQL and libpq report becomes exceptions.
#pragma once
#include <azoth/base/error.hpp>

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace azoth::drivers::libpq {

struct ClearResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};

using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// Throws the exception of the PEP 249 family for a result's SQLSTATE, with its message; without a
/// result, for what the connection says.
[[noreturn]] void throw_result_error(PGconn* connection, const PGresult* result);

/// Throws when the result is an error (or there is none).
void check_result(PGconn* connection, const PGresult* result);

/// Throws an error that the driver itself found.
[[noreturn]] void throw_driver_error(DBAPIErrorKind kind, std::string message);

/// Which exception a SQLSTATE is, as psycopg2 has it.
DBAPIErrorKind kind_of(std::string_view sqlstate);

}  // namespace azoth::drivers::libpq
