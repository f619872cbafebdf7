// SPDX-License-Identifier: MIT
// The clauses that PostgreSQL writes in its own way.
#include "dialects/postgresql/postgresql_compiler.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/sql/upsert.hpp>

namespace azoth::postgresql {

using namespace sql;

// t -> ONLY t: without the tables that inherit from it.
std::string_view PostgresqlCompiler::hint_prefix(const Hint& hint) const {
  if (!base::ascii_iequal(hint.text, "only")) {
    throw CompileError("Unrecognized hint: " + base::python_repr(hint.text));
  }
  return "ONLY ";
}

// DISTINCT -> DISTINCT ON (a, b)
void PostgresqlCompiler::render_distinct(const Statement& select) {
  if (!select.has(Clause::distinct_on)) {
    return SqlCompiler::render_distinct(select);
  }
  put("DISTINCT ON (");
  std::string_view separator;
  select.each(Clause::distinct_on, [&](const Ref& element) {
    put(separator);
    separator = ", ";
    render(element);
  });
  put(") ");
}

// LIMIT -1 OFFSET n -> LIMIT ALL OFFSET n
void PostgresqlCompiler::render_row_limit(const Statement& select) {
  if (select.has(Clause::fetch)) {
    return render_fetch(select);
  }
  const Ref* limit = select.first(Clause::limit);
  const Ref* offset = select.first(Clause::offset);
  if (limit) {
    put(" \n LIMIT ");
    render(*limit);
  }
  if (offset) {
    put(limit ? " OFFSET " : "\n LIMIT ALL OFFSET ");
    render(*offset);
  }
}

// FETCH FIRST n ROWS ONLY -> FETCH FIRST (n) ROWS ONLY: what is no literal needs the parentheses.
void PostgresqlCompiler::render_fetch(const Statement& select) {
  if (const Ref* offset = select.first(Clause::offset)) {
    put("\n OFFSET (");
    render(*offset);
    put(") ROWS");
  }
  const auto& fetch = as<Fetch>(*select.first(Clause::fetch));
  put("\n FETCH FIRST (");
  render(fetch.count);
  put(fetch.is_percent ? ") PERCENT ROWS " : ") ROWS ");
  put(fetch.with_ties ? "WITH TIES" : "ONLY");
}

// FOR UPDATE -> FOR [NO KEY] UPDATE, FOR [KEY] SHARE, with tables and what to do about locked rows.
void PostgresqlCompiler::render_locking(const Statement& select) {
  const Ref* part = select.first(Clause::for_update);
  if (!part) {
    return;
  }
  const auto& lock = as<ForUpdate>(*part);
  put(lock.is_read ? (lock.is_key_share ? " FOR KEY SHARE" : " FOR SHARE")
                   : (lock.is_key_share ? " FOR NO KEY UPDATE" : " FOR UPDATE"));
  render_locked_tables(lock);
  put(lock.is_nowait ? " NOWAIT" : "");
  put(lock.is_skip_locked ? " SKIP LOCKED" : "");
}

void PostgresqlCompiler::render_others(std::string_view keyword, const Refs& others) {
  for (const Ref& from : others) {
    put(keyword);
    keyword = ", ";
    render_from_element(from);
  }
}

// UPDATE t SET ... FROM u
void PostgresqlCompiler::render_update_from(const Statement&, const Refs& others) {
  render_others(" FROM ", others);
}

// DELETE FROM t USING u
void PostgresqlCompiler::render_delete_from(const Statement&, const Refs& others) {
  render_others(" USING ", others);
}

void PostgresqlCompiler::render_post_values(const Ref& clause) {
  clause->kind() == Kind::on_conflict ? render_on_conflict(as<OnConflict>(clause), false)
                                      : SqlCompiler::render_post_values(clause);
}

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<PostgresqlCompiler>(dialect, options);
}

}  // namespace azoth::postgresql
