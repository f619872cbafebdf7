// SPDX-License-Identifier: MIT
// UNION and the other set operations.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>

namespace azoth {

using namespace sql;
using compile::Frame;
using compile::Setting;

std::string_view SqlCompiler::set_operator(SetOp op) const {
  switch (op) {
    case SetOp::union_all:
      return " UNION ALL ";
    case SetOp::except:
      return " EXCEPT ";
    case SetOp::except_all:
      return " EXCEPT ALL ";
    case SetOp::intersect:
      return " INTERSECT ";
    case SetOp::intersect_all:
      return " INTERSECT ALL ";
    default:
      return " UNION ";
  }
}

namespace {

// A member with clauses of its own behind its criteria, or a compound select, stands in
// parentheses.
bool member_needs_parentheses(const Statement& member) {
  return member.kind() == Kind::compound_select || member.has(Clause::order_by) ||
         member.has(Clause::limit) || member.has(Clause::offset) || member.has(Clause::fetch) ||
         member.has(Clause::for_update);
}

}  // namespace

void SqlCompiler::render_compound(const Ref& ref, bool in_from, bool is_member) {
  const auto& compound = as<Statement>(ref);
  Frame frame;
  frame.outer = state_->frame;
  frame.depth = frame.outer ? frame.outer->depth + 1 : 1;
  const std::size_t begin = text_.size(), slots = state_->slots.size();
  frame.statement = &compound;
  frame.records = !frame.outer || (is_member && frame.outer->records);
  frame.is_of_rows = !frame.outer || (is_member && frame.outer->is_of_rows);
  if (frame.outer) {
    frame.enclosing = frame.outer->enclosing;
  }
  std::size_t index = 0, expected = 0;
  Setting<const Frame*> scope(state_->frame, &frame);
  render_independent_ctes(compound);
  compound.each(Clause::member, [&](const Ref& part) {
    const std::size_t columns = expanded_columns(part).size();
    if (index == 0) {
      expected = columns;
    } else if (columns != expected) {
      throw CompileError(
          "All selectables passed to CompoundSelect must have identical numbers of columns; select "
          "#1 has " +
          std::to_string(expected) + " columns, select #" + std::to_string(index + 1) + " has " +
          std::to_string(columns));
    }
    if (index++ != 0) {
      put(set_operator(compound.set_op));
    }
    const bool grouped = member_needs_parentheses(as<Statement>(part));
    if (grouped) {
      put('(');
    }
    part->kind() == Kind::select ? render_select(part, in_from, true)
                                 : render_compound(part, in_from, true);
    if (grouped) {
      put(')');
    }
    frame.records = false;  // the first member names the columns of the rows
  });
  frame.columns = &state_->names.labels_of(ref);
  Setting<bool> unqualified(state_->includes_table, false);
  render_order_by(compound, Clause::group_by);
  render_select_order_by(compound);
  render_row_limit(compound);
  prepend_ctes(begin, slots, true);
}

}  // namespace azoth
