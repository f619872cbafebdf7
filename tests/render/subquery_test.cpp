// SPDX-License-Identifier: MIT
// Selects within selects: subqueries, correlation, compound selects, CTEs.
// Expected texts, parameter names and column names are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/rendering.hpp"

namespace azoth::render_test {

namespace {

const Case cases[] = {
    {"SubqueryLabelsItsColumns",
     [] { return statement(select(select(a.id, a.x).subquery("q").c("id"))); },
     "SELECT q.id \nFROM (SELECT a.id AS id, a.x AS x \nFROM a) AS q",
     same_as_default,
     "",
     "id"},
    {"AnonymousSubqueryIsNumbered",
     [] { return statement(select(select(From(a)).subquery())); },
     "SELECT anon_1.id, anon_1.x, anon_1.flag \nFROM (SELECT a.id AS id, a.x AS x, a.flag AS flag "
     "\nFROM a) AS anon_1",
     same_as_default,
     "",
     "id x flag"},
    {"ColumnsOfAnonymousExpressions",
     [] { return statement(select(select(func::lower(a.x), a.id + 1).subquery())); },
     "SELECT anon_1.lower_1, anon_1.anon_2 \nFROM (SELECT lower(a.x) AS lower_1, a.id + :id_1 AS "
     "anon_2 \nFROM a) AS anon_1",
     "SELECT anon_1.lower_1, anon_1.anon_2 \nFROM (SELECT lower(a.x) AS lower_1, a.id + ? AS "
     "anon_2 \nFROM a) AS anon_1",
     "id_1",
     "lower_1 anon_2"},
    {"RepeatedColumnsKeepApart",
     [] { return statement(select(select(a.id, b.id).subquery())); },
     "SELECT anon_1.id, anon_1.id_1 \nFROM (SELECT a.id AS id, b.id AS id_1 \nFROM a, b) AS anon_1",
     same_as_default,
     "",
     "id id_1"},
    {"ScalarSubqueryAsAColumn",
     [] { return statement(select(a.id, select(func::max(b.id)).scalar_subquery())); },
     "SELECT a.id, (SELECT max(b.id) AS max_1 \nFROM b) AS anon_1 \nFROM a",
     same_as_default,
     "",
     "id anon_1"},
    {"ScalarSubqueryCorrelates",
     [] {
       return statement(select(a.id).where(
           a.id == select(func::max(b.id)).where(b.a_id == a.id).scalar_subquery()));
     },
     "SELECT a.id \nFROM a \nWHERE a.id = (SELECT max(b.id) AS max_1 \nFROM b \nWHERE b.a_id = "
     "a.id)",
     same_as_default,
     "",
     "id"},
    {"ExistsCorrelates",
     [] { return statement(select(a.id).where(select(b.id).where(b.a_id == a.id).exists())); },
     "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)",
     same_as_default,
     "",
     "id"},
    {"NotExists",
     [] { return statement(select(a.id).where(!select(b.id).where(b.a_id == a.id).exists())); },
     "SELECT a.id \nFROM a \nWHERE NOT (EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id))",
     same_as_default,
     "",
     "id"},
    {"InSelectCorrelates",
     [] { return statement(select(a.id).where(a.id.in(select(b.a_id).where(b.id == a.id)))); },
     "SELECT a.id \nFROM a \nWHERE a.id IN (SELECT b.a_id \nFROM b \nWHERE b.id = a.id)",
     same_as_default,
     "",
     "id"},
    {"NotInSelectHasParentheses",
     [] { return statement(select(a.id).where(a.id.not_in(select(b.a_id)))); },
     "SELECT a.id \nFROM a \nWHERE (a.id NOT IN (SELECT b.a_id \nFROM b))",
     same_as_default,
     "",
     "id"},
    {"LoneTableDoesNotCorrelate",
     [] { return statement(select(a.id).where(select(a.id).where(a.id == 1).exists())); },
     "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT a.id \nFROM a \nWHERE a.id = :id_1)",
     "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT a.id \nFROM a \nWHERE a.id = ?)",
     "id_1",
     "id"},
    {"SubqueryInFromDoesNotCorrelate",
     [] {
       return statement(select(a.id, select(b.a_id).where(b.id == a.id).subquery().c("a_id")));
     },
     "SELECT a.id, anon_1.a_id \nFROM a, (SELECT b.a_id AS a_id \nFROM b, a \nWHERE b.id = a.id) "
     "AS anon_1",
     same_as_default,
     "",
     "id a_id"},
    {"Union",
     [] { return statement(union_(select(a.id), select(b.id))); },
     "SELECT a.id \nFROM a UNION SELECT b.id \nFROM b",
     same_as_default,
     "",
     "id"},
    {"UnionOrdersByUnqualifiedNames",
     [] {
       return statement(
           union_(select(a.id, a.x), select(b.id, b.x)).order_by(desc(a.x), "id").limit(5));
     },
     "SELECT a.id, a.x \nFROM a UNION SELECT b.id, b.x \nFROM b ORDER BY x DESC, id\n LIMIT "
     ":param_1",
     "SELECT a.id, a.x \nFROM a UNION SELECT b.id, b.x \nFROM b ORDER BY x DESC, id\n LIMIT ? "
     "OFFSET ?",
     "param_1 param_2",
     "id x"},
    {"LimitedMemberStandsInParentheses",
     [] { return statement(union_all(select(a.id).limit(2), select(b.id).order_by(b.id))); },
     "(SELECT a.id \nFROM a\n LIMIT :param_1) UNION ALL (SELECT b.id \nFROM b ORDER BY b.id)",
     "(SELECT a.id \nFROM a\n LIMIT ? OFFSET ?) UNION ALL (SELECT b.id \nFROM b ORDER BY b.id)",
     "param_1 param_2",
     "id"},
    {"CompoundMemberStandsInParentheses",
     [] { return statement(union_(select(a.id), union_all(select(b.id), select(c.id)))); },
     "SELECT a.id \nFROM a UNION (SELECT b.id \nFROM b UNION ALL SELECT c.id \nFROM c)",
     same_as_default,
     "",
     "id"},
    {"UnionAsASubquery",
     [] { return statement(select(union_(select(a.id), select(b.id)).subquery())); },
     "SELECT anon_1.id \nFROM (SELECT a.id AS id \nFROM a UNION SELECT b.id AS id \nFROM b) AS "
     "anon_1",
     same_as_default,
     "",
     "id"},
    {"MembersOfDifferentWidthAreRefused",
     [] { return statement(Any(compound({select(a.id).node(), select(b.id, b.x).node()}))); },
     "!CompileError: All selectables passed to CompoundSelect must have identical numbers of "
     "columns; select #1 has 1 columns, select #2 has 2",
     same_as_default,
     "",
     ""},
    {"CommonTableExpressionStandsBeforeTheSelect",
     [] {
       return statement([] {
         auto q = select(a.id).where(a.id == 1).cte("foo");
         return select(q.c("id")).where(q.c("id") == 2);
       }());
     },
     "WITH foo AS \n(SELECT a.id AS id \nFROM a \nWHERE a.id = :id_1)\n SELECT foo.id \nFROM foo "
     "\nWHERE foo.id = :id_2",
     "WITH foo AS \n(SELECT a.id AS id \nFROM a \nWHERE a.id = ?)\n SELECT foo.id \nFROM foo "
     "\nWHERE foo.id = ?",
     "id_1 id_2",
     "id"},
    {"RecursiveCommonTableExpression",
     [] {
       return statement([] {
         auto base = select(a.id);
         auto r = base.cte("r", true);
         auto w = r.union_all(select(r.c("id") + 1).where(r.c("id") < 5));
         return select(w.c("id"));
       }());
     },
     "WITH RECURSIVE r(id) AS \n(SELECT a.id AS id \nFROM a UNION ALL SELECT r.id + :id_1 AS "
     "anon_1 \nFROM r \nWHERE r.id < :id_2)\n SELECT r.id \nFROM r",
     "WITH RECURSIVE r(id) AS \n(SELECT a.id AS id \nFROM a UNION ALL SELECT r.id + ? AS anon_1 "
     "\nFROM r \nWHERE r.id < ?)\n SELECT r.id \nFROM r",
     "id_1 id_2",
     "id"},
    {"AliasOfACommonTableExpression",
     [] { return statement(select(alias(select(a.id).cte("foo"), "z").c("id"))); },
     "WITH foo AS \n(SELECT a.id AS id \nFROM a)\n SELECT z.id \nFROM foo AS z",
     same_as_default,
     "",
     "id"},
    {"AliasOfASubqueryIsAnotherNameOfIt",
     [] { return statement(select(alias(select(a.id).subquery("q"), "z").c("id"))); },
     "SELECT z.id \nFROM (SELECT a.id AS id \nFROM a) AS z",
     same_as_default,
     "",
     "id"},
    {"AliasOfAnAliasIsAnotherNameOfTheTable",
     [] {
       return statement(select(alias(alias(a, "q"), "z").c("id"), alias(alias(a, "k")).c("x")));
     },
     "SELECT z.id, k_1.x \nFROM a AS z, a AS k_1",
     same_as_default,
     "",
     "id x"},
    {"SubqueryOverASubquery",
     [] { return statement(select(select(select(a.id, b.id).subquery()).subquery())); },
     "SELECT anon_1.id, anon_1.id_1 \nFROM (SELECT anon_2.id AS id, anon_2.id_1 AS id_1 \nFROM "
     "(SELECT a.id AS id, b.id AS id_1 \nFROM a, b) AS anon_2) AS anon_1",
     same_as_default,
     "",
     "id id_1"},
    {"RepeatedColumnOfASubqueryGoesByItsFirstName",
     [] { return statement(select(select(a.id, a.id).subquery())); },
     "SELECT anon_1.id, anon_1.id AS id_1 \nFROM (SELECT a.id AS id, a.id AS id__1 \nFROM a) AS "
     "anon_1",
     same_as_default,
     "",
     "id id_1"},
    {"CommonTableExpressionOverAnother",
     [] {
       return statement([] {
         auto q = select(a.id).cte("foo");
         auto r = select(q.c("id")).cte("bar");
         return select(r.c("id"), q.c("id"));
       }());
     },
     "WITH foo AS \n(SELECT a.id AS id \nFROM a), \nbar AS \n(SELECT foo.id AS id \nFROM foo)\n "
     "SELECT bar.id, foo.id AS id_1 \nFROM bar, foo",
     same_as_default,
     "",
     "id id_1"},
};

INSTANTIATE_TEST_SUITE_P(Subquery, Rendering, testing::ValuesIn(cases), name_of_case);

}  // namespace

}  // namespace azoth::render_test
