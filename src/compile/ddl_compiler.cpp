// SPDX-License-Identifier: MIT
// CREATE TABLE and the definitions of columns, in SQLAlchemy's layout; which statement is rendered
// by whom.
#include <azoth/base/error.hpp>
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/sql_compiler.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;

std::string DdlCompiler::compile(const Ref& statement) {
  switch (statement->kind()) {
    case Kind::create_table:
      render_create_table(as<CreateTable>(statement));
      break;
    case Kind::drop_table: {
      const auto& drop = as<DropTable>(statement);
      put(drop.if_exists ? "\nDROP TABLE IF EXISTS " : "\nDROP TABLE ");
      put_table(as<TableNode>(drop.table));
      break;
    }
    case Kind::create_index:
      render_create_index(as<IndexStatement>(statement));
      break;
    case Kind::drop_index:
      render_drop_index(as<IndexStatement>(statement));
      break;
    case Kind::add_constraint:
    case Kind::drop_constraint:
      render_alter(as<ConstraintStatement>(statement));
      break;
    case Kind::create_sequence:
    case Kind::drop_sequence:
      render_sequence(as<SequenceStatement>(statement));
      break;
    case Kind::create_schema:
    case Kind::drop_schema:
      render_schema(as<SchemaStatement>(statement));
      break;
    case Kind::create_enum_type:
    case Kind::drop_enum_type:
      render_enum_statement(as<EnumStatement>(statement));
      break;
    case Kind::ddl:
      render_text(as<DdlText>(statement));
      break;
    default:
      render_table_statement(as<TableStatement>(statement));
  }
  return std::move(text_);
}

void DdlCompiler::put_schema(std::string_view schema) {
  static const CompileOptions plain;
  append_table_schema(text_, schema, dialect_, options_ ? *options_ : plain);
}

void DdlCompiler::put_name(std::string_view schema, std::string_view name) {
  put_schema(schema);
  put_identifier(name);
}

std::string DdlCompiler::element_text(const Ref& element) const {
  const CompileOptions options = element_options();
  return dialect_.make_compiler(options)->ddl_text(element);
}

void DdlCompiler::put_qualified(const Ref& element) {
  const CompileOptions options = element_options();
  put(dialect_.make_compiler(options)->ddl_text(element, true));
}

// What an expression within DDL takes over: where its schemas are to be found.
CompileOptions DdlCompiler::element_options() const {
  CompileOptions options;
  if (options_) {
    options.schema_translate_map = options_->schema_translate_map;
    options.render_schema_translate = options_->render_schema_translate;
    options.default_schema_name = options_->default_schema_name;
  }
  return options;
}

// The schema of a type of its own (ENUM) is translated as that of a table.
void DdlCompiler::put_type_name(TypePtr type) {
  if (!options_ || !options_->schema_translate_map) {
    return put(dialect_.type_name(type));
  }
  SqlType alone = *type, elsewhere = *type;
  alone.schema.clear();
  elsewhere.schema = "elsewhere";
  const std::string name = dialect_.type_name(intern(std::move(alone)));
  if (name != dialect_.type_name(intern(std::move(elsewhere)))) {
    put_schema(type->schema);
  }
  put(name);
}

void DdlCompiler::put_literal(std::string_view text) {
  put(dialect_.literal(text, types::String()));
}

void DdlCompiler::render_create_table(const CreateTable& create) {
  const auto& table = as<TableNode>(create.table);
  put("\nCREATE ");
  for (const std::string& prefix : table.options.prefixes) {
    put(prefix);
    put(" ");
  }
  put(create.if_not_exists ? "TABLE IF NOT EXISTS " : "TABLE ");
  put_table(table);
  put(" (");
  bool is_first = true;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].options.system) {
      continue;
    }
    put(is_first ? "\n\t" : ", \n\t");
    is_first = false;
    try {
      render_column_definition(table, i);
    } catch (const CompileError& error) {
      throw CompileError("(in table '" + table.name + "', column '" + table.columns[i].name +
                         "'): " + error.message());
    }
  }
  const std::size_t end = text_.size();
  put(is_first ? "\n\t" : ", \n\t");
  if (!render_constraints(create)) {
    text_.resize(end);
  }
  put("\n)");
  render_table_options(table);
  put("\n\n");
}

// Says whether any of them has a text.
bool DdlCompiler::render_constraints(const CreateTable& create) {
  const auto& table = as<TableNode>(create.table);
  const std::size_t begin = text_.size();
  bool is_first = true;
  const auto render = [&](ConstraintPlace place) {
    const std::size_t before = text_.size();
    put(is_first ? "" : ", \n\t");
    if (render_constraint(table, place)) {
      is_first = false;
    } else {
      text_.resize(before);
    }
  };
  if (!table.primary_key.empty() && table.primary_key_constraint.is_inline) {
    render({ConstraintKind::primary_key, 0});
  }
  for (const ConstraintPlace& place : table.constraint_order) {
    const bool is_altered =
        std::any_of(create.altered.begin(), create.altered.end(), [&](const Ref& alter) {
          const auto& statement = as<ConstraintStatement>(alter);
          return statement.constraint == place.kind && statement.place == place.place;
        });
    const bool is_key = place.kind == ConstraintKind::foreign_key;
    const bool is_inline = is_key ? table.foreign_keys[place.place].is_inline
                                  : table.constraints[place.place].is_inline;
    if (!is_altered && is_inline &&
        !(is_key && can().alter && table.foreign_keys[place.place].options.use_alter)) {
      render(place);
    }
  }
  return text_.size() > begin;
}

bool DdlCompiler::render_constraint(const TableNode& table, ConstraintPlace place) {
  if (place.kind == ConstraintKind::primary_key) {
    return render_primary_key(table);
  }
  if (place.kind == ConstraintKind::foreign_key) {
    return render_foreign_key(table, place.place);
  }
  const Constraint& constraint = table.constraints[place.place];
  switch (place.kind) {
    case ConstraintKind::unique:
      return render_unique(table, constraint);
    case ConstraintKind::exclude:
      return render_exclude(table, constraint);
    default:
      return (!constraint.is_type_bound || has_type_constraint(table, constraint)) &&
             render_check(table, constraint, false);
  }
}

void DdlCompiler::render_column_definition(const TableNode& table, std::size_t i) {
  render_column(table, i);
  for (const Constraint& constraint : table.columns[i].options.constraints) {
    put(" ");
    render_check(table, constraint, true);
  }
}

void DdlCompiler::render_column(const TableNode& table, std::size_t i) {
  const ColumnInfo& column = table.columns[i];
  const bool is_identity = column.options.identity && can().identity_columns;
  put_identifier(column.name);
  put(" ");
  put_type(table, i);
  put_default(column);
  if (column.options.computed) {
    put(" ");
    render_computed(*column.options.computed);
  }
  if (is_identity) {
    put(" ");
    render_identity(*column.options.identity);
  }
  if (!column.is_nullable && !is_identity) {
    put(" NOT NULL");
  }
}

void DdlCompiler::put_type(const TableNode& table, std::size_t i) {
  const TypePtr type = table.columns[i].type;
  if (type->kind == TypeKind::null) {
    for (const ForeignKeyInfo& key : table.foreign_keys) {
      const auto at = std::find(key.columns.begin(), key.columns.end(), i);
      if (at == key.columns.end()) {
        continue;
      }
      const TableNode& target = resolve(table, key);
      const auto referred = static_cast<std::size_t>(
          referred_position(target, key, static_cast<std::size_t>(at - key.columns.begin())));
      if (&target != &table || referred != i) {
        return put_type(target, referred);
      }
    }
  }
  put_type_name(type);
}

void DdlCompiler::put_default(const ColumnInfo& column) {
  if (column.options.server_default || column.options.server_default_expression) {
    put(" DEFAULT ");
    render_server_default(column);
  }
}

void DdlCompiler::render_server_default(const ColumnInfo& column) {
  if (column.options.server_default) {
    return put_literal(*column.options.server_default);
  }
  put_element(column.options.server_default_expression);
}

void DdlCompiler::render_computed(const Computed& computed) {
  put("GENERATED ALWAYS AS (");
  put_element(computed.sqltext);
  put(")");
  if (computed.persisted) {
    put(*computed.persisted ? " STORED" : " VIRTUAL");
  }
}

void DdlCompiler::render_identity(const Identity& identity) {
  put(identity.always.value_or(false) ? "GENERATED ALWAYS AS IDENTITY"
                                      : "GENERATED BY DEFAULT AS IDENTITY");
  const std::string options = identity_options(identity.options);
  if (!options.empty()) {
    put(" (");
    put(options);
    put(")");
  }
}

std::string DdlCompiler::identity_options(const IdentityOptions& options) const {
  std::string out;
  const auto add = [&](std::string_view word, const std::optional<std::int64_t>& number) {
    if (number) {
      out.append(out.empty() ? "" : " ").append(word).append(std::to_string(*number));
    }
  };
  const auto say = [&](bool is_given, std::string_view word) {
    if (is_given) {
      out.append(out.empty() ? "" : " ").append(word);
    }
  };
  add("INCREMENT BY ", options.increment);
  add("START WITH ", options.start);
  add("MINVALUE ", options.minvalue);
  add("MAXVALUE ", options.maxvalue);
  say(options.nominvalue.has_value(), "NO MINVALUE");
  say(options.nomaxvalue.has_value(), "NO MAXVALUE");
  add("CACHE ", options.cache);
  say(options.cycle.has_value(), options.cycle.value_or(false) ? "CYCLE" : "NO CYCLE");
  return out;
}

void DdlCompiler::render_table_options(const TableNode&) {}

}  // namespace azoth
