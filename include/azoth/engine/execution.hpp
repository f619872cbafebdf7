// SPDX-License-Identifier: MIT
// What an execution may be asked beside the statement: the ORM's rewriting of it, options, and the
// callbacks of many-row statements. The one path that every statement takes stands in
// src/engine/execution.cpp; Connection is its door.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/params.hpp>
#include <azoth/engine/statement_cache.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth {

/// Turns a statement into the one that is compiled, on cache misses only: the ORM makes a Core
/// select of a select of entities.
class StatementRewriter {
 public:
  /// Returns the statement to compile and leaves in `plan` whatever the reading of its rows needs;
  /// kept with the compiled form and shared by all threads. `statement` is the statement as the
  /// program built it: its binds are numbered by `sql::collect_binds`.
  virtual sql::Ref rewrite(const sql::Ref& statement, std::shared_ptr<const void>& plan) = 0;
  /// Called once for a compiled form, before its first rows are read, to choose column readers;
  /// under a lock, so the plan may be changed.
  virtual void choose_readers(const void* plan,
                              const Compiled& compiled,
                              const DriverCursor& cursor);

  /// Tells compiled forms apart that one statement has under different rewriters or settings of
  /// them.
  virtual std::uint64_t key() const { return 1; }

 protected:
  ~StatementRewriter() = default;
};

/// Options of one execution, of a connection or of an engine; what an execution says goes before
/// what its connection says, and that before the engine's.
struct ExecutionOptions {
  StatementRewriter* rewriter = nullptr;
  bool use_cache = true;  ///< false: compile anew and do not keep it (`compiled_cache=None`)
  std::optional<bool> stream_results{};      ///< fetch rows as they are read, not all at first
  StatementCache* compiled_cache = nullptr;  ///< used instead of the engine's; lives longer
  /// Of connections and engines only: SERIALIZABLE, READ UNCOMMITTED, AUTOCOMMIT ...
  std::optional<std::string> isolation_level{};
  /// Of connections and engines only: transactions of PostgreSQL are READ ONLY, or wait for a
  /// snapshot that no serialization failure can hit (SERIALIZABLE READ ONLY DEFERRABLE).
  std::optional<bool> postgresql_readonly{};
  std::optional<bool> postgresql_deferrable{};
  /// Of connections and engines only: stands in brackets before each log line.
  std::optional<std::string> logging_token{};
  /// Schemas of tables to be written as others.
  std::optional<std::vector<SchemaTranslation>> schema_translate_map{};

  /// Takes over what others say; the rewriter, which is of one execution, stays.
  void update(const ExecutionOptions& others);
};

/// Called after each parameter set of `Connection::execute_many`, with the cursor before it is
/// reset.
using AfterEach =
    base::FunctionRef<void(std::size_t set, DriverCursor& cursor, DriverConnection& connection)>;
/// Called with the key that the database generated for each set of
/// `Connection::insert_many_values`.
using OnGeneratedKey = base::FunctionRef<void(std::size_t set, std::int64_t key)>;

}  // namespace azoth
