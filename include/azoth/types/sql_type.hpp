// SPDX-License-Identifier: MIT
// What a SQL type is: an immutable, interned description. How a database spells it belongs to the
// type compilers; how a value of it travels belongs to the drivers.
#pragma once
#include <azoth/base/hash.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

using base::Hash;

/// Names the generic types (CamelCase in SQLAlchemy, adapted by each database) and the literal ones
/// (UPPERCASE, rendered as they are).
enum class TypeKind : std::uint8_t {
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
  large_binary,
  tuple,
  literal
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
  tuple
};

/// Describes one SQL type. Instances are interned by content and never destroyed: pointers compare
/// equal when types are equal.
class SqlType {
 public:
  TypeKind kind = TypeKind::null;
  bool timezone = false;                 ///< of date and time types
  std::int32_t length = -1;              ///< of strings and binaries; -1: not given
  std::int32_t precision = -1;           ///< of numbers; -1: not given
  std::int32_t scale = -1;               ///< digits behind the point; -1: not given
  std::string name;                      ///< of `literal` types: the text to render
  std::vector<const SqlType*> elements;  ///< of `tuple`
  Hash hash;                             ///< of all the above; set when interned

  TypeFamily family() const;

  bool is_numeric() const { return family() == TypeFamily::number; }

  bool is_string() const { return family() == TypeFamily::text; }
};

/// Points to an interned type; never null where a type is expected (the unknown type is
/// `types::null_type()`).
using TypePtr = const SqlType*;

/// Returns the interned type with the content of `type`. Thread-safe.
TypePtr intern(SqlType type);

/// Returns the class name of a type as messages and `repr` show it: `Integer()`,
/// `String(length=30)`.
std::string repr(TypePtr type);

/// Makes types under SQLAlchemy's names: `Column("name", types::String(30))`.
namespace types {
TypePtr null_type();
TypePtr Boolean();
TypePtr SmallInteger();
TypePtr Integer();
TypePtr BigInteger();
TypePtr Numeric(int precision = -1, int scale = -1);
TypePtr Float(int precision = -1);
TypePtr Double();
TypePtr String(int length = -1);
TypePtr Text(int length = -1);
TypePtr Unicode(int length = -1);
TypePtr UnicodeText(int length = -1);
TypePtr Date();
TypePtr Time(bool timezone = false);
TypePtr DateTime(bool timezone = false);
TypePtr LargeBinary(int length = -1);
TypePtr Tuple(std::vector<TypePtr> elements);
/// A type that renders as `text` in every database.
TypePtr Literal(std::string_view text);
}  // namespace types

}  // namespace azoth
