// SPDX-License-Identifier: MIT
// What SQLite's DDL says otherwise than the default.
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::sqlite {

using namespace sql;

namespace {

class SqliteDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;

 protected:
  // Conflicts may be settled in the definition: a INTEGER NOT NULL ON CONFLICT FAIL. A key that is
  // never used again stands there too: id INTEGER PRIMARY KEY AUTOINCREMENT
  void render_column(const TableNode& table, std::size_t i) override {
    const ColumnInfo& column = table.columns[i];
    put_identifier(column.name);
    put(" ");
    put_type(table, i);
    put_default(column);
    if (!column.is_nullable) {
      put(" NOT NULL");
      put_conflict(find_option(column.options.dialect_options, "sqlite_on_conflict_not_null"));
    }
    if (column.options.primary_key && column.options.autoincrement == AutoIncrement::always &&
        table.primary_key.size() != 1) {
      throw CompileError("SQLite does not support autoincrement for composite primary keys");
    }
    if (has_inline_key(table) && table.primary_key.front() == i) {
      put(" PRIMARY KEY");
      put_conflict(find_option(column.options.dialect_options, "sqlite_on_conflict_primary_key"));
      put(" AUTOINCREMENT");
    }
    if (column.options.computed) {
      put(" ");
      render_computed(*column.options.computed);
    }
  }

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

  // WITHOUT ROWID
  void render_table_options(const TableNode& table) override {
    const OptionValue* option = find_option(table.options.dialect_options, "sqlite_with_rowid");
    if (option && !option->is_true()) {
      put("\n WITHOUT ROWID");
    }
  }

  bool render_primary_key(const TableNode& table) override {
    if (has_inline_key(table)) {
      return false;
    }
    DdlCompiler::render_primary_key(table);
    const DialectOptions& options = table.primary_key_constraint.dialect_options;
    const OptionValue* conflict = find_option(options, "sqlite_on_conflict");
    if (!conflict && table.primary_key.size() == 1) {
      conflict = find_option(table.columns[table.primary_key.front()].options.dialect_options,
                             "sqlite_on_conflict_primary_key");
    }
    put_conflict(conflict);
    return true;
  }

  bool render_unique(const TableNode& table, const Constraint& constraint) override {
    DdlCompiler::render_unique(table, constraint);
    const OptionValue* conflict = find_option(constraint.dialect_options, "sqlite_on_conflict");
    if (!conflict && constraint.columns.size() == 1) {
      const auto i = static_cast<std::size_t>(table.position_of(constraint.columns.front()));
      conflict = find_option(table.columns[i].options.dialect_options, "sqlite_on_conflict_unique");
    }
    put_conflict(conflict);
    return true;
  }

  bool render_check(const TableNode& table, const Constraint& constraint, bool in_column) override {
    DdlCompiler::render_check(table, constraint, in_column);
    const OptionValue* conflict = find_option(constraint.dialect_options, "sqlite_on_conflict");
    if (conflict && in_column) {
      throw CompileError("SQLite does not support on conflict clause for column check constraint");
    }
    put_conflict(conflict);
    return true;
  }

  // No foreign key reaches into another attached database.
  bool render_foreign_key(const TableNode& table, std::size_t key) override {
    return resolve(table, table.foreign_keys[key]).schema == table.schema &&
           DdlCompiler::render_foreign_key(table, key);
  }

  // Both tables are in one schema, which must not be named here.
  void render_referred_table(const TableNode& target) override { put_identifier(target.name); }

  // The schema qualifies the index: CREATE INDEX other.ix ON t (a)
  void render_create_index(const IndexStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    const Index& index = table.indexes[statement.index];
    put(index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    put(statement.is_guarded ? "IF NOT EXISTS " : "");
    put_index_name(statement, true);
    put(" ON ");
    put_identifier(table.name);
    put(" ");
    put_index_columns(table, index);
    put_index_where(index, "sqlite_where");
  }

 private:
  static bool has_inline_key(const TableNode& table) {
    const OptionValue* option = find_option(table.options.dialect_options, "sqlite_autoincrement");
    if (!option || !option->is_true() || table.primary_key.size() != 1) {
      return false;
    }
    const std::uint32_t place = table.primary_key.front();
    return is_integer(table.columns[place].type) &&
           std::none_of(table.foreign_keys.begin(),
                        table.foreign_keys.end(),
                        [&](const ForeignKeyInfo& key) {
                          return std::find(key.columns.begin(), key.columns.end(), place) !=
                                 key.columns.end();
                        });
  }

  static bool is_integer(TypePtr type) {
    while (type->kind == TypeKind::decorator || type->kind == TypeKind::variant) {
      type = type->elements.front();
    }
    switch (type->kind) {
      case TypeKind::small_integer:
      case TypeKind::integer:
      case TypeKind::big_integer:
      case TypeKind::sql_smallint:
      case TypeKind::sql_integer:
      case TypeKind::sql_bigint:
        return true;
      default:
        return false;
    }
  }

  void put_conflict(const OptionValue* action) {
    if (action) {
      put(" ON CONFLICT ");
      put(action->text());
    }
  }
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<SqliteDdlCompiler>(dialect);
}

}  // namespace azoth::sqlite
