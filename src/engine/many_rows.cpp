// SPDX-License-Identifier: MIT
// Statements with many parameter sets: one prepared statement is bound and run for each. An INSERT
// whose keys nobody asks for goes in arrays where dialect and driver can (insert_arrays.cpp).
#include "engine/many_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/events.hpp>

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
    const Params& params = sets_[set];
    if (key < params.size()) {  // most sets have the names in the order of the first
      const auto& [name, value] = params.begin()[static_cast<std::ptrdiff_t>(key)];
      if (name == keys_[key]) {
        return Literal(value);
      }
    }
    return Literal(*params.find(keys_[key]));
  }

 private:
  const ParamsList& sets_;
  const std::vector<std::string>& keys_;
};

}  // namespace

std::int64_t ManyContext::run_step(DriverCursor& cursor,
                                   std::size_t set,
                                   const AfterEach* after_each) {
  cursor.step();
  check_no_rows(cursor);
  if (after_each != nullptr) {
    (*after_each)(set, cursor, *state.driver);
  }
  const std::int64_t affected = std::max<std::int64_t>(cursor.affected_rows(), 0);
  cursor.reset();
  return affected;
}

std::int64_t ManyContext::run_each(std::size_t first, const AfterEach* after_each) {
  constexpr std::size_t most_on_their_way = 128;
  std::int64_t affected = 0;
  if (first == sets.size()) {
    return affected;
  }
  auto cursor = state.prepare(compiled().text, entry->text_hash);
  check_count(*cursor, key_of_slot.size());
  std::size_t on_their_way = 0;
  for (std::size_t set = first; set < sets.size(); ++set) {
    bind(*cursor, set, 0);
    if (after_each == nullptr && cursor->send_ahead()) {
      if (++on_their_way == most_on_their_way) {
        affected += cursor->await_sent();
        on_their_way = 0;
      }
      continue;
    }
    affected += cursor->await_sent();
    on_their_way = 0;
    affected += run_step(*cursor, set, after_each);
  }
  return affected + cursor->await_sent();
}

std::int64_t ManyContext::run_expanded(std::size_t set, const AfterEach* after_each) {
  std::vector<std::vector<Literal>> values(key_of_slot.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_given = key_of_slot[i] != none;
    const Literal given = is_given ? given_at(set, i) : Literal(std::nullopt);
    list_values(slot(i), is_given ? &given : nullptr, values[i]);
  }
  std::vector<std::vector<Value>> kept;
  process_lists(values, kept, [] { return std::string(); });
  std::vector<Literal> flat;
  std::vector<TypePtr> types;
  const std::string text = expand(compiled(), *state.state->dialect, values, flat, &types);
  auto cursor = state.prepare(text);
  for (std::size_t i = 0; i < flat.size(); ++i) {
    cursor->bind(static_cast<int>(i), flat[i], types[i]);
  }
  return run_step(*cursor, set, after_each);
}

namespace {

// Executes the statement once for each set from `first` on; returns the sum of affected rows.
// `after_each` is null when nobody wants to see each execution.
std::int64_t run_many(ManyContext& context, std::size_t first, const AfterEach* after_each) {
  if (context.sets.size() == 0) {
    return 0;
  }
  ConnectionState& state = context.state;
  state.ensure_transaction();
  const auto append = [&](std::string& out) { context.append_parameters(out); };
  const Announcement announced(
      state,
      context.compiled().text,
      context.sets.size(),
      context.key_of_slot.size(),
      context.sets.size() > 1,
      [&](std::size_t set, std::size_t i) { return context.sent_at(set, i); });
  if (state.is_logging()) {
    context.log(context.compiled().text, append);
  }
  std::int64_t affected = 0;
  try {
    if (!context.compiled().has_post_compile) {
      first = after_each == nullptr ? context.insert_together(first, affected) : first;
      affected += context.run_each(first, after_each);
      announced.executed();
      return affected;
    }
    for (std::size_t set = first; set < context.sets.size(); ++set) {
      affected += context.run_expanded(set, after_each);
    }
    announced.executed();
    return affected;
  } catch (const DBAPIError& error) {
    if (!error.statement().empty()) {
      throw;  // of another statement, executed by after_each
    }
    state.rethrow(error, context.error_context(context.compiled().text, append));
  }
}

std::int64_t run_sets(ManyContext& context) {
  std::int64_t affected = 0;
  const std::size_t done =
      insert_from_arrays(context, {}, [](std::size_t, std::int64_t) {}, affected);
  return done == context.sets.size() ? affected : affected + run_many(context, done, nullptr);
}

void check_sets(const ManyContext& context, const ParamsList& sets) {
  if (context.compiled().has_post_compile) {
    throw_statement_error(
        InvalidRequestError("'literal_execute' or 'expanding' parameters can't be used with "
                            "executemany()"),
        {context.compiled().text, shown(sets), context.state.state->options.hide_parameters});
  }
  for (std::size_t set = 1; set < sets.size(); ++set) {
    for (std::size_t i = 0; i < context.key_of_slot.size(); ++i) {
      const BindSlot& slot = context.slot(i);
      if (context.key_of_slot[i] == ManyContext::none || sets[set].find(slot.key) != nullptr) {
        continue;
      }
      context.throw_missing(
          slot,
          {context.compiled().text, shown(sets), context.state.state->options.hide_parameters},
          ", in parameter group " + std::to_string(set));
    }
  }
}

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
  detail::ConnectionState& state = open_state();
  const std::span<const Params> told(sets);
  state.listeners().fire(event::before_execute, *this, statement, told);
  const detail::ListedSets listed(sets, keys);
  detail::ManyContext context(state, statement, options, keys, listed);
  detail::check_sets(context, sets);
  CursorResult result;
  if (context.compiled().has_returning) {
    result = context.run_returning();
  } else {
    result.rowcount_ = detail::run_sets(context);
    result.entry_ = context.entry;
    result.is_many_ = true;
    result.state_ = CursorResult::State::no_rows;
  }
  state.listeners().fire(event::after_execute, *this, statement, told, result);
  return result;
}

std::int64_t Connection::execute_many(const sql::Ref& statement,
                                      const std::vector<std::string>& keys,
                                      const ParameterSets& sets,
                                      AfterEach after_each) {
  const ExecutionOptions options;
  detail::ManyContext context(open_state(), statement, options, keys, sets);
  return detail::run_many(context, 0, &after_each);
}

std::int64_t Connection::execute_many(const sql::Ref& statement,
                                      const std::vector<std::string>& keys,
                                      const ParameterSets& sets) {
  const ExecutionOptions options;
  detail::ManyContext context(open_state(), statement, options, keys, sets);
  return detail::run_sets(context);
}

}  // namespace azoth
