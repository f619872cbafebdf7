// SPDX-License-Identifier: MIT
// What MySQL and MariaDB say otherwise than the default compiler: clauses in compiler.cpp,
// operators, casts and functions in expressions.cpp.
#pragma once
#include "dialects/mysql/mysql_dialect.hpp"

namespace azoth::mysql {

class MysqlCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  // compiler.cpp
  void render_from_hint(const sql::Hint& hint, std::string_view text) override;
  void render_empty_from(const sql::Statement& select) override;
  std::string_view join_keyword(const sql::Join& join) const override;
  void render_row_limit(const sql::Statement& select) override;
  void render_locking(const sql::Statement& select) override;
  void render_update_tables(const sql::Statement& update, const sql::Refs& others) override;
  void render_update_from(const sql::Statement& update, const sql::Refs& others) override;
  bool qualifies_set_columns() const override;
  void render_delete_table(const sql::Statement& statement, const sql::Refs& others) override;
  void render_delete_from(const sql::Statement& statement, const sql::Refs& others) override;
  void render_dml_limit(const sql::Statement& statement) override;
  void render_post_values(const sql::Ref& clause) override;

  // expressions.cpp
  void render_boolean(bool value) override;
  void render_binary(const sql::BinaryExpression& expression) override;
  void render_pattern(const sql::BinaryExpression& expression) override;
  void render_is_distinct_from(const sql::BinaryExpression& expression) override;
  void render_match(const sql::BinaryExpression& expression) override;
  void render_regexp_match(const sql::BinaryExpression& expression) override;
  void render_regexp_replace(const sql::BinaryExpression& expression) override;
  void render_getitem(const sql::BinaryExpression& expression) override;
  void render_next_value(const sql::NextValue& next) override;
  void render_other(const sql::Ref& node) override;
  void render_cast(const sql::Cast& cast) override;
  void render_extract(const sql::Extract& extract) override;
  std::string_view bare_function(const sql::Function& function) const override;
  void render_function(const sql::Function& function) override;
  std::string_view function_name(const sql::Function& function) const override;

 private:
  void render_tables(const sql::Statement& statement, const sql::Refs& others);
  void render_json_extract(const sql::BinaryExpression& expression);
  void render_json_value(const sql::BinaryExpression& expression);
  void render_flagged_pattern(const sql::Ref& pattern, std::string_view flags);
};

}  // namespace azoth::mysql
