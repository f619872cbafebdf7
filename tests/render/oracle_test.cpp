// SPDX-License-Identifier: MIT
// What Oracle says in its own way. The texts are what SQLAlchemy 1.4 gives for the same construct.
#include "render/vendor_case.hpp"

namespace azoth::render_test {

namespace {

Capabilities without_ansi_joins(Capabilities can) {
  can.use_ansi = false;
  return can;
}

Capabilities with_hints(Capabilities can) {
  can.optimize_limits = true;
  return can;
}

const VendorCase cases[] = {
    {"LimitCountsRowsAroundTheOrderedOnes",
     [] { return statement(select(a.id).order_by(a.x).limit(5)); },
     "SELECT anon_1.id \nFROM (SELECT a.id AS id \nFROM a ORDER BY a.x) anon_1 \n"
     "WHERE ROWNUM <= [POSTCOMPILE_param_1]"},
    {"OffsetTakesAnotherSelect",
     [] { return statement(select(a.id).order_by(a.x).limit(5).offset(3)); },
     "SELECT anon_1.id \nFROM (SELECT anon_2.id AS id, ROWNUM AS ora_rn \n"
     "FROM (SELECT a.id AS id \nFROM a ORDER BY a.x) anon_2 \n"
     "WHERE ROWNUM <= [POSTCOMPILE_param_1] + [POSTCOMPILE_param_2]) anon_1 \n"
     "WHERE ora_rn > [POSTCOMPILE_param_2]"},
    {"OffsetAloneCountsAllRows",
     [] { return statement(select(a.id).offset(3)); },
     "SELECT anon_1.id \nFROM (SELECT anon_2.id AS id, ROWNUM AS ora_rn \n"
     "FROM (SELECT a.id AS id \nFROM a) anon_2) anon_1 \nWHERE ora_rn > [POSTCOMPILE_param_1]"},
    {"OptimizedLimitsAskForTheFirstRows",
     [] { return statement(select(a.id).limit(5)); },
     "SELECT /*+ FIRST_ROWS([POSTCOMPILE_param_1]) */ anon_1.id \n"
     "FROM (SELECT a.id AS id \nFROM a) anon_1 \nWHERE ROWNUM <= [POSTCOMPILE_param_1]",
     with_hints},
    {"LockedColumnsComeOutOfTheCountedSelect",
     [] {
       sql::Ref s = statement(select(a.id).limit(5));
       sql::ForUpdate lock;
       lock.is_nowait = true;
       lock.of = {ref(a.x)};
       sql::StatementBuilder::append(
           s, sql::Clause::for_update, sql::make_node<sql::ForUpdate>(lock));
       return s;
     },
     "SELECT anon_1.id \nFROM (SELECT a.id AS id, a.x AS x \nFROM a) anon_1 \n"
     "WHERE ROWNUM <= [POSTCOMPILE_param_1] FOR UPDATE OF anon_1.x NOWAIT"},
    {"SelectWithoutFromSelectsFromDual",
     [] { return select_of({sql::literal_column("1")}); },
     "SELECT 1 FROM DUAL"},
    {"AliasesHaveNoAs",
     [] { return select_of({sql::as<sql::FromNode>(sql::alias(a.node(), "u")).find("id")}); },
     "SELECT u.id \nFROM a u"},
    {"ReturningGoesIntoParameters",
     [] {
       sql::Ref s = sql::StatementBuilder::make(sql::Kind::insert, a.node());
       sql::StatementBuilder::append(s, sql::Clause::set, sql::assignment(a.node(), "x", "q"));
       sql::StatementBuilder::append(s, sql::Clause::returning, ref(a.id));
       sql::StatementBuilder::append(s, sql::Clause::returning, sql::function("lower", {ref(a.x)}));
       return s;
     },
     "INSERT INTO a (x) VALUES (:x) RETURNING a.id, lower(a.x) INTO :ret_0, :ret_1"},
    {"OldJoinsAreCriteria",
     [] {
       sql::Ref s = where_x(sql::Op::eq);
       sql::StatementBuilder::append(
           s,
           sql::Clause::from,
           sql::join(a.node(), b.node(), sql::compare(sql::Op::eq, ref(a.id), ref(b.a_id)), true));
       return s;
     },
     "SELECT a.id \nFROM a, b \nWHERE a.x = :x_1 AND a.id = b.a_id(+)",
     without_ansi_joins},
    {"ModuloIsAFunction",
     [] { return select_of({sql::arithmetic(sql::Op::mod, ref(a.id), ref(b.x))}); },
     "SELECT mod(a.id, b.x) AS anon_1 \nFROM a, b"},
    {"DistinctnessIsDecoded",
     [] { return where_x(sql::Op::is_distinct_from); },
     "SELECT a.id \nFROM a \nWHERE DECODE(a.x, :x_1, 0, 1) = 1"},
    {"ReservedParametersAreQuoted",
     [] {
       sql::Ref s = select_of({ref(a.id)});
       sql::StatementBuilder::append(
           s,
           sql::Clause::where,
           sql::compare(sql::Op::eq, ref(a.id), sql::bindparam("level", types::Integer())));
       return s;
     },
     "SELECT a.id \nFROM a \nWHERE a.id = :\"level\""},
    {"NamesBeginWithALetter",
     [] { return select_of({sql::column("_x"), sql::column("level")}); },
     "SELECT \"_x\", \"level\" FROM DUAL"},
    {"TypesHaveOraclesNames",
     [] {
       return select_of({sql::cast(ref(a.id), types::String(20)),
                         sql::cast(ref(a.id), types::Boolean()),
                         sql::cast(ref(a.id), types::BigInteger())});
     },
     "SELECT CAST(a.id AS VARCHAR2(20 CHAR)) AS id, CAST(a.id AS SMALLINT) AS id__1, "
     "CAST(a.id AS NUMBER(19)) AS id__2 \nFROM a"},
    {"RegularExpressionsAreFunctions",
     [] { return where_x(sql::Op::regexp_match); },
     "SELECT a.id \nFROM a \nWHERE REGEXP_LIKE(a.x, :x_1)"},
    {"MatchingIsContains",
     [] { return where_x(sql::Op::match); },
     "SELECT a.id \nFROM a \nWHERE CONTAINS (a.x, :x_1)"},
};

class OracleRendering : public testing::TestWithParam<VendorCase> {};

TEST_P(OracleRendering, IsTheText) {
  EXPECT_EQ(GetParam().text, vendor_text("oracle", GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Oracle, OracleRendering, testing::ValuesIn(cases), name_of_vendor_case);

}  // namespace

}  // namespace azoth::render_test
