// SPDX-License-Identifier: MIT
// Connecting, and what goes over the connection beside the executions of prepared statements.
#include "drivers/odbc/connection.hpp"

#include "drivers/odbc/placeholders.hpp"
#include <azoth/types/types.hpp>

#include <utility>

namespace azoth::drivers::odbc {
namespace {

// One for the process; it lives to the end, as engines may be static objects.
SQLHENV environment() {
  static const SQLHENV handle = [] {
    SQLHENV made = nullptr;
    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &made);
    SQLSetEnvAttr(made, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    return made;
  }();
  return handle;
}

}  // namespace

OdbcConnection::OdbcConnection(const ConnectRequest& request)
    : backend_(*request.backend), statements_(request.prepared_statements) {
  const Capabilities& can = scheme_dialect(backend_.name).capabilities();
  rules_ = {&backend_, can.native_boolean || backend_.name == "mssql", can.native_uuid};
  const SQLRETURN code = SQLAllocHandle(SQL_HANDLE_DBC, environment(), &connection_);
  if (!SQL_SUCCEEDED(code)) {
    fail(SQL_HANDLE_ENV, environment(), "SQLAllocHandle");
  }
  try {
    connect(request);
  } catch (...) {
    SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    throw;
  }
  try {
    find_facts();
    set_autocommit(request.is_autocommit);
  } catch (...) {
    SQLDisconnect(connection_);
    SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    throw;
  }
}

// A driver refuses to disconnect within a transaction.
OdbcConnection::~OdbcConnection() {
  statements_.clear();
  if (is_used_ && is_usable_) {
    SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_ROLLBACK);
  }
  SQLDisconnect(connection_);
  SQLFreeHandle(SQL_HANDLE_DBC, connection_);
}

void OdbcConnection::connect(const ConnectRequest& request) {
  if (request.login_timeout != 0) {
    set_attribute(SQL_ATTR_LOGIN_TIMEOUT, request.login_timeout);
  }
  const std::u16string text = to_wide(request.connection_string);
  const SQLRETURN code = SQLDriverConnectW(connection_,
                                           nullptr,
                                           wide_pointer(text),
                                           static_cast<SQLSMALLINT>(text.size()),
                                           nullptr,
                                           0,
                                           nullptr,
                                           SQL_DRIVER_NOPROMPT);
  if (SQL_SUCCEEDED(code)) {
    return;
  }
  const Failure failure = failure_of(SQL_HANDLE_DBC, connection_, "SQLDriverConnect");
  const bool is_named = kind_of(failure.records.front(), backend_) != DBAPIErrorKind::dbapi;
  throw_failure(failure, backend_, !is_named || is_disconnect(failure));
}

template <class Number>
Number OdbcConnection::number_of(SQLUSMALLINT which) const {
  Number number = 0;
  SQLGetInfoW(connection_, which, &number, sizeof number, nullptr);
  return number;
}

void OdbcConnection::find_facts() {
  const auto get_data = number_of<SQLUINTEGER>(SQL_GETDATA_EXTENSIONS);
  facts_.gets_any_column =
      (get_data & SQL_GD_ANY_COLUMN) != 0 && (get_data & SQL_GD_ANY_ORDER) != 0;
  facts_.gets_bound_columns = facts_.gets_any_column && (get_data & SQL_GD_BOUND) != 0;
  facts_.has_one_active = number_of<SQLUSMALLINT>(SQL_MAX_CONCURRENT_ACTIVITIES) == 1;
  facts_.at_commit = number_of<SQLUSMALLINT>(SQL_CURSOR_COMMIT_BEHAVIOR);
  facts_.at_rollback = number_of<SQLUSMALLINT>(SQL_CURSOR_ROLLBACK_BEHAVIOR);
  facts_.text_form =
      info(SQL_DRIVER_NAME).find("sqlite") != std::string::npos ? TextForm::narrow : TextForm::wide;
  facts_.isolation_levels = number_of<SQLUINTEGER>(SQL_TXN_ISOLATION_OPTION);
}

std::string OdbcConnection::info(SQLUSMALLINT which) const {
  std::u16string text(256, u'\0');
  SQLSMALLINT bytes = 0;
  const auto room = static_cast<SQLSMALLINT>((text.size() - 1) * sizeof(SQLWCHAR));
  return SQL_SUCCEEDED(SQLGetInfoW(connection_, which, text.data(), room, &bytes))
             ? to_utf8(text.c_str())
             : std::string();
}

DriverConnection::CursorHandle OdbcConnection::prepare(std::string_view sql, std::size_t hash) {
  return CursorHandle(&statements_.lend(sql, hash, *this), {this});
}

void OdbcConnection::give_back(DriverCursor* cursor) noexcept {
  auto& statement = static_cast<OdbcCursor&>(*cursor);
  statement.reset();
  statement.is_busy = false;
}

void OdbcConnection::make_ready() {
  if (facts_.has_one_active) {
    for (OdbcCursor* cursor : std::vector<OdbcCursor*>(open_)) {
      cursor->buffer_rest();
    }
  }
}

// Where savepoints cannot be given up, nothing is to be done.
void OdbcConnection::execute_plain(std::string_view sql) {
  if (!backend_.has_release_savepoint && begins_with(sql, {"RELEASE SAVEPOINT"})) {
    return;
  }
  if (begins_with(sql, {"COMMIT PREPARED", "ROLLBACK PREPARED"})) {
    return execute_outside_transaction(sql);
  }
  note_use();
  run(sql);
}

void OdbcConnection::run(std::string_view sql) {
  make_ready();
  SQLHSTMT made = nullptr;
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection_, &made))) {
    fail(SQL_HANDLE_DBC, connection_, "SQLAllocHandle");
  }
  const StatementHandle statement(made);
  const Running running(*this, made);
  const SQLRETURN code = execute_text(made, sql, facts_.text_form);
  if (!SQL_SUCCEEDED(code) && code != SQL_NO_DATA) {
    fail(SQL_HANDLE_STMT, made, "SQLExecDirect");
  }
  if (changes_schema(sql)) {
    note_schema();
  }
}

// Asked when somebody wants to know, once an INSERT.
std::int64_t OdbcConnection::last_insert_id() const {
  if (!std::exchange(has_new_key_, false) || backend_.last_key_query == nullptr) {
    return last_insert_id_;
  }
  SQLHSTMT made = nullptr;
  SQLAllocHandle(SQL_HANDLE_STMT, connection_, &made);
  const StatementHandle statement(made);
  SQLBIGINT key = 0;
  SQLLEN length = 0;
  const bool is_told =
      SQL_SUCCEEDED(execute_text(made, backend_.last_key_query, facts_.text_form)) &&
      SQL_SUCCEEDED(SQLFetch(made)) &&
      SQL_SUCCEEDED(SQLGetData(made, 1, SQL_C_SBIGINT, &key, sizeof key, &length));
  if (!is_told) {
    throw_failure(failure_of(SQL_HANDLE_STMT, made, "SQLExecDirect"), backend_, false);
  }
  return last_insert_id_ = length == SQL_NULL_DATA ? 0 : key;
}

bool OdbcConnection::is_dead() const {
  SQLUINTEGER dead = SQL_CD_FALSE;
  const SQLRETURN code =
      SQLGetConnectAttrW(connection_, SQL_ATTR_CONNECTION_DEAD, &dead, sizeof dead, nullptr);
  return SQL_SUCCEEDED(code) && dead == SQL_CD_TRUE;
}

void OdbcConnection::fail(SQLSMALLINT type, SQLHANDLE handle, const char* function) {
  const Failure failure = failure_of(type, handle, function);
  const bool is_lost = is_disconnect(failure) || is_dead();
  if (is_lost) {
    is_usable_ = false;
  }
  throw_failure(failure, backend_, is_lost);
}

Value OdbcConnection::sent(const Literal& value, TypePtr type) const {
  return sent_value(value, type, rules_);
}

void OdbcConnection::append_repr(std::string& out, const Literal& value, TypePtr type) const {
  out += repr(Literal(sent(value, type)));
}

// Called while another thread is inside the driver with the statement, which it cannot free
// meanwhile.
void OdbcConnection::cancel() {
  const std::lock_guard lock(running_mutex_);
  if (running_ != nullptr) {
    SQLCancel(running_);
  }
}

}  // namespace azoth::drivers::odbc
