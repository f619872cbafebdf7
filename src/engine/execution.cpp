// SPDX-License-Identifier: MIT
// The one path of every statement:
//
//   statement -> walk: binds and key -> cache -> (miss: rewrite, compile) -> values -> (expand) ->
//   prepare, bind, log, step -> result
//
// A hit allocates nothing here: the walk fills a vector that the connection keeps, values are bound
// as views of the statement's own literals, the prepared statement is found by the hash stored with
// its text, and log lines are only built when somebody reads them. That is why a result holds the
// statement while it streams: the driver still looks at the statement's texts.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/column.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <chrono>

namespace azoth {
namespace detail {
namespace {

std::int64_t now() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

double seconds_between(std::int64_t start, std::int64_t end) {
  using Period = std::chrono::steady_clock::period;
  return static_cast<double>(end - start) * Period::num / Period::den;
}

bool is_executable(sql::Kind kind) {
  return kind >= sql::Kind::select || kind == sql::Kind::text;
}

// The slot of each column of the target's primary key, or -1 where the database generates the
// value.
std::vector<std::int32_t> find_key_slots(const Compiled& compiled) {
  std::vector<std::int32_t> slots;
  if (compiled.kind != StatementKind::insert || !compiled.table ||
      compiled.table->kind() != sql::Kind::table) {
    return slots;
  }
  const auto& table = sql::as<sql::TableNode>(compiled.table);
  for (const std::uint32_t column : table.primary_key) {
    const auto found =
        std::find_if(compiled.slots.begin(), compiled.slots.end(), [&](const BindSlot& slot) {
          return slot.key == table.columns[column].key;
        });
    slots.push_back(found == compiled.slots.end()
                        ? -1
                        : static_cast<std::int32_t>(found - compiled.slots.begin()));
  }
  return slots;
}

}  // namespace

ExecutionContext::ExecutionContext(ConnectionState& connection_state,
                                   const sql::Ref& executed,
                                   const ExecutionOptions& execution_options)
    : state(connection_state), statement(executed), options(execution_options) {
  if (!statement || !is_executable(statement->kind())) {
    throw ObjectNotExecutableError(
        statement ? "Not an executable object: an expression; select() it, or write a statement"
                  : "Not an executable object: an empty handle");
  }
  binds.swap(state.binds);
  binds.clear();
}

void ExecutionContext::find_entry(const Params& params) {
  if (params.empty()) {
    static const std::vector<std::string> none;
    return find_entry(none, false);
  }
  std::vector<std::string> keys;
  for (const auto& [name, value] : params) {
    keys.push_back(name);
  }
  std::sort(keys.begin(), keys.end());
  find_entry(keys, false);
}

void ExecutionContext::find_entry(const std::vector<std::string>& for_key, bool many) {
  Hash key = sql::collect_binds(statement, binds);
  for (const std::string& name : for_key) {
    key = base::mix(key, name);
  }
  if (many) {
    key = base::mix(key, std::uint64_t{2});
  }
  if (options.rewriter != nullptr) {
    key = base::mix(key, options.rewriter->key());
  }
  const bool is_ddl = statement->kind() >= sql::Kind::create_table;
  if (!options.use_cache || state.state->cache.capacity() == 0) {
    origin = Origin::caching_disabled;
  } else if (!is_ddl) {
    entry = state.state->cache.find(key);
    if (entry) {
      origin = Origin::cached;
      return;
    }
  }
  compile(for_key, many, key);
}

void ExecutionContext::compile(const std::vector<std::string>& keys, bool many, const Hash& key) {
  const std::int64_t start = now();
  auto made = std::make_shared<CachedStatement>();
  const sql::Ref core =
      options.rewriter != nullptr ? options.rewriter->rewrite(statement, made->plan) : statement;
  CompileOptions compile_options;
  compile_options.column_keys = keys;
  compile_options.for_executemany = many;
  compile_options.lint_froms = state.state->options.enable_from_linting;
  made->compiled = state.state->dialect->compile(core, compile_options, &binds);
  if (!made->compiled.refusal.empty()) {
    throw CompileError(made->compiled.refusal);
  }
  made->text_hash = DriverConnection::hash_of(made->compiled.text);
  made->key_slots = find_key_slots(made->compiled);
  made->created = now();
  made->generation_seconds = seconds_between(start, made->created);
  for (const std::string& warning : made->compiled.warnings) {
    warn(WarningCategory::sa_warning, warning);
  }
  const bool is_cacheable =
      made->compiled.is_cacheable && made->compiled.kind != StatementKind::ddl;
  if (!is_cacheable) {
    origin = Origin::no_key;
  }
  entry = is_cacheable && origin != Origin::caching_disabled
              ? state.state->cache.store(key, std::move(made))
              : std::move(made);
}

const Value& ExecutionContext::generated_value(const BindSlot& slot, std::size_t set) const {
  std::deque<Value>& made = generated[&slot];
  while (made.size() <= set) {
    made.push_back((*slot.generator)());
  }
  return made[set];
}

void ExecutionContext::list_values(const BindSlot& slot,
                                   const Literal* given,
                                   std::vector<Literal>& out) const {
  if (given != nullptr) {
    out.push_back(*given);
  } else if (slot.mode == BindSlot::Mode::expanding && slot.ordinal != BindSlot::constant) {
    const auto& values = binds[slot.ordinal]->values;
    out.assign(values.begin(), values.end());
  } else {
    out.push_back(own_value(slot));
  }
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
  state.logger().info(text);
  std::string line = tag(behind_tag);
  if (state.state->options.hide_parameters) {
    line += hidden_parameters;
  } else {
    append_parameters(line);
  }
  state.logger().info(line);
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

void ExecutionContext::choose_readers(const DriverCursor& cursor) const {
  if (options.rewriter == nullptr || entry->has_readers.load(std::memory_order_acquire)) {
    return;
  }
  const std::lock_guard lock(state.state->readers_mutex);
  if (!entry->has_readers.load(std::memory_order_relaxed)) {
    options.rewriter->choose_readers(entry->plan.get(), entry->compiled, cursor);
    entry->has_readers.store(true, std::memory_order_release);
  }
}

CursorResult ExecutionContext::execute(const Params& params) {
  for (const BindSlot& slot : compiled().slots) {
    if (slot.required && positional.empty() && params.find(slot.key) == nullptr) {
      throw_missing(slot, {compiled().text, {}, state.state->options.hide_parameters});
    }
  }
  state.ensure_transaction();
  return compiled().has_post_compile ? execute_expanded(params) : execute_plain(params);
}

CursorResult ExecutionContext::execute_plain(const Params& params) {
  const Compiled& form = compiled();
  const auto value_at = [&](std::size_t i) {
    const Value* given = params.empty() ? nullptr : params.find(form.slots[i].key);
    return given != nullptr ? Literal(*given) : own_value(form.slots[i]);
  };
  const auto append_all = [&](std::string& out) {
    append_tuple(out, form.slots.size(), [&](std::string& o, std::size_t i) {
      append_value(o, value_at(i), form.slots[i].type);
    });
  };
  if (state.is_logging()) {
    log(form.text, append_all);
  }
  try {
    auto cursor = state.driver->prepare(form.text, entry->text_hash);
    check_count(*cursor, form.slots.size());
    for (std::size_t i = 0; i < form.slots.size(); ++i) {
      cursor->bind(static_cast<int>(i), value_at(i), form.slots[i].type);
    }
    cursor->stream_results(options.stream_results);
    const bool has_row = cursor->step();
    return finish(std::move(cursor), has_row, params);
  } catch (const DBAPIError& error) {
    state.rethrow(error, error_context(form.text, append_all));
  }
}

CursorResult ExecutionContext::execute_expanded(const Params& params) {
  const Compiled& form = compiled();
  std::vector<std::vector<Literal>> values(form.slots.size());
  for (std::size_t i = 0; i < form.slots.size(); ++i) {
    const BindSlot& slot = form.slots[i];
    const Value* given = params.find(slot.key);
    const Literal view = given != nullptr ? Literal(*given) : Literal(std::nullopt);
    list_values(slot, given != nullptr ? &view : nullptr, values[i]);
  }
  std::vector<Literal> flat;
  std::vector<TypePtr> types;
  const std::string text = expand(form, *state.state->dialect, values, flat, &types);
  const auto append_all = [&](std::string& out) {
    append_tuple(out, flat.size(), [&](std::string& o, std::size_t i) {
      append_value(o, flat[i], types[i]);
    });
  };
  if (state.is_logging()) {
    log(text, append_all);
  }
  try {
    auto cursor = state.driver->prepare(text);
    check_count(*cursor, flat.size());
    for (std::size_t i = 0; i < flat.size(); ++i) {
      cursor->bind(static_cast<int>(i), flat[i], types[i]);
    }
    cursor->stream_results(options.stream_results);
    const bool has_row = cursor->step();
    return finish(std::move(cursor), has_row, params);
  } catch (const DBAPIError& error) {
    state.rethrow(error, error_context(text, append_all));
  }
}

CursorResult ExecutionContext::finish(DriverConnection::CursorHandle cursor,
                                      bool has_row,
                                      const Params& params) {
  CursorResult result;
  result.column_count_ = static_cast<std::uint32_t>(cursor->column_count());
  result.returns_rows_ = result.column_count_ > 0;
  result.entry_ = entry;
  result.rowcount_ = cursor->affected_rows();
  if (compiled().kind == StatementKind::insert || compiled().kind == StatementKind::text) {
    result.lastrowid_ = state.driver->last_insert_id();
  }
  if (!entry->key_slots.empty()) {
    note_inserted_key(result, params, has_row ? cursor.get() : nullptr);
  }
  result.returns_rows_ &= !compiled().has_implicit_returning;
  if (!result.returns_rows_) {
    result.state_ = CursorResult::State::no_rows;
    return result;
  }
  choose_readers(*cursor);
  result.cursor_ = std::move(cursor);
  result.state_ = CursorResult::State::rows;
  result.link(&state);
  result.start(has_row, statement);
  return result;
}

// The key's columns are those of the program's values, of a RETURNING that the compiler added, or
// the one that the driver tells. A RETURNING of the program's own has them in its rows.
void ExecutionContext::note_inserted_key(CursorResult& result,
                                         const Params& params,
                                         DriverCursor* returned) const {
  const Compiled& form = compiled();
  if (form.has_returning && !state.state->dialect->capabilities().lastrowid) {
    return;
  }
  const auto& table = sql::as<sql::TableNode>(form.table);
  for (std::size_t i = 0; i < entry->key_slots.size(); ++i) {
    Value key;
    if (const std::int32_t at = entry->key_slots[i]; at >= 0) {
      const BindSlot& bound = slot(static_cast<std::size_t>(at));
      const Value* given = params.find(bound.key);
      key = given != nullptr ? *given : Value(own_value(bound));
    }
    const sql::Ref column = table.column(table.primary_key[i]);
    for (std::size_t k = 0; returned != nullptr && k < form.columns.size(); ++k) {
      if (form.has_implicit_returning && form.columns[k].element.get() == column.get()) {
        key = returned->value(static_cast<int>(k), form.columns[k].type);
      }
    }
    if (key.is_null() && (entry->key_slots[i] < 0 || entry->key_slots.size() == 1) &&
        !form.has_implicit_returning) {
      key = Value(Literal(result.lastrowid_));
    }
    result.inserted_key_.push_back(std::move(key));
  }
  result.has_inserted_key_ = true;
}

}  // namespace detail

CursorResult Connection::run(const sql::Ref& statement,
                             const Params& params,
                             const ExecutionOptions& options) {
  detail::ExecutionContext context(open_state(), statement, options);
  context.find_entry(params);
  if (params.empty()) {
    return context.execute(params);
  }
  auto kept =
      std::make_unique<Params>(params);  // the driver looks at their texts while rows are streamed
  CursorResult result = context.execute(*kept);
  result.params_ = std::move(kept);
  return result;
}

CursorResult Connection::run_positional(const sql::Ref& statement,
                                        std::span<const Literal> values,
                                        const ExecutionOptions& options) {
  static const Params none;
  detail::ExecutionContext context(open_state(), statement, options);
  context.find_entry(none);
  if (context.binds.size() != values.size()) {
    throw InvalidRequestError("The statement has " + std::to_string(context.binds.size()) +
                              " bind parameters, got values for " + std::to_string(values.size()));
  }
  context.positional = values;
  return context.execute(none);
}

}  // namespace azoth
