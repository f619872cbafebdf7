// SPDX-License-Identifier: MIT
// CREATE, DROP and ALTER, in SQLAlchemy's layout. Constraints of a table follow the primary key in
// this order: those declared for the table, then those of single columns, column by column.
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
    default:
      throw UnsupportedCompilationError("DDLCompiler", "this kind of node");
  }
  return std::move(text_);
}

void DdlCompiler::put_table(const TableNode& table) {
  if (!table.schema.empty()) {
    put_identifier(table.schema);
    put(".");
  }
  put_identifier(table.name);
}

void DdlCompiler::put_element(const Ref& element) {
  put(dialect_.make_compiler({})->ddl_text(element));
}

void DdlCompiler::render_create_table(const CreateTable& create) {
  const auto& table = as<TableNode>(create.table);
  put(create.if_not_exists ? "\nCREATE TABLE IF NOT EXISTS " : "\nCREATE TABLE ");
  put_table(table);
  put(" (");
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    put(i == 0 ? "\n\t" : ", \n\t");
    try {
      render_column(table, i);
    } catch (const CompileError& error) {
      throw CompileError("(in table '" + table.fullname() + "', column '" + table.columns[i].name +
                         "'): " + error.message());
    }
  }
  if (!table.primary_key.empty()) {
    begin_constraint();
    render_primary_key(table);
  }
  render_constraints(create);
  put("\n)\n\n");
}

void DdlCompiler::render_column(const TableNode& table, std::size_t i) {
  const ColumnInfo& column = table.columns[i];
  put_identifier(column.name);
  put(" ");
  // A foreign key without a type of its own has that of the column it refers to.
  TypePtr type = column.type;
  for (const ForeignKeyInfo& key : table.foreign_keys) {
    if (type->kind == TypeKind::null && key.columns.front() == i) {
      const TableNode& target = resolve(table, key);
      type = target.find(key.target_columns.front())->type();
    }
  }
  put(dialect_.type_name(type));
  if (column.options.server_default || column.options.server_default_expression) {
    put(" DEFAULT ");
    render_server_default(column);
  }
  if (!column.is_nullable) {
    put(" NOT NULL");
  }
}

void DdlCompiler::render_server_default(const ColumnInfo& column) {
  if (column.options.server_default) {
    return put(dialect_.literal(*column.options.server_default, types::String()));
  }
  put_element(column.options.server_default_expression);
}

bool DdlCompiler::renders_foreign_key(const TableNode&, const ForeignKeyInfo& key) const {
  return !key.use_alter || !dialect_.capabilities().alter;
}

void DdlCompiler::render_constraints(const CreateTable& create) {
  const auto& table = as<TableNode>(create.table);
  const auto foreign_key = [&](std::size_t i) {
    const bool is_altered =
        std::any_of(create.altered.begin(), create.altered.end(), [&](const Ref& alter) {
          const auto& statement = as<ConstraintStatement>(alter);
          return statement.constraint == ConstraintKind::foreign_key && statement.place == i;
        });
    if (!is_altered && renders_foreign_key(table, table.foreign_keys[i])) {
      begin_constraint();
      render_foreign_key(table, table.foreign_keys[i]);
    }
  };
  const auto constraint = [&](std::size_t i) {
    if (table.constraints[i].kind == ConstraintKind::unique &&
        table.constraints[i].columns.empty()) {
      return;
    }
    begin_constraint();
    render_constraint(table, table.constraints[i]);
  };
  // The lists begin with what the columns brought along, in their order.
  const auto is_unique = [](const ColumnInfo& c) { return c.options.unique && !c.options.index; };
  const auto is_foreign = [](const ColumnInfo& c) { return c.options.foreign_key.has_value(); };
  const auto& columns = table.columns;
  const auto uniques =
      static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), is_unique));
  const auto keys =
      static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), is_foreign));
  for (std::size_t i = uniques; i < table.constraints.size(); ++i) {
    constraint(i);
  }
  for (std::size_t i = keys; i < table.foreign_keys.size(); ++i) {
    foreign_key(i);
  }
  std::size_t next_unique = 0, next_key = 0;
  for (const ColumnInfo& column : columns) {
    if (is_unique(column)) {
      constraint(next_unique++);
    }
    if (is_foreign(column)) {
      foreign_key(next_key++);
    }
  }
}

void DdlCompiler::put_constraint_name(std::string_view name) {
  if (!name.empty()) {
    put("CONSTRAINT ");
    put_identifier(name);
    put(" ");
  }
}

void DdlCompiler::render_primary_key(const TableNode& table) {
  put_constraint_name(table.primary_key_name);
  put("PRIMARY KEY (");
  bool first = true;
  for (std::uint32_t i : table.primary_key) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(table.columns[i].name);
  }
  put(")");
}

namespace {

const std::string& name_of_key(const TableNode& table, const std::string& key) {
  for (const ColumnInfo& c : table.columns) {
    if (c.key == key) {
      return c.name;
    }
  }
  return key;
}

}  // namespace

void DdlCompiler::render_constraint(const TableNode& table, const Constraint& constraint) {
  put_constraint_name(constraint.name);
  if (constraint.kind == ConstraintKind::check) {
    put("CHECK (");
    put_element(constraint.sqltext);
    return put(")");
  }
  put("UNIQUE (");
  bool first = true;
  for (const std::string& key : constraint.columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(name_of_key(table, key));
  }
  put(")");
}

namespace {

// Actions are key words; anything else would be rendered into the statement unseen.
void check_action(std::string_view action) {
  for (char c : action) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ')) {
      throw CompileError("Unexpected SQL phrase: '" + std::string(action) +
                         "' (matching against "
                         "'^(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)$')");
    }
  }
}

}  // namespace

void DdlCompiler::render_foreign_key(const TableNode& table, const ForeignKeyInfo& key) {
  const TableNode& target = resolve(table, key);
  put_constraint_name(key.name);
  put("FOREIGN KEY(");
  bool first = true;
  for (std::uint32_t i : key.columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(table.columns[i].name);
  }
  put(") REFERENCES ");
  render_referred_table(target);
  put(" (");
  first = true;
  for (const std::string& name : key.target_columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(name_of_key(target, name));
  }
  put(")");
  for (const auto& [word, action] :
       {std::pair{" ON DELETE ", &key.ondelete}, std::pair{" ON UPDATE ", &key.onupdate}}) {
    if (!action->empty()) {
      check_action(*action);
      put(word);
      put(*action);
    }
  }
}

void DdlCompiler::render_referred_table(const TableNode& target) {
  put_table(target);
}

void DdlCompiler::put_index_columns(const TableNode& table, const Index& index) {
  put(" (");
  bool first = true;
  for (const std::string& key : index.columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(name_of_key(table, key));
  }
  put(")");
}

void DdlCompiler::render_create_index(const IndexStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  const Index& index = table.indexes[statement.index];
  put(index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  put(statement.is_guarded ? "IF NOT EXISTS " : "");
  put_identifier(index.name);
  put(" ON ");
  put_table(table);
  put_index_columns(table, index);
}

void DdlCompiler::render_drop_index(const IndexStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  put(statement.is_guarded ? "\nDROP INDEX IF EXISTS " : "\nDROP INDEX ");
  if (!table.schema.empty()) {
    put_identifier(table.schema);
    put(".");
  }
  put_identifier(table.indexes[statement.index].name);
}

namespace {

const std::string& name_of(const TableNode& table, const ConstraintStatement& statement) {
  switch (statement.constraint) {
    case ConstraintKind::primary_key:
      return table.primary_key_name;
    case ConstraintKind::foreign_key:
      return table.foreign_keys[statement.place].name;
    default:
      return table.constraints[statement.place].name;
  }
}

}  // namespace

void DdlCompiler::render_alter(const ConstraintStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  put("ALTER TABLE ");
  put_table(table);
  if (statement.kind() == Kind::drop_constraint) {
    const std::string& name = name_of(table, statement);
    if (name.empty()) {
      throw CompileError("Can't emit DROP CONSTRAINT for a constraint of table '" +
                         table.fullname() + "'; it has no name");
    }
    put(" DROP CONSTRAINT ");
    return put_identifier(name);
  }
  put(" ADD ");
  switch (statement.constraint) {
    case ConstraintKind::primary_key:
      return render_primary_key(table);
    case ConstraintKind::foreign_key:
      return render_foreign_key(table, table.foreign_keys[statement.place]);
    default:
      return render_constraint(table, table.constraints[statement.place]);
  }
}

}  // namespace azoth
