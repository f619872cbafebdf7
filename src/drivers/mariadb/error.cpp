// SPDX-License-Identifier: MIT
// Errors by their numbers; the rest by the first two characters of their SQLSTATE.
#include "drivers/mariadb/error.hpp"

#include <errmsg.h>
#include <mysqld_error.h>

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::drivers::mariadb {
namespace {

using Kind = DBAPIErrorKind;

// Where SQLSTATE says too little, or says HY000.
constexpr std::array numbers{
    std::pair{ER_WARN_NULL_TO_NOTNULL, Kind::data},
    std::pair{ER_WARN_DATA_OUT_OF_RANGE, Kind::data},
    std::pair{WARN_DATA_TRUNCATED, Kind::data},
    std::pair{ER_NO_DEFAULT, Kind::data},
    std::pair{ER_PRIMARY_CANT_HAVE_NULL, Kind::data},
    std::pair{ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, Kind::data},
    std::pair{ER_ILLEGAL_VALUE_FOR_TYPE, Kind::data},
    std::pair{ER_TRUNCATED_WRONG_VALUE, Kind::data},
    std::pair{ER_CANNOT_ADD_FOREIGN, Kind::integrity},
    std::pair{ER_NO_DEFAULT_FOR_FIELD, Kind::integrity},
    std::pair{3819, Kind::integrity},  // MySQL's name of a CHECK that is violated
    std::pair{ER_DB_CREATE_EXISTS, Kind::programming},
    std::pair{ER_BAD_DB_ERROR, Kind::operational},
    std::pair{ER_TABLEACCESS_DENIED_ERROR, Kind::operational},
    std::pair{ER_COLUMNACCESS_DENIED_ERROR, Kind::operational},
    std::pair{ER_DBACCESS_DENIED_ERROR, Kind::operational},
    std::pair{ER_ACCESS_DENIED_ERROR, Kind::operational},
    std::pair{ER_WARNING_NOT_COMPLETE_ROLLBACK, Kind::not_supported},
    std::pair{ER_NOT_SUPPORTED_YET, Kind::not_supported},
    std::pair{ER_FEATURE_DISABLED, Kind::not_supported},
    std::pair{ER_UNKNOWN_STORAGE_ENGINE, Kind::not_supported},
};

constexpr std::array classes{
    std::pair{"21", Kind::programming},
    std::pair{"22", Kind::data},
    std::pair{"23", Kind::integrity},
    std::pair{"42", Kind::programming},
};

// SQLAlchemy's, and those with which a server says goodbye.
constexpr std::array<unsigned int, 11> disconnects{CR_SERVER_GONE_ERROR,
                                                   CR_SERVER_LOST,
                                                   CR_SERVER_LOST_EXTENDED,
                                                   CR_COMMANDS_OUT_OF_SYNC,
                                                   2045,  // shared memory
                                                   ER_SERVER_SHUTDOWN,
                                                   ER_NEW_ABORTING_CONNECTION,
                                                   ER_CONNECTION_KILLED,
                                                   3169,  // MySQL: session was killed
                                                   4031,  // MySQL: disconnected for inactivity
                                                   CR_CONNECTION_ERROR};

}  // namespace

Failure failure_of(MYSQL* connection) {
  return {mysql_errno(connection), mysql_sqlstate(connection), mysql_error(connection)};
}

Failure failure_of(MYSQL_STMT* statement) {
  return {mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement), mysql_stmt_error(statement)};
}

Kind kind_of(const Failure& failure) {
  for (const auto& [number, kind] : numbers) {
    if (static_cast<unsigned int>(number) == failure.number) {
      return kind;
    }
  }
  for (const auto& [prefix, kind] : classes) {
    if (failure.sqlstate.starts_with(prefix)) {
      return kind;
    }
  }
  return failure.number < 1000 ? Kind::internal : Kind::operational;
}

bool is_disconnect(unsigned int number) {
  return std::find(disconnects.begin(), disconnects.end(), number) != disconnects.end();
}

void throw_failure(Failure failure, bool ends_transaction) {
  const Kind kind = kind_of(failure);
  DBAPIErrorInfo info;
  info.driver = "mariadb";
  info.message = std::move(failure.message);
  info.vendor_code = static_cast<int>(failure.number);
  info.sqlstate = std::move(failure.sqlstate);
  info.invalidates_connection = is_disconnect(failure.number);
  info.invalidates_transaction = ends_transaction;
  throw_dbapi_error(kind, std::move(info));
}

void throw_driver_error(DBAPIErrorKind kind, std::string message) {
  DBAPIErrorInfo info;
  info.driver = "mariadb";
  info.message = std::move(message);
  throw_dbapi_error(kind, std::move(info));
}

}  // namespace azoth::drivers::mariadb
