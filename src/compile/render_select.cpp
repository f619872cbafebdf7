// SPDX-License-Identifier: MIT
// SELECT and compound selects, clause by clause. FROM elements are in render_from.cpp; which ones
// there are, in from_list.cpp; how columns are called, in label_names.cpp.
#include "compile/compile_state.hpp"
#include "compile/from_linter.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>

namespace azoth {

using namespace sql;
using compile::ColumnLabel;
using compile::Frame;
using compile::LabelName;
using compile::Setting;

namespace {

// What statements inside this one can see: its FROM elements, and what it sees itself.
void open_to_inner(Frame& frame) {
  for (const Ref& from : frame.froms) {
    compile::append_leaves(from, frame.enclosing.nearest);
  }
  frame.enclosing.all = frame.enclosing.nearest;
  if (frame.outer) {
    const auto& more = frame.outer->enclosing.all;
    frame.enclosing.all.insert(frame.enclosing.all.end(), more.begin(), more.end());
  }
}

}  // namespace

Ref SqlCompiler::rewritten_select(const Ref&) {
  return {};
}

void SqlCompiler::render_select(const Ref& original, bool in_from, bool is_member) {
  const Ref rewritten = rewritten_select(original);
  const Ref& ref = rewritten ? rewritten : original;
  if (rewritten) {
    state_->kept.push_back(rewritten);
  }
  const auto& select = as<Statement>(ref);
  Frame frame;
  frame.outer = state_->frame;
  frame.depth = frame.outer ? frame.outer->depth + 1 : 1;
  frame.statement = &select;
  frame.in_from = in_from;
  const bool sees_siblings = state_->is_lateral;
  const Setting<bool> not_lateral(state_->is_lateral, false);
  const Setting<bool> in_clauses(state_->in_columns, false);
  const std::size_t begin = text_.size(), slots = state_->slots.size();
  frame.records = !frame.outer || (is_member && frame.outer->records);
  frame.is_of_rows = !frame.outer || (is_member && frame.outer->is_of_rows);
  frame.froms = compile::select_froms(select);
  if (frame.outer) {
    compile::correlate(frame.froms, select, frame.outer->enclosing, in_from && !sees_siblings);
  }
  open_to_inner(frame);
  frame.columns = &state_->names.labels_of(ref);
  Setting<const Frame*> scope(state_->frame, &frame);
  Setting<bool> qualified(state_->includes_table, true);

  put("SELECT ");
  render_select_hints(select);
  render_independent_ctes(select);
  render_prefixes(select);
  render_distinct(select);
  {
    const Setting<bool> in_columns(state_->in_columns, true);
    render_columns(frame);
  }
  render_from(frame);
  render_criteria(ref);
  render_order_by(select, Clause::group_by);
  render_where(select, " \nHAVING ", Clause::having);
  render_select_order_by(select);
  render_row_limit(select);
  render_locking(select);
  render_statement_hints(select);
  if (options_.lint_froms) {
    compile::lint_froms(select, frame.froms, state_->names, state_->warnings);
  }
  select.each(Clause::suffix, [&](const Ref& part) {
    const auto& suffix = as<TextPart>(part);
    if (suffix.dialect.empty() || suffix.dialect == dialect_.name()) {
      put(' ');
      render(suffix.text);
      put(' ');
    }
  });
  if (!is_member) {  // those of a member stand before the whole compound select
    prepend_ctes(begin, slots, false);
  }
}

void SqlCompiler::render_independent_ctes(const Statement& statement) {
  statement.each(Clause::cte, [&](const Ref& cte) {
    std::string text;
    text.swap(text_);
    render_cte(as<Alias>(cte));
    text.swap(text_);
  });
}

void SqlCompiler::render_select_hints(const Statement&) {}

void SqlCompiler::render_statement_hints(const Statement& statement) {
  statement.each(Clause::statement_hint, [&](const Ref& part) {
    const auto& hint = as<Hint>(part);
    if (hint.dialect == "*" || hint.dialect == dialect_.name()) {
      put(' ');
      put(hint.text);
    }
  });
}

// SELECT in the program's own words; its columns are named for those who read the rows.
void SqlCompiler::render_textual(const Ref& ref) {
  const auto& textual = as<Statement>(ref);
  Frame frame;
  frame.outer = state_->frame;
  frame.depth = frame.outer ? frame.outer->depth + 1 : 1;
  frame.statement = &textual;
  const std::size_t begin = text_.size(), slots = state_->slots.size();
  const Setting<const Frame*> scope(state_->frame, &frame);
  render_independent_ctes(textual);
  if (const Ref* text = textual.first(Clause::text)) {
    render(*text);
  } else {
    put(textual.text);
  }
  if (!frame.outer) {
    // The text decides what its columns are called: they keep their names, also when two agree.
    Refs columns;
    textual.each(Clause::column, [&](const Ref& column) { columns.push_back(column); });
    for (const ColumnLabel& column : state_->names.label(columns, LabelStyle::none)) {
      record(column);
    }
  }
  prepend_ctes(begin, slots, false);
}

void SqlCompiler::render_prefixes(const Statement& statement) {
  statement.each(Clause::prefix, [&](const Ref& part) {
    const auto& prefix = as<TextPart>(part);
    if (prefix.dialect.empty() || prefix.dialect == dialect_.name()) {
      render(prefix.text);
      put(' ');
    }
  });
}

void SqlCompiler::render_distinct(const Statement& select) {
  if (select.is_distinct || select.has(Clause::distinct_on)) {
    put("DISTINCT ");
  }
}

void SqlCompiler::render_columns(Frame& frame) {
  bool first = true;
  for (const ColumnLabel& column : *frame.columns) {
    if (!first) {
      put(", ");
    }
    first = false;
    render_column(column, frame.in_from, frame.is_of_rows);
    if (frame.records) {
      record(column);
    }
  }
}

void SqlCompiler::render_column(const ColumnLabel& column, bool in_from, bool is_of_row) {
  const Ref& element = column.element;
  if (element->kind() == Kind::tuple && !in_from) {
    throw CompileError(
        "Most backends don't support SELECTing from a tuple() object.  If this is an ORM query, "
        "consider using the Bundle object.");
  }
  const LabelName& name = in_from ? column.exported : column.name;
  const bool labels =
      column.is_labelled || (in_from && ((element->kind() == Kind::column && !name.is_raw) ||
                                         element->kind() == Kind::unary));
  if (is_of_row && render_as_selected(element)) {
    put(" AS ");
    return put_name(name);
  }
  if (labels) {  // numbered and shortened ahead of what the element itself numbers
    name.is_truncatable ? static_cast<void>(state_->names.text(name)) : state_->names.number(name);
  }
  render(element->kind() == Kind::label ? as<Label>(element).element : element);
  if (labels) {
    put(" AS ");
    put_name(name);
  }
}

ResultColumn SqlCompiler::result_column(const ColumnLabel& column) {
  return {state_->names.text(column.name), column.element->type(), column.element};
}

void SqlCompiler::record(const ColumnLabel& column) {
  state_->columns.push_back(result_column(column));
}

void SqlCompiler::put_name(const LabelName& name) {
  if (name.is_raw) {
    return put(name.base);
  }
  const NameForm form = form_of(name.base);
  if (name.identity || name.is_truncatable || form == NameForm::truncatable) {
    const bool keeps_mark = !name.identity && form != NameForm::truncatable;
    const std::string text = state_->names.text(name);
    return put_identifier(keeps_mark ? marked(text, form) : text);
  }
  put_identifier(name.base);
}

void SqlCompiler::render_from(const Frame& frame) {
  bool first = true;
  for (const Ref& from : frame.froms) {
    put(first ? " \nFROM " : ", ");
    first = false;
    render_from_element(from);
  }
  if (first) {
    render_empty_from(as<Statement>(*frame.statement));
  }
}

void SqlCompiler::render_empty_from(const Statement&) {}

void SqlCompiler::render_select_order_by(const Statement& select) {
  render_order_by(select, Clause::order_by);
}

bool SqlCompiler::is_subquery() const {
  return state_->frame && state_->frame->outer;
}

namespace {

// Alone, only what binds weaker than any condition needs parentheses; among several an OR does too.
bool needs_parentheses(const Ref& part, bool is_alone) {
  return needs_grouping(root_precedence(part), precedence(is_alone ? Op::asbool_ : Op::and_));
}

}  // namespace

// WHERE, with what the mapped classes of the columns clause say of their rows.
void SqlCompiler::render_criteria(const Ref& select) {
  Ref with_criteria;
  as<Statement>(select).each(Clause::column, [&](const Ref& part) {
    if (part->kind() == Kind::entity && as<Entity>(part).criteria) {
      with_criteria = with_criteria ? with_criteria : select;
      StatementBuilder::append(with_criteria, Clause::where, as<Entity>(part).criteria);
    }
  });
  render_where(as<Statement>(with_criteria ? with_criteria : select), " \nWHERE ", Clause::where);
}

void SqlCompiler::render_where(const Statement& statement,
                               std::string_view keyword,
                               Clause clause) {
  const Ref* lone = nullptr;  // what stands for all when nothing else is left
  std::size_t count = 0;
  const Ref* first_false = nullptr;
  statement.each(clause, [&](const Ref& part) {
    const bool is_empty_list =
        part->kind() == Kind::clause_list && as<ClauseList>(part).clauses.empty();
    const bool is_true =
        part->kind() == Kind::true_ ||
        (part->kind() == Kind::asbool && as<AsBoolean>(part).element->kind() == Kind::true_);
    if (part->kind() == Kind::false_) {
      first_false = &part;
    }
    if (is_true) {
      lone = &part;
    }
    count += !is_empty_list && !is_true;
  });
  if (first_false || count == 0) {
    const Ref* alone = first_false ? first_false : lone;
    if (alone) {
      put(keyword);
      render_condition(*alone);
    }
    return;
  }
  bool first = true;
  statement.each(clause, [&](const Ref& part) {
    if (part->kind() == Kind::true_ ||
        (part->kind() == Kind::clause_list && as<ClauseList>(part).clauses.empty())) {
      return;
    }
    put(first ? keyword : std::string_view(" AND "));
    first = false;
    const bool grouped = needs_parentheses(part, count == 1);
    if (grouped) {
      put('(');
    }
    render_condition(part);
    if (grouped) {
      put(')');
    }
  });
}

void SqlCompiler::render_order_by(const Statement& statement, Clause clause) {
  bool first = true;
  statement.each(clause, [&](const Ref& part) {
    put(!first ? ", " : clause == Clause::order_by ? " ORDER BY " : " GROUP BY ");
    first = false;
    if (!is_from(part->kind())) {
      return clause == Clause::order_by ? render_ordered(part) : render(part);
    }
    const auto& from = as<FromNode>(part);
    for (std::size_t i = 0; i < from.specs().size(); ++i) {
      put(i == 0 ? "" : ", ");
      render(from.column(i));
    }
  });
}

namespace {

const Node& ungrouped(const Node& element) {
  return element.kind() == Kind::grouping ? ungrouped(*as<Grouping>(element).element) : element;
}

// Says whether an element is a label of the same name for the same expression.
bool is_same_label(const Node& element, const Node& label) {
  if (element.kind() != Kind::label || as<Label>(label).name.empty()) {
    return false;
  }
  return element.hash() == label.hash() || (as<Label>(element).name == as<Label>(label).name &&
                                            ungrouped(*as<Label>(element).element).hash() ==
                                                ungrouped(*as<Label>(label).element).hash());
}

}  // namespace

// ORDER BY names a label of the columns clause instead of repeating its expression, also under
// ASC, DESC, NULLS FIRST and NULLS LAST.
void SqlCompiler::render_ordered(const Ref& node) {
  const Node* label = node.get();
  while (label->kind() == Kind::unary && as<UnaryExpression>(*label).is_postfix) {
    label = as<UnaryExpression>(*label).element.get();
  }
  if (label->kind() == Kind::label && dialect_.capabilities().simple_order_by_label) {
    for (const ColumnLabel& column : *state_->frame->columns) {
      if (column.element.get() == label || is_same_label(*column.element, *label)) {
        Setting<const Node*> name(state_->label_as_name, label);
        return render(node);
      }
    }
  }
  render(node);
}

void SqlCompiler::render_row_limit(const Statement& select) {
  if (select.has(Clause::fetch)) {
    return render_fetch(select);
  }
  const Ref* limit = select.first(Clause::limit);
  const Ref* offset = select.first(Clause::offset);
  if (limit) {
    put("\n LIMIT ");
    render(*limit);
  }
  if (offset) {
    put(limit ? " OFFSET " : "\n LIMIT -1 OFFSET ");
    render(*offset);
  }
}

void SqlCompiler::render_fetch(const Statement& select) {
  if (const Ref* offset = select.first(Clause::offset)) {
    put("\n OFFSET ");
    render(*offset);
    put(" ROWS");
  }
  const auto& fetch = as<Fetch>(*select.first(Clause::fetch));
  put("\n FETCH FIRST ");
  render(fetch.count);
  put(fetch.is_percent ? " PERCENT ROWS " : " ROWS ");
  put(fetch.with_ties ? "WITH TIES" : "ONLY");
}

}  // namespace azoth
