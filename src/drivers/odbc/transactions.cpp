// SPDX-License-Identifier: MIT
// Transactions and isolation levels, which ODBC has functions and attributes for.
#include "drivers/odbc/connection.hpp"

#include <array>
#include <utility>

namespace azoth::drivers::odbc {
namespace {

struct Level {
  std::string_view name;
  SQLUINTEGER value;
};

constexpr std::array levels{
    Level{"READ UNCOMMITTED", SQL_TXN_READ_UNCOMMITTED},
    Level{"READ COMMITTED", SQL_TXN_READ_COMMITTED},
    Level{"REPEATABLE READ", SQL_TXN_REPEATABLE_READ},
    Level{"SERIALIZABLE", SQL_TXN_SERIALIZABLE},
};

// SQL Server's drivers have an attribute of their own for it.
constexpr SQLINTEGER sql_copt_ss_txn_isolation = 1227;
constexpr SQLULEN sql_txn_ss_snapshot = 0x20;

}  // namespace

void OdbcConnection::set_attribute(SQLINTEGER attribute, SQLULEN value) {
  const SQLRETURN code = SQLSetConnectAttrW(
      connection_, attribute, reinterpret_cast<SQLPOINTER>(value), SQL_IS_UINTEGER);
  if (!SQL_SUCCEEDED(code)) {
    fail(SQL_HANDLE_DBC, connection_, "SQLSetConnectAttr");
  }
}

SQLULEN OdbcConnection::attribute(SQLINTEGER attribute) {
  SQLULEN value = 0;
  const SQLRETURN code =
      SQLGetConnectAttrW(connection_, attribute, &value, SQL_IS_UINTEGER, nullptr);
  return SQL_SUCCEEDED(code) ? value & 0xFFFFFFFF : 0;
}

void OdbcConnection::set_autocommit(bool on) {
  make_ready();
  set_attribute(SQL_ATTR_AUTOCOMMIT, on ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF);
  is_autocommit_ = on;
  is_begun_ = is_used_ = false;
}

void OdbcConnection::begin() {
  if (!is_usable_) {
    throw_driver_error(DBAPIErrorKind::operational, "the connection to the server was lost");
  }
  is_begun_ = !is_autocommit_;
}

// Results stay open over a commit, so what the driver would take away is fetched before.
void OdbcConnection::end(SQLSMALLINT how) {
  const SQLUSMALLINT effect = how == SQL_COMMIT ? facts_.at_commit : facts_.at_rollback;
  if (is_used_) {
    if (effect != SQL_CB_PRESERVE) {
      for (OdbcCursor* cursor : std::vector<OdbcCursor*>(open_)) {
        cursor->buffer_rest();
      }
    }
    if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, connection_, how))) {
      fail(SQL_HANDLE_DBC, connection_, "SQLEndTran");
    }
    const bool undoes_schema = has_changed_schema_ && how == SQL_ROLLBACK;
    generation_ += effect == SQL_CB_DELETE || undoes_schema ? 1 : 0;
  }
  is_begun_ = is_used_ = has_changed_schema_ = false;
}

void OdbcConnection::commit() {
  end(SQL_COMMIT);
}

void OdbcConnection::rollback() {
  if (!is_usable_) {  // the server has rolled back
    is_begun_ = is_used_ = false;
    return;
  }
  end(SQL_ROLLBACK);
}

// COMMIT PREPARED and XA COMMIT are refused within a transaction.
void OdbcConnection::execute_outside_transaction(std::string_view sql) {
  if (is_autocommit_) {
    return run(sql);
  }
  set_autocommit(true);
  try {
    run(sql);
  } catch (...) {
    if (is_usable_) {
      set_autocommit(false);
    }
    throw;
  }
  set_autocommit(false);
}

void OdbcConnection::transaction_ended() noexcept {
  is_begun_ = is_used_ = false;
}

std::string OdbcConnection::isolation_level() {
  if (is_autocommit_) {
    return "AUTOCOMMIT";
  }
  const SQLULEN value = attribute(SQL_ATTR_TXN_ISOLATION);
  for (const Level& level : levels) {
    if (level.value == value) {
      return std::string(level.name);
    }
  }
  return value == sql_txn_ss_snapshot ? "SNAPSHOT" : "";
}

void OdbcConnection::set_isolation_level(std::string_view level) {
  if (level == "AUTOCOMMIT") {
    return set_autocommit(true);
  }
  const bool has_snapshot = backend_.name == "mssql";
  std::string valid;
  for (const Level& known : levels) {
    if ((facts_.isolation_levels & known.value) == 0) {
      continue;
    }
    if (known.name == level) {
      set_autocommit(false);
      return set_attribute(SQL_ATTR_TXN_ISOLATION, known.value);
    }
    valid.append(known.name).append(", ");
  }
  if (has_snapshot && level == "SNAPSHOT") {
    set_autocommit(false);
    return set_attribute(sql_copt_ss_txn_isolation, sql_txn_ss_snapshot);
  }
  throw ArgumentError("Invalid value '" + std::string(level) +
                      "' for isolation_level. Valid isolation levels for '" +
                      std::string(backend_.name) + "' are " + valid +
                      (has_snapshot ? "SNAPSHOT, " : "") + "AUTOCOMMIT");
}

}  // namespace azoth::drivers::odbc
