// SPDX-License-Identifier: MIT
// A driver connection to the server of AZOTH_TEST_URLS with an empty table name of its own, and the
// few calls that tests of the driver repeat. Tables are temporary unless a test needs others.
#pragma once
#include "servers.hpp"
#include <azoth/base/error.hpp>
#include <azoth/drivers/mariadb.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

namespace azoth {

class Mariadb : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!azoth_test::server_url("mariadb")) {
      GTEST_SKIP() << azoth_test::no_server;
    }
    db = open();
  }

  static std::unique_ptr<DriverConnection> open(const std::string& behind = {},
                                                const EngineOptions& options = {}) {
    return mariadb_driver()->connect(URL(azoth_test::server_url("mariadb").value() + behind),
                                     options);
  }

  /// A table name that no other process uses.
  static std::string own(const std::string& name) {
    return name + "_" + std::to_string(::getpid());
  }

  void run(const std::string& sql) { db->execute_plain(sql); }

  Value ask(const std::string& sql, TypePtr type = types::null_type()) {
    return ask(*db, sql, type);
  }

  static Value ask(DriverConnection& connection,
                   const std::string& sql,
                   TypePtr type = types::null_type()) {
    auto cursor = connection.prepare(sql);
    EXPECT_TRUE(cursor->step()) << sql;
    return cursor->value(0, type);
  }

  std::int64_t number(const std::string& sql) { return ask(sql).get<std::int64_t>(); }

  /// Sends a value through a statement with one `?` and returns its first column.
  Value echo(const Literal& value,
             TypePtr type = types::null_type(),
             const std::string& sql = "SELECT ?") {
    auto cursor = db->prepare(sql);
    cursor->bind(0, value, type);
    EXPECT_TRUE(cursor->step());
    return cursor->value(0, types::null_type());
  }

  /// Stores a value in a column of the type and returns what the column then holds.
  Value store(const std::string& column_type, const Literal& value, TypePtr type = nullptr) {
    run("CREATE OR REPLACE TEMPORARY TABLE stored (c " + column_type + ")");
    auto cursor = db->prepare("INSERT INTO stored VALUES (?)");
    cursor->bind(0, value, type);
    cursor->step();
    return ask("SELECT c FROM stored", type);
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

  /// Reads a column of the type that holds the literal.
  template <class T>
  std::pair<std::optional<T>, std::string> read_column(const std::string& column_type,
                                                       const std::string& literal,
                                                       TypePtr type = CppType<T>::type()) {
    run("CREATE OR REPLACE TEMPORARY TABLE held (c " + column_type + ")");
    run("INSERT INTO held VALUES (" + literal + ")");
    return read<T>("SELECT c FROM held", type);
  }

  std::unique_ptr<DriverConnection> db;
};

}  // namespace azoth
