// SPDX-License-Identifier: MIT
// Which C++ types can hold a column, in which storage, and which SQL type they stand for by
// default. One trait, `CppType<T>`, open to user types; everything behind it is erased.
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

namespace detail {
/// Returns the name of a C++ type as the compiler spells it.
template <class T>
constexpr std::string_view type_name() {
  std::string_view text =
      __PRETTY_FUNCTION__;  // "... [with T = app::Color; ...]" or "... [T = app::Color]"
  text.remove_prefix(text.find("T = ") + 4);
  return text.substr(0, text.find_first_of(";]"));
}

/// Returns the integer in `value`. @throws ArgumentError naming value and type when it is none or
/// outside low..high.
std::int64_t integer_within(const Value& value,
                            std::int64_t low,
                            std::int64_t high,
                            std::string_view type);

template <class T>
struct Whole {  // what codecs of any type share

  static void clear(void* m) { *static_cast<T*>(m) = T{}; }

  static bool equal(const void* a, const void* b) {
    return *static_cast<const T*>(a) == *static_cast<const T*>(b);
  }

  static constexpr auto equal_if_comparable() -> bool (*)(const void*, const void*) {
    if constexpr (std::equality_comparable<T>) {
      return equal;
    } else {
      return nullptr;
    }
  }
};

template <class T, auto From, auto To>
struct FunctionCodec {
  static void decode(void* m, const Value& v) { *static_cast<T*>(m) = From(v); }

  static Value encode(const void* m) { return To(*static_cast<const T*>(m)); }
};

template <class E>
struct EnumCodec {  // enums travel as their underlying integer
  using U = std::underlying_type_t<E>;
  using Limits = std::numeric_limits<U>;
  static constexpr std::int64_t high = sizeof(U) == 8 ? std::numeric_limits<std::int64_t>::max()
                                                      : static_cast<std::int64_t>(Limits::max());

  static void decode(void* m, const Value& v) {
    *static_cast<E*>(m) = static_cast<E>(
        integer_within(v, static_cast<std::int64_t>(Limits::min()), high, type_name<E>()));
  }

  static Value encode(const void* m) {
    const E e = *static_cast<const E*>(m);
    if constexpr (sizeof(U) == 8) {
      return Value(Literal(e));
    } else {
      return Value(static_cast<std::int64_t>(e));
    }
  }

  static constexpr CellCodec codec{
      decode, encode, Whole<E>::clear, Whole<E>::equal, type_name<E>()};
};

[[noreturn]] void throw_unknown_member(std::string_view type, const Value& value);

template <NamedEnum E>
struct NamedEnumCodec {  // enums with names travel as the name

  static void decode(void* m, const Value& v) {
    const std::string* name = v.get_if<std::string>();
    const E* member = name != nullptr ? find_member<E>(*name) : nullptr;
    if (member == nullptr) {
      throw_unknown_member(type_name<E>(), v);
    }
    *static_cast<E*>(m) = *member;
  }

  static Value encode(const void* m) { return Value(Literal(*static_cast<const E*>(m))); }

  static constexpr CellCodec codec{
      decode, encode, Whole<E>::clear, Whole<E>::equal, type_name<E>()};
};

/// Returns the `Enum` of these names.
TypePtr enum_type(std::string_view name, std::span<const std::string_view> names);

template <class T>
struct OptionalCodec {  // an optional of a custom type, over that type's own codec

  static void decode(void* m, const Value& v) {
    auto& o = *static_cast<std::optional<T>*>(m);
    if (v.is_null()) {
      o.reset();
      return;
    }
    T decoded{};  // apart, so that the member is untouched when the codec throws
    CppType<T>::cell().codec->decode(&decoded, v);
    o = std::move(decoded);
  }

  static Value encode(const void* m) {
    auto& o = *static_cast<const std::optional<T>*>(m);
    return o ? CppType<T>::cell().codec->encode(&*o) : Value();
  }

  static void clear(void* m) { static_cast<std::optional<T>*>(m)->reset(); }

  static constexpr CellCodec codec{decode,
                                   encode,
                                   clear,
                                   Whole<std::optional<T>>::equal_if_comparable(),
                                   CppType<T>::cell().codec->name};
};
}  // namespace detail

/// The codec of `T` from two functions, `T From(const Value&)` and `Value To(const T&)`. `T` is
/// default-constructible.
template <class T, auto From, auto To>
inline constexpr CellCodec codec_of{detail::FunctionCodec<T, From, To>::decode,
                                    detail::FunctionCodec<T, From, To>::encode,
                                    detail::Whole<T>::clear,
                                    detail::Whole<T>::equal_if_comparable(),
                                    detail::type_name<T>()};

namespace detail {
/// Of the kind, or of its text.
Uuid uuid_from(const Value& value);
Value value_of_uuid(const Uuid& uuid);
Interval interval_from(const Value& value);
Value value_of_interval(const Interval& interval);
}  // namespace detail

template <>
struct CppType<Uuid> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom, false, &codec_of<Uuid, detail::uuid_from, detail::value_of_uuid>};
  }

  static TypePtr type() { return types::Uuid(); }
};

template <>
struct CppType<Interval> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom,
            false,
            &codec_of<Interval, detail::interval_from, detail::value_of_interval>};
  }

  static TypePtr type() { return types::Interval(); }
};

template <class E>
  requires(std::is_enum_v<E> && !NamedEnum<E>)
struct CppType<E> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom, false, &detail::EnumCodec<E>::codec};
  }

  static TypePtr type() { return sizeof(E) <= 2 ? types::SmallInteger() : types::Integer(); }
};

template <NamedEnum E>
struct CppType<E> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom, false, &detail::NamedEnumCodec<E>::codec};
  }

  static TypePtr type() {
    static const TypePtr made = [] {
      std::vector<std::string_view> names;
      for (const auto& member : EnumMembers<E>::members) {
        names.push_back(member.second);
      }
      return detail::enum_type(EnumMembers<E>::name, names);
    }();
    return made;
  }
};

template <class T>
  requires(CppType<T>::mapped)
struct CppType<std::optional<T>> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    if constexpr (CppType<T>::cell().kind == CellKind::custom) {
      return {CellKind::custom, true, &detail::OptionalCodec<T>::codec};
    } else {
      return {CppType<T>::cell().kind, true};
    }
  }

  static TypePtr type() { return CppType<T>::type(); }
};

namespace types {

/// The `Enum` of an enumeration's named members.
template <NamedEnum E>
TypePtr Enum() {
  return CppType<E>::type();
}

}  // namespace types

/// Holds for C++ types that can be a column.
template <class T>
concept ColumnType = CppType<T>::mapped;

}  // namespace azoth
