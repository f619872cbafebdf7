// SPDX-License-Identifier: MIT
// What a column attribute takes as a value: what converts to its C++ type without loss. Fractions
// for integers and numbers for bools are refused by the compiler, integers out of range when they
// are given.
#pragma once
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace azoth::orm::detail {

template <class T>
struct Inner {
  using type = std::remove_cvref_t<T>;
};

template <class T>
struct Inner<std::optional<T>> {
  using type = T;
};

// Another attribute gives its value.
template <class A>
  requires requires { typename A::azoth_column; }
struct Inner<A> : Inner<typename A::value_type> {};

template <class T>
using inner_t = typename Inner<std::remove_cvref_t<T>>::type;
template <class T>
inline constexpr bool is_integer = std::is_integral_v<T> && !std::is_same_v<T, bool>;
// A fraction does not become an integer, a number no bool, a bool no number.
template <class T, class U>
inline constexpr bool loses = std::is_arithmetic_v<T> && std::is_arithmetic_v<U> &&
                              ((is_integer<T> && std::is_floating_point_v<U>) ||
                               (std::is_same_v<T, bool> != std::is_same_v<U, bool>));
template <class T, class U>
inline constexpr bool takes = std::is_convertible_v<U&&, T> && !loses<inner_t<T>, inner_t<U>>;

[[noreturn]] void throw_out_of_range(std::int64_t value, std::size_t bits);
[[noreturn]] void throw_out_of_range(std::uint64_t value, std::size_t bits);

// Hands the value on; an integer that its column cannot hold is refused.
template <class T, class U>
decltype(auto) take(U&& value) {
  using To = inner_t<T>;
  using From = std::remove_cvref_t<U>;
  if constexpr (requires { typename From::azoth_column; }) {
    return T(take<T>(value.get()));
  } else if constexpr (is_integer<To> && !std::is_same_v<To, inner_t<U>> &&
                       requires { value.has_value(); }) {
    return value ? T(take<To>(*value)) : T();
  } else if constexpr (is_integer<To> && is_integer<From> && !std::is_same_v<To, From>) {
    if (static_cast<From>(static_cast<To>(value)) != value ||
        ((value < From()) != (static_cast<To>(value) < To()))) {
      using Wide = std::conditional_t<std::is_signed_v<From>, std::int64_t, std::uint64_t>;
      throw_out_of_range(static_cast<Wide>(value), sizeof(To) * 8);
    }
    return static_cast<To>(value);
  } else {
    return std::forward<U>(value);
  }
}

}  // namespace azoth::orm::detail
