// SPDX-License-Identifier: MIT
// Errors by the first two characters of their SQLSTATE.
#include "drivers/libpq/error.hpp"

#include <array>
#include <cstring>
#include <utility>

namespace azoth::drivers::libpq {
namespace {

using Row = std::pair<std::string_view, DBAPIErrorKind>;

constexpr std::array classes{
    Row{"08", DBAPIErrorKind::operational}, Row{"0A", DBAPIErrorKind::not_supported},
    Row{"20", DBAPIErrorKind::programming}, Row{"21", DBAPIErrorKind::programming},
    Row{"22", DBAPIErrorKind::data},        Row{"23", DBAPIErrorKind::integrity},
    Row{"24", DBAPIErrorKind::internal},    Row{"25", DBAPIErrorKind::internal},
    Row{"26", DBAPIErrorKind::operational}, Row{"27", DBAPIErrorKind::operational},
    Row{"28", DBAPIErrorKind::operational}, Row{"2B", DBAPIErrorKind::internal},
    Row{"2D", DBAPIErrorKind::internal},    Row{"2F", DBAPIErrorKind::internal},
    Row{"34", DBAPIErrorKind::operational}, Row{"38", DBAPIErrorKind::internal},
    Row{"39", DBAPIErrorKind::internal},    Row{"3B", DBAPIErrorKind::internal},
    Row{"3D", DBAPIErrorKind::programming}, Row{"3F", DBAPIErrorKind::programming},
    Row{"40", DBAPIErrorKind::operational}, Row{"42", DBAPIErrorKind::programming},
    Row{"44", DBAPIErrorKind::programming}, Row{"53", DBAPIErrorKind::operational},
    Row{"54", DBAPIErrorKind::operational}, Row{"55", DBAPIErrorKind::operational},
    Row{"57", DBAPIErrorKind::operational}, Row{"58", DBAPIErrorKind::operational},
    Row{"F0", DBAPIErrorKind::internal},    Row{"HV", DBAPIErrorKind::operational},
    Row{"P0", DBAPIErrorKind::internal},    Row{"XX", DBAPIErrorKind::internal},
};

// "ERROR:  no such table\nLINE 1: ..." without the severity and the last line's end.
std::string without_severity(const PGresult* result, std::string_view message) {
  if (const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY)) {
    if (message.starts_with(severity) && message.substr(std::strlen(severity)).starts_with(":  ")) {
      message.remove_prefix(std::strlen(severity) + 3);
    }
  }
  while (message.ends_with('\n')) {
    message.remove_suffix(1);
  }
  return std::string(message);
}

}  // namespace

DBAPIErrorKind kind_of(std::string_view sqlstate) {
  for (const auto& [prefix, kind] : classes) {
    if (sqlstate.starts_with(prefix)) {
      return kind;
    }
  }
  return DBAPIErrorKind::database;
}

void throw_result_error(PGconn* connection, const PGresult* result) {
  DBAPIErrorInfo info;
  info.driver = "libpq";
  info.invalidates_connection = PQstatus(connection) != CONNECTION_OK;
  if (const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE)) {
    info.sqlstate = sqlstate;
  }
  const char* message = result != nullptr ? PQresultErrorMessage(result) : "";
  info.message = without_severity(result, *message != '\0' ? message : PQerrorMessage(connection));
  const bool is_lost = info.invalidates_connection || info.sqlstate.empty();
  const DBAPIErrorKind kind = is_lost ? DBAPIErrorKind::operational : kind_of(info.sqlstate);
  throw_dbapi_error(kind, std::move(info));
}

void check_result(PGconn* connection, const PGresult* result) {
  switch (result != nullptr ? PQresultStatus(result) : PGRES_FATAL_ERROR) {
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_PIPELINE_ABORTED:
      throw_result_error(connection, result);
    case PGRES_EMPTY_QUERY:
      throw_driver_error(DBAPIErrorKind::programming, "can't execute an empty query");
    default:
      return;
  }
}

void throw_driver_error(DBAPIErrorKind kind, std::string message) {
  DBAPIErrorInfo info;
  info.driver = "libpq";
  info.message = std::move(message);
  throw_dbapi_error(kind, std::move(info));
}

}  // namespace azoth::drivers::libpq
