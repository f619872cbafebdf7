// SPDX-License-Identifier: MIT
// In which order the statements run that create and drop many tables.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/sql/ddl.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

// The first words of each statement: `CREATE TABLE b`.
std::string headings(const sql::Refs& statements) {
  std::string out;
  for (const sql::Ref& s : statements) {
    const std::string text = default_dialect().compile(s).text;
    const std::size_t begin = text.find_first_not_of('\n');
    out += text.substr(begin, text.find(" (", begin) - begin) + '\n';
  }
  return out;
}

std::vector<const sql::TableNode*> nodes(const MetaData& metadata) {
  std::vector<const sql::TableNode*> out;
  for (const Table& t : metadata.tables()) {
    out.push_back(&sql::as<sql::TableNode>(t.node()));
  }
  return out;
}

Column id() {
  return Column("id", types::Integer(), {.primary_key = true});
}

MetaData chain() {
  MetaData m;
  Table("child",
        m,
        {id(), Column("p", types::Integer(), {.index = true, .foreign_key = "parent.id"})});
  Table("parent", m, {id()});
  return m;
}

ForeignKey named(const char* target, const char* name) {
  ForeignKey key(target);
  key.name = name;
  return key;
}

MetaData cycle(const char* name_a, const char* name_b) {
  MetaData m;
  Table("t1", m, {id(), Column("o", types::Integer(), {.foreign_key = named("t2.id", name_a)})});
  Table("t2", m, {id(), Column("o", types::Integer(), {.foreign_key = named("t1.id", name_b)})});
  return m;
}

TEST(DdlOrder, ReferredTablesAreCreatedFirstAndIndexesFollowTheirTable) {
  EXPECT_EQ("CREATE TABLE parent\nCREATE TABLE child\nCREATE INDEX ix_child_p ON child\n",
            headings(sql::create_all_statements(nodes(chain()), false)));
}

TEST(DdlOrder, ReferringTablesAreDroppedFirst) {
  EXPECT_EQ("DROP TABLE child\nDROP TABLE parent\n",
            headings(sql::drop_all_statements(nodes(chain()), false)));
}

TEST(DdlOrder, KeysInCyclesAreAddedAtTheEndWhereTheDatabaseCanAlter) {
  const MetaData m = cycle("fk_a", "fk_b");
  const sql::Refs all = sql::create_all_statements(nodes(m), true);
  EXPECT_EQ(
      "CREATE TABLE t1\nCREATE TABLE t2\nALTER TABLE t1 ADD CONSTRAINT fk_a FOREIGN KEY(o) "
      "REFERENCES t2\nALTER TABLE t2 ADD CONSTRAINT fk_b FOREIGN KEY(o) REFERENCES t1\n",
      headings(all));
  EXPECT_EQ(std::string::npos, default_dialect().compile(all[0]).text.find("FOREIGN KEY"));
}

TEST(DdlOrder, KeysInCyclesStayInsideElsewhere) {
  const MetaData m = cycle("fk_a", "fk_b");
  const sql::Refs all = sql::create_all_statements(nodes(m), false);
  ASSERT_EQ(2u, all.size());
  EXPECT_NE(std::string::npos,
            sqlite_dialect().compile(all[0]).text.find(
                "CONSTRAINT fk_a FOREIGN KEY(o) REFERENCES t2 (id)"));
}

TEST(DdlOrder, KeysInCyclesAreDroppedFirstWhereTheDatabaseCanAlter) {
  const MetaData m = cycle("fk_a", "fk_b");
  EXPECT_EQ(
      "ALTER TABLE t2 DROP CONSTRAINT fk_b\nALTER TABLE t1 DROP CONSTRAINT fk_a\nDROP TABLE "
      "t2\nDROP TABLE t1\n",
      headings(sql::drop_all_statements(nodes(m), true)));
}

TEST(DdlOrder, TheNamedKeyOfACycleIsDroppedFirst) {
  EXPECT_EQ("ALTER TABLE t2 DROP CONSTRAINT fk_b\nDROP TABLE t1\nDROP TABLE t2\n",
            headings(sql::drop_all_statements(nodes(cycle("", "fk_b")), true)));
}

TEST(DdlOrder, CycleOfUnnamedKeysCannotBeDropped) {
  const MetaData m = cycle("", "");
  EXPECT_THROW(sql::drop_all_statements(nodes(m), true), CircularDependencyError);
}

}  // namespace
}  // namespace azoth
