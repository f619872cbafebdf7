// SPDX-License-Identifier: MIT
// One execution on its way: the statement, its compiled form and its binds. Lives on the stack of
// Connection::run and its kin.
#pragma once
#include "engine/announcement.hpp"
#include "engine/connection_state.hpp"
#include "engine/statement_log.hpp"
#include <azoth/compile/compiled.hpp>
#include <azoth/sql/statement.hpp>

#include <deque>
#include <span>
#include <unordered_map>

namespace azoth::detail {

/// Parameter sets as the program gave them: `[{'a': 1}, {'a': 2}]`.
std::string shown(std::span<const Params> sets);

/// The sets that a program gave: none, or these.
inline std::span<const Params> sets_of(const Params& params) {
  return {&params, params.empty() ? std::size_t{0} : std::size_t{1}};
}

struct ExecutionContext {
  /// @throws ObjectNotExecutableError
  ExecutionContext(ConnectionState& connection_state,
                   const sql::Ref& executed,
                   const ExecutionOptions& execution_options);
  /// Of text that goes to the driver as it is.
  ExecutionContext(ConnectionState& connection_state, CachedRef raw);

  virtual ~ExecutionContext() { state.binds.swap(binds); }  // its memory serves the next execution

  ExecutionContext(const ExecutionContext&) = delete;
  ExecutionContext& operator=(const ExecutionContext&) = delete;

  /// Finds the compiled form in the cache, or makes it. `for_key` are the sorted names of the
  /// parameters.
  void find_entry(const std::vector<std::string>& for_key, bool many);
  void find_entry(const Params& params);
  /// Executes once and returns the open result.
  CursorResult execute(const Params& params);

  /// Where the compiled form is kept, and what becomes of schemas: as this execution says, else as
  /// its connection does.
  StatementCache& cache() const {
    return options.compiled_cache != nullptr         ? *options.compiled_cache
           : state.options.compiled_cache != nullptr ? *state.options.compiled_cache
                                                     : state.state->cache;
  }

  const std::optional<std::vector<SchemaTranslation>>& schema_translations() const {
    return options.schema_translate_map ? options.schema_translate_map
                                        : state.options.schema_translate_map;
  }

  bool streams_results() const {
    return options.stream_results.value_or(state.options.stream_results.value_or(false));
  }

  const Compiled& compiled() const { return entry->compiled; }

  const BindSlot& slot(std::size_t i) const { return entry->compiled.slots[i]; }

  /// The value of a slot that no parameter gives.
  Literal own_value(const BindSlot& slot, std::size_t set = 0) const {
    if (slot.ordinal == BindSlot::constant) {
      return slot.generator ? Literal(generated_value(slot, set)) : Literal(slot.value);
    }
    return positional.empty() ? Literal(binds[slot.ordinal]->value) : positional[slot.ordinal];
  }

  /// The value of a slot in a row, as parameters give it or as it has it of its own.
  virtual Literal row_value(const BindSlot& slot, std::size_t set) const;

  const Params* given_params = nullptr;

  /// What functions have made, by slot, row after row.
  mutable std::unordered_map<const BindSlot*, std::deque<Value>> generated;
  /// What the function behind a column's default made for a row: it is called once.
  const Value& generated_value(const BindSlot& slot, std::size_t set) const;

  /// Values as they are sent, where that is not as the program gave them: by slot, then by set. A
  /// slot all of whose values are sent as given has none.
  std::vector<std::vector<Value>> processed;

  /// Returns a value as its type sends it. @throws StatementError for what the type refuses
  Value processed_value(const Literal& value,
                        TypePtr type,
                        base::FunctionRef<std::string()> shown_parameters) const;

  /// Fills `processed` for so many sets; `given` tells the values by set and slot. Slots that are
  /// completed late are left out. @throws StatementError for what a type refuses
  void process_values(std::size_t sets,
                      base::FunctionRef<Literal(std::size_t, std::size_t)> given,
                      base::FunctionRef<std::string()> shown_parameters);

  /// Replaces the values of each slot, one or a list, by those that are sent, which live in `kept`.
  /// A slot that has values there already has been processed. @throws as `process_values`
  void process_lists(std::vector<std::vector<Literal>>& values,
                     std::vector<std::vector<Value>>& kept,
                     base::FunctionRef<std::string()> shown_parameters);

  bool is_processed(std::size_t slot_index) const {
    return slot_index < processed.size() && !processed[slot_index].empty();
  }

  /// Values of a slot that is expanded: the list of the bind, unless a parameter gives one value.
  void list_values(const BindSlot& slot, const Literal* given, std::vector<Literal>& out) const;
  [[noreturn]] void throw_missing(const BindSlot& slot,
                                  StatementContext context,
                                  const std::string& group = {}) const;

  /// Logs the statement and, behind the tag, its parameters.
  void log(std::string_view text,
           base::FunctionRef<void(std::string&)> append_parameters,
           std::string_view behind_tag = {}) const;

  Value sent(const Literal& value, TypePtr type) const { return state.driver->sent(value, type); }

  void append_value(std::string& out, const Literal& value, TypePtr type) const {
    state.driver->append_repr(out, value, type);
  }

  /// Makes the context of an error.
  StatementContext error_context(std::string_view text,
                                 base::FunctionRef<void(std::string&)> append_parameters) const;
  /// Refuses a text whose placeholders are not those that were compiled.
  void check_count(const DriverCursor& cursor, std::size_t given) const;
  void choose_readers(const DriverCursor& cursor) const;
  /// Takes the cursor over into a result after its first step.
  CursorResult finish(DriverConnection::CursorHandle cursor, bool has_row, const Params& params);
  void note_inserted_key(CursorResult& result, const Params& params, DriverCursor* returned) const;

  /// Lets a result keep what the values of its statement view.
  static void keep(CursorResult& result, std::unique_ptr<Params> params) {
    result.params_ = std::move(params);
  }

  ConnectionState& state;
  const sql::Ref& statement;
  const ExecutionOptions& options;
  std::vector<const sql::BindParameter*> binds;
  std::span<const Literal> positional;  ///< values of the binds, instead of their own
  CachedRef entry;
  enum class Origin : std::uint8_t {
    generated,
    cached,
    no_key,
    caching_disabled,
    raw,
    next_batch
  } origin = Origin::generated;

 private:
  CursorResult execute_plain(const Params& params);
  CursorResult execute_expanded(const Params& params);
  Literal given_value(std::size_t slot_index, const Params& params) const;
  void compile(const std::vector<std::string>& keys, bool many, const Hash& key);
  std::string tag(std::string_view behind_tag) const;
};

}  // namespace azoth::detail
