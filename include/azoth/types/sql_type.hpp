// SPDX-License-Identifier: MIT
// What a SQL type is: an immutable, interned description. How a database spells it belongs to the
// type compilers; how a value of it travels belongs to the drivers.
#pragma once
#include <azoth/base/hash.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

using base::Hash;

/// Names what a type is called: the generic types (CamelCase in SQLAlchemy, adapted by each
/// database), the types of the SQL standard (UPPERCASE, rendered as they are) and what a user
/// makes.
enum class TypeKind : std::uint8_t {
  // generic
  null,
  boolean,
  small_integer,
  integer,
  big_integer,
  numeric,
  float_,
  double_,
  string,
  text,
  unicode,
  unicode_text,
  date,
  time,
  datetime,
  interval,
  large_binary,
  enum_,
  json,
  array,
  pickle,
  match,
  uuid,
  // right sides of JSON's index operators
  json_index,
  json_int_index,
  json_str_index,
  json_path,
  // rows
  tuple,
  table_value,
  // of the standard
  sql_boolean,
  sql_smallint,
  sql_integer,
  sql_bigint,
  sql_numeric,
  sql_decimal,
  sql_float,
  sql_real,
  sql_double,
  sql_char,
  sql_varchar,
  sql_nchar,
  sql_nvarchar,
  sql_text,
  sql_clob,
  sql_date,
  sql_time,
  sql_datetime,
  sql_timestamp,
  sql_binary,
  sql_varbinary,
  sql_blob,
  // others
  vendor,     ///< known to one database only: `SqlType::vendor` and `name`
  literal,    ///< a user's: its text is `name`
  decorator,  ///< a user's: another type, by dialect perhaps
  variant     ///< a base type, and others for some dialects
};

/// Groups kinds whose values compare with each other without a cast.
enum class TypeFamily : std::uint8_t {
  unknown,
  boolean,
  number,
  text,
  binary,
  date,
  time,
  datetime,
  interval,
  json,
  array,
  tuple,
  uuid
};

enum class ValueKind : std::uint8_t;
struct ValueProcessors;

namespace sql {
class Node;
}

/// An argument of a type that only some databases know: `unsigned`, `charset`, `fsp`.
struct TypeOption {
  std::string name;
  std::string text;         ///< of arguments that are text
  std::int64_t number = 0;  ///< of numbers, and 1 of flags

  bool operator==(const TypeOption&) const = default;
};

/// Describes one SQL type. Instances are interned by content and never destroyed: pointers compare
/// equal when types are equal.
class SqlType {
 public:
  TypeKind kind = TypeKind::null;
  bool timezone = false;            ///< of date and time types
  bool is_native = true;            ///< of Enum, Interval, Uuid: use the database's own type
  bool validates_strings = false;   ///< of Enum: texts that are none of its values are refused
  bool as_text = false;             ///< of Uuid: programs see it as text
  std::optional<bool> as_decimal;   ///< of numbers, where it is not as their kind: exact or not
  bool creates_constraint = false;  ///< of Boolean and Enum: with a CHECK constraint
  std::int32_t length = -1;         ///< of strings and binaries; -1: not given
  std::int32_t precision = -1;      ///< of numbers, seconds of an Interval; -1: not given
  std::int32_t scale = -1;          ///< digits behind the point, days of an Interval; -1: not given
  std::int32_t dimensions = -1;     ///< of ARRAY; -1: any
  std::string vendor;               ///< `mysql`: the database whose type this is, else empty
  std::string name;    ///< of `literal` types the text to render; of vendors' the class: `TINYINT`;
                       ///< of Enum and constraints the name in the database
  std::string schema;  ///< of Enum
  std::string collation;
  std::vector<std::string> values;       ///< of Enum: the members, in order; of mysql.SET
  std::vector<std::string> names;        ///< of Enum: what programs call the members where that is
                                         ///< not what is stored; else empty
  std::vector<TypeOption> options;       ///< of vendors' types, sorted by name
  std::vector<const SqlType*> elements;  ///< of `tuple`; the item of ARRAY; what `decorator`,
                                         ///< `variant` and PickleType stand for at first
  std::vector<std::pair<std::string, const SqlType*>> by_dialect;  ///< of `decorator`, `variant`
  /// Expressions around each bound value and each selected column of this type, or null; never
  /// destroyed. `Kind::placeholder` in them stands for what they wrap.
  const sql::Node* bind_expression = nullptr;
  const sql::Node* column_expression = nullptr;
  const ValueProcessors* processors = nullptr;  ///< of `decorator`, or null; never destroyed
  std::uint64_t identity = 0;  ///< of types that are told apart by more than their content: two
                               ///< Enum of one name are two types in a database
  Hash hash;                   ///< of all the above; set when interned
  static constexpr std::uint16_t all_kinds = 0xFFFF;
  std::uint16_t unchanged_kinds = 0;  ///< kinds of values that are bound as they are: a bit each;
                                      ///< set when interned
  bool changes_results = false;       ///< values read must be processed; set when interned

  TypeFamily family() const;

  bool is_numeric() const { return family() == TypeFamily::number; }

  bool is_string() const { return family() == TypeFamily::text; }

  /// Returns the option of that name, or null.
  const TypeOption* option(std::string_view option_name) const;

  /// Says whether a value of the kind is sent as it is; others are checked or converted by
  /// `Dialect::bind_value`.
  bool is_unchanged(ValueKind value_kind) const {
    return (unchanged_kinds >> static_cast<unsigned>(value_kind) & 1U) != 0;
  }

  /// Returns what this type is in a database: variants and decorators resolved.
  const SqlType* in_dialect(std::string_view dialect) const;
};

/// Points to an interned type; never null where a type is expected (the unknown type is
/// `types::null_type()`).
using TypePtr = const SqlType*;

/// Returns the interned type with the content of `type`. Thread-safe.
TypePtr intern(SqlType type);

/// Returns the name of a type without its arguments: `String`, `VARCHAR`, `TINYINT`.
std::string_view class_name(const SqlType& type);

/// Returns the class name of a type as messages and `repr` show it: `Integer()`,
/// `String(length=30)`.
std::string repr(TypePtr type);

}  // namespace azoth
