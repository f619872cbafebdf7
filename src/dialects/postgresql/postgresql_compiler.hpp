// SPDX-License-Identifier: MIT
// What PostgreSQL says otherwise than the default compiler: clauses in compiler.cpp, operators and
// functions in expressions.cpp.
#pragma once
#include "dialects/postgresql/postgresql_dialect.hpp"

namespace azoth::postgresql {

class PostgresqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // compiler.cpp
  std::string_view hint_prefix(const sql::Hint& hint) const override;
  void render_distinct(const sql::Statement& select) override;
  void render_row_limit(const sql::Statement& select) override;
  void render_fetch(const sql::Statement& select) override;
  void render_locking(const sql::Statement& select) override;
  void render_update_from(const sql::Statement& update, const sql::Refs& others) override;
  void render_delete_from(const sql::Statement& statement, const sql::Refs& others) override;
  void render_post_values(const sql::Ref& clause) override;

  // expressions.cpp
  void render_ilike(const sql::BinaryExpression& expression) override;
  void render_match(const sql::BinaryExpression& expression) override;
  void render_regexp_match(const sql::BinaryExpression& expression) override;
  void render_regexp_replace(const sql::BinaryExpression& expression) override;
  void render_getitem(const sql::BinaryExpression& expression) override;
  void render_function(const sql::Function& function) override;
  std::string_view function_name(const sql::Function& function) const override;
  std::string value_suffix(TypePtr type) const override;
  void render_next_value(const sql::NextValue& next) override;
  void render_other(const sql::Ref& node) override;

 private:
  void render_others(std::string_view keyword, const sql::Refs& others);
  void render_json_item(const sql::BinaryExpression& expression, bool is_path);
};

}  // namespace azoth::postgresql
