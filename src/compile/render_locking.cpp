// SPDX-License-Identifier: MIT
// FOR UPDATE and the tables whose rows it locks.
#include "compile/compile_state.hpp"

#include <algorithm>

namespace azoth {

using namespace sql;

void SqlCompiler::render_locking(const Statement& select) {
  if (select.has(Clause::for_update)) {
    put(" FOR UPDATE");
  }
}

namespace {

// The tables and aliases that an element of FOR UPDATE OF stands for.
void collect_locked(const Ref& element, Refs& out) {
  if (element->kind() == Kind::entity) {
    return collect_locked(as<Entity>(element).from, out);
  }
  if (element->kind() == Kind::join) {
    collect_locked(as<Join>(element).right, out);  // the order in which SQLAlchemy finds them
    return collect_locked(as<Join>(element).left, out);
  }
  Refs found;
  is_from(element->kind()) ? found.push_back(element) : collect_froms(element, found);
  for (const Ref& from : found) {
    if (std::find(out.begin(), out.end(), from) == out.end()) {
      out.push_back(from);
    }
  }
}

}  // namespace

void SqlCompiler::render_locked_tables(const ForUpdate& lock) {
  Refs tables;
  for (const Ref& element : lock.of) {
    collect_locked(element, tables);
  }
  std::string_view separator = " OF ";
  for (const Ref& table : tables) {
    put(separator);
    separator = ", ";
    put_name(compile::from_name(*table));
  }
}

}  // namespace azoth
