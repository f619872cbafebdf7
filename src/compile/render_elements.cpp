// SPDX-License-Identifier: MIT
// Columns, labels, CASE, text and conditions.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/text_scanner.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::ColumnLabel;
using compile::Setting;

namespace {

// Is another handle of the same alias of the same table.
bool is_same_alias(const Node& from, const Alias& alias) {
  return &from == &alias || (from.kind() == Kind::alias && as<Alias>(from).name == alias.name &&
                             as<Alias>(from).element == alias.element);
}

}  // namespace

void SqlCompiler::render_column_node(const ColumnNode& column) {
  if (state_->inserted && is_same_alias(*column.owner, *state_->inserted)) {
    put("VALUES(");
    put_identifier(column.name());
    return put(')');
  }
  const compile::LabelName name = state_->names.of(column);
  state_->names.number(name);  // ahead of its owner's
  if (column.owner == state_->renamed) {
    put(state_->new_name);
    put('.');
  } else if (state_->includes_table && compile::from_name(*column.owner)) {
    const bool in_select =
        state_->frame && state_->frame->statement->kind() == Kind::select;  // DML names its tables
    put_owner(in_select ? shown(*column.owner) : *column.owner);
    put('.');
  }
  put_name(name);
}

void SqlCompiler::render_label(const Label& label) {
  if (state_->label_as_name == &label) {
    return put_name(state_->names.of(label));
  }
  render(label.element);
}

// A string given to ORDER BY or GROUP BY: a label or column of the columns clause, else a column of
// what is selected from.
void SqlCompiler::render_label_reference(const LabelReference& reference) {
  static const std::vector<ColumnLabel> none;
  const compile::Frame* frame = state_->frame;
  for (const ColumnLabel& column : frame && frame->columns ? *frame->columns : none) {
    if (!column.name.identity && column.name.base == reference.name) {
      Setting<const Node*> name(state_->label_as_name, column.element.get());
      return render(column.element);
    }
  }
  for (const Ref& from : frame ? frame->froms : Refs()) {
    const auto& element = as<FromNode>(from);
    for (std::size_t i = 0; i < element.specs().size(); ++i) {
      const Ref column = element.column(i);
      if (column->kind() == Kind::column && as<ColumnNode>(column).key() == reference.name) {
        return render(column);
      }
    }
  }
  throw CompileError(
      "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL "
      "expression "
      "'" +
      reference.name + "' should be explicitly declared as text('" + reference.name + "')");
}

void SqlCompiler::render_case(const Case& element) {
  put("CASE ");
  if (element.subject) {
    render(element.subject);
    put(' ');
  }
  for (std::size_t i = 0; i + 1 < element.whens.size(); i += 2) {
    put("WHEN ");
    render_when(element.whens[i], !element.subject);
    put(" THEN ");
    render(element.whens[i + 1]);
    put(' ');
  }
  if (element.otherwise) {
    put("ELSE ");
    render(element.otherwise);
    put(' ');
  }
  put("END");
}

// A condition with an operator stands in parentheses; a boolean is a condition by itself.
void SqlCompiler::render_when(const Ref& when, bool is_condition) {
  if (!is_condition) {
    return render(when);
  }
  if (when->kind() == Kind::asbool && as<AsBoolean>(when).op == Op::is_true) {
    return render(as<AsBoolean>(when).element);
  }
  const bool grouped = compile::has_operator(*when);
  put(grouped ? "(" : "");
  render(when);
  put(grouped ? ")" : "");
}

void SqlCompiler::render_text(const TextClause& clause) {
  const std::string_view s = clause.text;
  std::size_t copied = 0;
  for (TextToken token = next_token(s, 0); token.kind != TextToken::Kind::end;
       token = next_token(s, token.end)) {
    put_raw(s.substr(copied, token.begin - copied));
    copied = token.end;
    const auto bind = std::find_if(clause.binds.begin(), clause.binds.end(), [&](const Ref& b) {
      return token.kind == TextToken::Kind::parameter && as<BindParameter>(b).key == token.text;
    });
    if (bind != clause.binds.end()) {
      render(*bind);
    } else {
      put_raw(token.kind == TextToken::Kind::escape
                  ? token.text
                  : s.substr(token.begin, token.end - token.begin));
    }
  }
  put_raw(s.substr(copied));
}

std::string SqlCompiler::raw_text(std::string_view text) const {
  std::string out(text);
  if (dialect_.capabilities().double_percents) {
    for (std::size_t at = 0; (at = out.find('%', at)) != std::string::npos; at += 2) {
      out.insert(at, 1, '%');
    }
  }
  return out;
}

void SqlCompiler::render_asbool(const AsBoolean& element) {
  const bool is_true = element.op == Op::is_true;
  if (dialect_.capabilities().native_boolean) {
    put(is_true ? "" : "NOT ");
    return render(element.element);
  }
  render(element.element);
  put(is_true ? " = 1" : " = 0");
}

void SqlCompiler::render_condition(const Ref& node) {
  switch (node->kind()) {
    case Kind::true_:
    case Kind::false_:
      render_boolean(node->kind() == Kind::true_);
      return put(dialect_.capabilities().native_boolean ? "" : " = 1");
    case Kind::column:
    case Kind::column_clause:
    case Kind::bind:
    case Kind::function:
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
    case Kind::case_:
    case Kind::scalar_select:
      render(node);
      if (node->type()->kind == TypeKind::boolean && !dialect_.capabilities().native_boolean) {
        put(" = 1");
      }
      return;
    default:
      render(node);
  }
}

void SqlCompiler::render_boolean(bool value) {
  if (dialect_.capabilities().native_boolean) {
    return put(value ? "true" : "false");
  }
  put(value ? '1' : '0');
}

void SqlCompiler::render_subselect(const Ref& statement) {
  switch (statement->kind()) {
    case Kind::scalar_select:
      return render_subselect(as<ScalarSelect>(statement).element);
    case Kind::grouping:
      return render_subselect(as<Grouping>(statement).element);
    default:
      break;
  }
  Setting<bool> qualified(state_->includes_table, true);
  put('(');
  render_statement(statement, false);
  put(')');
}

void SqlCompiler::render_cast(const Cast& cast) {
  put("CAST(");
  render(cast.element);
  put(" AS ");
  put(dialect_.type_name(cast.type()));
  put(')');
}

void SqlCompiler::render_extract(const Extract& extract) {
  put("EXTRACT(");
  put(extract.field);
  put(" FROM ");
  render(extract.element);
  put(')');
}

}  // namespace azoth
