// SPDX-License-Identifier: MIT
// What SQLite's DDL says otherwise than the default.
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/sql/table_node.hpp>

namespace azoth::sqlite {

using namespace sql;

namespace {

class SqliteDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;

 protected:
  // An expression as default stands in parentheses; text() is written as it is.
  void render_server_default(const ColumnInfo& column) override {
    const Ref& expression = column.options.server_default_expression;
    if (column.options.server_default || expression->kind() == Kind::text) {
      return DdlCompiler::render_server_default(column);
    }
    put("(");
    put_element(expression);
    put(")");
  }

  // No foreign key reaches into another attached database.
  bool renders_foreign_key(const TableNode& table, const ForeignKeyInfo& key) const override {
    return key.target_schema == table.schema && DdlCompiler::renders_foreign_key(table, key);
  }

  // Both tables are in one schema, which must not be named here.
  void render_referred_table(const TableNode& target) override { put_identifier(target.name); }

  // The schema qualifies the index: CREATE INDEX other.ix ON t (a)
  void render_create_index(const IndexStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    const Index& index = table.indexes[statement.index];
    put(index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    put(statement.is_guarded ? "IF NOT EXISTS " : "");
    if (!table.schema.empty()) {
      put_identifier(table.schema);
      put(".");
    }
    put_identifier(index.name);
    put(" ON ");
    put_identifier(table.name);
    put_index_columns(table, index);
  }
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<SqliteDdlCompiler>(dialect);
}

}  // namespace azoth::sqlite
