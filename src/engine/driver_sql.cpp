// SPDX-License-Identifier: MIT
// Text that goes to the driver as it is: no compilation, no cache, positional values.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>

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

const ExecutionOptions plain_options;
const sql::Ref no_statement;

}  // namespace

ExecutionContext::ExecutionContext(ConnectionState& connection_state, CachedRef raw)
    : state(connection_state),
      statement(no_statement),
      options(plain_options),
      entry(std::move(raw)),
      origin(Origin::raw) {}

}  // namespace detail

Result<> Connection::exec_driver_sql(std::string_view sql, const std::vector<Value>& parameters) {
  detail::ConnectionState& state = open_state();
  detail::ExecutionContext context(state, detail::raw_entry(sql));
  state.ensure_transaction();
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
  if (state.is_logging()) {
    context.log(sql, append_all);
  }
  try {
    auto cursor = state.driver->prepare(sql);
    context.check_count(*cursor, parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      cursor->bind(static_cast<int>(i), value_at(i), nullptr);
    }
    const bool has_row = cursor->step();
    CursorResult result = context.finish(std::move(cursor), has_row, Params());
    result.params_ = std::move(kept);
    return Result<>(std::move(result));
  } catch (const DBAPIError& error) {
    state.rethrow(error, context.error_context(sql, append_all));
  }
}

}  // namespace azoth
