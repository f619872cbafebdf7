// SPDX-License-Identifier: MIT
// `Literal`: how one SQL value crosses module borders at the typed doors; trivial, does not own.
#pragma once
#include <azoth/types/decimal.hpp>
#include <azoth/types/enumeration.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azoth {

/// Owns the bytes of a binary value.
using Bytes = std::vector<std::byte>;

/// Names what a `Value` or a `Literal` holds.
enum class ValueKind : std::uint8_t {
  null,
  boolean,
  integer,
  real,
  text,
  blob,
  decimal,
  date,
  time,
  datetime,
  interval,
  uuid,
  list  ///< values in order: of arrays
};

/// Carries one value across the typed door without owning it, so that no call site builds or
/// destroys a string. Text and bytes are views: they must outlive the call that takes the literal.
class Literal {
 public:
  Literal(std::nullopt_t) {}

  /// Only a real `bool`: pointers do not decay into one.
  template <std::same_as<bool> B>
  Literal(B v) : kind_(ValueKind::boolean) {
    u_.integer = v;
  }

  /// @throws ArgumentError when an unsigned value is above the largest signed 64-bit integer.
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  Literal(I v) : kind_(ValueKind::integer) {
    if constexpr (std::is_unsigned_v<I> && sizeof(I) == 8) {
      u_.integer = checked(v);
    } else {
      u_.integer = v;
    }
  }

  template <std::floating_point F>
  Literal(F v) : kind_(ValueKind::real) {
    u_.real = static_cast<double>(v);
  }

  /// An enumeration whose members have names (`EnumMembers`) travels as the name, others as their
  /// underlying integer. @throws ArgumentError for a value that is none of the named members.
  template <class E>
    requires std::is_enum_v<E>
  Literal(E v) : Literal(carried(v)) {}

  Literal(std::string_view v) : kind_(ValueKind::text) { u_.bytes = {v.data(), v.size()}; }

  Literal(const std::string& v) : Literal(std::string_view(v)) {}

  Literal(const char* v) : Literal(std::string_view(v)) {}

  Literal(std::span<const std::byte> v) : kind_(ValueKind::blob) {
    u_.bytes = {v.data(), v.size()};
  }

  Literal(const Bytes& v) : Literal(std::span<const std::byte>(v)) {}

  Literal(const Decimal& v) : kind_(ValueKind::decimal) { u_.decimal = v; }

  Literal(const Date& v) : kind_(ValueKind::date) { u_.date = v; }

  Literal(const Time& v) : kind_(ValueKind::time) { u_.time = v; }

  Literal(const DateTime& v) : kind_(ValueKind::datetime) { u_.datetime = v; }

  Literal(const Interval& v) : kind_(ValueKind::interval) { u_.integer = v.microseconds; }

  Literal(const Uuid& v) : kind_(ValueKind::uuid) { u_.uuid = v; }

  /// A view of the values; nothing but a vector of `Value` is taken for a list.
  template <class L>
    requires std::same_as<L, std::vector<class Value>>
  Literal(const L& v) : kind_(ValueKind::list) {
    u_.bytes = {v.data(), v.size()};
  }

  template <class T>
  Literal(const std::optional<T>& v) : Literal(v ? Literal(*v) : Literal(std::nullopt)) {}

  /// A view of what the value holds. (A template, so that nothing is converted to a Value on the
  /// way.)
  template <class V>
    requires std::same_as<V, class Value>
  Literal(const V& v) : Literal(view_of(v)) {}

  Literal(std::nullptr_t) = delete;  // write null or std::nullopt

  ValueKind kind() const { return kind_; }

  bool is_null() const { return kind_ == ValueKind::null; }

  /// @pre the kind is the one that each accessor names.
  bool boolean() const { return u_.integer != 0; }

  std::int64_t integer() const { return u_.integer; }

  double real() const { return u_.real; }

  std::string_view text() const { return {static_cast<const char*>(u_.bytes.data), u_.bytes.size}; }

  std::span<const std::byte> blob() const {
    return {static_cast<const std::byte*>(u_.bytes.data), u_.bytes.size};
  }

  const Decimal& decimal() const { return u_.decimal; }

  const Date& date() const { return u_.date; }

  const Time& time() const { return u_.time; }

  const DateTime& datetime() const { return u_.datetime; }

  Interval interval() const { return {u_.integer}; }

  const Uuid& uuid() const { return u_.uuid; }

  std::span<const class Value> list() const;

 private:
  template <class E>
  static auto carried(E v) {
    if constexpr (NamedEnum<E>) {
      return name_of_member(v);
    } else {
      return static_cast<std::underlying_type_t<E>>(v);
    }
  }

  static std::int64_t checked(std::uint64_t v);
  static Literal view_of(const Value& v);

  struct View {
    const void* data;
    std::size_t size;
  };

  ValueKind kind_ = ValueKind::null;

  union Payload {
    constexpr Payload() : integer(0) {}

    std::int64_t integer;
    double real;
    View bytes;
    Decimal decimal;
    Date date;
    Time time;
    DateTime datetime;
    Uuid uuid;
  } u_;
};

}  // namespace azoth
