// SPDX-License-Identifier: MIT
// What SQL Server's DDL says otherwise than the default.
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/sequence_node.hpp>

namespace azoth::mssql {

using namespace sql;

namespace {

class MssqlDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;

 protected:
  // id INTEGER NOT NULL -> id INTEGER NOT NULL IDENTITY(1,1); whether NULL is allowed is always
  // said.
  void render_column(const TableNode& table, std::size_t i) override {
    const ColumnInfo& column = table.columns[i];
    const ColumnOptions& options = column.options;
    put_identifier(column.name);
    put(" ");
    if (options.computed) {
      render_computed(*options.computed);
    } else {
      put_type(table, i);
    }
    if (!column.is_nullable || options.primary_key || options.sequence || options.identity ||
        options.autoincrement == AutoIncrement::always) {
      put(" NOT NULL");
    } else if (!options.computed) {
      put(" NULL");
    }
    if (table.name.empty()) {
      throw CompileError("mssql requires Table-bound columns in order to generate DDL");
    }
    const Identity own = identity_of(column);
    if (options.identity) {
      render_identity(*options.identity);
    } else if (is_numbered(table, i)) {
      render_identity(own);
    } else {
      put_default(column);
    }
  }

  void render_computed(const Computed& computed) override {
    put("AS (");
    put_element(computed.sqltext);
    put(computed.persisted == true ? ") PERSISTED" : ")");
  }

  void render_identity(const Identity& identity) override {
    put(" IDENTITY");
    const IdentityOptions& options = identity.options;
    if (options.start || options.increment) {
      put("(" + std::to_string(options.start.value_or(1)) + "," +
          std::to_string(options.increment.value_or(1)) + ")");
    }
  }

  // PRIMARY KEY NONCLUSTERED (b, a), in the order of the table
  bool render_primary_key(const TableNode& table) override {
    const Constraint& more = table.primary_key_constraint;
    put_constraint_name(table, {ConstraintKind::primary_key, 0});
    put("PRIMARY KEY ");
    put_clustered(more.dialect_options);
    put("(");
    bool is_first = true;
    for (std::uint32_t i : table.primary_key) {
      put(is_first ? "" : ", ");
      is_first = false;
      put_identifier(table.columns[i].name);
    }
    put(")");
    put_deferrability(more.deferrable, more.initially);
    return true;
  }

  bool render_unique(const TableNode& table, const Constraint& constraint) override {
    if (constraint.columns.empty()) {
      return DdlCompiler::render_unique(table, constraint);
    }
    put_constraint_name(table, place_of(table, constraint));
    put("UNIQUE ");
    put_clustered(constraint.dialect_options);
    put("(");
    put_columns(table, constraint.columns);
    put(")");
    put_deferrability(constraint.deferrable, constraint.initially);
    return true;
  }

  // CREATE CLUSTERED INDEX ix ON t (a) INCLUDE (b) WHERE a > 5
  void render_create_index(const IndexStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    const Index& index = table.indexes[statement.index];
    put(index.is_unique ? "CREATE UNIQUE " : "CREATE ");
    put_clustered(index.dialect_options);
    put("INDEX ");
    put_index_name(statement, false);
    put(" ON ");
    put_table(table);
    put(" ");
    put_index_columns(table, index);
    put_included(table, index, "mssql_include");
    put_index_where(index, "mssql_where");
  }

  // DROP INDEX ix -> DROP INDEX ix ON t
  void render_drop_index(const IndexStatement& statement) override {
    put("\nDROP INDEX ");
    put_index_name(statement, false);
    put(" ON ");
    put_table(as<TableNode>(statement.table));
  }

  void render_sequence_type(const SequenceNode& sequence) override {
    if (sequence.data_type) {
      put(" AS ");
      put(dialect().type_name(sequence.data_type));
    }
  }

 private:
  static bool is_numbered(const TableNode& table, std::size_t i) {
    const ColumnOptions& options = table.columns[i].options;
    return (table.autoincrement_column() == static_cast<int>(i) ||
            options.autoincrement == AutoIncrement::always) &&
           (!options.sequence || as<SequenceNode>(options.sequence->node()).is_optional);
  }

  // What the column's options say of its numbers, for programs older than Identity.
  static Identity identity_of(const ColumnInfo& column) {
    Identity identity;
    const DialectOptions& options = column.options.dialect_options;
    const OptionValue* start = find_option(options, "mssql_identity_start");
    const OptionValue* increment = find_option(options, "mssql_identity_increment");
    if (!start && !increment) {
      return identity;
    }
    if (column.options.identity) {
      throw CompileError(
          "Cannot specify options 'mssql_identity_start' and/or 'mssql_identity_increment' while "
          "also using the 'Identity' construct.");
    }
    warn(WarningCategory::sa_deprecation_warning,
         "The dialect options 'mssql_identity_start' and 'mssql_identity_increment' are "
         "deprecated. Use the 'Identity' object instead.");
    if (start) {
      identity.options.start = start->value().get<std::int64_t>();
    }
    if (increment) {
      identity.options.increment = increment->value().get<std::int64_t>();
    }
    return identity;
  }

  void put_clustered(const DialectOptions& options) {
    if (const OptionValue* option = find_option(options, "mssql_clustered")) {
      put(option->is_true() ? "CLUSTERED " : "NONCLUSTERED ");
    }
  }
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<MssqlDdlCompiler>(dialect);
}

}  // namespace azoth::mssql
