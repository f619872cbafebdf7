// SPDX-License-Identifier: MIT
// One execution with many parameter sets on its way: where the value of each slot comes from. See
// many_rows.cpp, insert_many.cpp and insert_arrays.cpp.
#pragma once
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::detail {

/// One execution with its sets: where the value of each slot comes from.
struct ManyContext : ExecutionContext {
  ManyContext(ConnectionState& connection_state,
              const sql::Ref& executed,
              const ExecutionOptions& execution_options,
              const std::vector<std::string>& given_keys,
              const ParameterSets& parameter_sets)
      : ExecutionContext(connection_state, executed, execution_options),
        keys(given_keys),
        sets(parameter_sets) {
    std::vector<std::string> sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    find_entry(sorted, sets.size() > 1);
    for (const BindSlot& slot : compiled().slots) {
      const auto found = std::find(keys.begin(), keys.end(), slot.key);
      key_of_slot.push_back(found == keys.end() ? none
                                                : static_cast<std::size_t>(found - keys.begin()));
      if (found == keys.end() && slot.required) {
        throw_missing(slot, {compiled().text, {}, state.state->options.hide_parameters});
      }
    }
    if (!compiled().has_post_compile) {  // run_expanded does it with each set's lists
      process_values(
          sets.size(),
          [this](std::size_t set, std::size_t i) { return given_at(set, i); },
          [] { return std::string(); });
    }
  }

  /// The value as it is sent.
  Literal value_at(std::size_t set, std::size_t slot_index) const {
    return is_processed(slot_index) ? Literal(processed[slot_index][set])
                                    : given_at(set, slot_index);
  }

  Literal given_at(std::size_t set, std::size_t slot_index) const {
    const std::size_t key = key_of_slot[slot_index];
    return key == none ? own_value(slot(slot_index), set) : sets.value(set, key);
  }

  /// The same as the driver shows it.
  Value sent_at(std::size_t set, std::size_t slot_index) const {
    return sent(value_at(set, slot_index), slot(slot_index).type);
  }

  Literal row_value(const BindSlot& slot, std::size_t set) const override {
    const auto index = static_cast<std::size_t>(&slot - compiled().slots.data());
    return given_at(set, index);
  }

  void append_set(std::string& out, std::size_t set) const {
    append_tuple(out, key_of_slot.size(), [&](std::string& o, std::size_t i) {
      append_value(o, value_at(set, i), slot(i).type);
    });
  }

  void append_parameters(std::string& out) const {
    if (sets.size() == 1) {
      append_set(out, 0);
    } else {
      append_sets(
          out, sets.size(), [this](std::string& o, std::size_t set) { append_set(o, set); });
    }
  }

  void bind(DriverCursor& cursor, std::size_t set, std::size_t first) const {
    for (std::size_t i = 0; i < key_of_slot.size(); ++i) {
      cursor.bind(static_cast<int>(first + i), value_at(set, i), slot(i).type);
    }
  }

  /// Runs the sets from `first` on one by one; returns the sum of affected rows. `after_each`: null
  /// when nobody wants to see each, so that many may be on their way to the server at once.
  std::int64_t run_each(std::size_t first, const AfterEach* after_each);
  std::int64_t run_step(DriverCursor& cursor, std::size_t set, const AfterEach* after_each);
  /// Inserts sets from `first` on, many a statement, as far as that can be and pays; returns the
  /// first that is left.
  std::size_t insert_together(std::size_t first, std::int64_t& affected);
  std::int64_t run_expanded(std::size_t set, const AfterEach* after_each);
  /// Runs an INSERT with RETURNING for all sets as one statement. @throws InvalidRequestError when
  /// they do not fit one.
  CursorResult run_returning();
  void run_batch(std::size_t first, std::size_t count, DriverCursor& cursor);

  // Only an execution tells the columns: a statement is prepared for the values it is given.
  void check_no_rows(const DriverCursor& cursor) const {
    if (cursor.column_count() > 0 && !compiled().has_returning &&
        !compiled().has_implicit_returning) {
      DBAPIErrorInfo info;
      info.driver = state.state->driver->name();
      info.message = "executemany() can only execute DML statements.";
      throw ProgrammingError(std::move(info));
    }
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  const std::vector<std::string>& keys;
  const ParameterSets& sets;
  std::vector<std::size_t> key_of_slot;
};

/// Inserts sets with statements whose parameters are arrays, where dialect and driver can; tells
/// the keys generated for `key`, if that is not empty. Returns how many of the sets are done.
std::size_t insert_from_arrays(ManyContext& context,
                               std::string_view key,
                               OnGeneratedKey on_key,
                               std::int64_t& affected);

}  // namespace azoth::detail
