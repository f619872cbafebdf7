// SPDX-License-Identifier: MIT
// What tests of reflection share: the law that tables which are reflected, created and reflected
// again are the same tables.
#pragma once
#include "backend/fixture.hpp"
#include <azoth/compile/print.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth_test {

using Lines = std::vector<std::string>;

/// Takes a list apart at its bars.
inline Lines split(const std::string& text) {
  Lines parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, '|');) {
    parts.push_back(part);
  }
  return parts;
}

/// The DDL of all tables and their indexes, by name.
inline Lines ddl_of(const MetaData& metadata, const Dialect& dialect) {
  Lines texts;
  for (const Table& table : metadata.sorted_tables()) {
    texts.push_back(to_string(sql::create_table(table.node()), dialect));
    const auto& node = static_cast<const sql::TableNode&>(*table.node());
    for (std::size_t i = 0; i < node.indexes.size(); ++i) {
      texts.push_back(to_string(sql::create_index(table.node(), i), dialect));
    }
  }
  return texts;
}

class Reflecting : public ::testing::Test {
 protected:
  /// Uses the server of that backend, or skips.
  void use(std::string_view backend) {
    const auto url = server_url(backend);
    if (!url) {
      GTEST_SKIP() << no_server;
    }
    engine.emplace(create_engine(with_own_schema(*url), {.pool_size = 2}));
  }

  void run(const Lines& statements) {
    engine->begin([&](Connection& c) {
      for (const std::string& statement : statements) {
        c.exec_driver_sql(statement);
      }
    });
  }

  Lines reflected_ddl() {
    MetaData metadata;
    reflect(metadata, *engine);
    return ddl_of(metadata, engine->dialect());
  }

  /// Reflects all tables, drops them, creates what was reflected, and reflects that.
  void expect_stable() {
    MetaData first;
    reflect(first, *engine);
    const Lines before = ddl_of(first, engine->dialect());
    drop_all(first, *engine);
    create_all(first, *engine);
    EXPECT_EQ(reflected_ddl(), before);
    drop_all(first, *engine);
  }

  /// Creates tables that refer to the first of them, reflects them and drops them; returns how many
  /// statements reflecting took. `key`: the type of their keys.
  int queries_to_reflect(int tables, const std::string& key) {
    Lines ddl;
    for (int i = 0; i < tables; ++i) {
      ddl.push_back("CREATE TABLE t" + std::to_string(i) + " (id " + key +
                    " PRIMARY KEY, up integer, FOREIGN KEY (up) REFERENCES t0 (id))");
    }
    run(ddl);
    int count = 0;
    const auto listener = event::listen(*engine,
                                        event::before_cursor_execute,
                                        [&count](Connection&, const CursorExecution&) { ++count; });
    MetaData loaded;
    reflect(loaded, *engine);
    event::remove(*engine, listener);
    EXPECT_EQ(loaded.tables().size(), static_cast<std::size_t>(tables));
    drop_all(loaded, *engine, {.checkfirst = false});
    return count;
  }

  std::optional<Engine> engine;
};

}  // namespace azoth_test
