// SPDX-License-Identifier: MIT
// Driver connections over ODBC, one database after the other, and the few calls that tests of the
// driver repeat. Tables are temporary.
#pragma once
#include "odbc_urls.hpp"
#include <azoth/base/error.hpp>
#include <azoth/drivers/odbc.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

namespace azoth {

/// A test for each database; `is()` tells which.
class Odbc : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string name = azoth_test::odbc_driver_name(GetParam());
    if (!azoth_test::has_odbc_driver(name)) {
      GTEST_SKIP() << "the ODBC driver '" << name << "' is not installed";
    }
    if (is("sqlite")) {
      file = "azoth_odbc_" + std::to_string(::getpid()) + ".sqlite";
      std::remove(file.c_str());
      url = "sqlite+odbc:///" + file + "?driver=SQLite3";
    } else if (const auto found = azoth_test::odbc_url(GetParam())) {
      url = *found;
    } else {
      GTEST_SKIP() << azoth_test::no_server;
    }
    db = open();
  }

  void TearDown() override {
    db.reset();
    if (!file.empty()) {
      std::remove(file.c_str());
    }
  }

  std::unique_ptr<DriverConnection> open(const EngineOptions& options = {}) const {
    return odbc_driver()->connect(URL(url), options);
  }

  bool is(std::string_view name) const { return GetParam() == name; }

  /// The parameter number one as the database's dialect writes it.
  std::string mark() const { return is("postgresql") ? "$1" : "?"; }

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

  std::int64_t affected(const std::string& sql) {
    auto cursor = db->prepare(sql);
    while (cursor->step()) {
    }
    return cursor->affected_rows();
  }

  /// Stores a value in a column of the type and returns what the column then holds.
  Value store(const std::string& column_type, const Literal& value, TypePtr type = nullptr) {
    run("DROP TABLE IF EXISTS stored");
    run("CREATE TEMPORARY TABLE stored (c " + column_type + ")");
    auto cursor = db->prepare("INSERT INTO stored VALUES (" + mark() + ")");
    cursor->bind(0, value, type);
    cursor->step();
    EXPECT_EQ(cursor->affected_rows(), 1);
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
    run("DROP TABLE IF EXISTS held");
    run("CREATE TEMPORARY TABLE held (c " + column_type + ")");
    run("INSERT INTO held VALUES (" + literal + ")");
    return read<T>("SELECT c FROM held", type);
  }

  std::string url, file;
  std::unique_ptr<DriverConnection> db;
};

}  // namespace azoth

#define AZOTH_OVER_ODBC(Suite)                                                                  \
  INSTANTIATE_TEST_SUITE_P(                                                                     \
      Over, Suite, ::testing::Values("sqlite", "postgresql", "mariadb"), [](const auto& info) { \
        return info.param;                                                                      \
      })
