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
#include <azoth/engine/events.hpp>
#include <azoth/sql/column.hpp>
#include <azoth/sql/statement_builder.hpp>
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
  for (const auto& [name, list] : params.lists()) {
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
  const auto& schemas = schema_translations();
  for (std::size_t i = 0; schemas && i < schemas->size(); ++i) {
    key = base::mix(base::mix(key, (*schemas)[i].from.value_or("\1")),
                    (*schemas)[i].to.value_or("\1"));
  }
  const bool is_ddl = statement->kind() >= sql::Kind::create_table;
  if (!options.use_cache || !state.options.use_cache || cache().capacity() == 0) {
    origin = Origin::caching_disabled;
  } else if (!is_ddl) {
    entry = cache().find(key);
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
  compile_options.schema_translate_map = schema_translations();
  compile_options.render_schema_translate = schema_translations().has_value();
  compile_options.lint_froms = state.state->options.enable_from_linting;
  made->compiled = state.state->dialect.load()->compile(core, compile_options, &binds);
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
  entry = is_cacheable && origin != Origin::caching_disabled ? cache().store(key, std::move(made))
                                                             : std::move(made);
}

namespace {

// One row of the parameters, as functions that make defaults see it.
class RowOfDefaults final : public DefaultContext {
 public:
  RowOfDefaults(const ExecutionContext& context, std::size_t set, std::uint32_t offset)
      : context_(context), set_(set), offset_(offset) {}

  // In an INSERT of several rows the parameters of the row are those around `offset`: the last of
  // that key before it, or else the next.
  Value current_parameter(std::string_view key) const override {
    const BindSlot* found = nullptr;
    const std::vector<BindSlot>& slots = context_.compiled().slots;
    for (std::uint32_t i = 0; i < slots.size(); ++i) {
      if (slots[i].key == key && (found == nullptr || i < offset_)) {
        found = &slots[i];
      }
    }
    return found != nullptr ? Value(context_.row_value(*found, set_)) : Value();
  }

 private:
  const ExecutionContext& context_;
  std::size_t set_;
  std::uint32_t offset_;
};

}  // namespace

const Value& ExecutionContext::generated_value(const BindSlot& slot, std::size_t set) const {
  std::deque<Value>& made = generated[&slot];
  while (made.size() <= set) {
    const auto offset = static_cast<std::uint32_t>(&slot - compiled().slots.data());
    made.push_back((*slot.generator)(RowOfDefaults(*this, made.size(), offset)));
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
    if (slot.required && positional.empty() && params.find(slot.key) == nullptr &&
        params.find_list(slot.key) == nullptr) {
      throw_missing(slot, {compiled().text, {}, state.state->options.hide_parameters});
    }
  }
  return compiled().has_post_compile ? execute_expanded(params) : execute_plain(params);
}

Literal ExecutionContext::given_value(std::size_t slot_index, const Params& params) const {
  const BindSlot& at = slot(slot_index);
  // A value of one row of many is a parameter of its own (`a_m0`), which no column's name means.
  const bool is_in_row = !compiled().is_cacheable && at.key != at.name;
  const Value* given = params.empty() || is_in_row ? nullptr : params.find(at.key);
  return given != nullptr ? Literal(*given) : own_value(at);
}

Literal ExecutionContext::row_value(const BindSlot& slot, std::size_t set) const {
  const Value* given = given_params != nullptr ? given_params->find(slot.key) : nullptr;
  return given != nullptr ? Literal(*given) : own_value(slot, set);
}

CursorResult ExecutionContext::execute_plain(const Params& params) {
  const Compiled& form = compiled();
  given_params = &params;
  process_values(
      1,
      [&](std::size_t, std::size_t i) { return given_value(i, params); },
      [&] { return shown(sets_of(params)); });
  state.ensure_transaction();
  const auto value_at = [&](std::size_t i) {
    return is_processed(i) ? Literal(processed[i].front()) : given_value(i, params);
  };
  const auto append_all = [&](std::string& out) {
    append_tuple(out, form.slots.size(), [&](std::string& o, std::size_t i) {
      append_value(o, value_at(i), form.slots[i].type);
    });
  };
  const Announcement announced(
      state, form.text, 1, form.slots.size(), false, [&](std::size_t, std::size_t i) {
        return sent(value_at(i), form.slots[i].type);
      });
  if (state.is_logging()) {
    log(form.text, append_all);
  }
  try {
    auto cursor = state.prepare(form.text, entry->text_hash);
    check_count(*cursor, form.slots.size());
    for (std::size_t i = 0; i < form.slots.size(); ++i) {
      cursor->bind(static_cast<int>(i), value_at(i), form.slots[i].type);
    }
    cursor->stream_results(streams_results());
    const bool has_row = cursor->step();
    announced.executed();
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
    if (const std::vector<Value>* list = params.find_list(slot.key)) {
      values[i].assign(list->begin(), list->end());
    } else {
      const Value* given = params.find(slot.key);
      const Literal view = given != nullptr ? Literal(*given) : Literal(std::nullopt);
      list_values(slot, given != nullptr ? &view : nullptr, values[i]);
    }
  }
  process_lists(values, processed, [&] { return shown(sets_of(params)); });
  state.ensure_transaction();
  std::vector<Literal> flat;
  std::vector<TypePtr> types;
  const std::string text = expand(form, *state.state->dialect, values, flat, &types);
  const auto append_all = [&](std::string& out) {
    append_tuple(out, flat.size(), [&](std::string& o, std::size_t i) {
      append_value(o, flat[i], types[i]);
    });
  };
  const Announcement announced(state, text, 1, flat.size(), false, [&](std::size_t, std::size_t i) {
    return sent(flat[i], types[i]);
  });
  if (state.is_logging()) {
    log(text, append_all);
  }
  try {
    auto cursor = state.prepare(text);
    check_count(*cursor, flat.size());
    for (std::size_t i = 0; i < flat.size(); ++i) {
      cursor->bind(static_cast<int>(i), flat[i], types[i]);
    }
    cursor->stream_results(streams_results());
    const bool has_row = cursor->step();
    announced.executed();
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
    if (positional.empty()) {
      result.pin_ = statement;  // for what is told of the row that was written
    }
    for (const auto& [made, values] : generated) {
      result.generated_.emplace_back(made->name, values.back());
    }
    return result;
  }
  choose_readers(*cursor);
  result.processed_ = std::move(processed);
  result.cursor_ = std::move(cursor);
  result.state_ = CursorResult::State::rows;
  result.link(&state);
  result.start(has_row, statement);
  return result;
}

}  // namespace detail

CursorResult Connection::run(const sql::Ref& statement,
                             const Params& params,
                             const ExecutionOptions& options) {
  if (statement && statement->kind() == sql::Kind::function) {
    sql::Ref select = sql::StatementBuilder::make(sql::Kind::select);
    sql::StatementBuilder::append(select, sql::Clause::column, statement);
    return run(select, params, options);
  }
  detail::ConnectionState& state = open_state();
  const std::span<const Params> sets = detail::sets_of(params);
  state.listeners().fire(event::before_execute, *this, statement, sets);
  detail::ExecutionContext context(state, statement, options);
  context.find_entry(params);
  // The driver looks at the texts of parameters while rows are streamed.
  auto kept = params.empty() ? nullptr : std::make_unique<Params>(params);
  CursorResult result = context.execute(kept ? *kept : params);
  result.params_ = std::move(kept);
  state.listeners().fire(event::after_execute, *this, statement, sets, result);
  return result;
}

}  // namespace azoth
