// SPDX-License-Identifier: MIT
// How one SQL value crosses module borders: `Literal` (trivial, does not own) at the typed doors,
// `Value` (owns) where the C++ type is not known. Neither converts between kinds: that is the
// business of types and drivers.
#pragma once
#include <azoth/types/literal.hpp>

#include <variant>

namespace azoth {

/// Owns one SQL value of any kind; a regular type (copied, compared by kind and content).
class Value {
 public:
  // Defined out of line: a variant's copies and comparisons cost every translation unit that
  // instantiates them a quarter of a second.
  Value() noexcept;
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  Value(const Literal& literal);

  template <class T>
    requires(std::convertible_to<const T&, Literal> && !std::same_as<T, Value> &&
             !std::same_as<T, Literal>)
  Value(const T& v) : Value(Literal(v)) {}

  ValueKind kind() const { return static_cast<ValueKind>(data_.index()); }

  bool is_null() const { return data_.index() == 0; }

  /// Returns the content, which must be of type `T` (bool, std::int64_t, double, std::string,
  /// Bytes, Decimal, Date, Time, DateTime, Interval, Uuid, std::vector<Value>).
  /// @throws InvalidRequestError naming both kinds when it is not.
  template <class T>
  const T& get() const {
    if (const T* p = std::get_if<T>(&data_)) {
      return *p;
    }
    wrong_kind(static_cast<ValueKind>(index_of<T>(static_cast<const Data*>(nullptr))));
  }

  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&data_);
  }

  bool operator==(const Value& other) const;

 private:
  using Data = std::variant<std::monostate,
                            bool,
                            std::int64_t,
                            double,
                            std::string,
                            Bytes,
                            Decimal,
                            Date,
                            Time,
                            DateTime,
                            Interval,
                            Uuid,
                            std::vector<Value>>;

  template <class T, class... Held>
  static constexpr std::size_t index_of(const std::variant<Held...>*) {
    std::size_t index = 0;
    static_cast<void>(((std::is_same_v<T, Held> || (++index, false)) || ...));
    return index;
  }

  [[noreturn]] void wrong_kind(ValueKind expected) const;
  Data data_;
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
