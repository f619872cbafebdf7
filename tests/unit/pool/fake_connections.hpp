// SPDX-License-Identifier: MIT
// Connections to nowhere and a factory that records what a pool does with them.
#pragma once

#include "azoth/engine/driver.hpp"
#include "azoth/pool/pool.hpp"

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace azoth::testing {

/// Has a number and nothing else.
class FakeConnection final : public DriverConnection {
 public:
  explicit FakeConnection(int number) : number(number) {}

  CursorHandle prepare(std::string_view, std::size_t) override {
    throw std::logic_error("no statements here");
  }

  void execute_plain(std::string_view) override {}

  void begin() override {}

  void commit() override {}

  void rollback() override {}

  bool in_transaction() const override { return false; }

  std::int64_t last_insert_id() const override { return 0; }

  bool has_contiguous_keys(std::string_view,
                           std::string_view,
                           std::string_view,
                           std::size_t) override {
    return false;
  }

  std::size_t max_parameters() const override { return 0; }

  bool is_usable() const override { return true; }

  void set_isolation_level(std::string_view) override {}

  bool is_autocommit() const override { return false; }

  void append_repr(std::string&, const Literal&, TypePtr) const override {}

  const int number;
  std::atomic<bool> lent{false};

 protected:
  void give_back(DriverCursor*) noexcept override {}
};

/// Opens FakeConnections numbered from 1 and records `open 1`, `reset 1`, `ping 1`, `close 1`.
class RecordingFactory final : public ConnectionFactory {
 public:
  DriverConnection* open() override {
    if (fail_open) {
      throw std::runtime_error("no route to host");
    }
    const int number = ++count;
    record("open", number);
    return new FakeConnection(number);
  }

  void close(DriverConnection* connection) noexcept override {
    record("close", number_of(*connection));
    delete connection;
  }

  bool reset(DriverConnection& connection) noexcept override {
    record("reset", number_of(connection));
    return reset_works;
  }

  bool ping(DriverConnection& connection) noexcept override {
    record("ping", number_of(connection));
    return ping_works;
  }

  static int number_of(const DriverConnection& connection) {
    return static_cast<const FakeConnection&>(connection).number;
  }

  /// Returns what was recorded since the last call.
  std::vector<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
  }

  std::atomic<int> count{0};
  std::atomic<bool> fail_open{false}, reset_works{true}, ping_works{true};

 private:
  void record(const char* what, int number) {
    const std::lock_guard lock(mutex_);
    events_.push_back(what + (" " + std::to_string(number)));
  }

  std::mutex mutex_;
  std::vector<std::string> events_;
};

using Events = std::vector<std::string>;

}  // namespace azoth::testing
