// SPDX-License-Identifier: MIT
// The columns of INSERT and UPDATE, in the order of the table.
#include "compile/dml_columns.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::compile {

using namespace sql;

namespace {

using Assignments = std::vector<const Assignment*>;

const FromNode& target_of(const Statement& statement) {
  return as<FromNode>(statement.table);
}

const ColumnInfo* info_of(const Statement& statement, std::size_t i) {
  return statement.table->kind() == Kind::table ? &as<TableNode>(statement.table).columns[i]
                                                : nullptr;
}

// The last assignment to a column counts.
const Assignment* find(const Assignments& assignments, std::string_view key) {
  const auto it = std::find_if(
      assignments.rbegin(), assignments.rend(), [&](const Assignment* a) { return a->key == key; });
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

// A misspelt key must not vanish.
void check_consumed(const Assignments& assignments, const FromNode& target) {
  std::string unknown;
  for (const Assignment* a : assignments) {
    const auto specs = target.specs();
    if (std::none_of(
            specs.begin(), specs.end(), [&](const ColumnSpec& s) { return s.key == a->key; })) {
      unknown += (unknown.empty() ? "" : ", ") + a->key;
    }
  }
  if (!unknown.empty()) {
    throw CompileError("Unconsumed column names: " + unknown);
  }
}

bool names_all(const Assignments& assignments, const CompileOptions& options) {
  return assignments.empty() && !options.column_keys;
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

// A key that nobody provides for: the database will refuse the row, or store NULL where it may.
void warn_of_missing_key(const Statement& insert,
                         std::size_t i,
                         std::vector<std::string>& warnings) {
  if (insert.table->kind() != Kind::table) {
    return;
  }
  const auto& table = as<TableNode>(insert.table);
  const ColumnInfo& c = table.columns[i];
  if (!c.options.primary_key || c.is_nullable || c.options.server_default ||
      c.options.server_default_expression || table.autoincrement_column() == static_cast<int>(i)) {
    return;
  }
  warnings.push_back(
      "Column '" + table.fullname() + "." + c.name +
      "' is marked as a member of the primary key for table '" + table.fullname() +
      "', but has no Python-side or server-side default generator indicated, nor does it indicate "
      "'autoincrement=True' or 'nullable=True', and no explicit value is passed.  Primary key "
      "columns typically may not store NULL.");
}

std::vector<DmlColumn> first_row(const Statement& insert,
                                 const Assignments& assignments,
                                 const CompileOptions& options,
                                 std::vector<std::string>& warnings) {
  const auto specs = target_of(insert).specs();
  const bool all = names_all(assignments, options);
  std::vector<DmlColumn> row;
  row.reserve(specs.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    DmlColumn column = describe(specs[i]);
    if (const Assignment* a = find(assignments, specs[i].key)) {
      column.value = a->value;
    } else if (!all && !is_given(options, specs[i].key)) {
      const ColumnInfo* info = info_of(insert, i);
      if (info && info->options.default_) {
        column.constant = &*info->options.default_;
      } else if (info && info->options.default_expression) {
        column.value = info->options.default_expression;
      } else {
        warn_of_missing_key(insert, i, warnings);
        continue;
      }
    }
    row.push_back(std::move(column));
  }
  return row;
}

// Gives a row after the first its values; its parameters are numbered: `name_m1`.
std::vector<DmlColumn> later_row(const Statement& insert,
                                 const std::vector<DmlColumn>& first,
                                 const Assignments& assignments,
                                 std::size_t place) {
  std::vector<DmlColumn> row = first;
  for (const Assignment* a : assignments) {
    if (std::none_of(
            first.begin(), first.end(), [&](const DmlColumn& c) { return c.key == a->key; })) {
      throw CompileError("Unconsumed column names: " + a->key +
                         "; the first row of the VALUES clause does not have them");
    }
  }
  for (DmlColumn& column : row) {
    column.parameter = std::string(column.key) + "_m" + std::to_string(place);
    if (const Assignment* a = find(assignments, column.key)) {
      column.value = a->value;
      continue;
    }
    const auto& table = as<TableNode>(insert.table);
    const bool has_default = [&] {
      if (insert.table->kind() != Kind::table) {
        return false;
      }
      const auto it = std::find_if(table.columns.begin(),
                                   table.columns.end(),
                                   [&](const ColumnInfo& c) { return c.key == column.key; });
      return it != table.columns.end() && (it->options.default_ || it->options.default_expression);
    }();
    if (!has_default || (!column.constant && !column.value)) {
      throw CompileError("INSERT value for column " +
                         (insert.table->kind() == Kind::table ? table.fullname() + "." : "") +
                         std::string(column.name) +
                         " is explicitly rendered as a boundparameter in the VALUES clause; a "
                         "Python-side value or SQL expression is required");
    }
  }
  return row;
}

}  // namespace

std::vector<std::vector<DmlColumn>> insert_rows(const Statement& insert,
                                                const CompileOptions& options,
                                                std::vector<std::string>& warnings) {
  if (insert.has(Clause::values_row) && insert.has(Clause::set)) {
    throw InvalidRequestError(
        "Can't mix single and multiple VALUES formats in one INSERT statement; one style appends "
        "to "
        "a list while the other replaces values, so the intent is ambiguous.");
  }
  std::vector<std::vector<DmlColumn>> rows;
  insert.each(Clause::values_row, [&](const Ref& part) {
    const Assignments assignments = assignments_of(as<ValuesRow>(part));
    check_consumed(assignments, target_of(insert));
    if (!rows.empty()) {
      rows.push_back(later_row(insert, rows.front(), assignments, rows.size()));
      return;
    }
    rows.push_back(first_row(insert, assignments, options, warnings));
    for (DmlColumn& column : rows.front()) {
      if (find(assignments, column.key)) {
        column.parameter = std::string(column.key) + "_m0";
      }
    }
  });
  if (rows.empty()) {
    const Assignments assignments = assignments_of(insert);
    check_consumed(assignments, target_of(insert));
    rows.push_back(first_row(insert, assignments, options, warnings));
  }
  return rows;
}

std::vector<DmlColumn> update_columns(const Statement& update, const CompileOptions& options) {
  const Assignments assignments = assignments_of(update);
  check_consumed(assignments, target_of(update));
  const auto specs = target_of(update).specs();
  const bool all = names_all(assignments, options);
  std::vector<DmlColumn> out;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    DmlColumn column = describe(specs[i]);
    if (const Assignment* a = find(assignments, specs[i].key)) {
      column.value = a->value;
    } else if (!all && !is_given(options, specs[i].key)) {
      const ColumnInfo* info = info_of(update, i);
      if (!info || !info->options.onupdate) {
        continue;
      }
      column.constant = &*info->options.onupdate;
    }
    out.push_back(std::move(column));
  }
  return out;
}

std::vector<DmlColumn> named_columns(const Statement& insert) {
  const Assignments assignments = assignments_of(insert);
  check_consumed(assignments, target_of(insert));
  std::vector<DmlColumn> out;
  for (const Assignment* a : assignments) {
    for (const ColumnSpec& spec : target_of(insert).specs()) {
      if (spec.key == a->key) {
        out.push_back(describe(spec));
      }
    }
  }
  return out;
}

}  // namespace azoth::compile
