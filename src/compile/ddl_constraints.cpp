// SPDX-License-Identifier: MIT
// Constraints: within CREATE TABLE, and added and dropped by ALTER TABLE.
#include <azoth/base/error.hpp>
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/naming.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;

void DdlCompiler::put_constraint_name(const ConstraintName& name) {
  if (!name.empty()) {
    put("CONSTRAINT ");
    put_made_name(name, can().max_constraint_name_length);
    put(" ");
  }
}

void DdlCompiler::put_constraint_name(const TableNode& table, ConstraintPlace place) {
  put_constraint_name(constraint_name(table, place));
}

ConstraintPlace DdlCompiler::place_of(const TableNode& table, const Constraint& constraint) {
  return {constraint.kind, static_cast<std::uint32_t>(&constraint - table.constraints.data())};
}

void DdlCompiler::put_columns(const TableNode& table, const std::vector<std::string>& keys) {
  bool is_first = true;
  for (const std::string& key : keys) {
    put(is_first ? "" : ", ");
    is_first = false;
    const int i = table.position_of(key);
    put_identifier(i < 0 ? key : table.columns[static_cast<std::size_t>(i)].name);
  }
}

void DdlCompiler::put_deferrability(const std::optional<bool>& deferrable,
                                    const std::string& initially) {
  if (deferrable) {
    put(*deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
  }
  if (!initially.empty()) {
    check_phrase(initially, "DEFERRED|IMMEDIATE");
    put(" INITIALLY ");
    put(initially);
  }
}

// The column that the database numbers stands first in a key that the columns declare.
bool DdlCompiler::render_primary_key(const TableNode& table) {
  put_constraint_name(table, {ConstraintKind::primary_key, 0});
  put("PRIMARY KEY (");
  std::vector<std::uint32_t> columns = table.primary_key;
  const auto numbered = std::find(
      columns.begin(), columns.end(), static_cast<std::uint32_t>(table.autoincrement_column()));
  if (table.has_implicit_primary_key && numbered != columns.end()) {
    std::rotate(columns.begin(), numbered, numbered + 1);
  }
  bool is_first = true;
  for (std::uint32_t i : columns) {
    put(is_first ? "" : ", ");
    is_first = false;
    put_identifier(table.columns[i].name);
  }
  put(")");
  const Constraint& more = table.primary_key_constraint;
  put_deferrability(more.deferrable, more.initially);
  return true;
}

bool DdlCompiler::render_unique(const TableNode& table, const Constraint& constraint) {
  if (constraint.columns.empty()) {
    return true;  // nothing, yet with a comma behind what precedes it
  }
  put_constraint_name(table, place_of(table, constraint));
  put("UNIQUE (");
  put_columns(table, constraint.columns);
  put(")");
  put_deferrability(constraint.deferrable, constraint.initially);
  return true;
}

namespace {

// The type whose values the CHECK of a column allows; items of arrays are checked alike.
const SqlType& checked_type(const TableNode& table,
                            const Constraint& constraint,
                            std::string_view dialect) {
  const auto i = static_cast<std::size_t>(table.position_of(constraint.columns.front()));
  const SqlType* type = table.columns[i].type->in_dialect(dialect);
  return type->kind == TypeKind::array ? *type->elements.front()->in_dialect(dialect) : *type;
}

Ref check_of_type(const ColumnInfo& column, const SqlType& type) {
  if (type.kind == TypeKind::boolean) {
    const Literal values[] = {0, 1};
    return in(Op::in, make_node<ColumnClause>(column.name, types::Integer()), values);
  }
  const std::vector<Literal> values(type.values.begin(), type.values.end());
  return in(Op::in, make_node<ColumnClause>(column.name, types::String()), values);
}

}  // namespace

bool DdlCompiler::has_type_constraint(const TableNode& table, const Constraint& constraint) const {
  const SqlType& type = checked_type(table, constraint, dialect_.name());
  if (!type.creates_constraint) {
    return false;
  }
  return type.kind == TypeKind::boolean ? !can().native_boolean && can().boolean_check_constraint
                                        : !type.is_native || !can().native_enum;
}

bool DdlCompiler::render_check(const TableNode& table, const Constraint& constraint, bool) {
  put_constraint_name(constraint_name(table, constraint));
  put("CHECK (");
  if (constraint.is_type_bound) {
    const auto i = static_cast<std::size_t>(table.position_of(constraint.columns.front()));
    put_element(check_of_type(table.columns[i], checked_type(table, constraint, dialect_.name())));
  } else {
    put_element(constraint.sqltext);
  }
  put(")");
  put_deferrability(constraint.deferrable, constraint.initially);
  return true;
}

bool DdlCompiler::render_exclude(const TableNode&, const Constraint&) {
  throw UnsupportedCompilationError("DDLCompiler", "ExcludeConstraint");
}

bool DdlCompiler::render_foreign_key(const TableNode& table, std::size_t place) {
  const ForeignKeyInfo& key = table.foreign_keys[place];
  const TableNode& target = resolve(table, key);
  put_constraint_name(table, {ConstraintKind::foreign_key, static_cast<std::uint32_t>(place)});
  put("FOREIGN KEY(");
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    put(i == 0 ? "" : ", ");
    put_identifier(table.columns[key.columns[i]].name);
  }
  put(") REFERENCES ");
  render_referred_table(target);
  put(" (");
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    put(i == 0 ? "" : ", ");
    put_identifier(
        target.columns[static_cast<std::size_t>(referred_position(target, key, i))].name);
  }
  put(")");
  render_match(key);
  render_actions(key);
  put_deferrability(key.options.deferrable, key.options.initially);
  return true;
}

void DdlCompiler::render_referred_table(const TableNode& target) {
  put_table(target);
}

void DdlCompiler::render_match(const ForeignKeyInfo& key) {
  if (!key.options.match.empty()) {
    put(" MATCH ");
    put(key.options.match);
  }
}

void DdlCompiler::render_actions(const ForeignKeyInfo& key) {
  for (const auto& [word, action] : {std::pair{" ON DELETE ", &key.options.ondelete},
                                     std::pair{" ON UPDATE ", &key.options.onupdate}}) {
    if (!action->empty()) {
      check_phrase(*action, "RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT");
      put(word);
      put(*action);
    }
  }
}

// Such phrases are key words; anything else would be rendered into the statement unseen.
void DdlCompiler::check_phrase(std::string_view phrase, std::string_view allowed) {
  const auto is_same = [](char a, char b) {
    return a == b || (b >= 'A' && b <= 'Z' && a == b - 'A' + 'a');
  };
  for (std::string_view rest = allowed; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find('|'));
    if (std::equal(phrase.begin(), phrase.end(), word.begin(), word.end(), is_same)) {
      return;
    }
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  throw CompileError("Unexpected SQL phrase: '" + std::string(phrase) +
                     "' (matching against '^(?:" + std::string(allowed) + ")$')");
}

void DdlCompiler::render_alter(const ConstraintStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  put("ALTER TABLE ");
  put_table(table);
  if (statement.kind() == Kind::drop_constraint) {
    return render_drop_constraint(statement);
  }
  put(" ADD ");
  const ConstraintPlace place{statement.constraint, statement.place};
  const bool is_type_bound =
      place.kind == ConstraintKind::check && table.constraints[place.place].is_type_bound;
  is_type_bound ? render_check(table, table.constraints[place.place], false)
                : render_constraint(table, place);
}

void DdlCompiler::render_drop_constraint(const ConstraintStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  const ConstraintName name = constraint_name(table, {statement.constraint, statement.place});
  if (name.empty()) {
    throw CompileError("Can't emit DROP CONSTRAINT for a constraint of table '" + table.fullname() +
                       "'; it has no name");
  }
  put(" DROP CONSTRAINT ");
  put_made_name(name, can().max_constraint_name_length);
  put(statement.is_cascade ? " CASCADE" : "");
}

}  // namespace azoth
