// SPDX-License-Identifier: MIT
// Connecting, transactions and what goes over the connection beside the executions of statements.
#include "drivers/libpq/connection.hpp"

#include <azoth/base/log.hpp>

#include <cstring>

namespace azoth::drivers::libpq {
namespace {

void log_notice(void*, const PGresult* result) {
  static const Logger logger("azoth.dialects.postgresql");
  std::string_view message = PQresultErrorMessage(result);
  while (message.ends_with('\n')) {
    message.remove_suffix(1);
  }
  logger.info(message);
}

std::string quoted(std::string_view level) {
  return "'" + std::string(level) + "'";
}

constexpr std::string_view levels[] = {
    "READ COMMITTED", "READ UNCOMMITTED", "REPEATABLE READ", "SERIALIZABLE"};

}  // namespace

LibpqConnection::LibpqConnection(const ConnectRequest& request)
    : statements_(request.prepared_statements) {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : request.keywords) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  connection_ = PQconnectdbParams(keywords.data(), values.data(), 0);
  try {
    if (PQstatus(connection_) != CONNECTION_OK) {
      throw_result_error(connection_, nullptr);
    }
    PQsetNoticeReceiver(connection_, &log_notice, nullptr);
    use_iso_formats();
  } catch (...) {
    PQfinish(connection_);
    throw;
  }
}

LibpqConnection::~LibpqConnection() {
  statements_.clear();
  PQfinish(connection_);
}

// Rows that come as text are read, and literals are written, in the formats of the standard.
void LibpqConnection::use_iso_formats() {
  const char* style = PQparameterStatus(connection_, "DateStyle");
  if (style == nullptr || std::strncmp(style, "ISO", 3) != 0) {
    execute_plain("SET datestyle = 'ISO'");
  }
  const char* strings = PQparameterStatus(connection_, "standard_conforming_strings");
  if (strings != nullptr && std::strcmp(strings, "off") == 0) {
    execute_plain("SET standard_conforming_strings = on");
  }
}

DriverConnection::CursorHandle LibpqConnection::prepare(std::string_view sql, std::size_t hash) {
  LibpqCursor& cursor = statements_.lend(sql, hash, *this);
  CursorHandle handle(&cursor, {this});
  cursor.renew(schema_version_);
  return handle;
}

void LibpqConnection::give_back(DriverCursor* cursor) noexcept {
  auto& statement = static_cast<LibpqCursor&>(*cursor);
  statement.reset();
  statement.is_busy = false;
}

void LibpqConnection::make_ready() {
  if (stream_ != nullptr) {
    stream_->buffer_rest();
  }
}

ResultHandle LibpqConnection::run(const char* sql) {
  make_ready();
  ResultHandle result(PQexec(connection_, sql));
  check(result);
  note_command(PQcmdStatus(result.get()));
  return result;
}

void LibpqConnection::note_command(std::string_view tag) noexcept {
  if (tag.starts_with("CREATE") || tag.starts_with("ALTER") || tag.starts_with("DROP")) {
    ++schema_version_;
    has_changed_schema_ = true;
  } else if (has_changed_schema_ && tag == "ROLLBACK") {
    ++schema_version_;
  }
}

// The server answers ROLLBACK to the end of a transaction in which a statement has failed.
void LibpqConnection::execute_plain(std::string_view sql) {
  const ResultHandle result = run(std::string(sql).c_str());
  if (sql.starts_with("PREPARE TRANSACTION") &&
      std::strcmp(PQcmdStatus(result.get()), "ROLLBACK") == 0) {
    throw_driver_error(DBAPIErrorKind::internal,
                       "the transaction was rolled back and not prepared, since a statement in it "
                       "had failed; call rollback() after an error, or use a savepoint");
  }
}

void LibpqConnection::check(ResultHandle& result) {
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COPY_IN && status != PGRES_COPY_OUT && status != PGRES_COPY_BOTH) {
    return check_result(connection_, result.get());
  }
  if (status == PGRES_COPY_IN) {
    PQputCopyEnd(connection_, "COPY FROM needs an interface of its own");
  } else {
    for (char* row = nullptr; PQgetCopyData(connection_, &row, 0) > 0; PQfreemem(row)) {
    }
  }
  while (ResultHandle(PQgetResult(connection_))) {
  }
  throw_driver_error(DBAPIErrorKind::programming,
                     status == PGRES_COPY_IN ? "can't execute COPY FROM: it is no statement with "
                                               "parameters and rows"
                                             : "can't execute COPY TO: it is no statement with "
                                               "parameters and rows");
}

// --- prepared statements ---

std::string LibpqConnection::new_statement_name() {
  return "azoth_" + std::to_string(++names_);
}

void LibpqConnection::close_later(std::string name) noexcept {
  try {
    unused_.push_back(std::move(name));
  } catch (...) {  // it stays on the server until the connection ends
  }
}

// Both commands go in one round trip.
ResultHandle LibpqConnection::prepare_named(const std::string& name,
                                            const std::string& sql,
                                            const std::vector<Oid>& types) {
  make_ready();
  constexpr std::size_t many = 16;
  if (unused_.size() >= many && PQtransactionStatus(connection_) != PQTRANS_INERROR) {
    std::string text;
    for (const std::string& unused : std::exchange(unused_, {})) {
      text.append("DEALLOCATE ").append(unused).append(";");
    }
    run(text.c_str());
  }
  PQenterPipelineMode(connection_);
  PQsendPrepare(
      connection_, name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data());
  PQsendDescribePrepared(connection_, name.c_str());
  PQpipelineSync(connection_);
  std::vector<ResultHandle> results;  // of Parse, of Describe, and the end
  for (int ends = 0; ends < 2 && PQstatus(connection_) == CONNECTION_OK;) {
    ResultHandle result(PQgetResult(connection_));
    if (result == nullptr) {
      ++ends;
      continue;
    }
    ends = 0;
    const bool is_end = PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
    results.push_back(std::move(result));
    if (is_end) {
      break;
    }
  }
  PQexitPipelineMode(connection_);
  for (const ResultHandle& result : results) {
    check_result(connection_, result.get());
  }
  if (results.size() < 2) {
    throw_result_error(connection_, nullptr);
  }
  return std::move(results[1]);
}

bool LibpqConnection::is_stale(const PGresult* result) const {
  const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);  // null without a result
  if (sqlstate == nullptr) {
    return false;
  }
  if (std::strcmp(sqlstate, "26000") == 0) {  // no such prepared statement
    return true;
  }
  const char* routine = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
  return std::strcmp(sqlstate, "0A000") == 0 && routine != nullptr &&
         std::strcmp(routine, "RevalidateCachedQuery") == 0;
}

// --- transactions ---

bool LibpqConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_);
  return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

void LibpqConnection::begin() {
  if (!is_autocommit_ && !in_transaction()) {
    has_changed_schema_ = false;
    run(begin_text().c_str());
  }
}

// The server answers ROLLBACK to the COMMIT of a transaction in which a statement has failed.
void LibpqConnection::commit() {
  if (!in_transaction()) {
    if (!is_usable()) {
      throw_result_error(connection_, nullptr);
    }
    return;
  }
  const ResultHandle result = run("COMMIT");
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
    throw_driver_error(DBAPIErrorKind::internal,
                       "the transaction was rolled back, since a statement in it had failed; call "
                       "rollback() after an error, or use a savepoint");
  }
}

void LibpqConnection::rollback() {
  if (in_transaction()) {
    run("ROLLBACK");
  }
}

void LibpqConnection::set_isolation_level(std::string_view level) {
  if (level == "AUTOCOMMIT") {
    is_autocommit_ = true;
    return;
  }
  for (const std::string_view known : levels) {
    if (known == level) {
      is_autocommit_ = false;
      level_ = level;
      return;
    }
  }
  throw ArgumentError("Invalid value " + quoted(level) +
                      " for isolation_level. Valid isolation levels for postgresql are READ "
                      "COMMITTED, READ UNCOMMITTED, REPEATABLE READ, SERIALIZABLE, AUTOCOMMIT");
}

// Without a level of its own a transaction has the session's.
std::string LibpqConnection::isolation_level() {
  if (is_autocommit_ || !level_.empty()) {
    return is_autocommit_ ? "AUTOCOMMIT" : level_;
  }
  const ResultHandle result = run("SHOW default_transaction_isolation");
  std::string level = PQntuples(result.get()) == 1 ? PQgetvalue(result.get(), 0, 0) : "";
  for (char& c : level) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return level;
}

void LibpqConnection::set_transaction_options(std::optional<bool> readonly,
                                              std::optional<bool> deferrable) {
  options_.clear();
  if (readonly) {
    options_ += *readonly ? " READ ONLY" : " READ WRITE";
  }
  if (deferrable) {
    options_ += *deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
  }
}

std::string LibpqConnection::begin_text() const {
  return "BEGIN" + (level_.empty() ? "" : " ISOLATION LEVEL " + level_) + options_;
}

void LibpqConnection::append_repr(std::string& out, const Literal& value, TypePtr) const {
  out += repr(value);
}

void LibpqConnection::cancel() {
  const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> request(PQgetCancel(connection_),
                                                                   &PQfreeCancel);
  char message[256] = "";
  if (request == nullptr || PQcancel(request.get(), message, sizeof message) == 0) {
    throw_driver_error(DBAPIErrorKind::operational, message);
  }
}

}  // namespace azoth::drivers::libpq
