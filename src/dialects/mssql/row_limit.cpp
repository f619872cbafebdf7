// SPDX-License-Identifier: MIT
// Limiting rows in SQL Server. TOP takes a plain number; what skips rows needs OFFSET and FETCH, or
// in versions before 2012 a select around the numbered rows:
//
//   SELECT anon_1.a
//   FROM (SELECT t.a AS a, ROW_NUMBER() OVER (ORDER BY t.b) AS mssql_rn FROM t) AS anon_1
//   WHERE mssql_rn > :param_1 AND mssql_rn <= :param_2 + :param_1
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>

namespace azoth::mssql {

using namespace sql;

namespace {

bool is_plain_number(const Ref* limit) {
  return limit && (*limit)->kind() == Kind::bind && as<BindParameter>(*limit).is_row_limit;
}

Ref binary(Op op, Ref left, Ref right, TypePtr type) {
  return make_node<BinaryExpression>(op, std::move(left), std::move(right), type);
}

// A condition on the number of the row.
Ref row_is(Op op, Ref limit) {
  return binary(op, column("mssql_rn"), std::move(limit), types::Boolean());
}

}  // namespace

RowCount row_count(const Statement& select) {
  RowCount out;
  out.rows = select.first(Clause::limit);
  out.offset = select.first(Clause::offset);
  if (const Ref* fetch = select.first(Clause::fetch)) {
    out.fetch = &as<Fetch>(*fetch);
    out.rows = &out.fetch->count;
  }
  return out;
}

// FETCH becomes TOP only where OFFSET ... FETCH cannot say it.
bool uses_top(const Statement& select) {
  const RowCount count = row_count(select);
  return !count.offset && is_plain_number(count.rows) &&
         (!count.fetch || count.fetch->is_percent || count.fetch->with_ties);
}

void check_row_limit(const Statement& select) {
  const RowCount count = row_count(select);
  if (count.fetch && (count.fetch->is_percent || count.fetch->with_ties)) {
    throw CompileError(
        "MSSQL needs TOP to use PERCENT and/or WITH TIES. Only simple fetch without offset can be "
        "used.");
  }
  if (!select.has(Clause::order_by)) {
    throw CompileError(
        "MSSQL requires an order_by when using an OFFSET or a non-simple LIMIT clause");
  }
}

Ref number_rows(const Ref& original, const Capabilities& can) {
  const auto& select = as<Statement>(original);
  const RowCount count = row_count(select);
  if (!count.limits() || uses_top(select) || can.offset_fetch) {
    return {};
  }
  check_row_limit(select);
  Refs order;
  select.each(Clause::order_by, [&](const Ref& part) { order.push_back(part); });
  Ref inner = original;
  for (Clause clause : {Clause::limit, Clause::offset, Clause::fetch, Clause::order_by}) {
    StatementBuilder::remove(inner, clause);
  }
  StatementBuilder::append(
      inner,
      Clause::column,
      label(over(function("ROW_NUMBER", {}), {}, std::move(order)), "mssql_rn"));
  const Ref numbered = subquery(inner);
  Ref outer = StatementBuilder::make(Kind::select);
  const auto& columns = as<FromNode>(numbered);
  for (std::size_t i = 0; i < columns.specs().size(); ++i) {
    if (columns.specs()[i].key != "mssql_rn") {
      StatementBuilder::append(outer, Clause::column, columns.column(i));
    }
  }
  const Ref limit = count.rows ? *count.rows : Ref();
  if (count.offset) {
    StatementBuilder::append(outer, Clause::where, row_is(Op::gt, *count.offset));
  }
  if (limit) {
    Ref last = count.offset ? binary(Op::add, limit, *count.offset, types::Integer()) : limit;
    StatementBuilder::append(outer, Clause::where, row_is(Op::le, std::move(last)));
  }
  return outer;
}

}  // namespace azoth::mssql
