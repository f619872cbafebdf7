// SPDX-License-Identifier: MIT
// What logs and errors say of an execution.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>

#include <chrono>

namespace azoth::detail {
namespace {

std::int64_t now() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

double seconds_between(std::int64_t start, std::int64_t end) {
  using Period = std::chrono::steady_clock::period;
  return static_cast<double>(end - start) * Period::num / Period::den;
}

}  // namespace

std::string shown(std::span<const Params> sets) {
  if (sets.empty()) {
    return {};
  }
  std::string out;
  append_sets(out, sets.size(), [&](std::string& o, std::size_t set) {
    const std::size_t start = o.size();
    for (const auto& [name, value] : sets[set]) {
      o += (o.size() == start ? "{" : ", ") + repr(Literal(name)) + ": " + repr(Literal(value));
    }
    o += o.size() == start ? "{}" : "}";
  });
  return out;
}

void ExecutionContext::throw_missing(const BindSlot& slot,
                                     StatementContext context,
                                     const std::string& group) const {
  throw_statement_error(
      InvalidRequestError("A value is required for bind parameter '" + slot.key + "'" + group,
                          "cd3x"),
      std::move(context));
}

std::string ExecutionContext::tag(std::string_view behind_tag) const {
  std::string text;
  switch (origin) {
    case Origin::generated:
      text = "[generated in " + seconds_text(entry->generation_seconds);
      break;
    case Origin::cached:
      text = "[cached since " + age_text(seconds_between(entry->created, now()));
      break;
    case Origin::no_key:
      text = "[no key " + seconds_text(entry->generation_seconds);
      break;
    case Origin::caching_disabled:
      text = "[caching disabled " + seconds_text(entry->generation_seconds);
      break;
    case Origin::raw:
      text = "[raw sql";
      break;
    case Origin::next_batch:
      text = "[insertmanyvalues";
      break;
  }
  return text.append(behind_tag).append("] ");
}

void ExecutionContext::log(std::string_view text,
                           base::FunctionRef<void(std::string&)> append_parameters,
                           std::string_view behind_tag) const {
  state.log(text);
  std::string line = tag(behind_tag);
  if (state.state->options.hide_parameters) {
    line += hidden_parameters;
  } else {
    append_parameters(line);
  }
  state.log(line);
}

StatementContext ExecutionContext::error_context(
    std::string_view text, base::FunctionRef<void(std::string&)> append_parameters) const {
  StatementContext context{std::string(text), {}, state.state->options.hide_parameters};
  append_parameters(context.parameters);
  if (context.parameters == "()") {
    context.parameters.clear();
  }
  return context;
}

void ExecutionContext::check_count(const DriverCursor& cursor, std::size_t given) const {
  if (static_cast<std::size_t>(cursor.parameter_count()) == given) {
    return;
  }
  DBAPIErrorInfo info;
  info.driver = state.state->driver->name();
  info.message = "Incorrect number of bindings supplied. The current statement uses " +
                 std::to_string(cursor.parameter_count()) + ", and there are " +
                 std::to_string(given) + " supplied.";
  throw ProgrammingError(std::move(info));
}

}  // namespace azoth::detail
