// SPDX-License-Identifier: MIT
// The compiler of SQL Server's statements: what it says otherwise than the default one. Selects and
// DML are in compiler.cpp, expressions in expressions.cpp.
#pragma once
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/sql/sequence_node.hpp>

namespace azoth::mssql {

class MssqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  sql::Ref rewritten_select(const sql::Ref& select) override;
  void render_distinct(const sql::Statement& select) override;
  void render_from_hint(const sql::Hint& hint, std::string_view text) override;
  void render_select_order_by(const sql::Statement& select) override;
  void render_row_limit(const sql::Statement& select) override;
  void render_locking(const sql::Statement& select) override;
  std::string_view cte_keyword(bool is_recursive) const override;
  void render_update_from(const sql::Statement& update, const sql::Refs& others) override;
  void render_delete_table(const sql::Statement& statement, const sql::Refs& others) override;
  void render_delete_from(const sql::Statement& statement, const sql::Refs& others) override;
  void render_returning(const sql::Statement& statement) override;
  bool returning_comes_early() const override;
  void render_savepoint(const sql::Savepoint& savepoint) override;

  void render_binary(const sql::BinaryExpression& expression) override;
  void render_is_distinct_from(const sql::BinaryExpression& expression) override;
  void render_match(const sql::BinaryExpression& expression) override;
  void render_getitem(const sql::BinaryExpression& expression) override;
  void render_function(const sql::Function& function) override;
  std::string_view function_name(const sql::Function& function) const override;
  void render_extract(const sql::Extract& extract) override;
  void render_next_value(const sql::NextValue& next) override;
  void render_other(const sql::Ref& node) override;

 private:
  void render_tables(const sql::Ref& target, const sql::Refs& others);
  void render_pattern(const sql::BinaryExpression& expression);
  void render_json_call(std::string_view word, const sql::BinaryExpression& expression);

  bool has_ansi_binds() const { return dialect().capabilities().ansi_bind_rules; }
};

}  // namespace azoth::mssql
