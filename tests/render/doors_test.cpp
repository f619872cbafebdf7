// SPDX-License-Identifier: MIT
// The doors of the rarer clauses and constructs: each statement is what a program writes, each text
// what SQLAlchemy 1.4 gives for the same.
#include "render/rendering.hpp"
#include <azoth/compile/print.hpp>
#include <azoth/dialects/dialects.hpp>
#include <azoth/sql/selectables.hpp>

#include <sstream>

namespace azoth::render_test {

namespace {

struct DoorCase {
  const char* name;
  const char* dialect;
  sql::Ref (*make)();
  const char* text;
};

Select<> with_x(const Select<AnyType, AnyType>& s) {
  return s.where(s.selected_columns()["x"] == "q");
}

Select<> beside_lateral(const From& l) {
  return select(a.id, l.c("x")).join(l, true_());
}

Select<> within(const From& inner) {
  return select(select(inner.c("id")).cte("o").c("id"));
}

Select<> both_of(const From& rows) {
  return select(rows.c("n"), rows.c("ord"));
}

Select<> id_of(const From& from) {
  return select(from.c("id"));
}

const DoorCase cases[] = {
    {"DistinctOnNamesExpressions",
     "postgresql",
     [] { return statement(select(a.id, a.x).distinct(a.x)); },
     "SELECT DISTINCT ON (a.x) a.id, a.x \nFROM a"},
    {"FetchTakesThePlaceOfLimit",
     "postgresql",
     [] { return statement(select(a.id).limit(3).fetch(5, {.with_ties = true})); },
     "SELECT a.id \nFROM a\n FETCH FIRST (%(param_1)s) ROWS WITH TIES"},
    {"FetchMayCountPercent",
     "oracle",
     [] { return statement(select(a.id).fetch(5, {.percent = true})); },
     "SELECT a.id \nFROM a\n FETCH FIRST :param_1 PERCENT ROWS ONLY"},
    {"SliceIsLimitAndOffset",
     "default",
     [] { return statement(select(a.id).slice(2, 5)); },
     "SELECT a.id \nFROM a\n LIMIT :param_1 OFFSET :param_2"},
    {"LimitMayBeAParameter",
     "default",
     [] { return statement(select(a.id).limit(bindparam<int>("n"))); },
     "SELECT a.id \nFROM a\n LIMIT :n"},
    {"OrderByNothingForgets",
     "default",
     [] { return statement(select(a.id).order_by(a.x).order_by(std::nullopt)); },
     "SELECT a.id \nFROM a"},
    {"LocksRowsOfSomeTables",
     "postgresql",
     [] {
       return statement(select(a.id).join(b).with_for_update({.skip_locked = true, .of = {b}}));
     },
     "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id FOR UPDATE OF b SKIP LOCKED"},
    {"JoinsMayBeFull",
     "default",
     [] { return statement(select(a.id).join(b, a.id == b.a_id, {.full = true})); },
     "SELECT a.id \nFROM a FULL OUTER JOIN b ON a.id = b.a_id"},
    {"JoinsFromANamedSide",
     "default",
     [] { return statement(select(b.x).join_from(a, b)); },
     "SELECT b.x \nFROM a JOIN b ON a.id = b.a_id"},
    {"OuterJoinsFromANamedSide",
     "default",
     [] { return statement(select(b.x).outerjoin_from(a, b, a.x == "q")); },
     "SELECT b.x \nFROM a LEFT OUTER JOIN b ON a.x = :x_1"},
    {"PrefixesAndSuffixes",
     "default",
     [] { return statement(select(a.id).prefix_with("HIGH").suffix_with("LOW")); },
     "SELECT HIGH a.id \nFROM a LOW "},
    {"PrefixesOfOtherDialectsAreLeftOut",
     "mysql",
     [] { return statement(select(a.id).prefix_with("HIGH", "oracle")); },
     "SELECT a.id \nFROM a"},
    {"HintsNameTheirTable",
     "mssql",
     [] { return statement(select(a.id).with_hint(a, "WITH (NOLOCK)")); },
     "SELECT a.id \nFROM a WITH (NOLOCK)"},
    {"HintsOfTheStatement",
     "mssql",
     [] { return statement(select(a.id).with_statement_hint("OPTION (x)")); },
     "SELECT a.id \nFROM a OPTION (x)"},
    {"CorrelatesOnRequest",
     "default",
     [] {
       return statement(select(a.id).where(
           a.id == select(b.id).where(b.a_id == a.id).correlate(a).scalar_subquery()));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"},
    {"CorrelatesNothing",
     "default",
     [] {
       return statement(select(a.id).where(
           a.id == select(b.id).where(b.a_id == a.id).correlate(std::nullopt).scalar_subquery()));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = (SELECT b.id \nFROM b, a \nWHERE b.a_id = a.id)"},
    {"CorrelatesAllButSome",
     "default",
     [] {
       return statement(select(a.id).where(
           a.id == select(b.id).where(b.a_id == a.id).correlate_except(b).scalar_subquery()));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"},
    {"SelectedColumnsAddNoFrom",
     "default",
     [] { return statement(with_x(select(a.id, a.x))); },
     "SELECT a.id, a.x \nFROM a \nWHERE a.x = :x_1"},
    {"LateralSeesItsNeighbours",
     "postgresql",
     [] { return statement(beside_lateral(select(b.x).where(b.a_id == a.id).lateral("l"))); },
     "SELECT a.id, l.x \nFROM a JOIN LATERAL (SELECT b.x AS x \nFROM b \nWHERE b.a_id = a.id) AS l "
     "ON true"},
    {"NestingCteStandsWithin",
     "default",
     [] { return statement(within(select(a.id).cte("i", {.nesting = true}))); },
     "WITH o AS \n(WITH i AS \n(SELECT a.id AS id \nFROM a)\n SELECT i.id AS id \nFROM i)\n SELECT "
     "o.id \nFROM o"},
    {"OnlyOtherColumns",
     "default",
     [] { return statement(select(a.id).where(a.x == "q").with_only_columns(func::count())); },
     "SELECT count(*) AS count_1 \nFROM a \nWHERE a.x = :x_1"},
    {"UnionOfMany",
     "default",
     [] { return statement(union_(select(a.id), select(b.id), select(b.a_id))); },
     "SELECT a.id \nFROM a UNION SELECT b.id \nFROM b UNION SELECT b.a_id \nFROM b"},
    {"IntersectAll",
     "default",
     [] { return statement(intersect_all(select(a.id), select(b.id))); },
     "SELECT a.id \nFROM a INTERSECT ALL SELECT b.id \nFROM b"},
    {"WindowFrameOfRows",
     "default",
     [] {
       return statement(select(over(
           func::row_number(), {.partition_by = {a.x}, .order_by = {a.id}, .rows = Frame{-1, 0}})));
     },
     "SELECT row_number() OVER (PARTITION BY a.x ORDER BY a.id ROWS BETWEEN :param_1 PRECEDING AND "
     "CURRENT ROW) AS anon_1 \nFROM a"},
    {"WindowFrameOfRange",
     "default",
     [] {
       return statement(select(over(func::sum(a.id), {.order_by = {a.id}, .range = Frame{{}, 2}})));
     },
     "SELECT sum(a.id) OVER (ORDER BY a.id RANGE BETWEEN UNBOUNDED PRECEDING AND :param_1 "
     "FOLLOWING) AS anon_1 \nFROM a"},
    {"FilterOfAnAggregate",
     "default",
     [] { return statement(select(funcfilter(func::count(a.id), a.x == "q"))); },
     "SELECT count(a.id) FILTER (WHERE a.x = :x_1) AS anon_1 \nFROM a"},
    {"WithinGroupOrders",
     "postgresql",
     [] { return statement(select(within_group(func::call("percentile_cont", 0.5), desc(b.n)))); },
     "SELECT percentile_cont(%(percentile_cont_1)s) WITHIN GROUP (ORDER BY b.n DESC) AS anon_1 "
     "\nFROM b"},
    {"RollupGroups",
     "default",
     [] {
       return statement(select(func::count()).group_by(func::rollup(a.id, a.x)).select_from(a));
     },
     "SELECT count(*) AS count_1 \nFROM a GROUP BY ROLLUP(a.id, a.x)"},
    {"GroupingSetsGroup",
     "default",
     [] {
       return statement(select(func::count())
                            .group_by(func::grouping_sets(tuple_(a.id), tuple_(a.x)))
                            .select_from(a));
     },
     "SELECT count(*) AS count_1 \nFROM a GROUP BY GROUPING SETS((a.id), (a.x))"},
    {"ValuesAreATable",
     "postgresql",
     [] {
       return statement(select(From(values({column<int>("id"), column<std::string>("name")}, "v")
                                        .data({{1, "p"}, {2, "q"}}))));
     },
     "SELECT v.id, v.name \nFROM (VALUES (%(param_1)s, %(param_2)s), (%(param_3)s, %(param_4)s)) "
     "AS v (id, name)"},
    {"TableWithoutSchema",
     "default",
     [] { return statement(select(table("t", {column("p"), column("q")}).c("p"))); },
     "SELECT t.p \nFROM t"},
    {"SampleOfATable",
     "postgresql",
     [] {
       return statement(select(
           tablesample(a, func::call("bernoulli", 5), {.name = "s", .seed = func::call("random")})
               .c("id")));
     },
     "SELECT s.id \nFROM a AS s TABLESAMPLE bernoulli(%(bernoulli_1)s) REPEATABLE (random())"},
    {"FunctionOfRows",
     "postgresql",
     [] {
       return statement(select(table_valued(func::call("json_each", "{}"),
                                            {column("key"), column("value")},
                                            {.name = "j"})
                                   .c("value")));
     },
     "SELECT j.value \nFROM json_each(%(json_each_1)s) AS j"},
    {"FunctionOfRowsThatNamesItsColumns",
     "postgresql",
     [] {
       return statement(both_of(table_valued(func::call("unnest", literal_column("'{1,2}'::int[]")),
                                             {column<int>("n")},
                                             {.with_ordinality = "ord", .render_derived = true})));
     },
     "SELECT anon_1.n, anon_1.ord \nFROM unnest('{1,2}'::int[]) WITH ORDINALITY AS anon_1(n, ord)"},
    {"FunctionOfOneColumn",
     "postgresql",
     [] { return statement(select(column_valued(func::call("generate_series", 1, 5), "x"))); },
     "SELECT x \nFROM generate_series(%(generate_series_1)s, %(generate_series_2)s) AS x"},
    {"TupleInRows",
     "default",
     [] { return statement(select(a.id).where(tuple_(a.id, a.x).in({{1, "p"}, {2, "q"}}))); },
     "SELECT a.id \nFROM a \nWHERE (a.id, a.x) IN ([POSTCOMPILE_param_1])"},
    {"ComparesWithAny",
     "postgresql",
     [] { return statement(select(a.id).where(a.id == any_(select(b.a_id)))); },
     "SELECT a.id \nFROM a \nWHERE a.id = ANY (SELECT b.a_id \nFROM b)"},
    {"CustomOperator",
     "default",
     [] { return statement(select(a.x.op("->>", "k"))); },
     "SELECT a.x ->> :x_1 AS anon_1 \nFROM a"},
    {"CustomComparison",
     "default",
     [] { return statement(select(a.id).where(a.x.bool_op("@@", "k"))); },
     "SELECT a.id \nFROM a \nWHERE a.x @@ :x_1"},
    {"DistinctFrom",
     "default",
     [] { return statement(select(a.id).where(a.x.is_distinct_from("q"))); },
     "SELECT a.id \nFROM a \nWHERE a.x IS DISTINCT FROM :x_1"},
    {"NotDistinctFrom",
     "postgresql",
     [] { return statement(select(a.id).where(a.x.is_not_distinct_from(std::nullopt))); },
     "SELECT a.id \nFROM a \nWHERE a.x IS NOT DISTINCT FROM NULL"},
    {"Collation",
     "default",
     [] { return statement(select(a.id).order_by(a.x.collate("nocase"))); },
     "SELECT a.id \nFROM a ORDER BY a.x COLLATE nocase"},
    {"RegularExpression",
     "postgresql",
     [] { return statement(select(a.id).where(a.x.regexp_match("^q", "i"))); },
     "SELECT a.id \nFROM a \nWHERE a.x ~* %(x_1)s"},
    {"RegularReplacement",
     "postgresql",
     [] { return statement(select(a.x.regexp_replace("p", "q"))); },
     "SELECT REGEXP_REPLACE(a.x, %(x_1)s, %(x_2)s) AS anon_1 \nFROM a"},
    {"NotInsensitiveLike",
     "postgresql",
     [] { return statement(select(a.id).where(a.x.not_ilike("q%"))); },
     "SELECT a.id \nFROM a \nWHERE a.x NOT ILIKE %(x_1)s"},
    {"FullTextMatch",
     "mysql",
     [] { return statement(select(a.id).where(a.x.match("q"))); },
     "SELECT a.id \nFROM a \nWHERE MATCH (a.x) AGAINST (%s IN BOOLEAN MODE)"},
    {"InsertFromSelect",
     "default",
     [] { return statement(insert(a).from_select({"id", "x"}, select(b.id, b.x))); },
     "INSERT INTO a (id, x) SELECT b.id, b.x \nFROM b"},
    {"InsertWithPrefix",
     "mysql",
     [] { return statement(insert(a).values({{"id", 1}}).prefix_with("IGNORE")); },
     "INSERT IGNORE INTO a (id) VALUES (%s)"},
    {"UpdateInTheOrderGiven",
     "default",
     [] { return statement(update(a).ordered_values({{a.x, "q"}, {a.id, 5}})); },
     "UPDATE a SET x=:x, id=:id"},
    {"UpdateOfTwoTables",
     "mysql",
     [] { return statement(update(a).values({{a.x, "q"}, {b.x, 5}}).where(a.id == b.a_id)); },
     "UPDATE a, b SET b.x=%s, a.x=%s WHERE a.id = b.a_id"},
    {"UpdateWithALimit",
     "mysql",
     [] { return statement(update(a).values({{"x", "q"}}).with_dialect_option("mysql_limit", 5)); },
     "UPDATE a SET x=%s LIMIT 5"},
    {"DeleteUsing",
     "postgresql",
     [] { return statement(delete_(a).where(a.id == b.a_id)); },
     "DELETE FROM a USING b WHERE a.id = b.a_id"},
    {"DeletedRowsAsCte",
     "postgresql",
     [] { return statement(id_of(delete_(a).where(a.id == 1).returning(a.id).cte("d"))); },
     "WITH d AS \n(DELETE FROM a WHERE a.id = %(id_1)s RETURNING a.id)\n SELECT d.id \nFROM d"},
    {"CteWithoutReference",
     "postgresql",
     [] { return statement(select(a.id).add_cte(insert(b).values({{"id", 1}}).cte("i"))); },
     "WITH i AS \n(INSERT INTO b (id) VALUES (%(param_1)s))\n SELECT a.id \nFROM a"},
    {"ExistsOfASelect",
     "default",
     [] { return statement(select(a.id).where(exists(select(b.id).where(b.a_id == a.id)))); },
     "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"},
    {"TryCastOfSqlServer",
     "mssql",
     [] { return statement(select(try_cast<int>(a.x))); },
     "SELECT TRY_CAST (a.x AS INTEGER) AS x \nFROM a"},
};

class Door : public testing::TestWithParam<DoorCase> {};

TEST_P(Door, SaysWhatTheOriginalSays) {
  EXPECT_EQ(GetParam().text, text_or_error(GetParam().make(), dialect(GetParam().dialect)));
}

INSTANTIATE_TEST_SUITE_P(Doors,
                         Door,
                         testing::ValuesIn(cases),
                         [](const testing::TestParamInfo<DoorCase>& info) {
                           return std::string(info.param.name);
                         });

// SQLAlchemy writes NOT a.x @@ :x_1, and a.x @@ :x_1 = 0 where there are no booleans, which may
// mean another thing.
TEST(Doors, NegatedCustomComparisonStandsInParentheses) {
  EXPECT_EQ("NOT (a.x @@ :x_1)", to_string(!a.x.bool_op("@@", "k")));
}

TEST(Doors, WindowHasOneFrame) {
  EXPECT_THROW(over(func::row_number(), {.rows = Frame{}, .range = Frame{}}), ArgumentError);
}

TEST(Doors, RowsOfValuesAreAsWideAsTheirColumns) {
  try {
    values({column<int>("a"), column<std::string>("b")}).data({{1, "textA", 99}}).from();
    FAIL() << "nothing was thrown";
  } catch (const ArgumentError& error) {
    EXPECT_EQ("Wrong number of elements for 2-tuple: (1, 'textA', 99) ", error.message());
  }
}

TEST(Doors, RowsOfInAreAsWideAsTheTuple) {
  EXPECT_THROW(tuple_(a.id, a.x).in({{1}}), ArgumentError);
}

TEST(Doors, UnknownColumnsOfInsertFromSelectAreNamed) {
  try {
    static_cast<void>(insert(a).from_select({"id", "y"}, select(b.id, b.x)));
    FAIL() << "nothing was thrown";
  } catch (const CompileError& error) {
    EXPECT_EQ("Unconsumed column names: y", error.message());
  }
}

TEST(Doors, SelectedColumnThatIsNotThereIsNamed) {
  EXPECT_THROW(select(a.id).selected_columns()["x"], NoSuchColumnError);
  EXPECT_THROW(select(a.id).selected_columns()[1], NoSuchColumnError);
}

TEST(Printing, StatementCompilesForAnyDialectWithItsParameters) {
  const auto s = select(a.id).where(a.x == "q").where(a.id.in({1, 2}));
  const CompiledStatement text = s.compile({.dialect = &dialect("postgresql")});
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.x = %(x_1)s AND a.id IN ([POSTCOMPILE_id_1])",
            text.string);
  ASSERT_EQ(2u, text.params.size());
  EXPECT_EQ("x_1", text.params[0].name);
  EXPECT_EQ(Value("q"), text.params[0].values.front());
  EXPECT_TRUE(text.params[1].is_list);
}

TEST(Printing, LiteralBindsPutValuesInPlace) {
  const auto s = select(a.id).where(a.x == "it's").where(a.id.in({1, 2}));
  EXPECT_EQ("SELECT a.id \nFROM a \nWHERE a.x = 'it''s' AND a.id IN (1, 2)",
            s.compile({.literal_binds = true}).string);
}

TEST(Printing, RequiredParametersAreNull) {
  const CompiledStatement text = insert(a).compile({.column_keys = {{"x"}}});
  EXPECT_EQ("INSERT INTO a (x) VALUES (:x)", text.string);
  EXPECT_TRUE(text.params.front().values.front().is_null());
}

TEST(Printing, StatementsAndExpressionsStreamTheirText) {
  std::ostringstream out;
  out << select(a.id) << "; " << (a.id + 5) << "; " << delete_(a);
  EXPECT_EQ("SELECT a.id \nFROM a; a.id + :id_1; DELETE FROM a", out.str());
}

}  // namespace

}  // namespace azoth::render_test
