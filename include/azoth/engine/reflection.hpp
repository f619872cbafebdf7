// SPDX-License-Identifier: MIT
// What a database says of its tables, as plain data, and the interface behind which each database's
// way of asking stands. Programs use the Inspector.
#pragma once
#include <azoth/engine/connection.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

struct ReflectedColumn {
  std::string name;
  TypePtr type = nullptr;
  bool nullable = true;
  std::optional<std::string> default_{};  ///< as SQL text
  int primary_key = 0;                    ///< its place in the key from 1 on; 0: not part of it
  std::optional<std::string> computed{};  ///< the expression of a generated column
};

struct ReflectedPrimaryKey {
  std::vector<std::string> constrained_columns;
  std::optional<std::string> name{};
};

struct ReflectedForeignKey {
  std::optional<std::string> name{};
  std::vector<std::string> constrained_columns;
  std::string referred_schema, referred_table;
  std::vector<std::string> referred_columns;
  /// `ondelete`, `onupdate`, `deferrable`, `initially`, where they are not the default.
  std::vector<std::pair<std::string, std::string>> options;
};

struct ReflectedIndex {
  std::string name;
  std::vector<std::string> column_names;
  bool unique = false;
};

struct ReflectedUniqueConstraint {
  std::optional<std::string> name{};
  std::vector<std::string> column_names;
};

struct ReflectedCheckConstraint {
  std::optional<std::string> name{};
  std::string sqltext;
};

/// Asks one kind of database about its tables. An empty schema is the default one. What asks about
/// one table throws NoSuchTableError when it is not there.
class Reflection {
 public:
  virtual std::vector<std::string> table_names(Connection& c, std::string_view schema) const = 0;
  virtual std::vector<std::string> view_names(Connection& c, std::string_view schema) const = 0;
  virtual bool has_table(Connection& c, std::string_view t, std::string_view schema) const = 0;
  virtual std::vector<ReflectedColumn> columns(Connection& c,
                                               std::string_view table,
                                               std::string_view schema) const = 0;
  virtual ReflectedPrimaryKey primary_key(Connection& c,
                                          std::string_view table,
                                          std::string_view schema) const = 0;
  virtual std::vector<ReflectedForeignKey> foreign_keys(Connection& c,
                                                        std::string_view table,
                                                        std::string_view schema) const = 0;
  virtual std::vector<ReflectedIndex> indexes(Connection& c,
                                              std::string_view table,
                                              std::string_view schema) const = 0;
  virtual std::vector<ReflectedUniqueConstraint> unique_constraints(
      Connection& c, std::string_view table, std::string_view schema) const = 0;
  virtual std::vector<ReflectedCheckConstraint> check_constraints(
      Connection& c, std::string_view table, std::string_view schema) const = 0;
  virtual std::string view_definition(Connection& c,
                                      std::string_view view,
                                      std::string_view schema) const = 0;
  /// @throws InvalidRequestError when the database has no comments.
  virtual std::optional<std::string> table_comment(Connection& c,
                                                   std::string_view table,
                                                   std::string_view schema) const;

 protected:
  ~Reflection() = default;
};

/// Makes known how databases of this dialect are asked. The last registration counts.
bool register_reflection(std::string_view dialect, const Reflection& reflection);
/// @throws NoInspectionAvailable for a dialect without it.
const Reflection& find_reflection(std::string_view dialect);

}  // namespace azoth
