// SPDX-License-Identifier: MIT
// Limiting rows in Oracle: a select around the one that orders them counts by ROWNUM, and another
// one around that skips the first rows, since ROWNUM counts only what passes:
//
//   SELECT anon_1.a
//   FROM (SELECT anon_2.a AS a, ROWNUM AS ora_rn
//         FROM (SELECT t.a AS a FROM t ORDER BY t.b) anon_2
//         WHERE ROWNUM <= 10 + 20) anon_1
//   WHERE ora_rn > 20
//
// Plain numbers stand in the text, which is what the optimizer wants to see.
#include "dialects/oracle/oracle_dialect.hpp"
#include <azoth/sql/expression.hpp>

#include <algorithm>

namespace azoth::oracle {

using namespace sql;

namespace {

bool is_plain_number(const Ref& limit) {
  return limit->kind() == Kind::bind && as<BindParameter>(limit).is_row_limit;
}

Ref binary(Op op, Ref left, Ref right, TypePtr type) {
  return make_node<BinaryExpression>(op, std::move(left), std::move(right), type);
}

// /*+ FIRST_ROWS(10) */
Ref first_rows(const Ref& limit) {
  Ref hint =
      make_node<ClauseList>(Op::none,
                            Refs{literal_column("/*+ FIRST_ROWS("), limit, literal_column(") */")},
                            types::null_type());
  return make_node<TextPart>(std::move(hint), "");
}

// The select around another one: with the columns that the program asked for, out of those that the
// inner one has.
struct Around {
  Ref subquery, select;

  Around(const Ref& inner, std::size_t columns)
      : subquery(sql::subquery(inner)), select(StatementBuilder::make(Kind::select)) {
    const auto& from = as<FromNode>(subquery);
    for (std::size_t i = 0; i < columns && i < from.specs().size(); ++i) {
      StatementBuilder::append(select, Clause::column, from.column(i));
    }
    if (columns == 0) {
      StatementBuilder::append(select, Clause::from, subquery);
    }
  }

  void where(Op op, std::string_view counter, Ref limit) {
    StatementBuilder::append(
        select,
        Clause::where,
        binary(op, literal_column(counter), std::move(limit), types::Boolean()));
  }
};

// The columns that FOR UPDATE OF names, which have to come out of all the selects.
Refs locked_columns(const Statement& select) {
  const Ref* lock = select.first(Clause::for_update);
  return lock ? as<ForUpdate>(*lock).of : Refs();
}

// FOR UPDATE of the outermost select, which knows the columns as those of its subquery.
Ref adapted_lock(const Ref& lock, const Ref& subquery) {
  auto* node = new ForUpdate(as<ForUpdate>(lock));
  Ref ref = Ref::adopt(node);
  for (Ref& element : node->of) {
    if (Ref column = as<FromNode>(subquery).corresponding(element)) {
      element = std::move(column);
    }
  }
  seal(*node);
  return ref;
}

Ref without_limits(Ref select) {
  for (Clause clause : {Clause::limit, Clause::offset, Clause::for_update}) {
    StatementBuilder::remove(select, clause);
  }
  return select;
}

}  // namespace

CountedRows count_rows(const Ref& original, const Capabilities& can) {
  const auto& select = as<Statement>(original);
  const Ref* limit = select.first(Clause::limit);
  const Ref* offset = select.first(Clause::offset);
  CountedRows out;
  if (select.has(Clause::fetch) || (!limit && !offset)) {
    return out;
  }
  for (const Ref* number : {limit, offset}) {
    if (number && is_plain_number(*number)) {
      out.executed_literally.push_back(*number);
    }
  }
  const Refs wanted = expanded_columns(original);
  Ref inner = without_limits(original);
  std::size_t columns = wanted.size();
  Refs locked;
  for (const Ref& column : locked_columns(select)) {
    if (std::find(wanted.begin(), wanted.end(), column) == wanted.end()) {
      locked.push_back(column);
      StatementBuilder::append(inner, Clause::column, column);
    }
  }
  Around counted(inner, columns);
  if (limit && can.optimize_limits && is_plain_number(*limit)) {
    StatementBuilder::append(counted.select, Clause::prefix, first_rows(*limit));
  }
  if (limit) {
    counted.where(
        Op::le, "ROWNUM", offset ? binary(Op::add, *limit, *offset, types::Integer()) : *limit);
  }
  Ref subquery = counted.subquery;
  out.select = counted.select;
  if (offset) {
    StatementBuilder::append(
        counted.select, Clause::column, label(literal_column("ROWNUM"), "ora_rn"));
    for (const Ref& column : locked) {
      if (Ref outer = as<FromNode>(counted.subquery).corresponding(column)) {
        StatementBuilder::append(counted.select, Clause::column, std::move(outer));
      }
    }
    Around skipped(counted.select, columns);
    skipped.where(Op::gt, "ora_rn", *offset);
    subquery = skipped.subquery;
    out.select = skipped.select;
  }
  if (const Ref* lock = select.first(Clause::for_update)) {
    StatementBuilder::append(out.select, Clause::for_update, adapted_lock(*lock, subquery));
  }
  return out;
}

}  // namespace azoth::oracle
