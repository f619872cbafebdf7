// SPDX-License-Identifier: MIT
// Text that goes to the driver as it is: no compilation, no cache, positional values.
#include "engine/announcement.hpp"
#include "engine/execution_context.hpp"
#include "engine/statement_log.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>

#include <algorithm>

namespace azoth {
namespace detail {
namespace {

CachedRef raw_entry(std::string_view sql) {
  auto entry = std::make_shared<CachedStatement>();
  entry->compiled.text = sql;
  entry->compiled.kind = StatementKind::text;
  entry->compiled.is_textual = true;
  entry->compiled.is_cacheable = false;
  return entry;
}

// Says whether the text is a BEGIN of its own, such as SQLite's BEGIN IMMEDIATE.
bool begins_transaction(std::string_view sql) {
  const std::string_view verb = sql.substr(0, sql.find_first_of(" \t\n;"));
  return base::ascii_iequal(verb, "BEGIN") || base::ascii_iequal(verb, "START");
}

const ExecutionOptions plain_options;
const sql::Ref no_statement;

}  // namespace

ExecutionContext::ExecutionContext(ConnectionState& connection_state, CachedRef raw)
    : state(connection_state),
      statement(no_statement),
      options(plain_options),
      entry(std::move(raw)),
      origin(Origin::raw) {}

void ConnectionState::execute_ddl_text(const std::string& sql) {
  log_and_run(sql, "no key " + seconds_text(0), [&](DriverConnection& connection) {
    connection.execute_plain(sql);
  });
}

void ConnectionState::log_and_run(const std::string& sql,
                                  std::string_view how,
                                  base::FunctionRef<void(DriverConnection&)> body) {
  const Announcement announced(*this, sql);
  if (is_logging()) {
    log(sql);
    log("[" + std::string(how) + "] " +
        (state->options.hide_parameters ? hidden_parameters : "()"));
  }
  try {
    body(*driver);
    announced.executed();
  } catch (const DBAPIError& error) {
    rethrow(error, {sql, {}, state->options.hide_parameters});
  }
}

void ConnectionState::run_driver(const std::string& sql,
                                 base::FunctionRef<void(DriverConnection&)> body) {
  log_and_run(sql, "raw sql", body);
}

}  // namespace detail

void Connection::run_driver(std::string_view statement,
                            base::FunctionRef<void(DriverConnection&)> body) {
  detail::ConnectionState& state = open_state();
  state.ensure_transaction();
  state.run_driver(std::string(statement), body);
}

Result<> Connection::exec_driver_sql(std::string_view sql, const std::vector<Value>& parameters) {
  detail::ConnectionState& state = open_state();
  detail::ExecutionContext context(state, detail::raw_entry(sql));
  if (!state.is_beginning || !detail::begins_transaction(sql)) {
    state.ensure_transaction();
  }
  auto kept = std::make_unique<Params>();  // the driver looks at texts while rows are streamed
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    kept->set(std::to_string(i), parameters[i]);
  }
  const auto value_at = [&](std::size_t i) {
    return Literal((kept->begin() + static_cast<std::ptrdiff_t>(i))->second);
  };
  const auto append_all = [&](std::string& out) {
    detail::append_tuple(out, parameters.size(), [&](std::string& o, std::size_t i) {
      context.append_value(o, value_at(i), nullptr);
    });
  };
  const detail::Announcement announced(
      state, sql, 1, parameters.size(), false, [&](std::size_t, std::size_t i) {
        return context.sent(value_at(i), nullptr);
      });
  if (state.is_logging()) {
    context.log(sql, append_all);
  }
  try {
    auto cursor = state.prepare(sql);
    context.check_count(*cursor, parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      cursor->bind(static_cast<int>(i), value_at(i), nullptr);
    }
    cursor->stream_results(context.streams_results());
    const bool has_row = cursor->step();
    announced.executed();
    CursorResult result = context.finish(std::move(cursor), has_row, Params());
    result.params_ = std::move(kept);
    return Result<>(std::move(result));
  } catch (const DBAPIError& error) {
    state.rethrow(error, context.error_context(sql, append_all));
  }
}

CursorResult Connection::run_driver_sql(std::string_view sql,
                                        const std::vector<std::vector<Value>>& sets) {
  detail::ConnectionState& state = open_state();
  detail::ExecutionContext context(state, detail::raw_entry(sql));
  state.ensure_transaction();
  const auto append_all = [&](std::string& out) {
    detail::append_sets(out, sets.size(), [&](std::string& o, std::size_t set) {
      detail::append_tuple(o, sets[set].size(), [&](std::string& one, std::size_t i) {
        context.append_value(one, Literal(sets[set][i]), nullptr);
      });
    });
  };
  const std::size_t width = sets.empty() ? 0 : sets.front().size();
  const detail::Announcement announced(
      state, sql, sets.size(), width, true, [&](std::size_t set, std::size_t i) {
        return context.sent(Literal(sets[set].at(i)), nullptr);
      });
  if (state.is_logging()) {
    context.log(sql, append_all);
  }
  try {
    auto cursor = state.prepare(sql);
    CursorResult result;
    for (const std::vector<Value>& set : sets) {
      context.check_count(*cursor, set.size());
      for (std::size_t i = 0; i < set.size(); ++i) {
        cursor->bind(static_cast<int>(i), Literal(set[i]), nullptr);
      }
      cursor->step();
      result.rowcount_ = std::max<std::int64_t>(result.rowcount_, 0) + cursor->affected_rows();
      cursor->reset();
    }
    announced.executed();
    result.entry_ = context.entry;
    result.is_many_ = true;
    result.state_ = CursorResult::State::no_rows;
    return result;
  } catch (const DBAPIError& error) {
    state.rethrow(error, context.error_context(sql, append_all));
  }
}

}  // namespace azoth
