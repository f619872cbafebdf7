// SPDX-License-Identifier: MIT
// The Inspector: what tables a database has and what they are made of; and tables made from that.
#pragma once
#include <azoth/engine/engine.hpp>
#include <azoth/engine/reflection.hpp>
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
  /// @throws NoInspectionAvailable when the engine's dialect cannot be asked.
  explicit Inspector(const Engine& engine);

  std::vector<std::string> get_table_names(std::string_view schema = {}) const;
  std::vector<std::string> get_view_names(std::string_view schema = {}) const;
  /// Tables and views.
  bool has_table(std::string_view name, std::string_view schema = {}) const;
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
  std::optional<std::string> get_table_comment(std::string_view table,
                                               std::string_view schema = {}) const;
  /// Table names, referenced tables first.
  std::vector<std::string> get_sorted_table_names(std::string_view schema = {}) const;

  /// Forgets what was answered so far.
  void clear_cache();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Makes an inspector of an engine's database.
Inspector inspect(const Engine& engine);

/// Returns the table of that name, declared in `metadata` as the database describes it, with the
/// tables that it refers to; one that the MetaData holds already is returned as it is.
/// @throws NoSuchTableError
Table autoload(std::string_view name,
               const MetaData& metadata,
               const Engine& engine,
               std::string_view schema = {});

/// Declares all tables of the database that the MetaData does not hold yet.
void reflect(const MetaData& metadata, const Engine& engine, std::string_view schema = {});

}  // namespace azoth
