// SPDX-License-Identifier: MIT
// Declarations of tables: what is refused, what keys and constraints become, which column the
// database numbers, and the order of tables. Texts and orders are SQLAlchemy 1.4's.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/col.hpp>
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/table_parts.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace {

using namespace azoth;
using sql::TableNode;

const TableNode& node(const Table& table) {
  return sql::as<TableNode>(table.node());
}

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.message();
  }
  return "nothing thrown";
}

TEST(TableDeclaration, RefusesTwoColumnsOfOneName) {
  EXPECT_EQ(message_of<ArgumentError>(
                [] { Table("t", MetaData(), {{"a", types::Integer()}, {"a", types::String()}}); }),
            "A column with name 'a' is already present in table 't'.");
}

TEST(TableDeclaration, RefusesTwoColumnsOfOneKey) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              Table(
                  "t", MetaData(), {{"a", types::Integer()}, {"b", types::String(), {.key = "a"}}});
            }),
            "A column with key 'a' is already present in table 't'.");
}

TEST(TableDeclaration, RefusesASecondTableOfOneName) {
  MetaData m;
  Table("t", m, {{"a", types::Integer()}});
  EXPECT_EQ(message_of<InvalidRequestError>([&] { Table("t", m, {{"b", types::Integer()}}); }),
            "Table 't' is already defined for this MetaData instance.  Specify "
            "'extend_existing=True' to redefine options and columns on an existing Table object.");
  Table("t", m, {{"a", types::Integer()}}, {}, {}, "s");
  EXPECT_EQ(message_of<InvalidRequestError>(
                [&] { Table("t", m, {{"b", types::Integer()}}, {}, {}, "s"); }),
            "Table 's.t' is already defined for this MetaData instance.  Specify "
            "'extend_existing=True' to redefine options and columns on an existing Table object.");
  EXPECT_EQ(m.tables().size(), 2u);
  EXPECT_NO_THROW(Table("t", MetaData(), {{"a", types::Integer()}}));
}

TEST(TableDeclaration, ConstraintsRefuseUnknownColumns) {
  const auto declare = [](Constraint c) {
    return message_of<ArgumentError>(
        [&] { Table("b", MetaData(), {{"x", types::Integer()}}, {std::move(c)}); });
  };
  EXPECT_EQ(declare(ForeignKeyConstraint({"zz"}, {"a.id"})),
            "Can't create ForeignKeyConstraint on table 'b': no column named 'zz' is present.");
  EXPECT_EQ(declare(UniqueConstraint({"zz"})),
            "Can't create UniqueConstraint on table 'b': no column named 'zz' is present.");
  EXPECT_EQ(declare(PrimaryKeyConstraint({"zz"})),
            "Can't create PrimaryKeyConstraint on table 'b': no column named 'zz' is present.");
  EXPECT_EQ(message_of<ArgumentError>(
                [] { Table("b", MetaData(), {{"x", types::Integer()}}, {}, {{"i", {"zz"}}}); }),
            "Can't create Index on table 'b': no column named 'zz' is present.");
}

TEST(TableDeclaration, ForeignKeyConstraintNeedsAsManyColumnsAsTargets) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              Table("b",
                    MetaData(),
                    {{"x", types::Integer()}, {"y", types::Integer()}},
                    {ForeignKeyConstraint({"x", "y"}, {"a.id"})});
            }),
            "ForeignKeyConstraint number of constrained columns must match the number of "
            "referenced columns.");
}

TEST(TableDeclaration, ForeignKeyConstraintLeadsToOneTable) {
  EXPECT_EQ(message_of<ArgumentError>([] {
              Table("b",
                    MetaData(),
                    {{"x", types::Integer()}, {"y", types::Integer()}},
                    {ForeignKeyConstraint({"x", "y"}, {"a.id", "c.id"})});
            }),
            "ForeignKeyConstraint on b(x, y) refers to multiple remote tables: a and c");
}

TEST(TableDeclaration, ForeignKeyTargetMayHaveASchemaOrNoColumn) {
  MetaData m;
  Table plain("b", m, {{"x", types::Integer(), {.foreign_key = ForeignKey("a.id")}}});
  Table schema("c", m, {{"x", types::Integer(), {.foreign_key = ForeignKey("s.a.id")}}});
  Table bare("d", m, {{"x", types::Integer(), {.foreign_key = ForeignKey("a")}}});
  EXPECT_EQ(node(plain).foreign_keys[0].target_table, "a");
  EXPECT_EQ(node(schema).foreign_keys[0].target_schema, "s");
  EXPECT_EQ(node(schema).foreign_keys[0].target_columns.at(0), "id");
  EXPECT_EQ(node(bare).foreign_keys[0].target_columns.at(0), "x");
  EXPECT_THROW(Table("e", m, {{"x", types::Integer(), {.foreign_key = ForeignKey("a.")}}}),
               ArgumentError);
  EXPECT_THROW(Table("f", m, {{"x", types::Integer(), {.foreign_key = ForeignKey("")}}}),
               ArgumentError);
  EXPECT_EQ(m.tables().size(), 3u) << "a table that is refused does not enter the MetaData";
}

TEST(TableDeclaration, MissingTargetsAreNamed) {
  MetaData m;
  Table("a", m, {{"id", types::Integer()}});
  Table b("b",
          m,
          {{"x", types::Integer(), {.foreign_key = ForeignKey("nope.id")}},
           {"y", types::Integer(), {.foreign_key = ForeignKey("a.zz")}}});
  try {
    sql::resolve(node(b), node(b).foreign_keys[0]);
    FAIL();
  } catch (const NoReferencedTableError& e) {
    EXPECT_EQ(e.message(),
              "Foreign key associated with column 'b.x' could not find table 'nope' with which to "
              "generate a foreign key to target column 'id'");
    EXPECT_EQ(e.table_name(), "nope");
  }
  try {
    sql::resolve(node(b), node(b).foreign_keys[1]);
    FAIL();
  } catch (const NoReferencedColumnError& e) {
    EXPECT_EQ(e.message(),
              "Could not initialize target column for ForeignKey 'a.zz' on table 'b': table 'a' "
              "has no column named 'zz'");
    EXPECT_EQ(e.table_name(), "a");
    EXPECT_EQ(e.column_name(), "zz");
  }
}

TEST(TableDeclaration, ColumnsOfThePrimaryKeyAreNotNullableUnlessSaidSo) {
  Table t("t",
          MetaData(),
          {{"a", types::Integer(), {.nullable = true}},
           {"b", types::Integer()},
           {"c", types::Integer()}},
          {PrimaryKeyConstraint({"b", "a"}, "pk")});
  EXPECT_EQ(node(t).primary_key, (std::vector<std::uint32_t>{1, 0}));
  EXPECT_TRUE(node(t).primary_key_constraint.name == "pk");
  EXPECT_TRUE(node(t).columns[0].is_nullable);
  EXPECT_FALSE(node(t).columns[1].is_nullable);
  EXPECT_TRUE(node(t).columns[2].is_nullable);
}

TEST(TableDeclaration, WarnsWhenPrimaryKeyAndColumnsDisagree) {
  CaptureWarnings warnings;
  Table t("t",
          MetaData(),
          {{"a", types::Integer(), {.primary_key = true}}, {"b", types::Integer()}},
          {PrimaryKeyConstraint({"b"})});
  ASSERT_EQ(warnings.records().size(), 1u);
  EXPECT_EQ(warnings.records()[0].message,
            "Table 't' specifies columns 'a' as primary_key=True, not matching locally specified "
            "columns 'b'; setting the current primary key columns to 'b'. This warning may become "
            "an exception in a future release");
  EXPECT_EQ(node(t).primary_key, std::vector<std::uint32_t>{1});
}

TEST(TableDeclaration, UniqueAndIndexOfAColumnBecomeConstraintOrIndex) {
  Table t("t",
          MetaData(),
          {{"a", types::Integer(), {.unique = true, .index = true}},
           {"b", types::Integer(), {.index = true}},
           {"c", types::Integer(), {.unique = true}}},
          {},
          {},
          "s");
  ASSERT_EQ(node(t).indexes.size(), 2u);
  EXPECT_TRUE(node(t).indexes[0].name == "ix_s_t_a");
  EXPECT_TRUE(node(t).indexes[0].is_unique);
  EXPECT_TRUE(node(t).indexes[1].name == "ix_s_t_b");
  EXPECT_FALSE(node(t).indexes[1].is_unique);
  ASSERT_EQ(node(t).constraints.size(), 1u);
  EXPECT_EQ(node(t).constraints[0].columns, std::vector<std::string>{"c"});
}

// Which column of table `t` the database numbers, or "none".
std::string autoincrement(std::vector<Column> columns, std::vector<Constraint> constraints = {}) {
  Table t("t", MetaData(), std::move(columns), std::move(constraints));
  const int i = node(t).autoincrement_column();
  return i < 0 ? "none" : node(t).columns[static_cast<std::size_t>(i)].name;
}

TEST(TableAutoincrement, IsTheOnlyIntegerKeyColumnWithoutDefaultAndForeignKey) {
  const TypePtr integer = types::Integer();
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true}}}), "a");
  EXPECT_EQ(autoincrement({{"a", types::SmallInteger(), {.primary_key = true}}}), "a");
  EXPECT_EQ(autoincrement({{"a", integer}}, {PrimaryKeyConstraint({"a"})}), "a");
  EXPECT_EQ(autoincrement({{"a", integer}}), "none");
  EXPECT_EQ(autoincrement({{"a", types::String(), {.primary_key = true}}}), "none");
  EXPECT_EQ(
      autoincrement({{"a", integer, {.primary_key = true}}, {"b", integer, {.primary_key = true}}}),
      "none");
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true, .default_ = Value(5)}}}), "none");
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true, .server_default = "5"}}}), "none");
  EXPECT_EQ(
      autoincrement({{"a", integer, {.primary_key = true, .foreign_key = ForeignKey("o.id")}}}),
      "none");
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true}}},
                          {ForeignKeyConstraint({"a"}, {"o.id"})}),
            "none");
}

TEST(TableAutoincrement, CanBeAskedForAndForbidden) {
  const TypePtr integer = types::Integer();
  constexpr AutoIncrement always = AutoIncrement::always, never = AutoIncrement::never;
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true, .autoincrement = never}}}), "none");
  EXPECT_EQ(autoincrement({{"a", integer, {.primary_key = true}},
                           {"b", integer, {.primary_key = true, .autoincrement = always}}}),
            "b");
  EXPECT_EQ(
      autoincrement(
          {{"a",
            integer,
            {.primary_key = true, .autoincrement = always, .foreign_key = ForeignKey("o.id")}}}),
      "a");
  EXPECT_EQ(
      autoincrement(
          {{"a", integer, {.primary_key = true, .autoincrement = always, .default_ = Value(5)}}}),
      "a");
  EXPECT_EQ(autoincrement({{"a", integer, {.autoincrement = always}}}), "none");
}

TEST(TableAutoincrement, RefusesTwoColumnsAndOtherTypes) {
  const ColumnOptions always{.primary_key = true, .autoincrement = AutoIncrement::always};
  EXPECT_EQ(message_of<ArgumentError>([&] {
              autoincrement({{"a", types::Integer(), always}, {"b", types::Integer(), always}});
            }),
            "Only one Column may be marked autoincrement=True, found both b and a.");
  EXPECT_EQ(message_of<ArgumentError>([&] { autoincrement({{"a", types::String(), always}}); }),
            "Column type String() on column 't.a' is not compatible with autoincrement=True");
}

// The order of tables whose columns refer to others; `x!` is a key with use_alter.
struct Sorted {
  std::string order, warning;
};

Sorted sort(const std::map<char, std::vector<std::string>>& references, std::string_view names) {
  MetaData m;
  for (char name : names) {
    std::vector<Column> columns{{"id", types::Integer(), {.primary_key = true}}};
    if (const auto found = references.find(name); found != references.end()) {
      for (const std::string& target : found->second) {
        ForeignKey key(target.substr(0, 1) + ".id");
        key.use_alter = target.ends_with('!');
        columns.emplace_back("f" + target.substr(0, 1),
                             types::Integer(),
                             ColumnOptions{.foreign_key = std::move(key)});
      }
    }
    Table(std::string(1, name), m, std::move(columns));
  }
  CaptureWarnings warnings;
  Sorted out;
  for (const Table& t : m.sorted_tables()) {
    out.order += t.name();
  }
  for (const WarningRecord& w : warnings.records()) {
    out.warning += w.message;
  }
  return out;
}

TEST(TableOrder, PutsReferredTablesFirstAndTiesByName) {
  EXPECT_EQ(sort({{'a', {"b"}}, {'b', {"c"}}}, "abc").order, "cba");
  EXPECT_EQ(sort({{'z', {"a"}}, {'b', {"z"}}}, "bza").order, "azb");
  EXPECT_EQ(sort({{'a', {"z"}}}, "abcz").order, "bcza");
  EXPECT_EQ(sort({{'x', {"y"}}, {'q', {"y"}}}, "xqy").order, "yqx");
  EXPECT_EQ(sort({{'a', {"d"}}, {'b', {"c"}}, {'c', {"d"}}, {'e', {"b"}}}, "abcde").order, "dacbe");
  EXPECT_EQ(sort({{'a', {"c"}}, {'c', {"b"}}}, "abc").order, "bca");
}

TEST(TableOrder, IgnoresKeysToOneselfAndThoseToBeAltered) {
  EXPECT_EQ(sort({{'a', {"a"}}}, "a").order, "a");
  const Sorted altered = sort({{'a', {"b!"}}, {'b', {"a"}}}, "ab");
  EXPECT_EQ(altered.order, "ab");
  EXPECT_EQ(altered.warning, "");
}

TEST(TableOrder, WarnsOfCyclesAndSortsTheRest) {
  const Sorted two = sort({{'a', {"b"}}, {'b', {"a"}}, {'c', {"a"}}}, "abcd");
  EXPECT_EQ(two.order, "abdc");
  EXPECT_EQ(two.warning,
            "Cannot correctly sort tables; there are unresolvable cycles between tables \"a, b\", "
            "which is usually caused by mutually dependent foreign key constraints.  Foreign key "
            "constraints involving these tables will not be considered; this warning may raise an "
            "error in a future release.");
  const Sorted many =
      sort({{'a', {"b"}}, {'b', {"c"}}, {'c', {"a"}}, {'d', {"e"}}, {'e', {"d"}}, {'f', {"a"}}},
           "abcdef");
  EXPECT_EQ(many.order, "abcdef");
  EXPECT_NE(many.warning.find("\"a, b, c, d, e\""), std::string::npos);
}

TEST(TableLookup, FindsTablesAndColumnsByNameAndKey) {
  MetaData m;
  Table t("t", m, {{"a", types::Integer(), {.key = "akey"}}});
  EXPECT_TRUE(m.contains("t"));
  EXPECT_FALSE(m.contains("u"));
  EXPECT_EQ(m.table("t").node(), t.node());
  EXPECT_THROW((void)m.table("u"), NoSuchTableError);
  EXPECT_EQ(message_of<NoSuchColumnError>([&] { (void)t.c("a"); }),
            "There is no column 'a' in table 't'; its columns are found by their keys");
  EXPECT_EQ(sql::as<sql::ColumnNode>(t.c("akey").node()).name(), "a");
  EXPECT_THROW((void)t.c<std::string>("akey"), ArgumentError) << "the family is another";
  EXPECT_NO_THROW((void)t.c<double>("akey")) << "numbers are one family";
}

TEST(TableExtension, ColumnsAreAddedAndReplaced) {
  MetaData m;
  const Table t("t", m, {{"a", types::Integer()}, {"b", types::Integer(), {.foreign_key = "t.a"}}});
  const Any old = t.c("b");
  const TableOptions extends{.extend_existing = true};
  Table("t", m, {{"b", types::String()}, {"c", types::Integer()}}, {}, {}, extends);
  EXPECT_EQ(t.columns().keys(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(repr(t.c("b")), "Column('b', String(), table=<t>)");
  EXPECT_TRUE(t.foreign_keys().empty()) << "it went with the column";
  EXPECT_EQ(column_fullname(old), "t.b") << "expressions with the old column stay good";
  EXPECT_EQ(m.tables().size(), 1u);
}

TEST(TableExtension, OfTwoWaysToUseAnExistingTableOneIsMeant) {
  MetaData m;
  Table("t", m, {{"a", types::Integer()}});
  EXPECT_EQ(message_of<ArgumentError>([&] {
              Table(
                  "t", m, {}, {}, {}, TableOptions{.extend_existing = true, .keep_existing = true});
            }),
            "keep_existing and extend_existing are mutually exclusive.");
  EXPECT_EQ(message_of<DuplicateColumnError>([&] {
              Table("t",
                    m,
                    {{"a", types::Integer(), {.key = "x"}}},
                    {},
                    {},
                    TableOptions{.extend_existing = true});
            }),
            "A column with name 'a' is already present in table 't'.");
}

TEST(TableCopy, ConstraintsAndIndexesAreThere) {
  MetaData m, other;
  const Table parent("p", m, {{"id", types::Integer(), {.primary_key = true}}});
  const Table t("t",
                m,
                {{"id", types::Integer(), {.primary_key = true}},
                 {"p_id", types::Integer(), {.index = true, .foreign_key = "p.id"}},
                 {"u", types::Integer(), {.unique = true}}},
                {CheckConstraint("u > 0", "positive")},
                {Index{"ix_two", {"p_id", "u"}}});
  const Table copy = t.to_metadata(other, {.schema = "s", .name = "t2"});
  EXPECT_EQ(copy.fullname(), "s.t2");
  EXPECT_EQ(copy.constraints().size(), t.constraints().size());
  ASSERT_EQ(copy.indexes().size(), 2u);
  EXPECT_EQ(copy.foreign_keys().front().target_fullname(), "s.p.id");
  EXPECT_EQ(t.to_metadata(other).foreign_keys().front().target_fullname(), "p.id");
  EXPECT_EQ(parent.to_metadata(m).node(), parent.node()) << "it is there already, with a warning";
}

TEST(TableParts, WhatIsNoColumnIsRefused) {
  EXPECT_EQ(message_of<ArgumentError>([] { column_name(Any(sql::null())); }),
            "A column of a table is expected, got another expression.");
}

}  // namespace
