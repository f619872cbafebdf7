// SPDX-License-Identifier: MIT
// The interface behind which each database's way of asking for its tables stands. Programs use the
// Inspector; what the answers are made of stands in reflected.hpp.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/engine/reflected.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Asks one kind of database about its tables. An empty schema is the default one. What asks about
/// the parts of tables answers for all tables of a filter at once, with a number of queries that
/// does not depend on theirs where the database allows it; a table without such parts is in the
/// answer with none, one that is not there is not in it.
class Reflection {
 public:
  using Names = std::vector<std::string>;

  virtual Names table_names(Connection& c, std::string_view schema) const = 0;
  virtual Names view_names(Connection& c, std::string_view schema) const = 0;
  virtual bool has_table(Connection& c, std::string_view table, std::string_view schema) const = 0;
  virtual ByTable<std::vector<ReflectedColumn>> columns(Connection& c,
                                                        const TableFilter& tables) const = 0;
  virtual ByTable<ReflectedPrimaryKey> primary_keys(Connection& c,
                                                    const TableFilter& tables) const = 0;
  virtual ByTable<std::vector<ReflectedForeignKey>> foreign_keys(
      Connection& c, const TableFilter& tables) const = 0;
  virtual ByTable<std::vector<ReflectedIndex>> indexes(Connection& c,
                                                       const TableFilter& tables) const = 0;
  virtual ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(
      Connection& c, const TableFilter& tables) const = 0;
  virtual ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(
      Connection& c, const TableFilter& tables) const = 0;
  /// @throws NoSuchTableError
  virtual std::string view_definition(Connection& c,
                                      std::string_view view,
                                      std::string_view schema) const = 0;

  // What not every database has. The lists are empty then, and what asks for one thing throws
  // InvalidRequestError.
  virtual bool has_comments() const { return false; }

  virtual ByTable<std::optional<std::string>> table_comments(Connection& c,
                                                             const TableFilter& tables) const;
  /// What CREATE TABLE says behind the columns, as options of the dialect.
  virtual ByTable<DialectOptions> table_options(Connection& c, const TableFilter& tables) const;
  virtual std::string default_schema_name(Connection& c) const = 0;
  virtual Names schema_names(Connection& c) const = 0;
  virtual Names materialized_view_names(Connection& c, std::string_view schema) const;
  virtual Names temp_table_names(Connection& c) const;
  virtual Names temp_view_names(Connection& c) const;
  virtual Names sequence_names(Connection& c, std::string_view schema) const;
  /// The names of tables of other servers.
  virtual Names foreign_table_names(Connection& c, std::string_view schema) const;
  /// `*` for all schemas.
  virtual std::vector<ReflectedEnum> enums(Connection& c, std::string_view schema) const;
  virtual std::vector<ReflectedDomain> domains(Connection& c, std::string_view schema) const;

 protected:
  ~Reflection() = default;
};

/// Makes known how databases of this dialect are asked. The last registration counts.
bool register_reflection(std::string_view dialect, const Reflection& reflection);
/// @throws NoInspectionAvailable for a dialect without it.
const Reflection& find_reflection(std::string_view dialect);

}  // namespace azoth
