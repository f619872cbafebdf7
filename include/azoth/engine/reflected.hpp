// SPDX-License-Identifier: MIT
// What a database says of its tables, as plain data under SQLAlchemy's names. How it is asked
// stands in reflection.hpp; programs use the Inspector.
#pragma once
#include <azoth/sql/dialect_options.hpp>
#include <azoth/sql/sequence.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azoth {

/// The expression of a generated column.
struct ReflectedComputed {
  std::string sqltext;
  std::optional<bool> persisted{};  ///< stored, or computed when it is read

  bool operator==(const ReflectedComputed&) const = default;
};

struct ReflectedColumn {
  std::string name;
  TypePtr type = nullptr;
  bool nullable = true;
  std::optional<std::string> default_{};  ///< as SQL text
  int primary_key = 0;                    ///< its place in the key from 1 on; 0: not part of it
  std::optional<ReflectedComputed> computed{};
  std::optional<Identity> identity{};
  std::optional<bool> autoincrement{};  ///< the database numbers it; not set: it does not say
  std::optional<std::string> comment{};
  std::vector<std::string> checks{};  ///< conditions that belong to the column itself (MariaDB)
};

struct ReflectedPrimaryKey {
  std::vector<std::string> constrained_columns{};
  std::optional<std::string> name{};
  std::optional<std::string> comment{};
};

struct ReflectedForeignKey {
  std::optional<std::string> name{};
  std::vector<std::string> constrained_columns{};
  std::string referred_schema{}, referred_table{};  ///< no schema: the default one
  std::vector<std::string> referred_columns{};
  /// `ondelete`, `onupdate`, `deferrable`, `initially`, `match`, `postgresql_not_valid`, where they
  /// are not the default; flags are `true`.
  std::vector<std::pair<std::string, std::string>> options{};
  std::optional<std::string> comment{};
};

struct ReflectedIndex {
  std::string name;
  std::vector<std::string> column_names{};  ///< empty where an expression stands
  bool unique = false;
  /// The parts as SQL text, names of columns and expressions; empty when all are columns.
  std::vector<std::string> expressions{};
  std::optional<std::string> duplicates_constraint{};  ///< the constraint that it belongs to
  /// `desc`, `nulls_first`, `nulls_last` by the text of a part, where they are not the default.
  std::map<std::string, std::vector<std::string>> column_sorting{};
  std::string type{};                ///< `FULLTEXT`, `SPATIAL`, `UNIQUE` (MySQL)
  DialectOptions dialect_options{};  ///< `postgresql_using`, `mysql_length` ...
  std::optional<std::string> comment{};
};

struct ReflectedUniqueConstraint {
  std::optional<std::string> name{};
  std::vector<std::string> column_names{};
  std::optional<std::string> duplicates_index{};  ///< the index that it is (MySQL)
  std::optional<bool> deferrable{};
  std::string initially{};
  DialectOptions dialect_options{};
  std::optional<std::string> comment{};
};

struct ReflectedCheckConstraint {
  std::optional<std::string> name{};
  std::string sqltext{};
  DialectOptions dialect_options{};
  std::optional<std::string> comment{};
};

/// A type of the database's own that CREATE TYPE ... AS ENUM made.
struct ReflectedEnum {
  std::string name, schema;
  bool visible = true;  ///< found without its schema
  std::vector<std::string> labels{};
};

/// A type that CREATE DOMAIN made.
struct ReflectedDomain {
  std::string name, schema;
  bool visible = true;
  TypePtr type = nullptr;
  bool nullable = true;
  std::optional<std::string> default_{};
  std::optional<std::string> collation{};
  std::vector<ReflectedCheckConstraint> constraints{};
};

/// Says which objects a question is about; kinds can be added with `|`.
enum class ObjectKind : std::uint8_t {
  table = 1,
  view = 2,
  materialized_view = 4,
  any_view = 6,
  any = 7
};

constexpr ObjectKind operator|(ObjectKind a, ObjectKind b) {
  return static_cast<ObjectKind>(static_cast<int>(a) | static_cast<int>(b));
}

/// Says whether `kind` is among `kinds`.
constexpr bool includes(ObjectKind kinds, ObjectKind kind) {
  return (static_cast<int>(kinds) & static_cast<int>(kind)) != 0;
}

/// Says whether a question is about temporary objects.
enum class ObjectScope : std::uint8_t { default_ = 1, temporary = 2, any = 3 };

/// Which tables of a schema a question is about.
struct TableFilter {
  std::string schema{};                             ///< empty: the default one
  std::optional<std::vector<std::string>> names{};  ///< only these; without a value all
  ObjectKind kind = ObjectKind::table;
  ObjectScope scope = ObjectScope::default_;
};

/// Answers by the table's name.
template <class T>
using ByTable = std::map<std::string, T, std::less<>>;

}  // namespace azoth
