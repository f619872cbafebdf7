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

Frame dml_frame(const Statement& statement, const Frame* outer, bool correlates) {
  Frame frame;
  frame.outer = outer;
  frame.depth = outer ? outer->depth + 1 : 1;
  frame.statement = &statement;
  frame.froms = {statement.table};
  if (correlates) {
    frame.enclosing.nearest = {statement.table.get()};
    frame.enclosing.all = {statement.table.get()};
  }
  return frame;
}

}  // namespace

void SqlCompiler::render_dml_value(const DmlColumn& column, std::string_view name) {
  if (!column.value) {
    return render_crud_value(
        column.constant ? &*column.constant : nullptr, column.key, name, column.type);
  }
  if (column.value->kind() == Kind::bind && as<BindParameter>(column.value).is_unique) {
    return render_crud_bind(as<BindParameter>(column.value), column.key, name, column.type);
  }
  const bool grouped = compile::has_operator(*column.value);
  put(grouped ? "(" : "");
  render(column.value);
  put(grouped ? ")" : "");
}

void SqlCompiler::render_insert(const Statement& insert) {
  Frame frame = dml_frame(insert, state_->frame, false);
  Setting<const Frame*> scope(state_->frame, &frame);
  put("INSERT ");
  render_prefixes(insert);
  put("INTO ");
  render_from_element(insert.table);
  if (const Ref* select = insert.first(Clause::from_select)) {
    render_insert_select(insert, *select);
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
}

void SqlCompiler::render_insert_values(const Statement& insert) {
  const bool is_multi = insert.has(Clause::values_row);
  const auto& can = dialect_.capabilities();
  auto rows = compile::insert_rows(insert, options_, state_->warnings);
  if (is_multi && !can.multivalues_insert) {
    throw CompileError("The '" + std::string(dialect_.name()) +
                       "' dialect with current database version settings does not support in-place "
                       "multirow inserts.");
  }
  if (rows.front().empty()) {
    if (!can.default_values && !can.empty_insert) {
      throw CompileError("The '" + std::string(dialect_.name()) +
                         "' dialect with current database version settings does not support empty "
                         "inserts.");
    }
    render_early_returning(insert);
    return put(can.default_values ? " DEFAULT VALUES" : " () VALUES ()");
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

// INSERT INTO t (a, b) SELECT ...: the columns are named by the assignments' keys.
void SqlCompiler::render_insert_select(const Statement& insert, const Ref& select) {
  std::vector<DmlColumn> columns = compile::named_columns(insert);
  put(" (");
  put_column_names(columns);
  put(")");
  render_early_returning(insert);
  put(" ");
  render_statement(select, false);
}

void SqlCompiler::render_update(const Statement& update) {
  Frame frame = dml_frame(update, state_->frame, true);
  Setting<const Frame*> scope(state_->frame, &frame);
  put("UPDATE ");
  render_prefixes(update);
  render_from_element(update.table);
  put(" SET ");
  const auto columns = compile::update_columns(update, options_);
  refuse_multiple_tables(update, "UPDATE");
  if (columns.empty()) {
    throw CompileError("UPDATE sets no column; give it values(), or parameters at execution");
  }
  bool first = true;
  for (const DmlColumn& column : columns) {
    put(first ? "" : ", ");
    first = false;
    put_identifier(column.name);
    put('=');
    render_dml_value(column, column.parameter);
  }
  render_early_returning(update);
  render_where(update, " WHERE ", Clause::where);
  render_late_returning(update);
}

void SqlCompiler::render_delete(const Statement& statement) {
  Frame frame = dml_frame(statement, state_->frame, true);
  Setting<const Frame*> scope(state_->frame, &frame);
  refuse_multiple_tables(statement, "DELETE");
  put("DELETE ");
  render_prefixes(statement);
  put("FROM ");
  render_from_element(statement.table);
  render_early_returning(statement);
  render_where(statement, " WHERE ", Clause::where);
  render_late_returning(statement);
}

void SqlCompiler::refuse_multiple_tables(const Statement& statement, std::string_view word) {
  Refs froms;
  statement.each(Clause::where, [&](const Ref& part) { collect_froms(part, froms); });
  for (const Ref& from : froms) {
    if (!(from == statement.table)) {
      throw CompileError("This backend does not support multiple-table criteria within " +
                         std::string(word));
    }
  }
}

void SqlCompiler::render_unqualified_returning(const Statement& statement) {
  Setting<bool> unqualified(state_->includes_table, false);
  SqlCompiler::render_returning(statement);
}

void SqlCompiler::render_returning(const Statement& statement) {
  if (statement.has(Clause::returning)) {
    put(" RETURNING ");
    render_returned_columns(statement);
  }
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

void SqlCompiler::render_unlabelled(const Ref& element) {
  render(element->kind() == Kind::label ? as<Label>(element).element : element);
}

void SqlCompiler::render_returned_columns(const Statement& statement, bool with_labels) {
  const auto& can = dialect_.capabilities();
  const bool allowed = statement.kind() == Kind::insert   ? can.insert_returning
                       : statement.kind() == Kind::update ? can.update_returning
                                                          : can.delete_returning;
  if (!allowed) {
    throw CompileError("RETURNING is not supported by this dialect's statement compiler.");
  }
  bool first = true;
  for (const auto& column : state_->names.labels_of(Ref(&statement))) {
    put(first ? "" : ", ");
    first = false;
    with_labels ? render_column(column, false) : render_unlabelled(column.element);
    if (!state_->frame->outer) {
      record(column);
    }
  }
}

}  // namespace azoth
