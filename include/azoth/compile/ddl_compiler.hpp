// SPDX-License-Identifier: MIT
// DdlCompiler turns schema statements into text. What databases disagree on is virtual, with the
// text the default writes. Included by dialects; programs compile through `Dialect::compile`.
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/ddl.hpp>

#include <string>
#include <string_view>

namespace azoth {

/// Renders one DDL statement; used once, by one thread.
class DdlCompiler {
 public:
  explicit DdlCompiler(const Dialect& dialect) : dialect_(dialect) {}

  virtual ~DdlCompiler() = default;
  DdlCompiler(const DdlCompiler&) = delete;
  DdlCompiler& operator=(const DdlCompiler&) = delete;

  /// Returns the text of a statement of ddl.hpp.
  /// @throws CompileError for a column without type, NoReferencedTableError for a foreign key's.
  std::string compile(const sql::Ref& statement);

 protected:
  /// `name VARCHAR(30) DEFAULT 'x' NOT NULL`.
  virtual void render_column(const sql::TableNode& table, std::size_t column);
  /// `CURRENT_TIMESTAMP`, `'x'`, or an expression as it is.
  virtual void render_server_default(const sql::ColumnInfo& column);
  /// Says whether the key is written within its table.
  virtual bool renders_foreign_key(const sql::TableNode& table,
                                   const sql::ForeignKeyInfo& key) const;
  /// The referred table's name behind REFERENCES.
  virtual void render_referred_table(const sql::TableNode& target);
  /// `CREATE INDEX ix ON t (a)`.
  virtual void render_create_index(const sql::IndexStatement& statement);

  void put(std::string_view text) { text_.append(text); }

  void put_identifier(std::string_view name) { dialect_.append_identifier(text_, name); }

  void put_table(const sql::TableNode& table);
  void put_index_columns(const sql::TableNode& table, const Index& index);
  /// Appends an expression with its values in place.
  void put_element(const sql::Ref& element);

  const Dialect& dialect() const { return dialect_; }

 private:
  void render_create_table(const sql::CreateTable& create);
  void render_constraints(const sql::CreateTable& create);
  void render_drop_index(const sql::IndexStatement& statement);
  void render_alter(const sql::ConstraintStatement& statement);
  void render_primary_key(const sql::TableNode& table);
  void render_constraint(const sql::TableNode& table, const Constraint& constraint);
  void render_foreign_key(const sql::TableNode& table, const sql::ForeignKeyInfo& key);
  void put_constraint_name(std::string_view name);

  void begin_constraint() { put(", \n\t"); }

  std::string text_;
  const Dialect& dialect_;
};

}  // namespace azoth
