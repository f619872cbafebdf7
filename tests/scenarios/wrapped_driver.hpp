// SPDX-License-Identifier: MIT
// A driver connection that tells what is done to it and can be dead: what scenarios put between an
// engine and SQLite, as a program may.
#pragma once
#include "scenarios/recorder.hpp"
#include <azoth/drivers/sqlite3.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

namespace scenarios {

/// Numbers connections, tells of rollbacks and commits, and fails when it is dead.
class WrappedConnection final : public azoth::DriverConnection {
 public:
  /// Opens a database in memory; `count` is the number of the last one.
  static std::unique_ptr<azoth::DriverConnection> open(int& count, bool tells_transactions) {
    auto made = std::make_unique<WrappedConnection>();
    made->number = ++count;
    made->tells_ = tells_transactions;
    rec::evt("DBAPI connect " + std::to_string(made->number));
    return made;
  }

  WrappedConnection()
      : inner_(azoth::sqlite3_driver()->connect(azoth::URL("sqlite://"), azoth::EngineOptions{})) {}

  CursorHandle prepare(std::string_view sql, std::size_t hash) override {
    check();
    return inner_->prepare(sql, hash);
  }

  void execute_plain(std::string_view sql) override {
    check();
    inner_->execute_plain(sql);
  }

  void begin() override { inner_->begin(); }

  void commit() override {
    tell("commit");
    inner_->commit();
  }

  void rollback() override {
    if (!dead) {
      tell("rollback");
      inner_->rollback();
    }
  }

  bool in_transaction() const override { return inner_->in_transaction(); }

  std::int64_t last_insert_id() const override { return inner_->last_insert_id(); }

  bool has_contiguous_keys(std::string_view schema,
                           std::string_view table,
                           std::string_view key,
                           std::size_t rows) override {
    return inner_->has_contiguous_keys(schema, table, key, rows);
  }

  std::size_t max_parameters() const override { return inner_->max_parameters(); }

  bool is_usable() const override { return true; }

  void set_isolation_level(std::string_view level) override { inner_->set_isolation_level(level); }

  bool is_autocommit() const override { return inner_->is_autocommit(); }

  void append_repr(std::string& out,
                   const azoth::Literal& value,
                   azoth::TypePtr type) const override {
    inner_->append_repr(out, value, type);
  }

  int number = 0;
  bool dead = false;

 protected:
  void give_back(azoth::DriverCursor*) noexcept override {}

 private:
  void check() const {
    if (dead) {
      azoth::DBAPIErrorInfo info;
      info.driver = "sqlite3";
      info.message = "server has gone away";
      info.invalidates_connection = true;
      throw azoth::OperationalError(std::move(info));
    }
  }

  void tell(const char* what) const {
    if (tells_) {
      rec::evt(std::string("DBAPI ") + what + " " + std::to_string(number));
    }
  }

  std::unique_ptr<azoth::DriverConnection> inner_;
  bool tells_ = false;
};

inline int number_of(const azoth::DriverConnection& connection) {
  return static_cast<const WrappedConnection&>(connection).number;
}

}  // namespace scenarios
