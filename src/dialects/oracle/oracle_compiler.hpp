// SPDX-License-Identifier: MIT
// The compiler of Oracle's statements: what it says otherwise than the default one. Selects and DML
// are in compiler.cpp, expressions in expressions.cpp.
#pragma once
#include "dialects/oracle/oracle_dialect.hpp"
#include <azoth/sql/sequence_node.hpp>

namespace azoth::oracle {

class OracleCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  sql::Ref rewritten_select(const sql::Ref& select) override;
  void render_select_hints(const sql::Statement& select) override;
  void render_join(const sql::Join& join) override;
  void render_row_limit(const sql::Statement& select) override;
  void render_empty_from(const sql::Statement& select) override;
  std::string_view alias_keyword() const override;
  std::string_view cte_keyword(bool is_recursive) const override;
  std::string_view set_operator(sql::SetOp op) const override;
  void render_locking(const sql::Statement& select) override;
  void render_returning(const sql::Statement& statement) override;

  void render_binary(const sql::BinaryExpression& expression) override;
  void render_is_distinct_from(const sql::BinaryExpression& expression) override;
  void render_match(const sql::BinaryExpression& expression) override;
  void render_regexp_match(const sql::BinaryExpression& expression) override;
  void render_regexp_replace(const sql::BinaryExpression& expression) override;
  void render_function(const sql::Function& function) override;
  std::string_view function_name(const sql::Function& function) const override;
  void render_table_function_call(const sql::Ref& function) override;
  void render_table_valued_column(const sql::TableValuedColumn& column) override;
  void render_next_value(const sql::NextValue& next) override;

 private:
  void render_flags(const sql::BinaryExpression& expression);
};

}  // namespace azoth::oracle
