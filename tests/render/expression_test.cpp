// SPDX-License-Identifier: MIT
// Operators, functions, CASE, CAST and parameters.
// Expected texts, parameter names and column names are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/rendering.hpp"

namespace azoth::render_test {

namespace {

const Case cases[] = {
    {"InIsATokenUntilExecution",
     [] { return statement(select(a.id).where(a.id.in({1, 2}))); },
     "SELECT a.id \nFROM a \nWHERE a.id IN ([POSTCOMPILE_id_1])",
     same_as_default,
     "id_1",
     "id"},
    {"NotInHasParenthesesOfItsOwn",
     [] { return statement(select(a.id).where(a.id.not_in({1, 2}))); },
     "SELECT a.id \nFROM a \nWHERE (a.id NOT IN ([POSTCOMPILE_id_1]))",
     same_as_default,
     "id_1",
     "id"},
    {"EqualNullIsIsNull",
     [] { return statement(select(a.id).where(a.x == null)); },
     "SELECT a.id \nFROM a \nWHERE a.x IS NULL",
     same_as_default,
     "",
     "id"},
    {"NotEqualNullIsIsNotNull",
     [] { return statement(select(a.id).where(a.x != null)); },
     "SELECT a.id \nFROM a \nWHERE a.x IS NOT NULL",
     same_as_default,
     "",
     "id"},
    {"CustomOperatorBefore",
     [] { return statement(select(Expr<int>(sql::custom({.op = "~"}, sql::Ref(a.id.node()))))); },
     "SELECT ~ a.id \nFROM a",
     same_as_default,
     "",
     "id"},
    {"CustomOperatorBehind",
     [] {
       return statement(
           select(Expr<int>(sql::custom({.modifier = "!"}, sql::Ref((a.id + 1).node())))));
     },
     "SELECT a.id + :id_1 ! \nFROM a",
     "SELECT a.id + ? ! \nFROM a",
     "id_1",
     "id"},
    {"LikeWithEscape",
     [] { return statement(select(a.id).where(a.x.like("q/%", "/"))); },
     "SELECT a.id \nFROM a \nWHERE a.x LIKE :x_1 ESCAPE '/'",
     "SELECT a.id \nFROM a \nWHERE a.x LIKE ? ESCAPE '/'",
     "x_1",
     "id"},
    {"IlikeLowersBothSides",
     [] { return statement(select(a.id).where(a.x.ilike("q"))); },
     "SELECT a.id \nFROM a \nWHERE lower(a.x) LIKE lower(:x_1)",
     "SELECT a.id \nFROM a \nWHERE lower(a.x) LIKE lower(?)",
     "x_1",
     "id"},
    {"StartswithEndswithContains",
     [] {
       return statement(select(a.id)
                            .where(a.x.startswith("q"))
                            .where(a.x.endswith("q"))
                            .where(a.x.contains("q")));
     },
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE :x_1 || '%') AND (a.x LIKE '%' || :x_2) AND (a.x LIKE "
     "'%' || :x_3 || '%')",
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE ? || '%') AND (a.x LIKE '%' || ?) AND (a.x LIKE '%' "
     "|| ? || '%')",
     "x_1 x_2 x_3",
     "id"},
    {"AutoescapeEscapesTheParameter",
     [] { return statement(select(a.id).where(a.x.contains("100%", true))); },
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE '%' || :x_1 || '%' ESCAPE '/')",
     "SELECT a.id \nFROM a \nWHERE (a.x LIKE '%' || ? || '%' ESCAPE '/')",
     "x_1",
     "id"},
    {"NegatedContainsIsNotLike",
     [] { return statement(select(a.id).where(!a.x.contains("q"))); },
     "SELECT a.id \nFROM a \nWHERE (a.x NOT LIKE '%' || :x_1 || '%')",
     "SELECT a.id \nFROM a \nWHERE (a.x NOT LIKE '%' || ? || '%')",
     "x_1",
     "id"},
    {"BetweenAndItsNegation",
     [] { return statement(select(a.id).where(a.id.between(1, 2)).where(!a.id.between(3, 4))); },
     "SELECT a.id \nFROM a \nWHERE a.id BETWEEN :id_1 AND :id_2 AND a.id NOT BETWEEN :id_3 AND "
     ":id_4",
     "SELECT a.id \nFROM a \nWHERE a.id BETWEEN ? AND ? AND a.id NOT BETWEEN ? AND ?",
     "id_1 id_2 id_3 id_4",
     "id"},
    {"NotOfAConjunctionKeepsParentheses",
     [] { return statement(select(a.id).where(not_(and_(a.id == 1, a.id == 2)))); },
     "SELECT a.id \nFROM a \nWHERE NOT (a.id = :id_1 AND a.id = :id_2)",
     "SELECT a.id \nFROM a \nWHERE NOT (a.id = ? AND a.id = ?)",
     "id_1 id_2",
     "id"},
    {"ArithmeticKeepsPrecedence",
     [] { return statement(select(a.id - (b.id - 1), (a.id + 1) * 2, a.id / 2, a.id % 3)); },
     "SELECT a.id - (b.id - :id_1) AS anon_1, (a.id + :id_2) * :param_1 AS anon_2, a.id / :id_3 AS "
     "anon_3, a.id % :id_4 AS anon_4 \nFROM a, b",
     "SELECT a.id - (b.id - ?) AS anon_1, (a.id + ?) * ? AS anon_2, a.id / ? AS anon_3, a.id % ? "
     "AS anon_4 \nFROM a, b",
     "id_1 id_2 param_1 id_3 id_4",
     "anon_1 anon_2 anon_3 anon_4"},
    {"ConcatenationOfText",
     [] { return statement(select(a.x + "q")); },
     "SELECT a.x || :x_1 AS anon_1 \nFROM a",
     "SELECT a.x || ? AS anon_1 \nFROM a",
     "x_1",
     "anon_1"},
    {"CaseComparesInParentheses",
     [] { return statement(select(case_({when(a.id == 1, "x"), when(a.id > 2, "y")}, "z"))); },
     "SELECT CASE WHEN (a.id = :id_1) THEN :param_1 WHEN (a.id > :id_2) THEN :param_2 ELSE "
     ":param_3 END AS anon_1 \nFROM a",
     "SELECT CASE WHEN (a.id = ?) THEN ? WHEN (a.id > ?) THEN ? ELSE ? END AS anon_1 \nFROM a",
     "id_1 param_1 id_2 param_2 param_3",
     "anon_1"},
    {"CaseOfBooleanAndExists",
     [] {
       return statement(select(case_({when(Predicate(a.flag), 1),
                                      when(select(b.id).exists(), 2),
                                      when(a.id.in({1}), 3),
                                      when(not_(func::call<bool>("f", a.id)), 4)},
                                     a.id + 1)));
     },
     "SELECT CASE WHEN a.flag THEN :param_1 WHEN (EXISTS (SELECT b.id \nFROM b)) THEN :param_2 "
     "WHEN (a.id IN ([POSTCOMPILE_id_1])) THEN :param_3 WHEN f(a.id) = 0 THEN :param_4 ELSE a.id + "
     ":id_2 END AS anon_1 \nFROM a",
     "SELECT CASE WHEN a.flag THEN ? WHEN (EXISTS (SELECT b.id \nFROM b)) THEN ? WHEN (a.id IN "
     "([POSTCOMPILE_id_1])) THEN ? WHEN f(a.id) = 0 THEN ? ELSE a.id + ? END AS anon_1 \nFROM a",
     "param_1 param_2 id_1 param_3 param_4 id_2",
     "anon_1"},
    {"LabelAndCastGiveNoNameToAParameter",
     [] {
       return statement(select(a.id)
                            .where(a.id.label("q") == 1)
                            .where(cast<std::string>(a.id) == "x")
                            .where(func::lower(a.x) == "x"));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = :param_1 AND CAST(a.id AS VARCHAR) = :param_2 AND "
     "lower(a.x) = :lower_1",
     "SELECT a.id \nFROM a \nWHERE a.id = ? AND CAST(a.id AS VARCHAR) = ? AND lower(a.x) = ?",
     "param_1 param_2 lower_1",
     "id"},
    {"CastNamesTheType",
     [] {
       return statement(select(cast<Decimal>(a.id, types::Numeric(10, 2)),
                               cast<std::string>(a.id, types::Text()),
                               cast<DateTime>(a.x),
                               cast<Date>(a.x),
                               cast<double>(a.x),
                               cast<bool>(a.id),
                               cast<std::int64_t>(a.id, types::BigInteger())));
     },
     "SELECT CAST(a.id AS NUMERIC(10, 2)) AS id, CAST(a.id AS TEXT) AS id__1, CAST(a.x AS "
     "DATETIME) AS x, CAST(a.x AS DATE) AS x__1, CAST(a.x AS FLOAT) AS x__2, CAST(a.id AS BOOLEAN) "
     "AS id__2, CAST(a.id AS BIGINT) AS id__3 \nFROM a",
     same_as_default,
     "",
     "id id__1 x x__1 x__2 id__2 id__3"},
    {"ExtractIsStrftimeInSqlite",
     [] { return statement(select(extract("year", a.x), extract("dow", a.x))); },
     "SELECT EXTRACT(year FROM a.x) AS anon_1, EXTRACT(dow FROM a.x) AS anon_2 \nFROM a",
     "SELECT CAST(STRFTIME('%Y', a.x) AS INTEGER) AS anon_1, CAST(STRFTIME('%w', a.x) AS INTEGER) "
     "AS anon_2 \nFROM a",
     "",
     "anon_1 anon_2"},
    {"ExtractOfAnUnknownFieldIsRefusedBySqlite",
     [] { return statement(select(extract("foo", a.x))); },
     "SELECT EXTRACT(foo FROM a.x) AS anon_1 \nFROM a",
     "!CompileError: foo is not a valid extract argument.",
     "",
     "anon_1"},
    {"WindowFunctions",
     [] {
       return statement(select(over(func::call("row_number"), {a.x}, {desc(a.id)}),
                               over(func::sum(a.id), {}, {a.id}),
                               over(func::sum(a.id), {})));
     },
     "SELECT row_number() OVER (PARTITION BY a.x ORDER BY a.id DESC) AS anon_1, sum(a.id) OVER "
     "(ORDER BY a.id) AS anon_2, sum(a.id) OVER () AS anon_3 \nFROM a",
     same_as_default,
     "",
     "anon_1 anon_2 anon_3"},
    {"FunctionsOfTheStandardHaveNoParentheses",
     [] {
       return statement(select(func::call("current_timestamp"),
                               func::call("current_date"),
                               func::call("current_time"),
                               func::call("user"),
                               func::call("session_user"),
                               func::call("localtime")));
     },
     "SELECT CURRENT_TIMESTAMP AS current_timestamp_1, CURRENT_DATE AS current_date_1, "
     "CURRENT_TIME AS current_time_1, USER AS user_1, SESSION_USER AS session_user_1, LOCALTIME AS "
     "localtime_1",
     same_as_default,
     "",
     "current_timestamp_1 current_date_1 current_time_1 user_1 session_user_1 localtime_1"},
    {"NowIsCurrentTimestampInSqlite",
     [] { return statement(select(func::now())); },
     "SELECT now() AS now_1",
     "SELECT CURRENT_TIMESTAMP AS now_1",
     "",
     "now_1"},
    {"CharLengthIsLengthInSqlite",
     [] { return statement(select(func::call("char_length", a.x))); },
     "SELECT char_length(a.x) AS char_length_1 \nFROM a",
     "SELECT length(a.x) AS char_length_1 \nFROM a",
     "",
     "char_length_1"},
    {"CountDistinct",
     [] { return statement(select(func::count(distinct(a.x)))); },
     "SELECT count(DISTINCT a.x) AS count_1 \nFROM a",
     same_as_default,
     "",
     "count_1"},
    {"CoalesceBindsItsLiterals",
     [] { return statement(select(func::coalesce(a.x, "q"))); },
     "SELECT coalesce(a.x, :coalesce_2) AS coalesce_1 \nFROM a",
     "SELECT coalesce(a.x, ?) AS coalesce_1 \nFROM a",
     "coalesce_2",
     "coalesce_1"},
    {"LabelIsNumberedBeforeItsParameters",
     [] { return statement(select(a.id + 1, anon(a.id), b.id + 2)); },
     "SELECT a.id + :id_1 AS anon_1, a.id AS id_2, b.id + :id_3 AS anon_2 \nFROM a, b",
     "SELECT a.id + ? AS anon_1, a.id AS id_2, b.id + ? AS anon_2 \nFROM a, b",
     "id_1 id_3",
     "anon_1 id_2 anon_2"},
    {"NamedParameterKeepsItsName",
     [] {
       return statement(select(a.id).where(a.id == bindparam("q")).where(a.x == bindparam("r")));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = :q AND a.x = :r",
     "SELECT a.id \nFROM a \nWHERE a.id = ? AND a.x = ?",
     "q r",
     "id"},
    {"NamedParameterTwiceIsOne",
     [] {
       return statement(select(a.id).where(a.id == bindparam("q")).where(a.id > bindparam("q")));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = :q AND a.id > :q",
     "SELECT a.id \nFROM a \nWHERE a.id = ? AND a.id > ?",
     "q q",
     "id"},
    {"NameTakenByAUniqueParameterIsRefused",
     [] { return statement(select(a.id).where(a.id == 1).where(a.x == bindparam("id_1"))); },
     "!CompileError: Bind parameter 'id_1' conflicts with unique bind parameter of the same name",
     same_as_default,
     "",
     ""},
    {"TextParametersFollowTheirPlaces",
     [] { return statement(select(a.id).where(text("x = 'it'':s' and :q1a"))); },
     "SELECT a.id \nFROM a \nWHERE x = 'it'':s' and :q1a",
     "SELECT a.id \nFROM a \nWHERE x = 'it''?' and ?",
     "s q1a",
     "id"},
};

INSTANTIATE_TEST_SUITE_P(Expression, Rendering, testing::ValuesIn(cases), name_of_case);

}  // namespace

}  // namespace azoth::render_test
