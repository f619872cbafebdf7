// SPDX-License-Identifier: MIT
// The columns of INSERT, in the order of the table. The rules, from SQLAlchemy: a value
// of the statement or of the parameters wins; else the client's default is computed ahead; else a
// default that the database computes is left to it, and fetched back: with the row where it can
// RETURN it, else afterwards.
#include "compile/dml_columns.hpp"

#include "compile/compile_state.hpp"
#include "compile/dml_assignments.hpp"
#include "compile/from_list.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <algorithm>

namespace azoth::compile {

using namespace sql;

namespace {

bool uses_sequence(const ColumnInfo& column, const Capabilities& can) {
  const auto& sequence = column.options.sequence;
  return can.sequences &&
         !(as<SequenceNode>(sequence->node()).is_optional && can.sequences_optional);
}

// What has an operator at its root stands in parentheses in a columns clause.
Ref grouped(const Ref& expression) {
  return has_operator(*expression) ? make_node<Grouping>(expression) : expression;
}

bool has_client_default(const ColumnOptions& o) {
  return o.default_ || o.default_function;
}

bool has_default(const ColumnOptions& o) {
  return has_client_default(o) || o.default_expression || o.sequence;
}

// The parts of the plan for one row of an INSERT.
class InsertPlanner {
 public:
  InsertPlanner(const Statement& insert,
                const Capabilities& can,
                const CompileOptions& options,
                std::vector<std::string>& warnings,
                DmlPlan& plan)
      : insert_(insert), can_(can), options_(options), warnings_(warnings), plan_(plan) {
    if (insert.table->kind() == Kind::table) {
      table_ = &as<TableNode>(insert.table);
    }
    const bool needs_key = table_ && !insert.is(Flag::is_inline) && !options.for_executemany &&
                           !insert.has(Clause::returning) && !insert.has(Clause::values_row);
    needs_key_ = needs_key;
    returns_key_ = needs_key && can.implicit_returning && table_->options.implicit_returning;
    returns_defaults_ = returns_key_ && insert.is(Flag::returns_defaults);
  }

  void row(const Assignments& assignments) {
    const auto specs = target_of(insert_).specs();
    const bool all =
        assignments.empty() && !options_.column_keys && !insert_.is(Flag::empty_values);
    plan_.rows.emplace_back();
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const ColumnInfo* info = info_of(*insert_.table, i);
      if (all && info && info->options.system) {
        continue;
      }
      column(i, assignments, info, all);
    }
  }

 private:
  bool is_returned_default(std::size_t i) const {
    return returns_defaults_ && wants_back(insert_, target_of(insert_).column(i));
  }

  void fetch_back(std::size_t i, bool is_key) {
    if (is_returned_default(i)) {
      plan_.returning.push_back(target_of(insert_).column(i));
    } else if (!is_key) {
      plan_.postfetch.push_back(target_of(insert_).specs()[i].key);
    }
  }

  void column(std::size_t i, const Assignments& assignments, const ColumnInfo* info, bool all) {
    DmlColumn column = describe(target_of(insert_).specs()[i]);
    const bool is_key = info && info->options.primary_key;
    if (const Assignment* a = find(assignments, column.key, *insert_.table)) {
      column.value = a->value;
      if (is_expression(a->value)) {
        given_expression(i, is_key);
      }
    } else if (!all && !is_given(options_, column.key)) {
      if (!info || !absent(i, *info, column)) {
        return;
      }
    }
    plan_.rows.back().push_back(std::move(column));
  }

  void given_expression(std::size_t i, bool is_key) {
    if (!is_key) {
      fetch_back(i, false);
    } else if (returns_key_) {
      plan_.returning.push_back(target_of(insert_).column(i));
    } else if (can_.lastrowid) {
      plan_.fetches_lastrowid = true;
    }
  }

  // What a column gets that nobody gave a value for; false: nothing, the database sees to it.
  bool absent(std::size_t i, const ColumnInfo& info, DmlColumn& column) {
    const bool is_auto = table_->autoincrement_column() == static_cast<int>(i);
    const bool fetches_key = needs_key_ && info.options.primary_key &&
                             (returns_key_ || !can_.lastrowid || !is_auto ||
                              (info.options.sequence && uses_sequence(info, can_)));
    if (fetches_key) {
      return returns_key_ ? returned_key(i, info, is_auto, column)
                          : other_key(info, is_auto, column);
    }
    if (has_default(info.options)) {
      return set_default(i, info, column);
    }
    if (info.options.has_server_default()) {
      fetch_back(i, info.options.primary_key);
    } else if (is_returned_default(i)) {
      plan_.returning.push_back(target_of(insert_).column(i));
    } else if (info.options.primary_key && !is_auto && !info.is_nullable) {
      warn_of_missing_key(info);
    }
    return false;
  }

  bool set_default(std::size_t i, const ColumnInfo& info, DmlColumn& column) {
    const ColumnOptions& o = info.options;
    if (o.sequence) {
      if (!uses_sequence(info, can_)) {
        return false;
      }
      column.value = next_value(o.sequence->node());
      fetch_back(i, o.primary_key);
    } else if (o.default_expression) {
      column.value = o.default_expression;
      fetch_back(i, o.primary_key);
    } else {
      prefetch(info, column);
    }
    return true;
  }

  void prefetch(const ColumnInfo& info, DmlColumn& column) {
    set_client_default(column, info.options);
    plan_.prefetch.emplace_back(column.key);
  }

  bool returned_key(std::size_t i, const ColumnInfo& info, bool is_auto, DmlColumn& column) {
    const ColumnOptions& o = info.options;
    if (has_client_default(o)) {
      prefetch(info, column);
      return true;
    }
    bool is_set = false;
    if (o.sequence) {
      if (uses_sequence(info, can_)) {
        column.value = next_value(o.sequence->node());
        is_set = true;
      }
    } else if (o.default_expression) {
      column.value = o.default_expression;
      is_set = true;
    } else if (!is_auto && !o.has_server_default()) {
      if (!info.is_nullable) {
        warn_of_missing_key(info);
      }
      return false;
    }
    plan_.returning.push_back(target_of(insert_).column(i));
    return is_set;
  }

  bool other_key(const ColumnInfo& info, bool is_auto, DmlColumn& column) {
    const ColumnOptions& o = info.options;
    const bool has_own = has_default(o) && (!o.sequence || uses_sequence(info, can_));
    const bool runs_ahead =
        is_auto && !can_.lastrowid &&
        (o.sequence ? can_.sequences : !has_default(o) && can_.preexecute_autoincrement_sequences);
    if (has_own || runs_ahead) {
      prefetch(info, column);
      return true;
    }
    if (!has_default(o) && !o.has_server_default() && !info.is_nullable && !is_auto) {
      warn_of_missing_key(info);
    } else if (can_.lastrowid) {
      plan_.fetches_lastrowid = true;
    }
    return false;
  }

  // A key that nobody provides for: the database will refuse the row, or store NULL where it may.
  void warn_of_missing_key(const ColumnInfo& c) {
    warnings_.push_back(
        "Column '" + table_->fullname() + "." + c.name +
        "' is marked as a member of the primary key for table '" + table_->fullname() +
        "', but has no Python-side or server-side default generator indicated, nor does it "
        "indicate 'autoincrement=True' or 'nullable=True', and no explicit value is passed.  "
        "Primary key columns typically may not store NULL.");
  }

  const Statement& insert_;
  const Capabilities& can_;
  const CompileOptions& options_;
  std::vector<std::string>& warnings_;
  DmlPlan& plan_;
  const TableNode* table_ = nullptr;
  bool needs_key_ = false, returns_key_ = false, returns_defaults_ = false;
};

// Gives a row after the first its values; its parameters are numbered: `name_m1`.
std::vector<DmlColumn> later_row(const Statement& insert,
                                 const std::vector<DmlColumn>& first,
                                 const Assignments& assignments,
                                 std::size_t place,
                                 std::vector<std::string>& prefetch) {
  std::vector<DmlColumn> row = first;
  for (const Assignment* a : assignments) {
    if (std::none_of(first.begin(), first.end(), [&](const DmlColumn& c) {
          return c.key == key_of(*a, *insert.table);
        })) {
      throw CompileError("Unconsumed column names: " + std::string(key_of(*a, *insert.table)) +
                         "; the first row of the VALUES clause does not have them");
    }
  }
  for (DmlColumn& column : row) {
    column.parameter = std::string(column.key) + "_m" + std::to_string(place);
    if (const Assignment* a = find(assignments, column.key, *insert.table)) {
      column.value = a->value;
      continue;
    }
    const bool is_table = insert.table->kind() == Kind::table;
    const ColumnInfo* info = nullptr;
    for (std::size_t i = 0; is_table && i < target_of(insert).specs().size(); ++i) {
      if (target_of(insert).specs()[i].key == column.key) {
        info = info_of(*insert.table, i);
      }
    }
    if (!info || !has_default(info->options)) {
      throw CompileError("INSERT value for column " +
                         (is_table ? as<TableNode>(insert.table).fullname() + "." : "") +
                         std::string(column.name) +
                         " is explicitly rendered as a boundparameter in the VALUES clause; a "
                         "Python-side value or SQL expression is required");
    }
    column.value = info->options.sequence ? next_value(info->options.sequence->node())
                                          : info->options.default_expression;
    set_client_default(column, info->options);
    if (has_client_default(info->options)) {
      prefetch.push_back(column.parameter);
    }
  }
  return row;
}

}  // namespace

DmlPlan plan_insert(const Statement& insert,
                    const Capabilities& can,
                    const CompileOptions& options,
                    std::vector<std::string>& warnings) {
  if (insert.has(Clause::values_row) && insert.has(Clause::set)) {
    throw InvalidRequestError(
        "Can't mix single and multiple VALUES formats in one INSERT statement; one style appends "
        "to a list while the other replaces values, so the intent is ambiguous.");
  }
  DmlPlan plan;
  InsertPlanner planner(insert, can, options, warnings, plan);
  insert.each(Clause::values_row, [&](const Ref& part) {
    const Assignments assignments = assignments_of(as<ValuesRow>(part));
    if (!plan.rows.empty()) {
      plan.rows.push_back(
          later_row(insert, plan.rows.front(), assignments, plan.rows.size(), plan.prefetch));
      return;
    }
    check_consumed(assignments, target_of(insert));
    planner.row(assignments);
    for (DmlColumn& column : plan.rows.front()) {
      if (find(assignments, column.key, *insert.table)) {
        column.parameter = std::string(column.key) + "_m0";
      }
    }
  });
  if (plan.rows.empty()) {
    const Assignments assignments = assignments_of(insert);
    check_consumed(assignments, target_of(insert));
    planner.row(assignments);
  }
  if (plan.rows.front().empty() && options.for_executemany && can.default_metavalue) {
    plan.rows.front().push_back(describe(target_of(insert).specs().front()));
    plan.rows.front().front().is_default = true;
  }
  return plan;
}

DmlPlan plan_insert_select(const Statement& insert, const Capabilities& can) {
  const Assignments assignments = assignments_of(insert);
  check_consumed(assignments, target_of(insert));
  DmlPlan plan;
  plan.rows.emplace_back();
  const auto specs = target_of(insert).specs();
  for (const Assignment* a : assignments) {
    for (const ColumnSpec& spec : specs) {
      if (spec.key == key_of(*a, *insert.table)) {
        plan.rows.front().push_back(describe(spec));
      }
    }
  }
  for (std::size_t i = 0; i < specs.size() && !insert.is(Flag::no_select_defaults); ++i) {
    const ColumnInfo* info = info_of(*insert.table, i);
    if (!info || !has_default(info->options) || find(assignments, specs[i].key, *insert.table)) {
      continue;
    }
    DmlColumn column = describe(specs[i]);
    if (info->options.sequence) {
      if (!uses_sequence(*info, can)) {
        continue;
      }
      column.value = next_value(info->options.sequence->node());
    } else if (info->options.default_expression) {
      column.value = grouped(info->options.default_expression);
    } else {
      set_client_default(column, info->options);
      plan.prefetch.emplace_back(column.key);
    }
    plan.rows.front().push_back(std::move(column));
  }
  return plan;
}

Refs other_froms(const Statement& statement) {
  Refs found, out;
  statement.each(Clause::where, [&](const Ref& part) { collect_froms(part, found); });
  statement.each(Clause::set,
                 [&](const Ref& part) { collect_froms(as<Assignment>(part).value, found); });
  for (const Ref& from : found) {
    if (!contains(*statement.table, *from)) {
      out.push_back(from);
    }
  }
  return out;
}

}  // namespace azoth::compile
