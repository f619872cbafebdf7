// SPDX-License-Identifier: MIT
// FROM elements: tables, aliases, subqueries, joins, common table expressions.
//
// A common table expression is rendered where it is met first, into a buffer of its own, and stands
// in FROM by its name. When the statement is complete the buffers are put before it, in the order
// in which they were completed, so that each stands behind those it refers to. Slots move with
// their text, which keeps positional parameters in order.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::RenderedCte;
using compile::Setting;

void SqlCompiler::render_from_element(const Ref& from) {
  switch (from->kind()) {
    case Kind::table:
    case Kind::table_clause:
      return put_owner(*from);
    case Kind::join:
      return render_join(as<Join>(from));
    case Kind::cte:
      return render_cte(as<Alias>(from));
    case Kind::alias:
    case Kind::subquery:
    case Kind::lateral:
      return render_alias(as<Alias>(from));
    case Kind::text:
    case Kind::function:
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

// The name that qualifies columns of a FROM element; a table's with its schema.
void SqlCompiler::put_owner(const Node& from) {
  if (from.kind() == Kind::table || from.kind() == Kind::table_clause) {
    const std::string& schema =
        from.kind() == Kind::table ? as<TableNode>(from).schema : as<TableClause>(from).schema;
    if (!schema.empty()) {
      dialect_.append_schema(text_, schema);
      put('.');
    }
  }
  put_name(compile::from_name(from));
}

void SqlCompiler::render_join(const Join& join) {
  render_from_element(join.left);
  put(join.is_full ? " FULL OUTER JOIN " : join.is_outer ? " LEFT OUTER JOIN " : " JOIN ");
  const bool nested = join.right->kind() == Kind::join;
  if (nested) {
    put('(');
  }
  render_from_element(join.right);
  put(nested ? ") ON " : " ON ");
  const bool grouped = needs_grouping(root_operator(join.onclause), Op::asbool_);
  put(grouped ? "(" : "");
  render_condition(join.onclause);
  put(grouped ? ")" : "");
}

void SqlCompiler::render_alias(const Alias& alias) {
  const compile::LabelName name = compile::from_name(alias);
  state_->names.number(name);  // ahead of what stands inside
  if (alias.kind() == Kind::lateral) {
    put("LATERAL ");
  }
  // An alias of an alias, or of a subquery, is another name for what that one names.
  const Ref* element = &alias.element;
  while ((*element)->kind() == Kind::alias || (*element)->kind() == Kind::subquery) {
    element = &as<Alias>(*element).element;
  }
  switch ((*element)->kind()) {
    case Kind::select:
    case Kind::compound_select:
    case Kind::text_select:
      put('(');
      render_statement(*element, true);
      put(')');
      break;
    case Kind::join:
      put('(');
      render_from_element(*element);
      put(')');
      break;
    case Kind::cte:
      render_from_element(*element);
      break;
    default:
      put_owner(**element);
  }
  put(alias_keyword());
  put_name(name);
}

std::string_view SqlCompiler::alias_keyword() const {
  return " AS ";
}

std::string_view SqlCompiler::cte_keyword(bool is_recursive) const {
  return is_recursive ? "WITH RECURSIVE " : "WITH ";
}

void SqlCompiler::render_cte(const Alias& cte) {
  const compile::LabelName name = compile::from_name(cte);
  auto same = [&](const Alias* other) {
    return other == &cte || (!cte.name.empty() && other->name == cte.name);
  };
  const bool is_open = std::any_of(state_->open_ctes.begin(), state_->open_ctes.end(), same);
  const auto known = std::find_if(
      state_->ctes.begin(), state_->ctes.end(), [&](const RenderedCte& c) { return same(c.cte); });
  if (known != state_->ctes.end() && known->cte != &cte &&
      !(known->cte->element->hash() == cte.element->hash())) {
    throw CompileError("Multiple, unrelated CTEs found with the same name: '" + cte.name + "'");
  }
  if (!is_open && known == state_->ctes.end()) {
    state_->open_ctes.push_back(&cte);
    std::string text;
    std::vector<BindSlot> slots;
    text.swap(text_);
    slots.swap(state_->slots);
    put_name(name);
    if (cte.is_recursive) {
      state_->has_recursive_cte = true;
      put('(');
      for (std::size_t i = 0; i < cte.specs().size(); ++i) {
        if (i != 0) {
          put(", ");
        }
        put_name(state_->names.of(as<ColumnNode>(cte.column(i))));
      }
      put(')');
    }
    put(" AS \n(");
    render_statement(cte.element, true);
    put(')');
    text.swap(text_);
    slots.swap(state_->slots);
    state_->open_ctes.pop_back();
    state_->ctes.push_back({&cte, std::move(text), std::move(slots)});
  }
  put_name(name);
}

void SqlCompiler::finish_ctes() {
  if (state_->ctes.empty()) {
    return;
  }
  std::string text(cte_keyword(state_->has_recursive_cte));
  std::vector<BindSlot> slots;
  const auto take = [&](std::vector<BindSlot>& from) {
    for (BindSlot& slot : from) {
      slot.text_offset += static_cast<std::uint32_t>(text.size());
      slots.push_back(std::move(slot));
    }
  };
  bool first = true;
  for (RenderedCte& cte : state_->ctes) {
    text += first ? "" : ", \n";
    first = false;
    take(cte.slots);
    text += cte.text;
  }
  text += "\n ";
  take(state_->slots);
  state_->values_length = 0;
  text += text_;
  text_ = std::move(text);
  state_->slots = std::move(slots);
}

}  // namespace azoth
