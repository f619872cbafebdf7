// SPDX-License-Identifier: MIT
// INSERT, UPDATE and DELETE. Which columns take part, and with what, is decided in dml_columns.cpp.
#include "compile/compile_state.hpp"
#include "compile/dml_columns.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::DmlColumn;
using compile::Frame;
using compile::Setting;

namespace {

// What subqueries see: nothing of an INSERT, the target and the other tables of the rest.
Frame dml_frame(const Statement& statement, const Frame* outer, const Refs& others) {
  Frame frame;
  frame.outer = outer;
  frame.depth = outer ? outer->depth + 1 : 1;
  frame.statement = &statement;
  frame.froms = {statement.table};
  if (statement.kind() != Kind::insert) {
    compile::append_leaves(statement.table, frame.enclosing.nearest);
    for (const Ref& other : others) {
      compile::append_leaves(other, frame.enclosing.nearest);
    }
    frame.enclosing.all = frame.enclosing.nearest;
  }
  return frame;
}

}  // namespace

void SqlCompiler::render_dml_value(const DmlColumn& column, std::string_view name) {
  if (column.is_default) {
    return put("DEFAULT");
  }
  const Setting<bool> quoted(
      state_->quotes_value,
      dialect_.capabilities().quoted_parameters && form_of(column.name) == NameForm::quoted);
  if (!column.value) {
    return render_crud_value(column, name);
  }
  if (column.value->kind() != Kind::bind) {
    return render_grouped(column.value);
  }
  const auto& bind = as<BindParameter>(column.value);
  // Within another statement, or as part of a column, it keeps its own name.
  if (bind.is_unique && !state_->frame->outer && !name.empty()) {
    return render_crud_bind(bind, column.key, name, column.type);
  }
  render_bind(bind, bind.type()->kind == TypeKind::null ? column.type : bind.type());
}

void SqlCompiler::adopt(compile::DmlPlan& plan) {
  if (state_->frame->outer) {
    return;  // what a statement within another one fetches is not ours
  }
  state_->prefetch = std::move(plan.prefetch);
  state_->postfetch = std::move(plan.postfetch);
  state_->fetches_lastrowid = plan.fetches_lastrowid;
  state_->implicit_returning = std::move(plan.returning);
}

// What it selects; what stands before it stands before the INSERT.
void SqlCompiler::render_inserted(const Ref& select, bool in_from) {
  select->kind() == Kind::select ? render_select(select, in_from, true)
                                 : render_statement(select, in_from);
}

void SqlCompiler::render_insert(const Statement& insert, bool in_from) {
  const std::size_t begin = text_.size(), first_slot = state_->slots.size();
  Frame frame = dml_frame(insert, state_->frame, {});
  Setting<const Frame*> scope(state_->frame, &frame);
  render_independent_ctes(insert);
  put("INSERT ");
  render_prefixes(insert);
  put("INTO ");
  render_from_element(insert.table);
  if (const Ref* select = insert.first(Clause::from_select)) {
    render_insert_select(insert, *select, in_from);
  } else {
    render_insert_values(insert);
  }
  const std::size_t slots = state_->slots.size();
  if (const Ref* clause = insert.first(Clause::post_values)) {
    render_post_values(*clause);
  }
  render_late_returning(insert);
  if (state_->slots.size() != slots) {
    state_->values_length = 0;  // the row cannot be repeated without what stands behind it
  }
  prepend_ctes(begin, first_slot, true);
}

void SqlCompiler::render_insert_values(const Statement& insert) {
  const bool is_multi = insert.has(Clause::values_row);
  const auto& can = dialect_.capabilities();
  compile::DmlPlan plan = compile::plan_insert(insert, can, options_, state_->warnings);
  if (is_multi && !can.multivalues_insert) {
    throw CompileError("The '" + std::string(dialect_.name()) +
                       "' dialect with current database version settings does not support in-place "
                       "multirow inserts.");
  }
  adopt(plan);
  const auto& rows = plan.rows;
  if (rows.front().empty()) {
    if (!can.default_values && !can.default_metavalue && !can.empty_insert) {
      throw CompileError("The '" + std::string(dialect_.name()) +
                         "' dialect with current database version settings does not support empty "
                         "inserts.");
    }
    put(can.default_values ? "" : " ()");
    render_early_returning(insert);
    return put(can.default_values ? " DEFAULT VALUES" : " VALUES ()");
  }
  put(" (");
  put_column_names(rows.front());
  put(")");
  render_early_returning(insert);
  put(" VALUES ");
  state_->is_cacheable &= !is_multi;
  const std::size_t begin = text_.size(), slots = state_->slots.size();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    put(r == 0 ? "(" : ", (");
    bool first = true;
    for (const DmlColumn& column : rows[r]) {
      put(first ? "" : ", ");
      first = false;
      render_dml_value(column, column.parameter);
    }
    put(')');
  }
  if (!is_multi && slots == 0) {
    state_->values_offset = static_cast<std::uint32_t>(begin);
    state_->values_length = static_cast<std::uint32_t>(text_.size() - begin);
  }
}

void SqlCompiler::put_column_names(const std::vector<DmlColumn>& columns) {
  bool first = true;
  for (const DmlColumn& column : columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(column.name);
  }
}

// INSERT INTO t (a, b) SELECT ...: the columns are named by the assignments' keys. Defaults of
// other columns are selected in addition.
void SqlCompiler::render_insert_select(const Statement& insert, const Ref& select, bool in_from) {
  compile::DmlPlan plan = compile::plan_insert_select(insert, dialect_.capabilities());
  put(" (");
  put_column_names(plan.rows.front());
  put(")");
  render_early_returning(insert);
  put(" ");
  std::vector<const DmlColumn*> added;
  for (const DmlColumn& column : plan.rows.front()) {
    if (column.value || column.constant || column.generator) {
      added.push_back(&column);
    }
  }
  const std::size_t begin = text_.size(), slots = state_->slots.size();
  if (added.empty() || select->kind() != Kind::select) {
    render_inserted(select, in_from);
  } else {
    render_select_with_defaults(select, added);
  }
  adopt(plan);
  if (dialect_.capabilities().cte_follows_insert) {
    prepend_ctes(begin, slots, true);
  }
}

void SqlCompiler::render_select_with_defaults(const Ref& select,
                                              const std::vector<const DmlColumn*>& added) {
  Ref extended = select;
  for (const DmlColumn* column : added) {
    Ref value = column->value;
    if (!value) {
      value = column->constant ? bindparam(column->key, Literal(*column->constant), column->type)
                               : bindparam(column->key, column->type);
    }
    StatementBuilder::append(extended, Clause::column, std::move(value));
  }
  state_->kept.push_back(extended);
  render_inserted(extended, false);
  for (BindSlot& slot : state_->slots) {
    for (const DmlColumn* column : added) {
      if (column->generator && slot.key == column->key) {
        slot.generator = column->generator;
        slot.required = false;
      }
    }
  }
}

void SqlCompiler::render_update(const Statement& update) {
  const std::size_t begin = text_.size(), first_slot = state_->slots.size();
  const Refs others = compile::other_froms(update);
  Frame frame = dml_frame(update, state_->frame, others);
  Setting<const Frame*> scope(state_->frame, &frame);
  render_independent_ctes(update);
  put("UPDATE ");
  render_prefixes(update);
  render_update_tables(update, others);
  put(" SET ");
  compile::DmlPlan plan = compile::plan_update(update, others, dialect_.capabilities(), options_);
  if (plan.rows.front().empty()) {
    state_->refusal = "UPDATE sets no column; give it values(), or parameters at execution";
  }
  const bool is_qualified =
      (!others.empty() || update.table->kind() == Kind::join) && qualifies_set_columns();
  bool first = true;
  for (const DmlColumn& column : plan.rows.front()) {
    put(first ? "" : ", ");
    first = false;
    render_set_target(update, column, is_qualified);
    put('=');
    render_dml_value(column, column.parameter);
  }
  adopt(plan);
  render_early_returning(update);
  if (!others.empty()) {
    render_update_from(update, others);
  }
  render_where(update, " WHERE ", Clause::where);
  render_dml_limit(update);
  render_late_returning(update);
  prepend_ctes(begin, first_slot, false);
}

void SqlCompiler::render_set_target(const Statement& update,
                                    const DmlColumn& column,
                                    bool is_qualified) {
  if (column.target) {
    const Setting<bool> with_table(state_->includes_table, is_qualified);
    return render(column.target);
  }
  if (is_qualified) {
    put_owner(*update.table);
    put('.');
  }
  put_identifier(column.name);
}

void SqlCompiler::render_update_tables(const Statement& update, const Refs&) {
  render_from_element(update.table);
}

void SqlCompiler::render_update_from(const Statement&, const Refs&) {
  throw CompileError("This backend does not support multiple-table criteria within UPDATE");
}

void SqlCompiler::render_delete_from(const Statement&, const Refs&) {
  throw CompileError("This backend does not support multiple-table criteria within DELETE");
}

void SqlCompiler::render_delete_table(const Statement& statement, const Refs&) {
  render_from_element(statement.table);
}

bool SqlCompiler::qualifies_set_columns() const {
  return false;
}

void SqlCompiler::render_dml_limit(const Statement&) {}

void SqlCompiler::render_delete(const Statement& statement) {
  const std::size_t begin = text_.size(), first_slot = state_->slots.size();
  const Refs others = compile::other_froms(statement);
  Frame frame = dml_frame(statement, state_->frame, others);
  Setting<const Frame*> scope(state_->frame, &frame);
  render_independent_ctes(statement);
  put("DELETE ");
  render_prefixes(statement);
  put("FROM ");
  render_delete_table(statement, others);
  render_early_returning(statement);
  if (!others.empty()) {
    render_delete_from(statement, others);
  }
  render_where(statement, " WHERE ", Clause::where);
  render_dml_limit(statement);
  render_late_returning(statement);
  prepend_ctes(begin, first_slot, false);
}

void SqlCompiler::render_early_returning(const Statement& statement) {
  if (returning_comes_early()) {
    render_returning(statement);
  }
}

void SqlCompiler::render_late_returning(const Statement& statement) {
  if (!returning_comes_early()) {
    render_returning(statement);
  }
}

bool SqlCompiler::returning_comes_early() const {
  return false;
}

void SqlCompiler::rename_owner(const Ref& from, std::string_view name) {
  state_->renamed = from.get();
  state_->new_name = name;
}

void SqlCompiler::render_unqualified_returning(const Statement& statement) {
  Setting<bool> unqualified(state_->includes_table, false);
  SqlCompiler::render_returning(statement);
}

void SqlCompiler::render_returning(const Statement& statement) {
  if (returns_rows(statement)) {
    put(" RETURNING ");
    render_returned_columns(statement);
  }
}

bool SqlCompiler::returns_rows(const Statement& statement) const {
  return statement.has(Clause::returning) ||
         (state_->frame->statement == &statement && !state_->implicit_returning.empty());
}

// The columns that the program asked for, else those that the engine needs.
void SqlCompiler::render_returned_columns(const Statement& statement, bool with_labels) {
  const auto& can = dialect_.capabilities();
  const bool allowed = statement.kind() == Kind::insert   ? can.insert_returning
                       : statement.kind() == Kind::update ? can.update_returning
                                                          : can.delete_returning;
  if (!allowed) {
    throw CompileError("RETURNING is not supported by this dialect's statement compiler.");
  }
  const auto labels = statement.has(Clause::returning)
                          ? state_->names.labels_of(Ref(&statement))
                          : state_->names.label(state_->implicit_returning, statement.label_style);
  bool first = true;
  for (const auto& column : labels) {
    put(first ? "" : ", ");
    first = false;
    with_labels ? render_column(column, false, true)
                : render(column.element->kind() == Kind::label ? as<Label>(column.element).element
                                                               : column.element);
    auto& columns = state_->frame->outer ? state_->cte_columns : state_->columns;
    columns.push_back(result_column(column));
    if (!with_labels && column.element->kind() == Kind::function) {
      columns.back().name = as<Function>(column.element).name;
    }
  }
}

}  // namespace azoth
