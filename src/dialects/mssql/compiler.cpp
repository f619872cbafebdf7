// SPDX-License-Identifier: MIT
// Selects and DML in SQL Server's words; each before -> after.
#include "dialects/mssql/mssql_compiler.hpp"
#include <azoth/sql/savepoint.hpp>

namespace azoth::mssql {

using namespace sql;

Ref MssqlCompiler::rewritten_select(const Ref& select) {
  return number_rows(select, dialect().capabilities());
}

// SELECT DISTINCT ... LIMIT 10 -> SELECT DISTINCT TOP 10 ...
void MssqlCompiler::render_distinct(const Statement& select) {
  SqlCompiler::render_distinct(select);
  if (!uses_top(select)) {
    return;
  }
  const RowCount count = row_count(select);
  put("TOP ");
  render_literally(*count.rows);
  put(count.fetch && count.fetch->is_percent ? " PERCENT" : "");
  put(count.fetch && count.fetch->with_ties ? " WITH TIES " : " ");
}

// FROM t WITH (NOLOCK)
void MssqlCompiler::render_from_hint(const Hint&, std::string_view text) {
  put(' ');
  put(text);
}

// A subquery has no order of its own unless that decides which rows there are.
void MssqlCompiler::render_select_order_by(const Statement& select) {
  const bool limits =
      uses_top(select) || (select.has(Clause::offset) && dialect().capabilities().offset_fetch);
  if (!is_subquery() || limits) {
    SqlCompiler::render_select_order_by(select);
  }
}

// LIMIT 5 OFFSET 10 -> OFFSET 10 ROWS FETCH FIRST 5 ROWS ONLY
void MssqlCompiler::render_row_limit(const Statement& select) {
  const RowCount count = row_count(select);
  if (!dialect().capabilities().offset_fetch || !count.limits() || uses_top(select)) {
    return;
  }
  check_row_limit(select);
  put("\n OFFSET ");
  count.offset ? render(*count.offset) : put("0");
  put(" ROWS");
  if (count.rows) {
    put("\n FETCH FIRST ");
    render(*count.rows);
    put(" ROWS ONLY");
  }
}

// Locks are asked for by hints of the FROM elements.
void MssqlCompiler::render_locking(const Statement&) {}

// WITH RECURSIVE -> WITH
std::string_view MssqlCompiler::cte_keyword(bool) const {
  return "WITH ";
}

// UPDATE t SET a=1 FROM t, u
void MssqlCompiler::render_update_from(const Statement& update, const Refs& others) {
  render_tables(update.table, others);
}

// DELETE FROM t AS a -> DELETE FROM a FROM t AS a, u
void MssqlCompiler::render_delete_table(const Statement& statement, const Refs& others) {
  others.empty() ? render_from_element(statement.table) : put_owner(*statement.table);
}

void MssqlCompiler::render_delete_from(const Statement& statement, const Refs& others) {
  render_tables(statement.table, others);
}

void MssqlCompiler::render_tables(const Ref& target, const Refs& others) {
  put(" FROM ");
  render_from_element(target);
  for (const Ref& other : others) {
    put(", ");
    render_from_element(other);
  }
}

// RETURNING t.id -> OUTPUT inserted.id, ahead of VALUES and WHERE
void MssqlCompiler::render_returning(const Statement& statement) {
  if (!returns_rows(statement)) {
    return;
  }
  put(" OUTPUT ");
  rename_owner(statement.table, statement.kind() == Kind::delete_ ? "deleted" : "inserted");
  render_returned_columns(statement);
  rename_owner({}, {});
}

bool MssqlCompiler::returning_comes_early() const {
  return true;
}

void MssqlCompiler::render_savepoint(const Savepoint& savepoint) {
  if (savepoint.kind() == Kind::release_savepoint) {
    return SqlCompiler::render_savepoint(savepoint);
  }
  put(savepoint.kind() == Kind::savepoint ? "SAVE TRANSACTION " : "ROLLBACK TRANSACTION ");
  put_identifier(savepoint.name);
}

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<MssqlCompiler>(dialect, options);
}

}  // namespace azoth::mssql
