// SPDX-License-Identifier: MIT
// Statements with many parameter sets, in two forms. `execute_many` binds and runs one prepared
// statement for each set. For INSERT, `insert_many_values` puts many rows into one statement,
//   INSERT INTO t (a) VALUES (?)  ->  INSERT INTO t (a) VALUES (?), (?), (?) ...
// which costs 0.35-0.4 of the loop on SQLite, and tells the generated keys by counting back from
// the last one where the database says that they are contiguous. (RETURNING would tell them too,
// and undo the gain; it is not used here.)
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {
namespace detail {
namespace {

/// Parameter sets given by a program.
class ListedSets final : public ParameterSets {
 public:
  ListedSets(const ParamsList& sets, const std::vector<std::string>& keys)
      : sets_(sets), keys_(keys) {}

  std::size_t size() const override { return sets_.size(); }

  Literal value(std::size_t set, std::size_t key) const override {
    return Literal(*sets_[set].find(keys_[key]));
  }

 private:
  const ParamsList& sets_;
  const std::vector<std::string>& keys_;
};

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
  }

  Literal value_at(std::size_t set, std::size_t slot_index) const {
    const std::size_t key = key_of_slot[slot_index];
    return key == none ? own_value(slot(slot_index), set) : sets.value(set, key);
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

  std::int64_t run_each(std::size_t first, std::size_t last, AfterEach after_each);
  std::int64_t run_expanded(std::size_t set, AfterEach after_each);
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

std::int64_t ManyContext::run_each(std::size_t first, std::size_t last, AfterEach after_each) {
  std::int64_t affected = 0;
  auto cursor = state.driver->prepare(compiled().text, entry->text_hash);
  check_count(*cursor, key_of_slot.size());
  for (std::size_t set = first; set < last; ++set) {
    bind(*cursor, set, 0);
    cursor->step();
    check_no_rows(*cursor);
    after_each(set, *cursor, *state.driver);
    affected += std::max<std::int64_t>(cursor->affected_rows(), 0);
    cursor->reset();
  }
  return affected;
}

std::int64_t ManyContext::run_expanded(std::size_t set, AfterEach after_each) {
  std::vector<std::vector<Literal>> values(key_of_slot.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_given = key_of_slot[i] != none;
    const Literal given = is_given ? value_at(set, i) : Literal(std::nullopt);
    list_values(slot(i), is_given ? &given : nullptr, values[i]);
  }
  std::vector<Literal> flat;
  std::vector<TypePtr> types;
  const std::string text = expand(compiled(), *state.state->dialect, values, flat, &types);
  auto cursor = state.driver->prepare(text);
  for (std::size_t i = 0; i < flat.size(); ++i) {
    cursor->bind(static_cast<int>(i), flat[i], types[i]);
  }
  cursor->step();
  after_each(set, *cursor, *state.driver);
  return std::max<std::int64_t>(cursor->affected_rows(), 0);
}

void ManyContext::run_batch(std::size_t first, std::size_t count, DriverCursor& cursor) {
  for (std::size_t row = 0; row < count; ++row) {
    bind(cursor, first + row, row * key_of_slot.size());
  }
  cursor.step();
}

std::int64_t run_many(ManyContext& context, AfterEach after_each) {
  if (context.sets.size() == 0) {
    return 0;
  }
  ConnectionState& state = context.state;
  state.ensure_transaction();
  const auto append = [&](std::string& out) { context.append_parameters(out); };
  if (state.is_logging()) {
    context.log(context.compiled().text, append);
  }
  try {
    if (!context.compiled().has_post_compile) {
      return context.run_each(0, context.sets.size(), after_each);
    }
    std::int64_t affected = 0;
    for (std::size_t set = 0; set < context.sets.size(); ++set) {
      affected += context.run_expanded(set, after_each);
    }
    return affected;
  } catch (const DBAPIError& error) {
    if (!error.statement().empty()) {
      throw;  // of another statement, executed by after_each
    }
    state.rethrow(error, context.error_context(context.compiled().text, append));
  }
}

// How many rows each statement takes. Batches are as large as pays, then powers of two, so that
// flushes of any size share few prepared statements; what is small anyway goes as one statement.
std::size_t next_batch(std::size_t left, std::size_t largest) {
  constexpr std::size_t small = 64;
  if (left >= largest) {
    return largest;
  }
  if (left <= small) {
    return left;
  }
  std::size_t size = small;
  while (size * 2 <= left) {
    size *= 2;
  }
  return size;
}

std::size_t largest_batch(const ManyContext& context) {
  constexpr std::size_t enough = 1024;
  const std::size_t parameters = std::max<std::size_t>(context.key_of_slot.size(), 1);
  return std::max<std::size_t>(
      std::min(enough, context.state.driver->max_parameters() / parameters), 1);
}

std::string repeated_text(const Compiled& compiled, std::size_t rows) {
  const std::string_view text = compiled.text;
  const std::string_view tuple = text.substr(compiled.values_offset, compiled.values_length);
  std::string out(text.substr(0, compiled.values_offset));
  out.reserve(text.size() + rows * (tuple.size() + 2));
  for (std::size_t row = 0; row < rows; ++row) {
    out.append(row == 0 ? "" : ", ").append(tuple);
  }
  return out += text.substr(compiled.values_offset + compiled.values_length);
}

const sql::TableNode& target_of(const Compiled& compiled) {
  if (compiled.kind != StatementKind::insert || !compiled.table ||
      compiled.table->kind() != sql::Kind::table) {
    throw InvalidRequestError("insert_many_values() needs an INSERT of one row into a table");
  }
  return sql::as<sql::TableNode>(compiled.table);
}

std::string database_name(const sql::TableNode& table, std::string_view key) {
  for (const sql::ColumnInfo& column : table.columns) {
    if (column.key == key) {
      return column.name;
    }
  }
  throw InvalidRequestError("Table '" + table.fullname() + "' has no column '" + std::string(key) +
                            "'");
}

void run_batches(ManyContext& context, OnGeneratedKey on_key) {
  ConnectionState& state = context.state;
  const std::size_t total = context.sets.size(), largest = largest_batch(context);
  std::size_t batches = 0;
  for (std::size_t left = total; left > 0; left -= next_batch(left, largest)) {
    ++batches;
  }
  std::string text;
  DriverConnection::CursorHandle cursor{nullptr, {nullptr}};
  std::size_t prepared = 0;
  for (std::size_t first = 0, number = 1; first < total; ++number) {
    const std::size_t count = next_batch(total - first, largest);
    const auto append = [&](std::string& out) {
      const std::size_t slots = context.key_of_slot.size();
      append_tuple(out, count * slots, [&](std::string& o, std::size_t i) {
        context.append_value(
            o, context.value_at(first + i / slots, i % slots), context.slot(i % slots).type);
      });
    };
    if (count != prepared) {
      text = repeated_text(context.compiled(), count);
    }
    if (state.is_logging()) {
      const std::string place =
          " " + std::to_string(number) + "/" + std::to_string(batches) + " (unordered)";
      context.origin = number == 1 ? context.origin : ExecutionContext::Origin::next_batch;
      context.log(text, append, number == 1 ? " (insertmanyvalues)" + place : place);
    }
    std::int64_t last = 0;
    try {
      if (count != prepared) {
        cursor = state.driver->prepare(text);
        prepared = count;
      }
      context.run_batch(first, count, *cursor);
      last = state.driver->last_insert_id();
      cursor->reset();
    } catch (const DBAPIError& error) {
      state.rethrow(error, context.error_context(text, append));
    }
    for (std::size_t row = 0; row < count; ++row) {
      on_key(first + row, last - static_cast<std::int64_t>(count - 1 - row));
    }
    first += count;
  }
}

// Inserts one row and reports its key.
void run_one(ManyContext& context, std::size_t set, OnGeneratedKey on_key) {
  ConnectionState& state = context.state;
  const auto append = [&](std::string& out) { context.append_set(out, set); };
  if (state.is_logging()) {
    context.log(context.compiled().text, append);
    context.origin = context.origin == ExecutionContext::Origin::generated
                         ? ExecutionContext::Origin::cached
                         : context.origin;
  }
  try {
    context.run_each(set, set + 1, [](std::size_t, DriverCursor&, DriverConnection&) {});
  } catch (const DBAPIError& error) {
    state.rethrow(error, context.error_context(context.compiled().text, append));
  }
  on_key(set, state.driver->last_insert_id());
}

void check_sets(const ManyContext& context, const ParamsList& sets) {
  for (std::size_t set = 1; set < sets.size(); ++set) {
    for (std::size_t i = 0; i < context.key_of_slot.size(); ++i) {
      const BindSlot& slot = context.slot(i);
      if (context.key_of_slot[i] == ManyContext::none || sets[set].find(slot.key) != nullptr) {
        continue;
      }
      context.throw_missing(
          slot,
          {context.compiled().text, {}, context.state.state->options.hide_parameters},
          ", in parameter group " + std::to_string(set));
    }
  }
}

void ignore_each(std::size_t, DriverCursor&, DriverConnection&) {}

}  // namespace
}  // namespace detail

CursorResult Connection::run(const sql::Ref& statement,
                             const ParamsList& sets,
                             const ExecutionOptions& options) {
  if (sets.size() < 2) {
    return run(statement, sets.empty() ? Params() : sets[0], options);
  }
  std::vector<std::string> keys;
  for (const auto& [name, value] : sets[0]) {
    keys.push_back(name);
  }
  const detail::ListedSets listed(sets, keys);
  detail::ManyContext context(open_state(), statement, options, keys, listed);
  detail::check_sets(context, sets);
  CursorResult result;
  result.rowcount_ = detail::run_many(context, &detail::ignore_each);
  result.entry_ = context.entry;
  result.is_many_ = true;
  result.state_ = CursorResult::State::no_rows;
  return result;
}

std::int64_t Connection::execute_many(const sql::Ref& statement,
                                      const std::vector<std::string>& keys,
                                      const ParameterSets& sets,
                                      AfterEach after_each) {
  const ExecutionOptions options;
  detail::ManyContext context(open_state(), statement, options, keys, sets);
  return detail::run_many(context, after_each);
}

std::int64_t Connection::execute_many(const sql::Ref& statement,
                                      const std::vector<std::string>& keys,
                                      const ParameterSets& sets) {
  return execute_many(statement, keys, sets, &detail::ignore_each);
}

void Connection::insert_many_values(const sql::Ref& statement,
                                    const std::vector<std::string>& keys,
                                    const ParameterSets& sets,
                                    std::string_view key_column,
                                    OnGeneratedKey on_key) {
  if (sets.size() == 0) {
    return;
  }
  const ExecutionOptions options;
  detail::ManyContext context(open_state(), statement, options, keys, sets);
  const sql::TableNode& table = detail::target_of(context.compiled());
  const std::string key = detail::database_name(table, key_column);
  for (const BindSlot& slot : context.compiled().slots) {
    if (slot.key == key_column) {
      throw InvalidRequestError(
          "insert_many_values() reports keys that the database generates, but the statement gives "
          "column '" +
          std::string(key_column) + "'; use execute_many()");
    }
  }
  context.state.ensure_transaction();
  const Compiled& form = context.compiled();
  if (sets.size() > 1 && form.values_length > 0 && !form.has_post_compile && !form.has_returning &&
      context.state.driver->has_contiguous_keys(table.schema, table.name, key, sets.size())) {
    detail::run_batches(context, on_key);
    return;
  }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    detail::run_one(context, set, on_key);
  }
}

}  // namespace azoth
