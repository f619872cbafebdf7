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
