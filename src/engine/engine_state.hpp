// SPDX-License-Identifier: MIT
// What all handles of one engine share.
#pragma once
#include <azoth/base/event.hpp>
#include <azoth/base/log.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/statement_cache.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/pool/pool.hpp>

#include <atomic>
#include <mutex>
#include <thread>

namespace azoth::detail {

/// Opens connections for the pool and keeps what executions need. Thread-safe.
struct EngineState final : ConnectionFactory {
  EngineState(std::string_view url_text, const EngineOptions& engine_options);
  ~EngineState() override;

  DriverConnection* open() override;
  void close(DriverConnection* connection) noexcept override;
  bool reset(DriverConnection& connection) noexcept override;
  bool ping(DriverConnection& connection) noexcept override;
  const char* reset_words() const override;
  std::string describe(const DriverConnection& connection) const override;

  /// Counts a checkout of a connection that all share. @throws InvalidRequestError when another
  /// thread has it.
  void enter_shared();
  void leave_shared() noexcept;
  bool is_usable(DriverConnection& connection) noexcept override;

  URL url;
  EngineOptions options;
  /// Of the URL's scheme until the first connection tells more of the server.
  std::atomic<const Dialect*> dialect{nullptr};
  std::shared_ptr<Driver> driver;
  Logger logger;
  StatementCache cache;
  event::Dispatch dispatch;
  std::mutex readers_mutex;             // of StatementRewriter::choose_readers
  bool is_shared = false;               // one connection for all
  std::string default_isolation_level;  // that of a fresh connection
  std::unique_ptr<Pool> pool;

 private:
  void initialize(DriverConnection& connection);

  std::once_flag is_initialized_;
  std::once_flag knows_server_;
  std::mutex shared_mutex_;
  std::thread::id shared_owner_;
  int shared_users_ = 0;
};

}  // namespace azoth::detail
