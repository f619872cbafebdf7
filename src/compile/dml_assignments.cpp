// SPDX-License-Identifier: MIT
// Assignments by the columns they set.
#include "compile/dml_assignments.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::compile {

using namespace sql;

const FromNode& target_of(const Statement& statement) {
  return as<FromNode>(statement.table);
}

const ColumnInfo* info_of(const Node& table, std::size_t i) {
  return table.kind() == Kind::table ? &as<TableNode>(table).columns[i] : nullptr;
}

std::string_view key_of(const Assignment& a, const Node& target) {
  if (!a.column) {
    return a.key;
  }
  const bool is_own = a.column->kind() == Kind::column && as<ColumnNode>(a.column).owner == &target;
  return is_own ? std::string_view(as<ColumnNode>(a.column).key()) : std::string_view();
}

const Assignment* find(const Assignments& assignments, std::string_view key, const Node& target) {
  const auto it = std::find_if(assignments.rbegin(), assignments.rend(), [&](const Assignment* a) {
    return key_of(*a, target) == key;
  });
  return it == assignments.rend() ? nullptr : *it;
}

Assignments assignments_of(const Statement& statement) {
  Assignments out;
  statement.each(Clause::set, [&](const Ref& part) { out.push_back(&as<Assignment>(part)); });
  return out;
}

Assignments assignments_of(const ValuesRow& row) {
  Assignments out;
  for (const Ref& part : row.assignments) {
    out.push_back(&as<Assignment>(part));
  }
  return out;
}

void check_consumed(const Assignments& assignments, const FromNode& target) {
  std::string unknown;
  for (const Assignment* a : assignments) {
    const auto specs = target.specs();
    if (!a->column && std::none_of(specs.begin(), specs.end(), [&](const ColumnSpec& s) {
          return s.key == a->key;
        })) {
      unknown += (unknown.empty() ? "" : ", ") + a->key;
    }
  }
  if (!unknown.empty()) {
    throw CompileError("Unconsumed column names: " + unknown);
  }
}

bool is_given(const CompileOptions& options, std::string_view key) {
  const auto& keys = options.column_keys;
  return keys && std::find(keys->begin(), keys->end(), key) != keys->end();
}

DmlColumn describe(const ColumnSpec& spec) {
  DmlColumn column;
  column.name = spec.name;
  column.key = spec.key;
  column.parameter = spec.key;
  column.type = spec.type;
  return column;
}

void set_client_default(DmlColumn& column, const ColumnOptions& options) {
  column.constant = options.default_ ? &*options.default_ : nullptr;
  column.generator = options.default_function ? &options.default_function : nullptr;
}

bool wants_back(const Statement& statement, const Ref& column) {
  bool is_listed = !statement.has(Clause::return_default);
  statement.each(Clause::return_default, [&](const Ref& part) { is_listed |= part == column; });
  return is_listed;
}

bool is_expression(const Ref& value) {
  return value->kind() != Kind::bind;
}

}  // namespace azoth::compile
