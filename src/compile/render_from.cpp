// SPDX-License-Identifier: MIT
// FROM elements: tables, aliases, subqueries, joins, rows of values, table valued functions.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {

using namespace sql;
using compile::Setting;

void SqlCompiler::render_from_element(const Ref& from) {
  switch (from->kind()) {
    case Kind::table:
    case Kind::table_clause:
      if (const Node& alias = shown(*from); is_alias(alias.kind())) {
        return render_alias(as<Alias>(alias));
      }
      if (const Hint* hint = hint_of(*from)) {
        put(hint_prefix(*hint));
      }
      put_owner(*from);
      return render_hint_of(*from);
    case Kind::join:
      return render_join(as<Join>(from));
    case Kind::cte:
      return render_cte(as<Alias>(from));
    case Kind::alias:
    case Kind::subquery:
    case Kind::lateral:
    case Kind::table_sample:
      return render_alias(as<Alias>(from));
    case Kind::table_valued_alias:
      return render_table_function(as<Alias>(from));
    case Kind::values:
      return render_values(as<Values>(from));
    case Kind::grouping:
      put('(');
      render_from_element(as<Grouping>(from).element);
      return put(')');
    case Kind::function:
      return render_table_function_call(from);
    case Kind::text:
    case Kind::column_clause:
      return render(from);
    case Kind::select:
    case Kind::compound_select:
    case Kind::text_select:
      put('(');
      render_statement(from, true);
      return put(')');
    default:
      throw CompileError(
          "A FROM element must be a table, an alias, a subquery or a join; call .subquery() on a "
          "select.");
  }
}

void SqlCompiler::render_table_function_call(const Ref& function) {
  render(function);
}

void SqlCompiler::put_schema(std::string_view schema) {
  append_table_schema(text_, schema, dialect_, options_);
}

// Of what is no schema table, and so is not translated.
void SqlCompiler::put_plain_schema(std::string_view schema) {
  if (!schema.empty()) {
    dialect_.append_schema(text_, schema);
    put('.');
  }
}

// SQL Server once let no table of another schema stand in FROM without an alias: a table is shown
// as an alias of its own, except as the target of a statement.
const Node& SqlCompiler::shown(const Node& table) {
  if (!dialect_.capabilities().legacy_schema_aliasing || !state_->frame ||
      &table == state_->frame->statement->table.get()) {
    return table;
  }
  const bool has_schema = table.kind() == Kind::table ? !as<TableNode>(table).schema.empty()
                                                      : table.kind() == Kind::table_clause &&
                                                            !as<TableClause>(table).schema.empty();
  if (!has_schema) {
    return table;
  }
  for (const auto& [known, alias] : state_->shown_as) {
    if (known == &table) {
      return *alias;
    }
  }
  return *state_->shown_as.emplace_back(&table, sql::alias(Ref(&table))).second;
}

// The name that qualifies columns of a FROM element; a table's with its schema.
void SqlCompiler::put_owner(const Node& from) {
  if (from.kind() == Kind::table || from.kind() == Kind::table_clause) {
    from.kind() == Kind::table ? put_schema(as<TableNode>(from).schema)
                               : put_plain_schema(as<TableClause>(from).schema);
  }
  put_name(compile::from_name(from));
}

void SqlCompiler::render_join(const Join& join) {
  render_from_element(join.left);
  put(join_keyword(join));
  const bool nested = join.right->kind() == Kind::join;
  if (nested) {
    put('(');
  }
  render_from_element(join.right);
  put(nested ? ") ON " : " ON ");
  const bool grouped = needs_grouping(root_precedence(join.onclause), precedence(Op::asbool_));
  put(grouped ? "(" : "");
  render_condition(join.onclause);
  put(grouped ? ")" : "");
}

std::string_view SqlCompiler::join_keyword(const Join& join) const {
  return join.is_full ? " FULL OUTER JOIN " : join.is_outer ? " LEFT OUTER JOIN " : " JOIN ";
}

void SqlCompiler::render_alias(const Alias& alias) {
  const compile::LabelName name = compile::from_name(alias);
  state_->names.number(name);  // ahead of what stands inside
  if (const Hint* hint = hint_of(alias)) {
    put(hint_prefix(*hint));
  }
  if (alias.kind() == Kind::lateral) {
    put("LATERAL ");
  }
  // An alias of an alias, or of a subquery, is another name for what that one names.
  const Ref* element = &alias.element;
  while ((*element)->kind() == Kind::alias || (*element)->kind() == Kind::subquery ||
         (*element)->kind() == Kind::lateral) {
    if ((*element)->kind() == Kind::lateral) {
      put("LATERAL ");
    }
    element = &as<Alias>(*element).element;
  }
  switch ((*element)->kind()) {
    case Kind::select:
    case Kind::compound_select:
    case Kind::text_select: {
      const Setting<bool> sees_siblings(state_->is_lateral, alias.kind() == Kind::lateral);
      if ((*element)->kind() != Kind::text_select) {
        check_exported_labels(*element);
      }
      put('(');
      render_statement(*element, true);
      put(')');
      break;
    }
    case Kind::join:
      put('(');
      render_from_element(*element);
      put(')');
      break;
    case Kind::cte:
      render_from_element(*element);
      break;
    case Kind::values:
      render(*element);
      break;
    default:
      put_owner(**element);
  }
  put(alias_keyword());
  put_name(name);
  if (alias.kind() == Kind::table_sample) {
    put(" TABLESAMPLE ");
    render(alias.more()->sampling);
    if (alias.more()->seed) {
      put(" REPEATABLE (");
      render(alias.more()->seed);
      put(')');
    }
  }
  render_hint_of(alias);
}

std::string_view SqlCompiler::alias_keyword() const {
  return " AS ";
}

// f(x) AS name, with its columns where that was asked for.
void SqlCompiler::render_table_function(const Alias& alias) {
  const compile::LabelName name = compile::from_name(alias);
  state_->names.number(name);
  const AliasDetails* more = alias.more();
  put(more && more->is_lateral ? "LATERAL " : "");
  const Ref* function = &alias.element;  // an alias of an alias is another name for the function
  while ((*function)->kind() == Kind::table_valued_alias) {
    function = &as<Alias>(*function).element;
  }
  render_table_function_call(*function);
  put(alias_keyword());
  put_name(name);
  if (!more || !more->renders_columns) {
    return;
  }
  put('(');
  for (std::size_t i = 0; i < alias.specs().size(); ++i) {
    put(i == 0 ? "" : ", ");
    put_identifier(alias.specs()[i].name);
    if (more->renders_column_types) {
      put(' ');
      put(dialect_.type_name(alias.specs()[i].type));
    }
  }
  put(')');
}

// Within FROM in parentheses, with the names of its columns when it has a name.
void SqlCompiler::render_values(const Values& values) {
  const bool in_from = state_->frame != nullptr;
  put(in_from && values.is_lateral && !values.name.empty() ? "LATERAL " : "");
  put(in_from ? "(VALUES " : "VALUES ");
  {
    const Setting<bool> literals(state_->renders_literals,
                                 state_->renders_literals || values.has_literal_binds);
    render_list(values.rows);
  }
  put(in_from ? ")" : "");
  if (!in_from || values.name.empty()) {
    return;
  }
  put(alias_keyword());
  put_name(compile::from_name(values));
  put(" (");
  for (std::size_t i = 0; i < values.specs().size(); ++i) {
    put(i == 0 ? "" : ", ");
    put_identifier(values.specs()[i].name);
  }
  put(')');
}

void SqlCompiler::render_table_valued_column(const TableValuedColumn& column) {
  put_name(compile::from_name(*column.alias));
}

// The hint that the innermost statement gives for a FROM element; the last one counts.
const Hint* SqlCompiler::hint_of(const Node& from) const {
  if (!state_->frame || !state_->frame->statement->has(Clause::hint)) {
    return nullptr;
  }
  const Hint* found = nullptr;
  state_->frame->statement->each(Clause::hint, [&](const Ref& part) {
    const auto& hint = as<Hint>(part);
    if (hint.selectable.get() == &from &&
        (hint.dialect == "*" || hint.dialect == dialect_.name())) {
      found = &hint;
    }
  });
  return found;
}

void SqlCompiler::render_hint_of(const Node& from) {
  if (const Hint* hint = hint_of(from)) {
    render_from_hint(*hint, hint_text(*hint));
  }
}

std::string_view SqlCompiler::hint_prefix(const Hint&) const {
  return {};
}

void SqlCompiler::render_from_hint(const Hint&, std::string_view) {}

// `%(name)s` stands for the name of the FROM element.
std::string SqlCompiler::hint_text(const Hint& hint) {
  constexpr std::string_view token = "%(name)s";
  std::string out = hint.text;
  const std::size_t at = out.find(token);
  if (at == std::string::npos) {
    return out;
  }
  std::string text;
  text.swap(text_);
  hint.selectable->kind() == Kind::table || hint.selectable->kind() == Kind::table_clause
      ? put_owner(*hint.selectable)
      : put_name(compile::from_name(*hint.selectable));
  text.swap(text_);
  return out.replace(at, token.size(), text);
}

}  // namespace azoth
