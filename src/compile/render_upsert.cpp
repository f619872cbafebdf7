// SPDX-License-Identifier: MIT
// What INSERT does with rows that are there already, for the databases that have a clause for it:
// each of their compilers calls what it needs from `render_post_values`.
#include "compile/compile_state.hpp"
#include "compile/md5.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/upsert.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::Setting;

namespace {

bool sets(const Assignment& assignment, const FromNode& table, std::size_t column) {
  return assignment.column ? assignment.column == table.column(column)
                           : assignment.key == table.specs()[column].key;
}

// The assignments to columns of the table, in the order of its columns; what is left sets columns
// that the table does not have.
struct Ordered {
  std::vector<std::pair<std::size_t, const Assignment*>> known;
  std::vector<const Assignment*> unknown;
};

Ordered in_order_of_table(const Refs& set, const FromNode& table) {
  Ordered out;
  std::vector<bool> is_known(set.size());
  for (std::size_t c = 0; c < table.specs().size(); ++c) {
    const Assignment* last = nullptr;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (sets(as<Assignment>(set[i]), table, c)) {
        last = &as<Assignment>(set[i]);
        is_known[i] = true;
      }
    }
    if (last) {
      out.known.emplace_back(c, last);
    }
  }
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (!is_known[i]) {
      out.unknown.push_back(&as<Assignment>(set[i]));
    }
  }
  return out;
}

std::string unknown_names(const std::vector<const Assignment*>& unknown, const Node& table) {
  std::string names;
  for (const Assignment* a : unknown) {
    names += (names.empty() ? "'" : ", '") + a->key + "'";
  }
  return "Additional column names not matching any column keys in table '" +
         std::string(compile::from_name(table).base) + "': " + names;
}

}  // namespace

void SqlCompiler::render_post_values(const Ref&) {
  throw UnsupportedCompilationError("SQLCompiler", "an upsert clause");
}

void SqlCompiler::render_grouped(const Ref& node) {
  const bool grouped = compile::has_operator(*node);
  put(grouped ? "(" : "");
  render(node);
  put(grouped ? ")" : "");
}

void SqlCompiler::render_conflict_target(const OnConflict& clause, bool literal_where) {
  if (!clause.constraint.empty()) {
    put(" ON CONSTRAINT ");
    const std::string& name = clause.constraint.text;
    const std::size_t max = dialect_.capabilities().max_identifier_length;
    return put_identifier(clause.constraint.is_conv ? compile::shortened(name, max) : name);
  }
  if (clause.index_elements.empty()) {
    return;
  }
  Setting<bool> unqualified(state_->includes_table, false);
  put(" (");
  render_list(clause.index_elements);
  put(')');
  if (clause.index_where) {
    Setting<bool> literals(state_->renders_literals, state_->renders_literals || literal_where);
    put(" WHERE ");
    render(clause.index_where);
  }
}

void SqlCompiler::render_on_conflict(const OnConflict& clause, bool literal_where) {
  put(" ON CONFLICT");
  render_conflict_target(clause, literal_where);
  if (!clause.does_update) {
    return put(" DO NOTHING");
  }
  put(" DO UPDATE SET ");
  const Ref& table = state_->frame->statement->table;
  const Ordered ordered = in_order_of_table(clause.set, as<FromNode>(table));
  std::string_view separator;
  const auto assign = [&](std::string_view name, const Assignment& assignment, bool grouped) {
    put(separator);
    separator = ", ";
    put_identifier(name);
    put(" = ");
    grouped ? render_grouped(assignment.value) : render(assignment.value);
  };
  for (const auto& [column, assignment] : ordered.known) {
    assign(as<FromNode>(table).specs()[column].name, *assignment, true);
  }
  if (!ordered.unknown.empty()) {
    warn(unknown_names(ordered.unknown, *table));
    for (const Assignment* assignment : ordered.unknown) {
      assign(assignment->key, *assignment, false);
    }
  }
  if (clause.where) {
    put(" WHERE ");
    render(clause.where);
  }
}

// The columns of the inserted row's alias are VALUES(x).
void SqlCompiler::render_on_duplicate_key(const OnDuplicateKeyUpdate& clause) {
  put(" ON DUPLICATE KEY UPDATE ");
  const Ref& table = state_->frame->statement->table;
  Ordered ordered = in_order_of_table(clause.set, as<FromNode>(table));
  const auto place = [&](const auto& entry) {
    const std::string& key = as<FromNode>(table).specs()[entry.first].key;
    return std::find(clause.ordering.begin(), clause.ordering.end(), key) - clause.ordering.begin();
  };
  std::stable_sort(ordered.known.begin(), ordered.known.end(), [&](const auto& a, const auto& b) {
    return place(a) < place(b);
  });
  Setting<const Alias*> inserted(state_->inserted,
                                 clause.inserted ? &as<Alias>(clause.inserted) : nullptr);
  std::string_view separator;
  for (const auto& [column, assignment] : ordered.known) {
    put(separator);
    separator = ", ";
    put_identifier(as<FromNode>(table).specs()[column].name);
    put(" = ");
    render_grouped(assignment->value);
  }
  if (!ordered.unknown.empty()) {
    warn(unknown_names(ordered.unknown, *table));
  }
}

}  // namespace azoth
