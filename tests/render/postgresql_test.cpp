// SPDX-License-Identifier: MIT
// What PostgreSQL says in its own way. The texts are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/vendor_case.hpp"
#include <azoth/dialects/postgresql.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::render_test {

namespace {

sql::Ref locking(bool nowait, bool read, bool skip_locked, bool key_share, sql::Refs of) {
  sql::Ref s = select_of({ref(a.id)});
  auto* lock = new sql::ForUpdate;
  sql::Ref part = sql::Ref::adopt(lock);
  lock->is_nowait = nowait;
  lock->is_read = read;
  lock->is_skip_locked = skip_locked;
  lock->is_key_share = key_share;
  lock->of = std::move(of);
  sql::seal(*lock);
  sql::StatementBuilder::append(s, sql::Clause::for_update, std::move(part));
  return s;
}

sql::Ref fetching() {
  sql::Ref s = select_of({ref(a.id)});
  sql::StatementBuilder::append(s, sql::Clause::offset, sql::row_limit(3));
  sql::StatementBuilder::append(s, sql::Clause::fetch, sql::fetch(5));
  return s;
}

sql::Ref distinct_on() {
  sql::Ref s = select_of({ref(a.id)});
  sql::StatementBuilder::append(s, sql::Clause::distinct_on, ref(a.x));
  return s;
}

sql::Ref overlapping() {
  const Any tags(sql::column("tags", postgresql::ARRAY(types::String())));
  return statement(
      select(a.id).where(postgresql::overlap(tags, postgresql::array(std::string("u")))));
}

const VendorCase cases[] = {
    {"OffsetAloneLimitsToAll",
     [] { return statement(select(a.id).offset(3)); },
     "SELECT a.id \nFROM a\n LIMIT ALL OFFSET %(param_1)s"},
    {"LimitAndOffset",
     [] { return statement(select(a.id).limit(5).offset(3)); },
     "SELECT a.id \nFROM a \n LIMIT %(param_1)s OFFSET %(param_2)s"},
    {"FetchPutsCountsIntoParentheses",
     fetching,
     "SELECT a.id \nFROM a\n OFFSET (%(param_1)s) ROWS\n FETCH FIRST (%(param_2)s) ROWS ONLY"},
    {"IlikeIsAnOperator",
     [] { return where_x(sql::Op::ilike); },
     "SELECT a.id \nFROM a \nWHERE a.x ILIKE %(x_1)s"},
    {"DistinctOn", distinct_on, "SELECT DISTINCT ON (a.x) a.id \nFROM a"},
    {"LocksOfTables",
     [] { return locking(true, true, false, true, {a.node()}); },
     "SELECT a.id \nFROM a FOR KEY SHARE OF a NOWAIT"},
    {"LocksSkipLockedRows",
     [] { return locking(false, false, true, true, {}); },
     "SELECT a.id \nFROM a FOR NO KEY UPDATE SKIP LOCKED"},
    {"ConflictDoesNothing",
     [] {
       return statement(
           insert(a).values({{"id", 1}, {"x", "q"}}).on_conflict_do_nothing().returning(a.id));
     },
     "INSERT INTO a (id, x) VALUES (%(id)s, %(x)s) ON CONFLICT DO NOTHING RETURNING a.id"},
    {"ConflictUpdatesWithTheExcludedRow",
     [] {
       return statement(insert(a)
                            .values({{"id", 1}, {"x", "q"}})
                            .on_conflict_do_update({.index_elements = {"id"}},
                                                   {{"x", excluded(a).c("x")}},
                                                   a.x != "z"));
     },
     "INSERT INTO a (id, x) VALUES (%(id)s, %(x)s) ON CONFLICT (id) DO UPDATE SET x = excluded.x "
     "WHERE a.x != %(x_1)s"},
    {"ConflictOfAConstraintUpdatesWithAValue",
     [] {
       return statement(insert(a)
                            .values({{"id", 1}, {"x", "q"}})
                            .on_conflict_do_update({.constraint = "uq"}, {{"x", "new"}}));
     },
     "INSERT INTO a (id, x) VALUES (%(id)s, %(x)s) ON CONFLICT ON CONSTRAINT uq "
     "DO UPDATE SET x = %(param_1)s"},
    {"UpdateFromOtherTables",
     [] { return statement(update(a).values({{"x", "q"}}).where(a.id == b.a_id)); },
     "UPDATE a SET x=%(x)s FROM b WHERE a.id = b.a_id"},
    {"DeleteUsingOtherTables",
     [] { return statement(delete_(a).where(a.id == b.a_id)); },
     "DELETE FROM a USING b WHERE a.id = b.a_id"},
    {"ArrayLiteral",
     [] { return statement(select(postgresql::array(a.id, 5))); },
     "SELECT ARRAY[a.id, %(param_1)s] AS anon_1 \nFROM a"},
    {"AggregateWithAnOrder",
     [] {
       return select_of({sql::function(
           "array_agg", {postgresql::aggregate_order_by(a.id, {desc(a.x)}).node()})});
     },
     "SELECT array_agg(a.id ORDER BY a.x DESC) AS array_agg_1 \nFROM a"},
    {"ArraysOverlap", overlapping, "SELECT a.id \nFROM a \nWHERE tags && ARRAY[%(param_1)s]"},
    {"PercentSignsAreDoubled",
     [] { return statement(select(a.id).where(a.x.startswith("q%"))); },
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE %(x_1)s || '%%')"},
    {"PercentSignsOfTextsAreDoubled",
     [] { return select_of({sql::text("'50%'")}); },
     "SELECT '50%%'"},
    {"ModuloIsDoubled",
     [] { return select_of({sql::arithmetic(sql::Op::mod, ref(b.x), Literal(5))}); },
     "SELECT b.x %% %(x_1)s AS anon_1 \nFROM b"},
    {"SubstringHasWords",
     [] {
       return select_of({sql::function(
           "substring",
           {ref(a.x), sql::bind(Literal(1), "substring"), sql::bind(Literal(2), "substring")})});
     },
     "SELECT SUBSTRING(a.x FROM %(substring_2)s FOR %(substring_3)s) AS substring_1 \nFROM a"},
    {"StringIsVarcharWithoutLength",
     [] { return statement(select(cast<std::string>(a.id))); },
     "SELECT CAST(a.id AS VARCHAR) AS id \nFROM a"},
};

class Postgresql : public testing::TestWithParam<VendorCase> {};

TEST_P(Postgresql, RendersAsSqlalchemy) {
  EXPECT_EQ(GetParam().text, vendor_text("postgresql", GetParam()));
}

INSTANTIATE_TEST_SUITE_P(All, Postgresql, testing::ValuesIn(cases), name_of_vendor_case);

struct TypeCase {
  TypePtr type;
  const char* text;
};

TEST(PostgresqlTypes, RenderAsSqlalchemy) {
  const TypeCase types_and_texts[] = {
      {types::DateTime(true), "TIMESTAMP WITH TIME ZONE"},
      {types::Float(5), "FLOAT(5)"},
      {types::LargeBinary(5), "BYTEA"},
      {types::Interval(), "INTERVAL"},
      {types::Interval(false), "TIMESTAMP WITHOUT TIME ZONE"},
      {types::Enum({"a"}, {.name = "Foo", .schema = "s"}), "s.\"Foo\""},
      {types::Enum({"aa"}, {.native_enum = false}), "VARCHAR(2)"},
      {postgresql::INTERVAL(3, "DAY TO SECOND"), "INTERVAL DAY TO SECOND (3)"},
      {postgresql::TIME(true, 3), "TIME(3) WITH TIME ZONE"},
      {postgresql::BIT(), "BIT(1)"},
      {postgresql::BIT(3, true), "BIT VARYING(3)"},
      {postgresql::ARRAY(types::Integer(), 3), "INTEGER[][][]"},
      {types::ARRAY(types::String(3, "x")), "VARCHAR(3)[] COLLATE \"x\""},
      {postgresql::DOUBLE_PRECISION(), "DOUBLE PRECISION"},
      {postgresql::JSONB(), "JSONB"},
      {postgresql::TSRANGE(), "TSRANGE"},
  };
  for (const TypeCase& c : types_and_texts) {
    EXPECT_EQ(c.text, dialect("postgresql").type_name(c.type));
  }
}

TEST(PostgresqlTypes, EnumNeedsAName) {
  EXPECT_THROW(dialect("postgresql").type_name(types::Enum({"a"})), CompileError);
}

TEST(PostgresqlLiterals, EscapeWhatServerAndDriverRead) {
  EXPECT_EQ("'a\\\\b''%%'", dialect("postgresql").literal("a\\b'%", types::String()));
}

}  // namespace

}  // namespace azoth::render_test
