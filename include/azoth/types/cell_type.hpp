// SPDX-License-Identifier: MIT
// In which storage C++ types hold a column, and which SQL type they stand for by default: the trait
// `CppType<T>` with the types that drivers read without a detour. Everything behind it is erased.
#pragma once
#include <azoth/types/types.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <limits>
#include <utility>

namespace azoth {

/// Names the C++ storage that a driver reads into and binds from without a detour over `Value`.
enum class CellKind : std::uint8_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  text,
  blob,
  decimal,
  date,
  time,
  datetime,
  value,  ///< an `azoth::Value`
  custom  ///< a user type, through its codec
};

/// Converts between a user's C++ type and `Value`; `codec_of` makes one from two plain functions.
/// `decode` and `encode` may throw ArgumentError; when `decode` throws, the member keeps a value of
/// its type.
struct CellCodec {
  void (*decode)(void* member, const Value& value) = nullptr;
  Value (*encode)(const void* member) = nullptr;
  void (*clear)(void* member) = nullptr;                  ///< null: the type has no empty value
  bool (*equal)(const void* a, const void* b) = nullptr;  ///< null: the encoded values are compared
  std::string_view name = {};                             ///< of the C++ type, for messages
};

/// Describes the storage of one column in C++: `T` or `std::optional<T>`.
struct CellType {
  CellKind kind = CellKind::value;
  bool optional = false;
  const CellCodec* codec = nullptr;  ///< of `custom`
  bool operator==(const CellType&) const = default;
};

/// Reads the member at `member` as a literal (a view of it). For `custom` cells the encoded value
/// is kept in `scratch`.
/// @throws ArgumentError for an unsigned value above the largest signed 64-bit integer; what the
/// codec throws.
Literal load_cell(const CellType& cell, const void* member, Value& scratch);

/// Writes `value` into the member at `member`; converts only without loss (integer widths, integer
/// to real or Decimal, 0 and 1 to bool). A real is rounded to the nearest `float`, since hardly any
/// decimal fraction has an exact one.
/// @throws ArgumentError naming the value and the expected type otherwise, or for NULL in a cell
/// that is not optional.
void store_cell(const CellType& cell, void* member, const Value& value);

/// Sets the member to its empty value (zero, empty, nullopt). @throws InvalidRequestError for a
/// custom type whose codec has no `clear`.
void clear_cell(const CellType& cell, void* member);

/// Says whether the two members hold equal values: by value (Decimal 1.5 is 1.50), and NaN equals
/// NaN, so that it is not a change.
bool equal_cells(const CellType& cell, const void* a, const void* b);

/// Names the C++ type of a cell for messages: `std::int64_t`, `std::optional<std::string>`.
std::string name_of(const CellType& cell);

/// Maps a C++ type to its storage and default SQL type. Specialise it for your own types with
/// `cell()` of kind `custom`.
template <class T>
struct CppType {
  static constexpr bool mapped = false;
};

#define AZOTH_CPP_TYPE(Type, Kind, SqlTypeExpr) \
  template <>                                   \
  struct CppType<Type> {                        \
    static constexpr bool mapped = true;        \
    static constexpr CellType cell() {          \
      return {CellKind::Kind};                  \
    }                                           \
    static TypePtr type() {                     \
      return SqlTypeExpr;                       \
    }                                           \
  };
AZOTH_CPP_TYPE(bool, boolean, types::Boolean())
AZOTH_CPP_TYPE(std::int8_t, int8, types::SmallInteger())
AZOTH_CPP_TYPE(std::int16_t, int16, types::SmallInteger())
AZOTH_CPP_TYPE(std::int32_t, int32, types::Integer())
AZOTH_CPP_TYPE(std::int64_t, int64, types::Integer())
AZOTH_CPP_TYPE(std::uint8_t, uint8, types::SmallInteger())
AZOTH_CPP_TYPE(std::uint16_t, uint16, types::Integer())
AZOTH_CPP_TYPE(std::uint32_t, uint32, types::BigInteger())
AZOTH_CPP_TYPE(std::uint64_t, uint64, types::BigInteger())
AZOTH_CPP_TYPE(float, float32, types::Float())
AZOTH_CPP_TYPE(double, float64, types::Float())
AZOTH_CPP_TYPE(std::string, text, types::String())
AZOTH_CPP_TYPE(Bytes, blob, types::LargeBinary())
AZOTH_CPP_TYPE(Decimal, decimal, types::Numeric())
AZOTH_CPP_TYPE(Date, date, types::Date())
AZOTH_CPP_TYPE(Time, time, types::Time())
AZOTH_CPP_TYPE(DateTime, datetime, types::DateTime())
AZOTH_CPP_TYPE(Value, value, types::null_type())
#undef AZOTH_CPP_TYPE

}  // namespace azoth
