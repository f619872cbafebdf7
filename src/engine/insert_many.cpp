// SPDX-License-Identifier: MIT
// INSERT of many rows that tells the key generated for each. Where the database says that the keys
// of one statement are contiguous, many rows go into one,
//   INSERT INTO t (a) VALUES (?)  ->  INSERT INTO t (a) VALUES (?), (?), (?) ...
// which costs 0.35-0.4 of the loop on SQLite, and the keys are counted back from the last one.
// (RETURNING would tell them too, and undo the gain there.) Where parameters can be arrays, see
// insert_arrays.cpp. Else it is one statement a row.
#include "engine/many_context.hpp"
#include "engine/row_batches.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement_builder.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {
namespace detail {

namespace {

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
  const auto batch_from = [&](std::size_t first) {
    return rows_that_fit(context, first, next_batch(total - first, largest));
  };
  std::size_t batches = 0;
  for (std::size_t first = 0; state.is_logging() && first < total; first += batch_from(first)) {
    ++batches;
  }
  std::string text;
  DriverConnection::CursorHandle cursor{nullptr, {nullptr}};
  std::size_t prepared = 0;
  for (std::size_t first = 0, number = 1; first < total; ++number) {
    const std::size_t count = batch_from(first);
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
    const std::size_t width = context.key_of_slot.size();
    const Announcement announced(
        state, text, 1, count * width, false, [&](std::size_t, std::size_t i) {
          return context.sent_at(first + i / width, i % width);
        });
    if (state.is_logging()) {
      const std::string place =
          " " + std::to_string(number) + "/" + std::to_string(batches) + " (unordered)";
      context.origin = number == 1 ? context.origin : ExecutionContext::Origin::next_batch;
      context.log(text, append, number == 1 ? " (insertmanyvalues)" + place : place);
    }
    std::int64_t last = 0;
    try {
      if (count != prepared) {
        cursor = state.prepare(text);
        prepared = count;
      }
      context.run_batch(first, count, *cursor);
      announced.executed();
      last = state.driver->last_of_contiguous_keys(count);
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

// The text of the statement with RETURNING of the key, where the driver has no notion of a last
// one.
std::string text_for_one(const ManyContext& context, std::string_view key) {
  const Compiled& form = context.compiled();
  const Capabilities& can = context.state.state->dialect.load()->capabilities();
  if (can.lastrowid || form.has_implicit_returning || form.has_returning) {
    return form.text;
  }
  sql::Ref returning = context.statement;
  const sql::TableNode& table = sql::as<sql::TableNode>(form.table);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].key == key) {
      sql::StatementBuilder::append(returning, sql::Clause::returning, table.column(i));
    }
  }
  ExecutionContext shape(context.state, returning, context.options);
  std::vector<std::string> keys = context.keys;
  std::sort(keys.begin(), keys.end());
  shape.find_entry(keys, true);
  return shape.compiled().text;
}

// Inserts one row and reports its key.
void run_one(ManyContext& context,
             std::size_t set,
             const std::string& text,
             OnGeneratedKey on_key) {
  ConnectionState& state = context.state;
  const auto append = [&](std::string& out) { context.append_set(out, set); };
  const Announcement announced(
      state, text, 1, context.key_of_slot.size(), false, [&](std::size_t, std::size_t i) {
        return context.sent_at(set, i);
      });
  if (state.is_logging()) {
    context.log(text, append);
    context.origin = context.origin == ExecutionContext::Origin::generated
                         ? ExecutionContext::Origin::cached
                         : context.origin;
  }
  try {
    auto cursor = state.prepare(text);
    context.check_count(*cursor, context.key_of_slot.size());
    context.bind(*cursor, set, 0);
    const bool has_row = cursor->step();
    announced.executed();
    if (cursor->column_count() == 0) {
      on_key(set, state.driver->last_insert_id());
    } else if (has_row) {
      on_key(set, cursor->value(0, types::BigInteger()).get<std::int64_t>());
    } else {
      throw InvalidRequestError("The INSERT returned no key: the database has left out the row");
    }
  } catch (const DBAPIError& error) {
    state.rethrow(error, context.error_context(text, append));
  }
}

}  // namespace

CursorResult ManyContext::run_returning() {
  const Compiled& form = compiled();
  const std::size_t width = key_of_slot.size();
  if (form.kind != StatementKind::insert || form.values_length == 0 || form.has_post_compile ||
      sets.size() * width > state.driver->max_parameters()) {
    throw InvalidRequestError(
        "Can't return the rows of this statement for " + std::to_string(sets.size()) +
        " parameter sets: only an INSERT of plain values, with fewer than " +
        std::to_string(state.driver->max_parameters()) + " parameters in all, does that");
  }
  state.ensure_transaction();
  const std::string text = repeated_text(form, sets.size());
  const auto value = [&](std::size_t i) { return value_at(i / width, i % width); };
  const auto append = [&](std::string& out) {
    append_tuple(out, sets.size() * width, [&](std::string& o, std::size_t i) {
      append_value(o, value(i), slot(i % width).type);
    });
  };
  const Announcement announced(
      state, text, 1, sets.size() * width, false, [&](std::size_t, std::size_t i) {
        return sent_at(i / width, i % width);
      });
  if (state.is_logging()) {
    log(text, append, " (insertmanyvalues) 1/1 (unordered)");
  }
  try {
    auto cursor = state.prepare(text);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      bind(*cursor, set, set * width);
    }
    const bool has_row = cursor->step();
    announced.executed();
    return finish(std::move(cursor), has_row, Params());
  } catch (const DBAPIError& error) {
    state.rethrow(error, error_context(text, append));
  }
}

}  // namespace detail

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
  std::int64_t affected = 0;
  std::size_t set = detail::insert_from_arrays(context, key, on_key, affected);
  const std::string text =
      set < sets.size() ? detail::text_for_one(context, key_column) : std::string();
  for (; set < sets.size(); ++set) {
    detail::run_one(context, set, text, on_key);
  }
}

}  // namespace azoth
