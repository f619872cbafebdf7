// SPDX-License-Identifier: MIT
// The columns of UPDATE: parts of columns first, then those of other tables, then the target's own
// in the order of the table, or as the program gave them when it asked for that order.
#include "compile/dml_assignments.hpp"
#include "compile/label_names.hpp"
#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::compile {

using namespace sql;

namespace {

class UpdatePlanner {
 public:
  UpdatePlanner(const Statement& update,
                const Refs& others,
                const Capabilities& can,
                const CompileOptions& options)
      : update_(update), others_(others), options_(options), assignments_(assignments_of(update)) {
    if (update.has(Clause::values_row)) {
      throw InvalidRequestError("UPDATE construct does not support multiple parameter sets.");
    }
    if (update.table->kind() != Kind::join) {
      check_consumed(assignments_, target_of(update));
    }
    returns_defaults_ = update.is(Flag::returns_defaults) && can.implicit_returning &&
                        update.table->kind() == Kind::table &&
                        as<TableNode>(update.table).options.implicit_returning;
    plan_.rows.emplace_back();
  }

  DmlPlan plan() && {
    parts_of_columns();
    if (update_.table->kind() == Kind::join) {
      columns_of_join();
      return std::move(plan_);
    }
    columns_of_others();
    const auto specs = target_of(update_).specs();
    std::vector<bool> is_done(specs.size());
    if (update_.is(Flag::ordered_values)) {
      for (const Assignment* a : assignments_) {
        for (std::size_t i = 0; i < specs.size(); ++i) {
          if (specs[i].key == key_of(*a, *update_.table) && !is_done[i]) {
            is_done[i] = true;
            own_column(i);
          }
        }
      }
    }
    for (std::size_t i = 0; i < specs.size(); ++i) {
      if (!is_done[i]) {
        own_column(i);
      }
    }
    return std::move(plan_);
  }

 private:
  // data[1] = value: what is set is part of a column.
  void parts_of_columns() {
    for (const Assignment* a : assignments_) {
      if (a->column && a->column->kind() != Kind::column) {
        DmlColumn column;
        column.target = a->column;
        column.value = a->value;
        column.type = a->column->type();
        plan_.rows.front().push_back(std::move(column));
      }
    }
  }

  // A join has the columns of its sides by their own keys; of those that share one, the first.
  void columns_of_join() {
    const FromNode& join = target_of(update_);
    std::vector<bool> is_set(assignments_.size());
    for (std::size_t i = 0; i < join.specs().size(); ++i) {
      const Ref column = join.column(i);
      for (std::size_t a = 0; a < assignments_.size(); ++a) {
        const Assignment& assignment = *assignments_[a];
        const std::string& key = as<ColumnNode>(column).key();
        if (!is_set[a] &&
            (assignment.column ? assignment.column == column : assignment.key == key)) {
          is_set[a] = true;
          DmlColumn described =
              describe(as<ColumnNode>(column).owner->specs()[as<ColumnNode>(column).index]);
          described.target = column;
          described.value = assignment.value;
          plan_.rows.front().push_back(std::move(described));
          if (is_expression(assignment.value)) {
            plan_.postfetch.push_back(key);
          }
        }
      }
    }
    for (std::size_t a = 0; a < assignments_.size(); ++a) {
      if (!is_set[a] && !assignments_[a]->column) {
        throw CompileError("Unconsumed column names: " + assignments_[a]->key);
      }
    }
  }

  void columns_of_others() {
    for (const Ref& other : others_) {
      const auto& from = as<FromNode>(other);
      std::vector<bool> is_set(from.specs().size());
      for (std::size_t i = 0; i < from.specs().size(); ++i) {
        const Ref column = from.column(i);
        for (const Assignment* a : assignments_) {
          if (a->column == column) {
            is_set[i] = true;
            plan_.rows.front().push_back(other_column(other, i));
            plan_.rows.front().back().value = a->value;
            if (is_expression(a->value)) {
              plan_.postfetch.push_back(from.specs()[i].key);
            }
          }
        }
      }
      if (std::find(is_set.begin(), is_set.end(), true) != is_set.end()) {
        for (std::size_t i = 0; i < from.specs().size(); ++i) {
          const ColumnInfo* info = info_of(*other, i);
          if (!is_set[i] && info) {
            DmlColumn column = other_column(other, i);
            if (set_onupdate(*info, column, i, false)) {
              plan_.rows.front().push_back(std::move(column));
            }
          }
        }
      }
    }
  }

  static DmlColumn other_column(const Ref& other, std::size_t i) {
    const auto& from = as<FromNode>(other);
    DmlColumn column = describe(from.specs()[i]);
    column.target = from.column(i);
    column.parameter = std::string(from_name(*other).base) + "_" + std::string(column.key);
    return column;
  }

  bool is_returned_default(std::size_t i) const {
    return returns_defaults_ && wants_back(update_, target_of(update_).column(i));
  }

  void fetch_back(std::size_t i, std::string_view key, bool is_own) {
    if (is_own && is_returned_default(i)) {
      plan_.returning.push_back(target_of(update_).column(i));
    } else {
      plan_.postfetch.emplace_back(key);
    }
  }

  // What the column is set to though the program did not; false: nothing.
  bool set_onupdate(const ColumnInfo& info, DmlColumn& column, std::size_t i, bool is_own) {
    const ColumnOptions& o = info.options;
    if (o.onupdate_expression) {
      column.value = o.onupdate_expression;
      fetch_back(i, column.key, is_own);
      return true;
    }
    if (o.onupdate || o.onupdate_function) {
      column.constant = o.onupdate ? &*o.onupdate : nullptr;
      column.generator = o.onupdate_function ? &o.onupdate_function : nullptr;
      plan_.prefetch.emplace_back(column.key);
      return true;
    }
    if (o.has_server_onupdate || o.computed) {
      fetch_back(i, column.key, is_own);
    } else if (is_own && update_.has(Clause::return_default) && is_returned_default(i)) {
      plan_.returning.push_back(target_of(update_).column(i));
    }
    return false;
  }

  void own_column(std::size_t i) {
    const bool all =
        assignments_.empty() && !options_.column_keys && !update_.is(Flag::empty_values);
    DmlColumn column = describe(target_of(update_).specs()[i]);
    const ColumnInfo* info = info_of(*update_.table, i);
    if (const Assignment* a = find(assignments_, column.key, *update_.table)) {
      column.value = a->value;
      if (is_expression(a->value)) {
        fetch_back(i, column.key, true);
      }
    } else if (all ? info && info->options.system : !is_given(options_, column.key)) {
      if (!info || all || !set_onupdate(*info, column, i, true)) {
        return;
      }
    }
    plan_.rows.front().push_back(std::move(column));
  }

  const Statement& update_;
  const Refs& others_;
  const CompileOptions& options_;
  const Assignments assignments_;
  bool returns_defaults_ = false;
  DmlPlan plan_;
};

}  // namespace

DmlPlan plan_update(const Statement& update,
                    const Refs& others,
                    const Capabilities& can,
                    const CompileOptions& options) {
  return UpdatePlanner(update, others, can, options).plan();
}

}  // namespace azoth::compile
