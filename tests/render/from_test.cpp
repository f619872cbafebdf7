// SPDX-License-Identifier: MIT
// The FROM clause: joins, aliases, and what is listed.
// Expected texts, parameter names and column names are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/rendering.hpp"

namespace azoth::render_test {

namespace {

const Case cases[] = {
    {"JoinFollowsTheForeignKey",
     [] { return statement(select(a.id).join(b)); },
     "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"JoinsGoOnFromTheJoin",
     [] { return statement(select(a.id).join(b).join(c)); },
     "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id JOIN c ON b.id = c.b_id",
     same_as_default,
     "",
     "id"},
    {"JoinTakesTheOnlyTableItCan",
     [] { return statement(select(a.id, b.id).join(c)); },
     "SELECT a.id, b.id AS id_1 \nFROM a, b JOIN c ON b.id = c.b_id",
     same_as_default,
     "",
     "id id_1"},
    {"JoinTakesTheOtherOwnerAside",
     [] { return statement(select(lone.id, a.id).join(b)); },
     "SELECT lone.id, a.id AS id_1 \nFROM lone, a JOIN b ON a.id = b.a_id",
     same_as_default,
     "",
     "id id_1"},
    {"LeftOuterJoinWithItsCondition",
     [] { return statement(select(a.id).outerjoin(b, a.x == b.x)); },
     "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.x = b.x",
     same_as_default,
     "",
     "id"},
    {"SelectFromComesBeforeJoin",
     [] { return statement(select(a.id, c.id).select_from(a).join(b).join(c)); },
     "SELECT a.id, c.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id JOIN c ON b.id = c.b_id",
     same_as_default,
     "",
     "id id_1"},
    {"JoinedTableIsNotListedAgain",
     [] { return statement(select(a.id, b.id).select_from(a).join(b).where(b.x == 1)); },
     "SELECT a.id, b.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id \nWHERE b.x = :x_1",
     "SELECT a.id, b.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id \nWHERE b.x = ?",
     "x_1",
     "id id_1"},
    {"JoinToAnAlias",
     [] { return statement(select(b.id).join(alias(a, "k"))); },
     "SELECT b.id \nFROM b JOIN a AS k ON k.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"JoinToASubquery",
     [] { return statement(select(b.id).join(select(From(a)).subquery())); },
     "SELECT b.id \nFROM b JOIN (SELECT a.id AS id, a.x AS x, a.flag AS flag \nFROM a) AS anon_1 "
     "ON anon_1.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"CompoundConditionHasNoParentheses",
     [] { return statement(select(a.id).join(b, and_(a.id == b.a_id, b.x == 1))); },
     "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id AND b.x = :x_1",
     "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id AND b.x = ?",
     "x_1",
     "id"},
    {"BooleanConditionIsCompared",
     [] { return statement(select(a.id).join(b, a.flag)); },
     "SELECT a.id \nFROM a JOIN b ON a.flag = 1",
     same_as_default,
     "",
     "id"},
    {"NestedJoinStandsInParentheses",
     [] {
       return statement(
           select(a.id).select_from(From(sql::join(a.node(), sql::join(b.node(), c.node())))));
     },
     "SELECT a.id \nFROM a JOIN (b JOIN c ON b.id = c.b_id) ON a.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"FullOuterJoin",
     [] {
       return statement(
           select(a.id).select_from(From(sql::join(a.node(), b.node(), {}, true, true))));
     },
     "SELECT a.id \nFROM a FULL OUTER JOIN b ON a.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"ColumnsOfAJoinAreThoseOfItsTables",
     [] { return statement(select(From(sql::join(b.node(), c.node())))); },
     "SELECT b.id, b.a_id, b.x, b.n, c.id AS id_1, c.b_id \nFROM b JOIN c ON b.id = c.b_id",
     same_as_default,
     "",
     "id a_id x n id_1 b_id"},
    {"TwoCandidatesAreRefused",
     [] { return statement(select(a.id, anonymous_a().c("id")).join(b)); },
     "!InvalidRequestError: Can't determine which FROM clause to join from, there are multiple "
     "FROMS which can join to this entity. Please use the .select_from() method to establish an "
     "explicit left side, as well as providing an explicit ON clause if not present already to "
     "help resolve the ambiguity.",
     same_as_default,
     "",
     ""},
    {"NoCandidateIsRefused",
     [] { return statement(select(func::count()).join(b)); },
     "!InvalidRequestError: Don't know how to join to Table 'b'. Please use the .select_from() "
     "method to establish an explicit left side, as well as providing an explicit ON clause if not "
     "present already to help resolve the ambiguity.",
     same_as_default,
     "",
     ""},
    {"FromElementsOfColumnsAndCriteria",
     [] { return statement(select(a.id).where(a.id == b.a_id)); },
     "SELECT a.id \nFROM a, b \nWHERE a.id = b.a_id",
     same_as_default,
     "",
     "id"},
    {"AnonymousAliasIsNumbered",
     [] { return statement(select(a.id, anonymous_a().c("id"))); },
     "SELECT a.id, a_1.id AS id_1 \nFROM a, a AS a_1",
     same_as_default,
     "",
     "id id_1"},
    {"NamesThatNeedQuotesHaveThem",
     [] { return statement(select(alias(a, "Weird Name").c("id"))); },
     "SELECT \"Weird Name\".id \nFROM a AS \"Weird Name\"",
     same_as_default,
     "",
     "id"},
};

INSTANTIATE_TEST_SUITE_P(From, Rendering, testing::ValuesIn(cases), name_of_case);

}  // namespace

}  // namespace azoth::render_test
