// SPDX-License-Identifier: MIT
// Selects and DML in Oracle's words; each before -> after.
#include "dialects/oracle/oracle_compiler.hpp"

namespace azoth::oracle {

using namespace sql;

Ref OracleCompiler::rewritten_select(const Ref& select) {
  CountedRows rows = count_rows(select, dialect().capabilities());
  for (const Ref& number : rows.executed_literally) {
    execute_literally(number);
  }
  if (!rows.select && !dialect().capabilities().use_ansi) {
    return without_joins(select);
  }
  return std::move(rows.select);
}

// SELECT /*+ INDEX(t ix) */ ...; of several hints for one FROM element the last one counts.
void OracleCompiler::render_select_hints(const Statement& select) {
  if (!select.has(Clause::hint)) {
    return;
  }
  std::vector<const Hint*> hints;
  select.each(Clause::hint, [&](const Ref& part) {
    const auto& hint = as<Hint>(part);
    if (hint.dialect != "*" && hint.dialect != dialect().name()) {
      return;
    }
    for (const Hint*& other : hints) {
      if (other->selectable == hint.selectable) {
        other = &hint;
        return;
      }
    }
    hints.push_back(&hint);
  });
  for (const Hint* hint : hints) {
    put("/*+ " + hint_text(*hint) + " */ ");
  }
}

// Without ANSI joins the tables are listed, and the conditions stand among the criteria.
void OracleCompiler::render_join(const Join& join) {
  if (dialect().capabilities().use_ansi) {
    return SqlCompiler::render_join(join);
  }
  render_from_element(join.left);
  put(", ");
  render_from_element(join.right);
}

// ROWNUM does what LIMIT and OFFSET do; FETCH FIRST is known.
void OracleCompiler::render_row_limit(const Statement& select) {
  if (select.has(Clause::fetch)) {
    render_fetch(select);
  }
}

void OracleCompiler::render_empty_from(const Statement&) {
  put(" FROM DUAL");
}

// FROM t AS u -> FROM t u
std::string_view OracleCompiler::alias_keyword() const {
  return " ";
}

// WITH RECURSIVE -> WITH
std::string_view OracleCompiler::cte_keyword(bool) const {
  return "WITH ";
}

// EXCEPT -> MINUS
std::string_view OracleCompiler::set_operator(SetOp op) const {
  return op == SetOp::except ? " MINUS " : SqlCompiler::set_operator(op);
}

// FOR UPDATE OF t.a NOWAIT SKIP LOCKED
void OracleCompiler::render_locking(const Statement& select) {
  const Ref* part = select.first(Clause::for_update);
  if (!part) {
    return;
  }
  const auto& lock = as<ForUpdate>(*part);
  put(" FOR UPDATE");
  if (!lock.of.empty()) {
    put(" OF ");
    render_list(lock.of);
  }
  put(lock.is_nowait ? " NOWAIT" : "");
  put(lock.is_skip_locked ? " SKIP LOCKED" : "");
}

// RETURNING t.id -> RETURNING t.id INTO :ret_0
void OracleCompiler::render_returning(const Statement& statement) {
  if (!statement.has(Clause::returning)) {
    return;
  }
  put(" RETURNING ");
  render_returned_columns(statement, false);
  put(" INTO ");
  std::size_t i = 0;
  for (const Ref& column : expanded_columns(Ref(&statement))) {
    put(i == 0 ? "" : ", ");
    render_out_parameter("ret_" + std::to_string(i++), column->type());
  }
}

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<OracleCompiler>(dialect, options);
}

}  // namespace azoth::oracle
