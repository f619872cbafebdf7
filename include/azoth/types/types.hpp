// SPDX-License-Identifier: MIT
// The makers of SQL types under SQLAlchemy's names: `Column("name", types::String(30))`. Types that
// only one database has stand in `azoth::mysql`, `azoth::postgresql` and so on (dialects/).
#pragma once
#include <azoth/types/sql_type.hpp>

#include <initializer_list>

/// All makers throw ArgumentError for negative lengths, precisions and scales other than -1 (not
/// given).
namespace azoth::types {

TypePtr null_type();
TypePtr Boolean();
/// With a CHECK constraint of that name where the database has no booleans.
TypePtr Boolean(bool create_constraint, std::string_view name = {});
TypePtr SmallInteger();
TypePtr Integer();
TypePtr BigInteger();
TypePtr Numeric(int precision = -1, int scale = -1);
/// With `asdecimal` false its values are read as `double`.
TypePtr Numeric(int precision, int scale, bool asdecimal);
TypePtr Float(int precision = -1);
/// With `asdecimal` its values are read as `Decimal`, of ten digits behind the point if `scale` is
/// not given.
TypePtr Float(int precision, bool asdecimal, int scale = -1);
TypePtr Double();
TypePtr String(int length = -1);
TypePtr String(int length, std::string_view collation);
TypePtr Text(int length = -1);
TypePtr Unicode(int length = -1);
TypePtr UnicodeText(int length = -1);
TypePtr Date();
TypePtr Time(bool timezone = false);
TypePtr DateTime(bool timezone = false);
TypePtr Interval(bool native = true, int second_precision = -1, int day_precision = -1);
TypePtr LargeBinary(int length = -1);
TypePtr JSON();
TypePtr ARRAY(TypePtr item, int dimensions = -1);
/// Bytes that the program makes of its objects; `impl`: how they are stored.
TypePtr PickleType(TypePtr impl = nullptr);
TypePtr MatchType();
/// `azoth::Uuid`, or text with `as_uuid` false; stored as CHAR(32) where the database has no such
/// type, and with `native_uuid` false.
TypePtr Uuid(bool as_uuid = true, bool native_uuid = true);
TypePtr Tuple(std::vector<TypePtr> elements);
/// A type that renders as `text` in every database.
TypePtr Literal(std::string_view text);

/// The arguments of `Enum`.
struct EnumOptions {
  std::string name{};  ///< of the type, or of the CHECK constraint
  std::string schema{};
  bool native_enum = true;
  bool create_constraint = false;
  int length =
      -1;  ///< of the VARCHAR where there are no enums; default: that of the longest member
  bool validate_strings = false;     ///< refuse texts that are none of the values
  std::vector<std::string> names{};  ///< what programs call the values, where that is not what is
                                     ///< stored; in their order
};

/// One of some strings: ENUM where the database has it, else VARCHAR.
TypePtr Enum(std::vector<std::string> values, EnumOptions options = {});

/// What `type` is in some dialects: `variant(String(30), {{"mysql", mysql::VARCHAR(30)}})`.
TypePtr variant(TypePtr type,
                std::initializer_list<std::pair<std::string_view, TypePtr>> by_dialect);
/// A user's type that stores what `impl` stores, another type in some dialects.
TypePtr TypeDecorator(TypePtr impl, std::vector<std::pair<std::string, TypePtr>> by_dialect = {});

// The types of the standard, rendered as they are called.
TypePtr BOOLEAN();
TypePtr SMALLINT();
TypePtr INTEGER();
TypePtr BIGINT();
TypePtr NUMERIC(int precision = -1, int scale = -1);
TypePtr DECIMAL(int precision = -1, int scale = -1);
TypePtr FLOAT(int precision = -1);
TypePtr REAL();
TypePtr DOUBLE();
TypePtr CHAR(int length = -1);
TypePtr VARCHAR(int length = -1);
TypePtr NCHAR(int length = -1);
TypePtr NVARCHAR(int length = -1);
TypePtr TEXT(int length = -1);
TypePtr CLOB();
TypePtr DATE();
TypePtr TIME(bool timezone = false);
TypePtr DATETIME(bool timezone = false);
TypePtr TIMESTAMP(bool timezone = false);
TypePtr BINARY(int length = -1);
TypePtr VARBINARY(int length = -1);
TypePtr BLOB(int length = -1);

/// A type of one database: `kind` says what others see, `vendor` when it is none of the standard.
TypePtr vendor_type(std::string_view dialect,
                    std::string_view name,
                    TypeKind kind = TypeKind::vendor,
                    std::vector<TypeOption> options = {});

}  // namespace azoth::types
