// SPDX-License-Identifier: MIT
// What SQLite's dialect says of its database.
#include <azoth/dialects/sqlite.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

TEST(SqliteDialect, HasPositionalParametersAndReturning) {
  const Capabilities& can = sqlite_dialect().capabilities();
  EXPECT_EQ("sqlite", sqlite_dialect().name());
  EXPECT_EQ(ParamStyle::qmark, can.paramstyle);
  EXPECT_TRUE(can.insert_returning && can.update_returning && can.delete_returning);
  EXPECT_TRUE(can.default_values && can.multivalues_insert && can.lastrowid);
  EXPECT_FALSE(can.native_boolean || can.alter || can.sequences || can.empty_insert);
}

TEST(SqliteDialect, TablesAreLookedUpInMainThenTemp) {
  EXPECT_EQ((std::vector<std::string>{"PRAGMA main.table_info(\"t\"\"x\")",
                                      "PRAGMA temp.table_info(\"t\"\"x\")"}),
            sqlite_dialect().has_table_queries("t\"x", ""));
  EXPECT_EQ((std::vector<std::string>{"PRAGMA \"Other\".table_info(\"t\")"}),
            sqlite_dialect().has_table_queries("t", "Other"));
}

TEST(SqliteDialect, EmptyListsSelectNothing) {
  EXPECT_EQ("SELECT 1 FROM (SELECT 1) WHERE 1!=1",
            sqlite_dialect().empty_in_list(sql::Op::not_in, 1));
  EXPECT_EQ("SELECT 1, 1 FROM (SELECT 1, 1) WHERE 1!=1",
            sqlite_dialect().empty_in_list(sql::Op::in, 2));
}

}  // namespace
}  // namespace azoth
