// SPDX-License-Identifier: MIT
// What MySQL and MariaDB say in their own way. The texts are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/vendor_case.hpp"
#include <azoth/dialects/mysql.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::render_test {

namespace {

Capabilities of_version_8_0_17(Capabilities can) {
  can.server_version = {8, 0, 17};
  return can;
}

sql::Ref locking(bool nowait, bool read) {
  sql::Ref s = select_of({ref(a.id)});
  sql::StatementBuilder::append(
      s, sql::Clause::for_update, sql::for_update(nowait, read, false, false));
  return s;
}

sql::Ref joined(bool outer) {
  sql::Ref s = select_of({ref(a.id)});
  sql::StatementBuilder::append(s, sql::Clause::join, sql::join_step({}, b.node(), {}, outer));
  return s;
}

sql::Ref cast_sum() {
  return select_of(
      {sql::cast(sql::arithmetic(sql::Op::add, ref(a.id), Literal(1)), types::Float())});
}

const VendorCase cases[] = {
    {"UpdateOfAJoinSetsColumnsByTheirOwnKeys",
     [] {
       const From both(sql::join(a.node(), b.node()));
       return statement(update(both).values({{a.x, "q"}}));
     },
     "UPDATE a INNER JOIN b ON a.id = b.a_id SET a.x=%s"},
    {"OffsetAloneLimitsToTheGreatestNumber",
     [] { return statement(select(a.id).offset(3)); },
     "SELECT a.id \nFROM a \n LIMIT %s, 18446744073709551615"},
    {"OffsetStandsAheadOfLimit",
     [] { return statement(select(a.id).limit(5).offset(3)); },
     "SELECT a.id \nFROM a \n LIMIT %s, %s"},
    {"PatternsAreConcatenated",
     [] { return statement(select(a.id).where(a.x.contains("q"))); },
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE concat(concat('%%', %s), '%%'))"},
    {"ConcatenationIsAFunction",
     [] { return select_of({sql::arithmetic(sql::Op::concat, ref(a.x), Literal("q"))}); },
     "SELECT concat(a.x, %s) AS anon_1 \nFROM a"},
    {"JoinIsInner",
     [] { return joined(false); },
     "SELECT a.id \nFROM a INNER JOIN b ON a.id = b.a_id"},
    {"OuterJoin",
     [] { return joined(true); },
     "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id"},
    {"CriteriaNeedSomethingToSelectFrom",
     [] { return statement(select(literal(1)).where(true_())); },
     "SELECT %s AS anon_1 FROM DUAL \nWHERE true = 1"},
    {"SharedLocks", [] { return locking(false, true); }, "SELECT a.id \nFROM a LOCK IN SHARE MODE"},
    {"LocksDoNotWait",
     [] { return locking(true, false); },
     "SELECT a.id \nFROM a FOR UPDATE NOWAIT"},
    {"UpdateOfSeveralTables",
     [] { return statement(update(a).values({{"x", "q"}}).where(a.id == b.a_id)); },
     "UPDATE a, b SET a.x=%s WHERE a.id = b.a_id"},
    {"DeleteUsingOtherTables",
     [] { return statement(delete_(a).where(a.id == b.a_id)); },
     "DELETE FROM a USING a, b WHERE a.id = b.a_id"},
    {"DuplicateKeyUpdatesWithTheInsertedRow",
     [] {
       return statement(
           insert(a).values({{"x", "q"}}).on_duplicate_key_update({{"x", inserted(a).c("x")}}));
     },
     "INSERT INTO a (x) VALUES (%s) ON DUPLICATE KEY UPDATE x = VALUES(x)"},
    {"DuplicateKeyUpdatesWithAValue",
     [] {
       return statement(insert(a).values({{"x", "q"}}).on_duplicate_key_update({{"x", "new"}}));
     },
     "INSERT INTO a (x) VALUES (%s) ON DUPLICATE KEY UPDATE x = %s"},
    {"ConflictsAreUnknown",
     [] { return statement(insert(a).values({{"x", "q"}}).on_conflict_do_nothing()); },
     "!UnsupportedCompilationError: "},
    {"MatchSearchesInAMode",
     [] {
       return statement(select(a.id).where(mysql::match({a.x}, "q", {.in_boolean_mode = true})));
     },
     "SELECT a.id \nFROM a \nWHERE MATCH (a.x) AGAINST (%s IN BOOLEAN MODE)"},
    {"MatchModesExcludeEachOther",
     [] {
       return statement(select(a.id).where(
           mysql::match({a.x}, "q", {.in_boolean_mode = true, .with_query_expansion = true})));
     },
     "!CompileError: Invalid MySQL match flags: in_boolean_mode=True, "
     "in_natural_language_mode=False, with_query_expansion=True"},
    {"IsDistinctFromIsNotNullSafeEqual",
     [] { return where_x(sql::Op::is_distinct_from); },
     "SELECT a.id \nFROM a \nWHERE NOT (a.x <=> %s)"},
    {"RegularExpression",
     [] {
       return statement(select(a.id).where(Any(sql::regexp_match(ref(a.x), sql::bind("q", "x")))));
     },
     "SELECT a.id \nFROM a \nWHERE a.x REGEXP %s"},
    {"FlagsOfRegularExpressionsAreWritten",
     [] {
       return statement(
           select(a.id).where(Any(sql::regexp_match(ref(a.x), sql::bind("q", "x"), "ig"))));
     },
     "SELECT a.id \nFROM a \nWHERE REGEXP_LIKE(a.x, %s, 'ig')"},
    {"CastToInteger",
     [] { return select_of({sql::cast(ref(a.x), types::Integer())}); },
     "SELECT CAST(a.x AS SIGNED INTEGER) AS x \nFROM a"},
    {"CastToText",
     [] { return select_of({sql::cast(ref(a.id), types::String(5))}); },
     "SELECT CAST(a.id AS CHAR(5)) AS id \nFROM a"},
    {"CastToFloatIsLeftOut", cast_sum, "SELECT (a.id + %s) AS anon_1 \nFROM a"},
    {"LaterVersionsCastToFloat",
     cast_sum,
     "SELECT CAST(a.id + %s AS FLOAT) AS anon_1 \nFROM a",
     of_version_8_0_17},
    {"NamesAreQuotedByBackquotes",
     [] { return select_of({sql::column("rank"), sql::column("Mixed")}); },
     "SELECT `rank`, `Mixed`"},
    {"IlikeLowersBothSides",
     [] { return where_x(sql::Op::ilike); },
     "SELECT a.id \nFROM a \nWHERE lower(a.x) LIKE lower(%s)"},
    {"FalseIsCompared",
     [] { return statement(select(a.id).where(false_())); },
     "SELECT a.id \nFROM a \nWHERE false = 1"},
    {"RandomIsRand",
     [] { return select_of({sql::function("random", {})}); },
     "SELECT rand() AS random_1"},
};

class Mysql : public testing::TestWithParam<VendorCase> {};

TEST_P(Mysql, RendersAsSqlalchemy) {
  const std::string expected = GetParam().text;
  const std::string text = vendor_text("mysql", GetParam());
  EXPECT_EQ(expected, expected.front() == '!' ? text.substr(0, expected.size()) : text);
}

INSTANTIATE_TEST_SUITE_P(All, Mysql, testing::ValuesIn(cases), name_of_vendor_case);

struct TypeCase {
  TypePtr type;
  const char* text;
};

TEST(MysqlTypes, RenderAsSqlalchemy) {
  const TypeCase types_and_texts[] = {
      {types::Boolean(), "BOOL"},
      {types::Float(5), "FLOAT(5)"},
      {types::NVARCHAR(30), "NATIONAL VARCHAR(30)"},
      {types::Enum({"a", "b'c"}), "ENUM('a','b''c')"},
      {types::LargeBinary(5), "BLOB(5)"},
      {mysql::NUMERIC({10, 2, true, true}), "NUMERIC(10, 2) UNSIGNED ZEROFILL"},
      {mysql::FLOAT({5, 2}), "FLOAT(5, 2)"},
      {mysql::INTEGER({11, true}), "INTEGER(11) UNSIGNED"},
      {mysql::TINYINT({1}), "TINYINT(1)"},
      {mysql::DATETIME(3), "DATETIME(3)"},
      {mysql::CHAR(4, {.charset = "u", .collation = "c", .binary = true}),
       "CHAR(4) CHARACTER SET u COLLATE c"},
      {mysql::CHAR(4, {.unicode = true, .binary = true, .national = true}),
       "NATIONAL CHAR(4) BINARY"},
      {mysql::TINYTEXT({.national = true}), "NATIONAL TINYTEXT"},
      {mysql::SET({"a", "b"}, {.collation = "x"}), "SET('a','b') COLLATE x"},
  };
  for (const TypeCase& c : types_and_texts) {
    EXPECT_EQ(c.text, dialect("mysql").type_name(c.type));
  }
}

TEST(MysqlTypes, VarcharNeedsALength) {
  EXPECT_THROW(dialect("mysql").type_name(types::String()), CompileError);
}

TEST(Mariadb, FlagsOfRegularExpressionsStandInThePattern) {
  const sql::Ref s =
      statement(select(a.id).where(Any(sql::regexp_match(ref(a.x), sql::bind("q", "x"), "ig"))));
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.x REGEXP CONCAT('(?', 'ig', ')', %s)",
            text_or_error(s, dialect("mariadb")));
}

}  // namespace

}  // namespace azoth::render_test
