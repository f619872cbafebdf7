// SPDX-License-Identifier: MIT
// The types of reflected columns: from their names, as the database writes them, to SqlTypes.
#pragma once
#include <azoth/engine/reflection.hpp>

#include <map>

namespace azoth::postgresql {

/// Reads the database's own enumerations and domains when a column is of one, all at once.
class UserTypes {
 public:
  explicit UserTypes(Connection& connection) : connection_(connection) {}

  /// Returns the type of a column: `format` as format_type writes it, `oid` and `category`
  /// (pg_type's typtype) of the type, or of an array's items. Warns (SAWarning) about types that
  /// are not known.
  TypePtr type_of(std::string_view format,
                  std::int64_t oid,
                  std::string_view category,
                  std::string_view column);

 private:
  TypePtr enum_of(std::int64_t oid);
  TypePtr domain_of(std::int64_t oid, std::string_view column);

  struct Domain {
    std::string name, schema, format, category;
    bool visible;
    std::int64_t base;
  };

  Connection& connection_;
  std::optional<std::map<std::int64_t, TypePtr>> enums_{};
  std::optional<std::map<std::int64_t, Domain>> domains_{};
};

/// Returns the type as it is with a collation.
TypePtr with_collation(TypePtr type, const std::string& collation);

}  // namespace azoth::postgresql
