// SPDX-License-Identifier: MIT
// A driver connection to a database of its own, and the few calls that tests of the driver repeat.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/drivers/sqlite3.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>

namespace azoth {

class Sqlite3 : public ::testing::Test {
 protected:
  static std::unique_ptr<DriverConnection> open(const char* url,
                                                const EngineOptions& options = {}) {
    return sqlite3_driver()->connect(URL(url), options);
  }

  void run(const char* sql) { db->execute_plain(sql); }

  Value ask(const char* sql, TypePtr type = types::null_type()) {
    auto cursor = db->prepare(sql);
    EXPECT_TRUE(cursor->step()) << sql;
    return cursor->value(0, type);
  }

  /// Sends a value through `SELECT ?` and returns it with what typeof() says of it.
  std::pair<Value, std::string> echo(const Literal& value, TypePtr type = types::null_type()) {
    auto cursor = db->prepare("SELECT ?1, typeof(?1)");
    cursor->bind(0, value, type);
    EXPECT_TRUE(cursor->step());
    return {cursor->value(0, types::null_type()),
            cursor->value(1, types::null_type()).get<std::string>()};
  }

  /// Reads the first column of the first row as `T`; the message of the DataError when the reader
  /// refuses.
  template <class T>
  std::pair<std::optional<T>, std::string> read(const char* sql,
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

  std::unique_ptr<DriverConnection> db = open("sqlite://");
};

}  // namespace azoth
