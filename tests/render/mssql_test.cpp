// SPDX-License-Identifier: MIT
// What SQL Server says in its own way. The texts are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/vendor_case.hpp"
#include <azoth/dialects/mssql.hpp>

namespace azoth::render_test {

namespace {

Capabilities with_offset_fetch(Capabilities can) {
  can.offset_fetch = true;
  return can;
}

Capabilities with_legacy_aliases(Capabilities can) {
  can.legacy_schema_aliasing = true;
  return can;
}

// SELECT q FROM schema.t
sql::Ref select_of_schema(std::string_view schema) {
  const sql::Ref table = sql::make_node<sql::TableClause>(
      "t", schema, std::vector<sql::ColumnSpec>{{"q", "q", types::Integer(), {}}});
  return select_of({sql::as<sql::FromNode>(table).find("q")});
}

sql::Ref returning(sql::Kind kind, bool sets) {
  sql::Ref s = sql::StatementBuilder::make(kind, a.node());
  if (sets) {
    sql::StatementBuilder::append(s, sql::Clause::set, sql::assignment(a.node(), "x", "q"));
  }
  if (kind != sql::Kind::insert) {
    sql::StatementBuilder::append(
        s, sql::Clause::where, sql::compare(sql::Op::eq, ref(a.id), Literal(1)));
  }
  sql::StatementBuilder::append(s, sql::Clause::returning, ref(a.id));
  return s;
}

const VendorCase cases[] = {
    {"LimitAloneIsTop",
     [] { return statement(select(a.id).distinct().limit(5)); },
     "SELECT DISTINCT TOP [POSTCOMPILE_param_1] a.id \nFROM a"},
    {"OffsetNumbersTheRows",
     [] { return statement(select(a.id).order_by(desc(a.x)).limit(5).offset(3)); },
     "SELECT anon_1.id \nFROM (SELECT a.id AS id, "
     "ROW_NUMBER() OVER (ORDER BY a.x DESC) AS mssql_rn \nFROM a) AS anon_1 \n"
     "WHERE mssql_rn > :param_1 AND mssql_rn <= :param_2 + :param_1"},
    {"LaterVersionsOffsetAndFetch",
     [] { return statement(select(a.id).order_by(a.x).limit(5).offset(3)); },
     "SELECT a.id \nFROM a ORDER BY a.x\n OFFSET :param_1 ROWS\n "
     "FETCH FIRST :param_2 ROWS ONLY",
     with_offset_fetch},
    {"OffsetWantsAnOrder",
     [] { return statement(select(a.id).offset(3)); },
     "!CompileError: MSSQL requires an order_by when using an OFFSET or a non-simple LIMIT "
     "clause"},
    {"SubqueryHasNoOrder",
     [] {
       const sql::Ref s = sql::subquery(statement(select(a.id).order_by(a.x)), "s");
       return select_of({sql::as<sql::FromNode>(s).find("id")});
     },
     "SELECT s.id \nFROM (SELECT a.id AS id \nFROM a) AS s"},
    {"SubqueryWithTopHasAnOrder",
     [] {
       const sql::Ref s = sql::subquery(statement(select(a.id).order_by(a.x).limit(2)), "s");
       return select_of({sql::as<sql::FromNode>(s).find("id")});
     },
     "SELECT s.id \nFROM (SELECT TOP [POSTCOMPILE_param_1] a.id AS id \n"
     "FROM a ORDER BY a.x) AS s"},
    {"InsertOutputsAheadOfValues",
     [] { return returning(sql::Kind::insert, true); },
     "INSERT INTO a (x) OUTPUT inserted.id VALUES (:x)"},
    {"UpdateOutputsAheadOfWhere",
     [] { return returning(sql::Kind::update, true); },
     "UPDATE a SET x=:x OUTPUT inserted.id WHERE a.id = :id_1"},
    {"DeleteOutputsWhatItDeleted",
     [] { return returning(sql::Kind::delete_, false); },
     "DELETE FROM a OUTPUT deleted.id WHERE a.id = :id_1"},
    {"ConcatenationIsPlus",
     [] { return select_of({sql::arithmetic(sql::Op::concat, ref(a.x), Literal("q"))}); },
     "SELECT a.x + :x_1 AS anon_1 \nFROM a"},
    {"ParametersStandAtTheRight",
     [] {
       sql::Ref s = select_of({ref(a.id)});
       sql::StatementBuilder::append(
           s,
           sql::Clause::where,
           sql::make_node<sql::BinaryExpression>(sql::Op::eq,
                                                 sql::bind(Literal(1), {}, types::Integer()),
                                                 ref(a.id),
                                                 types::Boolean()));
       return s;
     },
     "SELECT a.id \nFROM a \nWHERE a.id = :param_1"},
    {"DistinctnessIsAnIntersection",
     [] { return where_x(sql::Op::is_distinct_from); },
     "SELECT a.id \nFROM a \nWHERE NOT EXISTS (SELECT a.x INTERSECT SELECT :x_1)"},
    {"PartsOfDatesHaveTheirOwnNames",
     [] { return select_of({sql::extract("doy", ref(a.x))}); },
     "SELECT DATEPART(dayofyear, a.x) AS anon_1 \nFROM a"},
    {"NamesStandInBrackets",
     [] { return select_of({sql::column("a b"), sql::column("user"), sql::column("c]d")}); },
     "SELECT [a b], [user], [c]]d]"},
    {"SchemaMayNameADatabase",
     [] { return select_of_schema("Db.dbo"); },
     "SELECT [Db].dbo.t.q \nFROM [Db].dbo.t"},
    {"BracketsKeepDotsInAName",
     [] { return select_of_schema("[a.b].c"); },
     "SELECT [a.b].c.t.q \nFROM [a.b].c.t"},
    {"OnceTablesOfSchemasHadAliases",
     [] { return select_of_schema("s"); },
     "SELECT t_1.q \nFROM s.t AS t_1",
     with_legacy_aliases},
    {"TryCastIsNamedAsWhatItCasts",
     [] { return select_of({mssql::try_cast(ref(a.x), types::Integer())}); },
     "SELECT TRY_CAST (a.x AS INTEGER) AS x \nFROM a"},
    {"TypesHaveTheirOwnNames",
     [] {
       return select_of({sql::cast(ref(a.id), types::String(20)),
                         sql::cast(ref(a.id), types::Boolean()),
                         sql::cast(ref(a.id), types::Text())});
     },
     "SELECT CAST(a.id AS VARCHAR(20)) AS id, CAST(a.id AS BIT) AS id__1, "
     "CAST(a.id AS TEXT) AS id__2 \nFROM a"},
};

class MssqlRendering : public testing::TestWithParam<VendorCase> {};

TEST_P(MssqlRendering, IsTheText) {
  EXPECT_EQ(GetParam().text, vendor_text("mssql", GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Mssql, MssqlRendering, testing::ValuesIn(cases), name_of_vendor_case);

}  // namespace

}  // namespace azoth::render_test
