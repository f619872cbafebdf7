// SPDX-License-Identifier: MIT
// Which columns INSERT and UPDATE name: values, parameters of the execution, defaults.
#include "render/tables.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/sql/statement.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

using namespace render_test;

const Table& defaults() {
  static const Table t("d",
                       metadata,
                       {Column("id", types::Integer(), {.primary_key = true}),
                        Column("n", types::Integer(), {.default_ = Value(5)}),
                        Column("e",
                               types::Integer(),
                               {.default_expression = sql::function("foo", {sql::bind(1, "foo")})}),
                        Column("u", types::Integer(), {.onupdate = Value(7)}),
                        Column("s", types::Integer(), {.server_default = "3"})});
  return t;
}

const Table& keyless() {
  static const Table t(
      "np",
      metadata,
      {Column("k", types::String(5), {.primary_key = true}), Column("v", types::Integer())});
  return t;
}

Compiled compile(const sql::Ref& statement, std::optional<std::vector<std::string>> keys = {}) {
  return sqlite_dialect().compile(statement, {.column_keys = std::move(keys)});
}

template <class F>
std::string refusal(F f) {
  try {
    f();
  } catch (const CompileError& e) {
    return e.message();
  }
  return "not refused";
}

TEST(DmlColumns, KeysOfTheExecutionAreRequiredParameters) {
  const Compiled compiled = compile(insert(a).node(), {{"x", "id"}});
  EXPECT_EQ("INSERT INTO a (id, x) VALUES (?, ?)", compiled.text);
  ASSERT_EQ(2u, compiled.slots.size());
  EXPECT_TRUE(compiled.slots[0].required);
  EXPECT_EQ("id", compiled.slots[0].key);
  EXPECT_EQ(BindSlot::constant, compiled.slots[0].ordinal);
}

TEST(DmlColumns, NothingAtAllIsDefaultValues) {
  EXPECT_EQ("INSERT INTO a DEFAULT VALUES", compile(insert(a).node(), {{}}).text);
  EXPECT_EQ("INSERT INTO a () VALUES ()",
            default_dialect().compile(insert(a).node(), {.column_keys = {{}}}).text);
}

TEST(DmlColumns, DefaultsJoinInAsConstantsAndExpressions) {
  const Compiled compiled = compile(insert(defaults()).node(), {{}});
  EXPECT_EQ("INSERT INTO d (n, e) VALUES (?, foo(?))", compiled.text);
  ASSERT_EQ(2u, compiled.slots.size());
  EXPECT_EQ(Value(5), compiled.slots[0].value);
  EXPECT_FALSE(compiled.slots[0].required);
}

TEST(DmlColumns, GivenValuesTakeTheDefaultsPlace) {
  const Compiled compiled = compile(insert(defaults()).values({{"n", 3}}).node(), {{"s", "n"}});
  EXPECT_EQ("INSERT INTO d (n, e, s) VALUES (?, foo(?), ?)", compiled.text);
  EXPECT_EQ(Value(3), compiled.slots[0].value);
  EXPECT_TRUE(compiled.slots[2].required);
}

TEST(DmlColumns, DefaultsOfManyRowsAreNumberedAfterTheFirst) {
  const Compiled compiled = compile(insert(defaults()).values({{{"s", 1}}, {{"s", 2}}}).node());
  EXPECT_EQ("INSERT INTO d (n, e, s) VALUES (?, foo(?), ?), (?, foo(?), ?)", compiled.text);
  std::string names;
  for (const BindSlot& slot : compiled.slots) {
    names += slot.name + ' ';
  }
  EXPECT_EQ("n foo_1 s_m0 n_m1 foo_1 s_m1 ", names);
}

TEST(DmlColumns, OnupdateJoinsAnUpdate) {
  EXPECT_EQ("UPDATE d SET u=?, s=?", compile(update(defaults()).values({{"s", 1}}).node()).text);
  EXPECT_EQ("UPDATE d SET n=?, u=?", compile(update(defaults()).node(), {{"n"}}).text);
}

TEST(DmlColumns, WithoutValuesAllColumnsAreNamedAndDefaultsStayOut) {
  EXPECT_EQ("INSERT INTO d (id, n, e, u, s) VALUES (?, ?, ?, ?, ?)",
            compile(insert(defaults()).node()).text);
}

TEST(DmlColumns, MissingKeyIsWarnedOf) {
  const Compiled compiled = compile(insert(keyless()).values({{"v", 1}}).node());
  EXPECT_EQ("INSERT INTO np (v) VALUES (?)", compiled.text);
  ASSERT_EQ(1u, compiled.warnings.size());
  EXPECT_EQ(
      "Column 'np.k' is marked as a member of the primary key for table 'np', but has no "
      "Python-side or server-side default generator indicated, nor does it indicate "
      "'autoincrement=True' or 'nullable=True', and no explicit value is passed.  Primary key "
      "columns typically may not store NULL.",
      compiled.warnings[0]);
  EXPECT_TRUE(compile(insert(a).values({{"x", "q"}}).node()).warnings.empty());
}

TEST(DmlColumns, UnknownKeysAreRefused) {
  sql::Ref s = insert(a).node();
  sql::StatementBuilder::append(
      s, sql::Clause::set, sql::make_node<sql::Assignment>("nope", sql::bind(1)));
  EXPECT_EQ("Unconsumed column names: nope", refusal([&] { compile(s); }));
}

TEST(DmlColumns, NameOfAColumnIsReserved) {
  const sql::Ref s = update(a).where(a.id == bindparam("id")).node();
  EXPECT_EQ(
      "bindparam() name 'id' is reserved for automatic usage in the VALUES or SET clause of this "
      "insert/update statement.   Please use a name other than column name when using bindparam() "
      "with insert() or update() (for example, 'b_id').",
      refusal([&] { compile(s, {{"id"}}); }));
  EXPECT_EQ("UPDATE a SET x=? WHERE a.id = ?", compile(s, {{"x"}}).text);
}

TEST(DmlColumns, NameOfAGivenValueIsUnique) {
  const sql::Ref s = update(a).values({{"id", a.id + bindparam<int>("x")}, {"x", "q"}}).node();
  EXPECT_EQ("Bind parameter 'x' conflicts with unique bind parameter of the same name",
            refusal([&] { compile(s); }));
}

TEST(DmlColumns, UpdateWithoutColumnsHasATextAndIsRefusedAtExecution) {
  const Compiled compiled = compile(update(a).where(a.id == 5).node(), {{}});
  EXPECT_EQ("UPDATE a SET  WHERE a.id = ?", compiled.text);
  EXPECT_EQ("UPDATE sets no column; give it values(), or parameters at execution",
            compiled.refusal);
}

TEST(DmlColumns, OneNameIsNotBothAListAndAValue) {
  const Any list(sql::expanding({}, "q", types::Integer(), sql::Op::in));
  sql::Ref node = list.node();
  const_cast<sql::BindParameter&>(sql::as<sql::BindParameter>(node)).is_unique = false;
  const sql::Ref s = select(a.id)
                         .where(Any(sql::make_node<sql::BinaryExpression>(
                             sql::Op::in, a.id.node(), node, types::Boolean())))
                         .where(a.id == bindparam("q"))
                         .node();
  EXPECT_NE(std::string::npos,
            refusal([&] { compile(s); }).find("Can't reuse bound parameter name 'q' in both"));
}

TEST(DmlColumns, SingleValuesAndRowsDoNotMix) {
  EXPECT_THROW(compile(insert(a).values({{"id", 1}}).values({{{"id", 1}}, {{"id", 2}}}).node()),
               InvalidRequestError);
}

TEST(DmlColumns, CriteriaOverOtherTablesAreRefused) {
  const sql::Ref s = update(a).values({{"x", "q"}}).where(a.id == b.a_id).node();
  EXPECT_EQ("This backend does not support multiple-table criteria within UPDATE",
            refusal([&] { compile(s); }));
}

}  // namespace
}  // namespace azoth
