// SPDX-License-Identifier: MIT
// The Inspector: what tables a database has and what they are made of; and tables made from that.
#pragma once
#include <azoth/engine/engine.hpp>
#include <azoth/engine/reflected.hpp>
#include <azoth/sql/table.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Answers from a cache what it has been asked before; `clear_cache` forgets. A cheap handle; not
/// thread-safe. All functions throw what the database throws, and NoSuchTableError for a table that
/// is not there. An empty schema is the default one.
class Inspector {
 public:
  using Names = std::vector<std::string>;

  /// @throws NoInspectionAvailable when the engine's dialect cannot be asked.
  explicit Inspector(const Engine& engine);
  /// Asks on this connection, which must outlive the inspector, within its transaction; so it sees
  /// the temporary tables of the connection.
  explicit Inspector(Connection& connection);

  Names get_table_names(std::string_view schema = {}) const;
  Names get_view_names(std::string_view schema = {}) const;
  Names get_materialized_view_names(std::string_view schema = {}) const;
  Names get_foreign_table_names(std::string_view schema = {}) const;
  Names get_temp_table_names() const;
  Names get_temp_view_names() const;
  Names get_sequence_names(std::string_view schema = {}) const;
  Names get_schema_names() const;
  std::string default_schema_name() const;
  /// Table names, referenced tables first.
  Names get_sorted_table_names(std::string_view schema = {}) const;
  /// Tables and views.
  bool has_table(std::string_view name, std::string_view schema = {}) const;
  bool has_sequence(std::string_view name, std::string_view schema = {}) const;
  bool has_schema(std::string_view name) const;
  /// False also when there is no such table.
  bool has_index(std::string_view table,
                 std::string_view index,
                 std::string_view schema = {}) const;
  /// The types of PostgreSQL's own; `*`: of all schemas.
  std::vector<ReflectedEnum> get_enums(std::string_view schema = {}) const;
  std::vector<ReflectedDomain> get_domains(std::string_view schema = {}) const;

  std::vector<ReflectedColumn> get_columns(std::string_view table,
                                           std::string_view schema = {}) const;
  ReflectedPrimaryKey get_pk_constraint(std::string_view table, std::string_view schema = {}) const;
  std::vector<ReflectedForeignKey> get_foreign_keys(std::string_view table,
                                                    std::string_view schema = {}) const;
  std::vector<ReflectedIndex> get_indexes(std::string_view table,
                                          std::string_view schema = {}) const;
  std::vector<ReflectedUniqueConstraint> get_unique_constraints(std::string_view table,
                                                                std::string_view schema = {}) const;
  std::vector<ReflectedCheckConstraint> get_check_constraints(std::string_view table,
                                                              std::string_view schema = {}) const;
  std::string get_view_definition(std::string_view view, std::string_view schema = {}) const;
  /// @throws InvalidRequestError when the database has no comments.
  std::optional<std::string> get_table_comment(std::string_view table,
                                               std::string_view schema = {}) const;
  DialectOptions get_table_options(std::string_view table, std::string_view schema = {}) const;

  // The same for many tables, with one question to the database or a few.
  ByTable<std::vector<ReflectedColumn>> get_multi_columns(const TableFilter& tables = {}) const;
  ByTable<ReflectedPrimaryKey> get_multi_pk_constraint(const TableFilter& tables = {}) const;
  ByTable<std::vector<ReflectedForeignKey>> get_multi_foreign_keys(
      const TableFilter& tables = {}) const;
  ByTable<std::vector<ReflectedIndex>> get_multi_indexes(const TableFilter& tables = {}) const;
  ByTable<std::vector<ReflectedUniqueConstraint>> get_multi_unique_constraints(
      const TableFilter& tables = {}) const;
  ByTable<std::vector<ReflectedCheckConstraint>> get_multi_check_constraints(
      const TableFilter& tables = {}) const;
  ByTable<std::optional<std::string>> get_multi_table_comment(const TableFilter& tables = {}) const;
  ByTable<DialectOptions> get_multi_table_options(const TableFilter& tables = {}) const;

  /// Says whether tables and columns have comments.
  bool has_comments() const;
  /// Forgets what was answered so far.
  void clear_cache();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Makes an inspector of an engine's database, or of a connection's.
Inspector inspect(const Engine& engine);
Inspector inspect(Connection& connection);

/// The keyword arguments of `reflect`.
struct ReflectOptions {
  std::string schema{};             ///< empty: the default one
  bool views = false;               ///< views too
  std::vector<std::string> only{};  ///< only these; empty: all
  bool resolve_fks = true;          ///< load the tables that are referred to
};

/// Returns the table of that name, declared in `metadata` as the database describes it, with the
/// tables that it refers to; one that the MetaData holds already is returned as it is. Foreign keys
/// keep those tables that they need of the MetaData.
/// @throws NoSuchTableError
Table autoload(std::string_view name,
               const MetaData& metadata,
               const Engine& engine,
               std::string_view schema = {});
Table autoload(std::string_view name,
               const MetaData& metadata,
               Connection& connection,
               std::string_view schema = {});

/// Declares all tables of the database that the MetaData does not hold yet, with a number of
/// queries that does not depend on theirs where the database allows it.
/// @throws InvalidRequestError naming tables of `only` that are not there.
void reflect(const MetaData& metadata, const Engine& engine, const ReflectOptions& options = {});
void reflect(const MetaData& metadata, Connection& connection, const ReflectOptions& options = {});
void reflect(const MetaData& metadata, const Engine& engine, std::string_view schema);

}  // namespace azoth
