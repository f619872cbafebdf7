// SPDX-License-Identifier: MIT
// The clauses that MySQL writes in its own way.
#include "dialects/mysql/mysql_compiler.hpp"
#include <azoth/sql/upsert.hpp>

namespace azoth::mysql {

using namespace sql;

// t USE INDEX (ix)
void MysqlCompiler::render_from_hint(const Hint&, std::string_view text) {
  put(' ');
  put(text);
}

// Criteria need something to be applied to.
void MysqlCompiler::render_empty_from(const Statement& select) {
  put(select.has(Clause::where) ? " FROM DUAL" : "");
}

// JOIN -> INNER JOIN
std::string_view MysqlCompiler::join_keyword(const Join& join) const {
  return join.is_full || join.is_outer ? SqlCompiler::join_keyword(join)
                                       : std::string_view(" INNER JOIN ");
}

// LIMIT n OFFSET m -> LIMIT m, n; there is no OFFSET without LIMIT: the manual's number of rows
// that no table reaches stands for all.
void MysqlCompiler::render_row_limit(const Statement& select) {
  if (select.has(Clause::fetch)) {
    return render_fetch(select);
  }
  const Ref* limit = select.first(Clause::limit);
  const Ref* offset = select.first(Clause::offset);
  if (!limit && !offset) {
    return;
  }
  put(" \n LIMIT ");
  if (offset) {
    render(*offset);
    put(", ");
  }
  limit ? render(*limit) : put("18446744073709551615");
}

// FOR SHARE -> LOCK IN SHARE MODE
void MysqlCompiler::render_locking(const Statement& select) {
  const Ref* part = select.first(Clause::for_update);
  if (!part) {
    return;
  }
  const auto& lock = as<ForUpdate>(*part);
  put(lock.is_read ? " LOCK IN SHARE MODE" : " FOR UPDATE");
  if (dialect().capabilities().for_update_of) {
    render_locked_tables(lock);
  }
  put(lock.is_nowait ? " NOWAIT" : "");
  put(lock.is_skip_locked ? " SKIP LOCKED" : "");
}

void MysqlCompiler::render_tables(const Statement& statement, const Refs& others) {
  render_from_element(statement.table);
  for (const Ref& from : others) {
    put(", ");
    render_from_element(from);
  }
}

// UPDATE t, u SET t.a = u.a
void MysqlCompiler::render_update_tables(const Statement& update, const Refs& others) {
  render_tables(update, others);
}

void MysqlCompiler::render_update_from(const Statement&, const Refs&) {}

bool MysqlCompiler::qualifies_set_columns() const {
  return true;
}

// DELETE FROM t USING t, u
void MysqlCompiler::render_delete_table(const Statement& statement, const Refs& others) {
  others.empty() ? SqlCompiler::render_delete_table(statement, others)
                 : put_owner(*statement.table);
}

void MysqlCompiler::render_delete_from(const Statement& statement, const Refs& others) {
  put(" USING ");
  render_tables(statement, others);
}

// The option mysql_limit, or mariadb_limit: LIMIT 5
void MysqlCompiler::render_dml_limit(const Statement& statement) {
  const std::string name = std::string(dialect().name()) + "_limit";
  statement.each(Clause::statement_option, [&](const Ref& part) {
    if (as<StatementOption>(part).name == name) {
      put(" LIMIT ");
      put(as<StatementOption>(part).text);
    }
  });
}

void MysqlCompiler::render_post_values(const Ref& clause) {
  clause->kind() == Kind::on_duplicate_key
      ? render_on_duplicate_key(as<OnDuplicateKeyUpdate>(clause))
      : SqlCompiler::render_post_values(clause);
}

std::unique_ptr<SqlCompiler> make_sql_compiler(const Dialect& dialect,
                                               const CompileOptions& options) {
  return std::make_unique<MysqlCompiler>(dialect, options);
}

}  // namespace azoth::mysql
