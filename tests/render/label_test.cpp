// SPDX-License-Identifier: MIT
// How columns are called, and how ORDER BY and GROUP BY refer to them.
// Expected texts, parameter names and column names are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/rendering.hpp"
#include <azoth/sql/name.hpp>

namespace azoth::render_test {

namespace {

// A table whose name, and the only column whose name, are written in a way of their own.
Table named(std::string name, std::string column) {
  return Table(name, MetaData(), {Column(column, types::Integer())});
}

const Case cases[] = {
    {"LabelsAreQuotedAsTheirColumnIs",
     [] { return statement(with_tables(select(named("t", quoted_name("x", true)).c("x")))); },
     "SELECT t.\"x\" AS \"t_x\" \nFROM t",
     same_as_default,
     "",
     "t_x"},
    {"LabelsAreQuotedAsTheirTableIs",
     [] { return statement(with_tables(select(named(quoted_name("q", true), "y").c("y")))); },
     "SELECT \"q\".y AS \"q_y\" \nFROM \"q\"",
     same_as_default,
     "",
     "q_y"},
    {"LabelsGoWithoutTheQuotesThatTheirColumnMustNotHave",
     [] {
       return statement(with_tables(
           select(named(quoted_name("T1", false), quoted_name("Col1", false)).c("Col1"))));
     },
     "SELECT T1.Col1 AS T1_Col1 \nFROM T1",
     same_as_default,
     "",
     "T1_Col1"},
    {"EachNameIsDeduplicatedByItself",
     [] { return statement(select(a.id, a.id, a.x, a.x, b.id, b.id)); },
     "SELECT a.id, a.id AS id__1, a.x, a.x AS x__1, b.id AS id_1, b.id AS id__2 \nFROM a, b",
     same_as_default,
     "",
     "id id__1 x x__1 id_1 id__2"},
    {"RepeatedExpressionsAreDeduplicated",
     [] {
       return statement([] {
         auto e = a.id + 1;
         auto f = func::count(a.id);
         return select(e, e, f, f);
       }());
     },
     "SELECT a.id + :id_1 AS anon_1, a.id + :id_1 AS anon__1, count(a.id) AS count_1, count(a.id) "
     "AS count__1 \nFROM a",
     "SELECT a.id + ? AS anon_1, a.id + ? AS anon__1, count(a.id) AS count_1, count(a.id) AS "
     "count__1 \nFROM a",
     "id_1 id_1",
     "anon_1 anon__1 count_1 count__1"},
    {"SecondColumnOfANameIsNumbered",
     [] { return statement(select(a.id, b.id, c.id)); },
     "SELECT a.id, b.id AS id_1, c.id AS id_2 \nFROM a, b, c",
     same_as_default,
     "",
     "id id_1 id_2"},
    {"SameColumnTwiceIsDeduplicated",
     [] { return statement(select(a.id, a.id, b.id, b.id)); },
     "SELECT a.id, a.id AS id__1, b.id AS id_1, b.id AS id__2 \nFROM a, b",
     same_as_default,
     "",
     "id id__1 id_1 id__2"},
    {"FunctionsAreNamedAfterThemselves",
     [] { return statement(select(func::count(a.id), func::count(b.id), func::lower(a.x))); },
     "SELECT count(a.id) AS count_1, count(b.id) AS count_2, lower(a.x) AS lower_1 \nFROM a, b",
     same_as_default,
     "",
     "count_1 count_2 lower_1"},
    {"ExpressionsAreAnonymous",
     [] { return statement(select(a.id + 1, a.id + 2)); },
     "SELECT a.id + :id_1 AS anon_1, a.id + :id_2 AS anon_2 \nFROM a",
     "SELECT a.id + ? AS anon_1, a.id + ? AS anon_2 \nFROM a",
     "id_1 id_2",
     "anon_1 anon_2"},
    {"LabelsKeepTheirNameTwice",
     [] { return statement(select(a.id.label("z"), b.id.label("z"))); },
     "SELECT a.id AS z, b.id AS z \nFROM a, b",
     same_as_default,
     "",
     "z z"},
    {"AnonymousLabelIsNamedAfterItsElement",
     [] { return statement(select(anon(a.id), anon(func::lower(a.x)), anon(a.id + 1))); },
     "SELECT a.id AS id_1, lower(a.x) AS lower_1, a.id + :id_2 AS anon_1 \nFROM a",
     "SELECT a.id AS id_1, lower(a.x) AS lower_1, a.id + ? AS anon_1 \nFROM a",
     "id_2",
     "id_1 lower_1 anon_1"},
    {"CastKeepsTheNameOfItsColumn",
     [] { return statement(select(cast<std::string>(a.id))); },
     "SELECT CAST(a.id AS VARCHAR) AS id \nFROM a",
     same_as_default,
     "",
     "id"},
    {"CastAfterItsColumnIsDeduplicated",
     [] { return statement(select(a.id, cast<std::string>(a.id), cast<std::string>(a.id))); },
     "SELECT a.id, CAST(a.id AS VARCHAR) AS id__1, CAST(a.id AS VARCHAR) AS id__2 \nFROM a",
     same_as_default,
     "",
     "id id__1 id__2"},
    {"CastOfAnotherColumnIsDeduplicatedToo",
     [] { return statement(select(b.id, cast<std::string>(a.id), a.id)); },
     "SELECT b.id, CAST(a.id AS VARCHAR) AS id__1, a.id AS id_1 \nFROM b, a",
     same_as_default,
     "",
     "id id__1 id_1"},
    {"ColumnAfterItsCastIsNumbered",
     [] { return statement(select(cast<std::string>(a.id), a.id)); },
     "SELECT CAST(a.id AS VARCHAR) AS id, a.id AS id_1 \nFROM a",
     same_as_default,
     "",
     "id id_1"},
    {"CastOfAFunctionIsNamedAfterTheFunction",
     [] { return statement(select(cast<std::string>(func::lower(a.x)))); },
     "SELECT CAST(lower(a.x) AS VARCHAR) AS lower_1 \nFROM a",
     same_as_default,
     "",
     "lower_1"},
    {"TypeCoerceRendersItsElement",
     [] { return statement(select(type_coerce<std::string>(a.id))); },
     "SELECT a.id AS id \nFROM a",
     same_as_default,
     "",
     "id"},
    {"TextAndLiteralColumnsHaveNoLabel",
     [] { return statement(select(literal_column("y+1"), literal_column("y+1"), column("q"))); },
     "SELECT y+1, y+1, q",
     same_as_default,
     "",
     "y+1 y+1 q"},
    {"PrefixAndPostfixOperatorsHaveNoLabel",
     [] { return statement(select(-a.id, distinct(a.x))); },
     "SELECT -a.id, DISTINCT a.x \nFROM a",
     same_as_default,
     "",
     "id x"},
    {"LiteralIsAnonymous",
     [] { return statement(select(literal(1), literal("x"))); },
     "SELECT :param_1 AS anon_1, :param_2 AS anon_2",
     "SELECT ? AS anon_1, ? AS anon_2",
     "param_1 param_2",
     "anon_1 anon_2"},
    {"ConstantsAreAnonymous",
     [] { return statement(select(true_())); },
     "SELECT 1 AS anon_1",
     same_as_default,
     "",
     "anon_1"},
    {"LabelTakesTheNameFromColumns",
     [] { return statement(select(a.id, b.id.label("id"), b.id)); },
     "SELECT a.id, b.id AS id, b.id AS id_1 \nFROM a, b",
     same_as_default,
     "",
     "id id id_1"},
    {"ComparisonIsAnonymous",
     [] { return statement(select(a.id == 1, a.flag)); },
     "SELECT a.id = :id_1 AS anon_1, a.flag \nFROM a",
     "SELECT a.id = ? AS anon_1, a.flag \nFROM a",
     "id_1",
     "anon_1 flag"},
    {"TableNamesGoBeforeColumns",
     [] { return statement(with_tables(select(a.id, a.x, a.flag, b.id, b.a_id, b.x, b.n))); },
     "SELECT a.id AS a_id, a.x AS a_x, a.flag AS a_flag, b.id AS b_id, b.a_id AS b_a_id, b.x AS "
     "b_x, b.n AS b_n \nFROM a, b",
     same_as_default,
     "",
     "a_id a_x a_flag b_id b_a_id b_x b_n"},
    {"AnonymousAliasGoesBeforeColumns",
     [] { return statement(with_tables(select(anonymous_a().c("id"), a.id))); },
     "SELECT a_1.id AS a_1_id, a.id AS a_id \nFROM a AS a_1, a",
     same_as_default,
     "",
     "a_1_id a_id"},
    {"TableNamesWithoutLabelStyle",
     [] { return statement(without_labels(select(a.id, b.id))); },
     "SELECT a.id, b.id \nFROM a, b",
     same_as_default,
     "",
     "id id"},
    {"LabelThatNeedsQuotesHasThem",
     [] { return statement(select(a.id.label("My label"), func::call("Foo", 1))); },
     "SELECT a.id AS \"My label\", Foo(:Foo_2) AS \"Foo_1\" \nFROM a",
     "SELECT a.id AS \"My label\", Foo(?) AS \"Foo_1\" \nFROM a",
     "Foo_2",
     "My label Foo_1"},
    {"OrderByNamesTheLabel",
     [] {
       return statement([] {
         auto l = func::lower(a.x).label("lx");
         return select(l).order_by(l, desc(l));
       }());
     },
     "SELECT lower(a.x) AS lx \nFROM a ORDER BY lx, lx DESC",
     same_as_default,
     "",
     "lx"},
    {"OrderByRepeatsALabelThatIsNotSelected",
     [] { return statement(select(a.x).order_by(func::lower(a.x).label("lx"))); },
     "SELECT a.x \nFROM a ORDER BY lower(a.x)",
     same_as_default,
     "",
     "x"},
    {"OrderByAnonymousLabelNamesIt",
     [] {
       return statement([] {
         auto l = anon(func::lower(a.x));
         return select(l).order_by(l);
       }());
     },
     "SELECT lower(a.x) AS lower_1 \nFROM a ORDER BY lower_1",
     same_as_default,
     "",
     "lower_1"},
    {"GroupByRepeatsTheExpression",
     [] {
       return statement([] {
         auto l = func::lower(a.x).label("lx");
         return select(l).group_by(l);
       }());
     },
     "SELECT lower(a.x) AS lx \nFROM a GROUP BY lower(a.x)",
     same_as_default,
     "",
     "lx"},
    {"StringInOrderByNamesALabelOrColumn",
     [] {
       return statement(select(func::lower(a.x).label("lx")).order_by("lx", desc("lx"), "id"));
     },
     "SELECT lower(a.x) AS lx \nFROM a ORDER BY lx, lx DESC, a.id",
     same_as_default,
     "",
     "lx"},
    {"StringInGroupByNamesALabel",
     [] { return statement(select(a.id.label("q")).group_by("q", "x")); },
     "SELECT a.id AS q \nFROM a GROUP BY q, a.x",
     same_as_default,
     "",
     "q"},
    {"UnknownStringIsRefused",
     [] { return statement(select(a.id).order_by("nope")); },
     "!CompileError: Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual "
     "SQL expression 'nope' should be explicitly declared as text('nope')",
     same_as_default,
     "",
     ""},
    {"ExpressionOverALabelRepeatsIt",
     [] {
       return statement([] {
         auto l = func::lower(a.x).label("lx");
         return select(l).where(l == "k").order_by(l + "q");
       }());
     },
     "SELECT lower(a.x) AS lx \nFROM a \nWHERE lower(a.x) = :param_1 ORDER BY lower(a.x) || "
     ":param_2",
     "SELECT lower(a.x) AS lx \nFROM a \nWHERE lower(a.x) = ? ORDER BY lower(a.x) || ?",
     "param_1 param_2",
     "lx"},
};

INSTANTIATE_TEST_SUITE_P(Labels, Rendering, testing::ValuesIn(cases), name_of_case);

}  // namespace

}  // namespace azoth::render_test
