// SPDX-License-Identifier: MIT
// Which error of PEP 249 each of SQLite's result codes is: the mapping of Python's sqlite3 module,
// so that every manual for SQLAlchemy on SQLite holds.
#include "drivers/sqlite3/error.hpp"

namespace azoth::drivers::sqlite {
namespace {

DBAPIErrorKind kind_of(int primary_code) {
  switch (primary_code) {
    case SQLITE_INTERNAL:
    case SQLITE_NOTFOUND:
      return DBAPIErrorKind::internal;
    case SQLITE_ERROR:
    case SQLITE_PERM:
    case SQLITE_ABORT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_EMPTY:
    case SQLITE_SCHEMA:
    case SQLITE_NOMEM:
      return DBAPIErrorKind::operational;
    case SQLITE_TOOBIG:
      return DBAPIErrorKind::data;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return DBAPIErrorKind::integrity;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return DBAPIErrorKind::interface;
    default:
      return DBAPIErrorKind::database;
  }
}

}  // namespace

void translate_error(sqlite3* db, int code, bool in_transaction) {
  DBAPIErrorInfo info;
  info.driver = "sqlite3";
  // The connection's message belongs to its last call; a code of another call has only its own
  // text.
  const bool is_last = db != nullptr && (sqlite3_errcode(db) & 0xff) == (code & 0xff);
  info.message = is_last ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  info.vendor_code = is_last ? sqlite3_extended_errcode(db) : code;
  info.invalidates_transaction = in_transaction && db != nullptr && sqlite3_get_autocommit(db) != 0;
  throw_dbapi_error(kind_of(code & 0xff), std::move(info));
}

void throw_driver_error(DBAPIErrorKind kind, std::string message) {
  DBAPIErrorInfo info;
  info.driver = "sqlite3";
  info.message = std::move(message);
  throw_dbapi_error(kind, std::move(info));
}

}  // namespace azoth::drivers::sqlite
