// SPDX-License-Identifier: MIT
// Statements that are built once: which of their binds are parameters, and the values of a call.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/engine/prepare.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth {
namespace detail {
namespace {

bool is_view(const Literal& value) {
  return value.kind() == ValueKind::text || value.kind() == ValueKind::blob ||
         value.kind() == ValueKind::list;
}

}  // namespace

std::string name_of_parameter(std::size_t place) {
  return "prepared_" + std::to_string(place + 1);
}

PreparedStatement::PreparedStatement(sql::Ref statement, std::size_t parameters)
    : statement_(std::move(statement)) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < parameters; ++i) {
    names.push_back(name_of_parameter(i));
  }
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(statement_, binds);
  for (const sql::BindParameter* bind : binds) {
    const auto found = std::find(names.begin(), names.end(), bind->key);
    if (found == names.end() && bind->is_required) {
      throw ArgumentError("The statement given to prepare() has the parameter '" + bind->key +
                          "', whose value nothing gives; let the function take it as Param<T>");
    }
    places_.push_back(found == names.end() ? own_value
                                           : static_cast<std::size_t>(found - names.begin()));
    own_.emplace_back(bind->value);
  }
}

CursorResult PreparedStatement::run(Connection& connection, std::span<const Literal> given) const {
  // The driver looks at texts and bytes while rows are read: the result keeps copies.
  std::unique_ptr<Params> kept;
  std::vector<Literal> values = own_;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (places_[i] != own_value) {
      values[i] = given[places_[i]];
    }
  }
  if (std::any_of(given.begin(), given.end(), is_view)) {
    std::vector<Params::Item> items;
    items.reserve(given.size());
    for (std::size_t place = 0; place < given.size(); ++place) {
      items.emplace_back(name_of_parameter(place), given[place]);
    }
    kept = std::make_unique<Params>(std::move(items));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (places_[i] != own_value) {
        values[i] = Literal((kept->begin() + static_cast<std::ptrdiff_t>(places_[i]))->second);
      }
    }
  }
  CursorResult result = connection.run_positional(statement_, values);
  ExecutionContext::keep(result, std::move(kept));
  return result;
}

}  // namespace detail

CursorResult Connection::run_positional(const sql::Ref& statement,
                                        std::span<const Literal> values,
                                        const ExecutionOptions& options) {
  static const Params none;
  detail::ConnectionState& state = open_state();
  detail::ExecutionContext context(state, statement, options);
  context.find_entry(none);
  if (context.binds.size() != values.size()) {
    throw InvalidRequestError("The statement has " + std::to_string(context.binds.size()) +
                              " bind parameters, got values for " + std::to_string(values.size()));
  }
  context.positional = values;
  if (!state.listeners().is_used()) {
    return context.execute(none);
  }
  Params given;
  for (std::size_t i = 0; i < values.size(); ++i) {
    given.set(context.binds[i]->key, values[i]);
  }
  const std::span<const Params> sets(&given, 1);
  state.listeners().fire(event::before_execute, *this, statement, sets);
  CursorResult result = context.execute(none);
  state.listeners().fire(event::after_execute, *this, statement, sets, result);
  return result;
}

}  // namespace azoth
