// SPDX-License-Identifier: MIT
// A driver connection to the PostgreSQL server of the tests, and the few calls that they repeat.
#pragma once
#include "servers.hpp"
#include <azoth/base/error.hpp>
#include <azoth/drivers/libpq.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>

namespace azoth {

class Libpq : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto found = azoth_test::server_url("postgresql");
    if (!found) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    url = azoth_test::with_own_schema(*found);
    db = open(url);
  }

  static std::unique_ptr<DriverConnection> open(const std::string& url,
                                                const EngineOptions& options = {}) {
    return libpq_driver()->connect(URL(url), options);
  }

  void run(const std::string& sql) { db->execute_plain(sql); }

  Value ask(const std::string& sql, TypePtr type = types::null_type()) {
    auto cursor = db->prepare(sql);
    EXPECT_TRUE(cursor->step()) << sql;
    return cursor->value(0, type);
  }

  /// Sends a value through the statement, which has one parameter, and returns the first column.
  Value send(const std::string& sql, const Literal& value, TypePtr type = types::null_type()) {
    auto cursor = db->prepare(sql);
    cursor->bind(0, value, type);
    EXPECT_TRUE(cursor->step()) << sql;
    return cursor->value(0, types::null_type());
  }

  /// Sends a value through `SELECT $1` and returns it with the type that the server took it for.
  std::pair<Value, std::string> echo(const Literal& value, TypePtr type = types::null_type()) {
    auto cursor = db->prepare("SELECT $1, pg_typeof($1)::text");
    cursor->bind(0, value, type);
    EXPECT_TRUE(cursor->step());
    return {cursor->value(0, types::null_type()),
            cursor->value(1, types::null_type()).get<std::string>()};
  }

  /// Reads the first column of the first row as `T`; the message of the DataError when the reader
  /// refuses.
  template <class T>
  std::pair<std::optional<T>, std::string> read(const std::string& sql,
                                                TypePtr type = CppType<T>::type()) {
    auto cursor = db->prepare(sql);
    EXPECT_TRUE(cursor->step()) << sql;
    ColumnReader reader;
    reader.cell = CppType<T>::cell();
    reader.type = type;
    reader.read = cursor->reader(reader.cell, type);
    T target{};
    if (reader.read(*cursor, reader, &target)) {
      return {std::move(target), ""};
    }
    try {
      cursor->explain(reader, "column t.c");
    } catch (const DataError& error) {
      return {std::nullopt, error.message()};
    }
    return {std::nullopt, "explain did not throw"};
  }

  template <class E, class F>
  static E error_of(F&& f) {
    try {
      f();
    } catch (const E& error) {
      return error;
    }
    throw std::runtime_error("nothing was thrown");
  }

  template <class E>
  E error_of_sql(const std::string& sql) {
    return error_of<E>([&] { db->prepare(sql)->step(); });
  }

  std::string url;
  std::unique_ptr<DriverConnection> db;
};

}  // namespace azoth
