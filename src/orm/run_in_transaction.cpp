// SPDX-License-Identifier: MIT
// Bounded retries with full jitter: transactions that met each other must not meet again.
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/orm/run_in_transaction.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <thread>

namespace azoth {

namespace {

template <std::size_t N>
bool is_among(int code, const std::array<int, N>& codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::chrono::milliseconds jittered(int attempt, const RetryOptions& options) {
  thread_local std::minstd_rand random(std::random_device{}());
  std::chrono::milliseconds most = options.base_delay;
  for (int i = 1; i < attempt && most < options.max_delay; ++i) {
    most *= 2;
  }
  const auto limit = std::max<std::int64_t>(0, std::min(most, options.max_delay).count());
  return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, limit)(random));
}

}  // namespace

bool is_retryable(const DBAPIError& error) {
  // SQLSTATE class 40, transaction rollback: serialization failure, deadlock. Its "completion
  // unknown" (40003) is not: the transaction may have been committed.
  if (error.sqlstate() == "40001" || error.sqlstate() == "40P01") {
    return true;
  }
  const std::string& driver = error.info().driver;
  if (driver == "sqlite3") {  // SQLITE_BUSY and SQLITE_LOCKED, whatever the extended code says
    return is_among(error.vendor_code() & 0xff, std::array{5, 6});
  }
  if (driver == "mariadb") {  // lock wait timeout, deadlock, record changed since last read
    return is_among(error.vendor_code(), std::array{1205, 1213, 1020});
  }
  if (driver == "odbc") {  // SQL Server: deadlock, update conflict of snapshots; Oracle likewise
    return is_among(error.vendor_code(), std::array{1205, 3960, 60, 8177});
  }
  return false;
}

namespace orm {

void retry_in_transaction(const SessionMaker& maker,
                          base::FunctionRef<void(Session&)> body,
                          const RetryOptions& options) {
  if (options.max_attempts < 1) {
    throw ArgumentError("run_in_transaction: max_attempts is " +
                        std::to_string(options.max_attempts) + "; it must be 1 or more");
  }
  for (int attempt = 1;; ++attempt) {
    std::string why;
    try {
      return maker.begin([&](Session& session) { body(session); });
    } catch (const DBAPIError& error) {
      if (attempt >= options.max_attempts || !is_retryable(error)) {
        throw;
      }
      why = error.message();
    }
    const std::chrono::milliseconds delay = jittered(attempt, options);
    Logger("azoth.orm.session")
        .info("Transaction is run again in " + std::to_string(delay.count()) + " ms, attempt " +
              std::to_string(attempt + 1) + " of " + std::to_string(options.max_attempts) + ": " +
              why);
    options.sleep ? options.sleep(delay) : std::this_thread::sleep_for(delay);
  }
}

}  // namespace orm
}  // namespace azoth
