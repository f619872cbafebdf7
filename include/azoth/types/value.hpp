// SPDX-License-Identifier: MIT
// How one SQL value crosses module borders: `Literal` (trivial, does not own) at the typed doors,
// `Value` (owns) where the C++ type is not known. Neither converts between kinds: that is the
// business of types and drivers.
#pragma once
#include <azoth/types/literal.hpp>

#include <cstring>
#include <new>
#include <utility>

namespace azoth {

/// Owns one SQL value of any kind; a regular type (copied, compared by kind and content).
class Value {
 public:
  Value() noexcept {}

  Value(const Value& other);

  Value(Value&& other) noexcept { take(other); }

  Value& operator=(const Value& other);

  Value& operator=(Value&& other) noexcept {
    if (this != &other) {
      clear();
      take(other);
    }
    return *this;
  }

  ~Value() { clear(); }

  Value(const Literal& literal);

  template <class T>
    requires(std::convertible_to<const T&, Literal> && !std::same_as<T, Value> &&
             !std::same_as<T, Literal>)
  Value(const T& v) : Value(Literal(v)) {}

  ValueKind kind() const { return kind_; }

  bool is_null() const { return kind_ == ValueKind::null; }

  /// Returns the content, which must be of type `T` (bool, std::int64_t, double, std::string,
  /// Bytes, Decimal, Date, Time, DateTime, Interval, Uuid, std::vector<Value>).
  /// @throws InvalidRequestError naming both kinds when it is not.
  template <class T>
  const T& get() const {
    if (kind_ != kind_of<T>()) {
      wrong_kind(kind_of<T>());
    }
    return held<T>();
  }

  template <class T>
  const T* get_if() const {
    return kind_ == kind_of<T>() ? &held<T>() : nullptr;
  }

  bool operator==(const Value& other) const;

  /// Says whether a literal is of the same kind and content, without a copy of it.
  bool is_same(const Literal& literal) const;

 private:
  // The longest content; each kind stands at its beginning.
  static constexpr std::size_t size = 32;

  template <class T>
  static constexpr ValueKind kind_of() {
    if constexpr (std::is_same_v<T, bool>) {
      return ValueKind::boolean;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
      return ValueKind::integer;
    } else if constexpr (std::is_same_v<T, double>) {
      return ValueKind::real;
    } else if constexpr (std::is_same_v<T, std::string>) {
      return ValueKind::text;
    } else if constexpr (std::is_same_v<T, Bytes>) {
      return ValueKind::blob;
    } else if constexpr (std::is_same_v<T, Decimal>) {
      return ValueKind::decimal;
    } else if constexpr (std::is_same_v<T, Date>) {
      return ValueKind::date;
    } else if constexpr (std::is_same_v<T, Time>) {
      return ValueKind::time;
    } else if constexpr (std::is_same_v<T, DateTime>) {
      return ValueKind::datetime;
    } else if constexpr (std::is_same_v<T, Interval>) {
      return ValueKind::interval;
    } else if constexpr (std::is_same_v<T, Uuid>) {
      return ValueKind::uuid;
    } else {
      static_assert(std::is_same_v<T, std::vector<Value>>, "azoth: no Value holds this type");
      return ValueKind::list;
    }
  }

  template <class T>
  const T& held() const {
    return *std::launder(reinterpret_cast<const T*>(bytes_));
  }

  template <class T>
  T& held() {
    return *std::launder(reinterpret_cast<T*>(bytes_));
  }

  // The kinds that own memory; all others are bytes.
  bool owns() const {
    return kind_ == ValueKind::text || kind_ == ValueKind::blob || kind_ == ValueKind::list;
  }

  // Into a value that is null: moves the content, which leaves `other` null.
  void take(Value& other) noexcept {
    if (other.owns()) {
      take_owned(other);
    } else {
      std::memcpy(bytes_, other.bytes_, size);
      kind_ = std::exchange(other.kind_, ValueKind::null);
    }
  }

  void clear() noexcept {
    if (owns()) {
      destroy();
    }
    kind_ = ValueKind::null;
  }

  template <class T, class... A>
  void make(A&&... arguments);
  void take_owned(Value& other) noexcept;
  void destroy() noexcept;
  [[noreturn]] void wrong_kind(ValueKind expected) const;

  alignas(8) std::byte bytes_[size] = {};
  ValueKind kind_ = ValueKind::null;
};

inline std::span<const Value> Literal::list() const {
  return {static_cast<const Value*>(u_.bytes.data), u_.bytes.size};
}

/// Returns the word for a kind as messages use it ("text", "integer", ...).
std::string_view name_of(ValueKind kind);

/// Renders a value as Python's repr() of it, which is what logs and error texts show: `None`,
/// `True`, `1`, `'a'`, `b'x'`, `Decimal('1.50')`.
std::string repr(const Literal& value);

/// The NULL of values; in expressions it renders as NULL, and comparing with it gives IS NULL.
inline constexpr std::nullopt_t null = std::nullopt;

}  // namespace azoth
