// SPDX-License-Identifier: MIT
// What PostgreSQL's DDL says otherwise than the default.
#include "dialects/postgresql/postgresql_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/naming.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <algorithm>

namespace azoth::postgresql {

using namespace sql;

namespace {

std::string upper(std::string text) {
  for (char& c : text) {
    c = c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return text;
}

// Methods of indexes are words; anything else would be rendered into the statement unseen.
std::string index_method(std::string text) {
  const std::string given = text;
  for (char& c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    c = is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') {
      throw CompileError("Unexpected SQL phrase: '" + given +
                         "' (matching against '^(?:btree|hash|gist|gin|[\\\\w_]+)$')");
    }
  }
  return text;
}

class PostgresqlDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;

 protected:
  // id INTEGER NOT NULL -> id SERIAL NOT NULL, when the database numbers it
  void render_column(const TableNode& table, std::size_t i) override {
    const ColumnInfo& column = table.columns[i];
    const bool is_identity = column.options.identity && can().identity_columns;
    put_identifier(column.name);
    if (!is_identity && is_serial(table, i)) {
      put(serial(*column.type->in_dialect(dialect().name())));
    } else {
      put(" ");
      put_type(table, i);
      put_default(column);
    }
    if (column.options.computed) {
      put(" ");
      render_computed(*column.options.computed);
    }
    if (is_identity) {
      put(" ");
      render_identity(*column.options.identity);
    }
    if (column.is_nullable == is_identity) {
      put(column.is_nullable ? " NULL" : " NOT NULL");
    }
  }

  void render_computed(const Computed& computed) override {
    if (computed.persisted == false) {
      throw CompileError(
          "PostrgreSQL computed columns do not support 'virtual' persistence; set the 'persisted' "
          "flag to None or True for PostgreSQL support.");
    }
    DdlCompiler::render_computed(Computed(computed.sqltext, true));
  }

  void render_table_options(const TableNode& table) override {
    const DialectOptions& options = table.options.dialect_options;
    if (const OptionValue* parents = find_option(options, "postgresql_inherits")) {
      put("\n INHERITS ( ");
      put_names(*parents);
      put(" )");
    }
    put_option(options, "postgresql_partition_by", "\n PARTITION BY ");
    if (const OptionValue* oids = find_option(options, "postgresql_with_oids")) {
      put(oids->is_true() ? "\n WITH OIDS" : "\n WITHOUT OIDS");
    }
    if (const OptionValue* action = find_option(options, "postgresql_on_commit")) {
      put("\n ON COMMIT ");
      put(upper(action->text()));
    }
    if (const OptionValue* space = find_option(options, "postgresql_tablespace")) {
      put("\n TABLESPACE ");
      put_identifier(space->text());
    }
  }

  bool render_check(const TableNode& table, const Constraint& constraint, bool in_column) override {
    if (constraint.is_type_bound) {
      refuse_array_of_enum(table, constraint);
    }
    DdlCompiler::render_check(table, constraint, in_column);
    if (!in_column) {
      put_validity(constraint.dialect_options);
    }
    return true;
  }

  // CONSTRAINT c UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)
  bool render_unique(const TableNode& table, const Constraint& constraint) override {
    const OptionValue* included = find_option(constraint.dialect_options, "postgresql_include");
    const OptionValue* distinct =
        find_option(constraint.dialect_options, "postgresql_nulls_not_distinct");
    if (constraint.columns.empty() || (!included && !distinct)) {
      return DdlCompiler::render_unique(table, constraint);
    }
    put_constraint_name(table, place_of(table, constraint));
    put("UNIQUE");
    put_nulls_not_distinct(constraint.dialect_options);
    put(" (");
    put_columns(table, constraint.columns);
    put(")");
    if (included && included->is_true()) {
      put(" INCLUDE (");
      put_names(*included);
      put(")");
    }
    put_deferrability(constraint.deferrable, constraint.initially);
    return true;
  }

  bool render_foreign_key(const TableNode& table, std::size_t key) override {
    DdlCompiler::render_foreign_key(table, key);
    put_validity(table.foreign_keys[key].options.dialect_options);
    return true;
  }

  // CONSTRAINT c EXCLUDE USING gist (room WITH =) WHERE (t.room > 5)
  bool render_exclude(const TableNode& table, const Constraint& constraint) override {
    put_constraint_name(table, place_of(table, constraint));
    put("EXCLUDE USING ");
    put(index_method(constraint.using_));
    put(" (");
    bool is_first = true;
    for (const ExcludeElement& element : constraint.elements) {
      put(is_first ? "" : ", ");
      is_first = false;
      put_index_element(table, element.element);
      put(element.operator_class.empty() ? "" : " ");
      put(element.operator_class);
      put(" WITH ");
      put(element.op);
    }
    put(")");
    if (constraint.where) {
      put(" WHERE (");
      put_qualified(constraint.where);
      put(")");
    }
    put_deferrability(constraint.deferrable, constraint.initially);
    return true;
  }

  // CREATE INDEX CONCURRENTLY ix ON t USING gin (a ops) INCLUDE (b) WITH (c = d) WHERE a > 5
  void render_create_index(const IndexStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    const Index& index = table.indexes[statement.index];
    const DialectOptions& options = index.dialect_options;
    put(index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    put_concurrently(index);
    put(statement.is_guarded ? "IF NOT EXISTS " : "");
    put_index_name(statement, false);
    put(" ON ");
    put_table(table);
    put(" ");
    const OptionValue* method = find_option(options, "postgresql_using");
    if (method && method->is_true()) {
      put("USING ");
      put(index_method(method->text()));
      put(" ");
    }
    put_elements(table, index);
    put_included(table, index, "postgresql_include");
    put_nulls_not_distinct(options);
    put_storage(index);
    const OptionValue* space = find_option(options, "postgresql_tablespace");
    if (space && space->is_true()) {
      put(" TABLESPACE ");
      put_identifier(space->text());
    }
    put_index_where(index, "postgresql_where");
  }

  void render_drop_index(const IndexStatement& statement) override {
    put("\nDROP INDEX ");
    put_concurrently(as<TableNode>(statement.table).indexes[statement.index]);
    put(statement.is_guarded ? "IF EXISTS " : "");
    put_index_name(statement, true);
  }

  void render_sequence_type(const SequenceNode& sequence) override {
    if (sequence.data_type) {
      put(" AS ");
      put(dialect().type_name(sequence.data_type));
    }
  }

  // CREATE TYPE s.mood AS ENUM ('sad', 'ok')
  void render_enum_statement(const EnumStatement& statement) override {
    const SqlType& type = *statement.type()->in_dialect(dialect().name());
    if (type.name.empty()) {
      throw CompileError("PostgreSQL ENUM type requires a name.");
    }
    const bool is_new = statement.kind() == Kind::create_enum_type;
    put(is_new ? "CREATE TYPE " : "DROP TYPE ");
    put_name(type.schema, type.name);
    if (!is_new) {
      return;
    }
    put(" AS ENUM (");
    for (std::size_t i = 0; i < type.values.size(); ++i) {
      put(i == 0 ? "" : ", ");
      put_literal(type.values[i]);
    }
    put(")");
  }

 private:
  bool is_serial(const TableNode& table, std::size_t i) const {
    const ColumnOptions& options = table.columns[i].options;
    return options.primary_key && table.autoincrement_column() == static_cast<int>(i) &&
           !options.default_ && !options.default_expression && !options.default_function &&
           (!options.sequence || as<SequenceNode>(options.sequence->node()).is_optional);
  }

  static std::string_view serial(const SqlType& type) {
    switch (type.kind) {
      case TypeKind::big_integer:
      case TypeKind::sql_bigint:
        return " BIGSERIAL";
      case TypeKind::small_integer:
      case TypeKind::sql_smallint:
        return " SMALLSERIAL";
      default:
        return " SERIAL";
    }
  }

  void refuse_array_of_enum(const TableNode& table, const Constraint& constraint) const {
    const auto i = static_cast<std::size_t>(table.position_of(constraint.columns.front()));
    const SqlType& type = *table.columns[i].type;
    if (type.kind == TypeKind::array && type.elements.front()->kind == TypeKind::enum_ &&
        !type.elements.front()->is_native) {
      throw CompileError(
          "PostgreSQL dialect cannot produce the CHECK constraint for ARRAY of non-native ENUM; "
          "please specify create_constraint=False on this Enum datatype.");
    }
  }

  void put_validity(const DialectOptions& options) {
    const OptionValue* not_valid = find_option(options, "postgresql_not_valid");
    put(not_valid && not_valid->is_true() ? " NOT VALID" : "");
  }

  void put_nulls_not_distinct(const DialectOptions& options) {
    const OptionValue* option = find_option(options, "postgresql_nulls_not_distinct");
    put(!option ? "" : option->is_true() ? " NULLS NOT DISTINCT" : " NULLS DISTINCT");
  }

  void put_concurrently(const Index& index) {
    const OptionValue* option = find_option(index.dialect_options, "postgresql_concurrently");
    put(option && option->is_true() && can().index_concurrently ? "CONCURRENTLY " : "");
  }

  void put_names(const OptionValue& names) {
    if (names.form() != OptionValue::Form::list) {
      return put_identifier(names.text());
    }
    bool is_first = true;
    for (const OptionValue& name : names.list()) {
      put(is_first ? "" : ", ");
      is_first = false;
      put_identifier(name.text());
    }
  }

  void put_option(const DialectOptions& options, std::string_view name, std::string_view words) {
    const OptionValue* option = find_option(options, name);
    if (option && option->is_true()) {
      put(words);
      put(option->text());
    }
  }

  // Operators stand in parentheses: (a, (b + c), lower(d) text_pattern_ops)
  void put_elements(const TableNode& table, const Index& index) {
    const OptionValue* classes = find_option(index.dialect_options, "postgresql_ops");
    put("(");
    for (std::size_t i = 0; i < index.columns.size(); ++i) {
      const IndexElement& element = index.columns[i];
      put(i == 0 ? "" : ", ");
      put_index_element(table,
                        element.expression ? IndexElement(grouped(element.expression)) : element);
      const OptionValue* op = classes ? classes->find(key_of(element)) : nullptr;
      put(op ? " " + op->text() : std::string());
    }
    put(")");
  }

  static Ref grouped(const Ref& element) {
    const Kind kind = element->kind();
    const bool is_operation = kind == Kind::binary || kind == Kind::clause_list ||
                              (kind == Kind::unary && !as<UnaryExpression>(element).is_postfix);
    return is_operation ? make_node<Grouping>(element) : element;
  }

  // What operator classes are given to: a column's key, or a label.
  static std::string_view key_of(const IndexElement& element) {
    if (!element.expression) {
      return element.column;
    }
    switch (element.expression->kind()) {
      case Kind::label:
        return as<Label>(element.expression).name;
      case Kind::column_clause:
        return as<ColumnClause>(element.expression).name;
      default:
        return {};
    }
  }

  void put_storage(const Index& index) {
    const OptionValue* parameters = find_option(index.dialect_options, "postgresql_with");
    if (!parameters || parameters->list().empty()) {
      return;
    }
    put(" WITH (");
    for (std::size_t i = 0; i < parameters->list().size(); ++i) {
      put(i == 0 ? "" : ", ");
      put(parameters->names()[i]);
      put(" = ");
      put(parameters->list()[i].text());
    }
    put(")");
  }
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<PostgresqlDdlCompiler>(dialect);
}

}  // namespace azoth::postgresql
