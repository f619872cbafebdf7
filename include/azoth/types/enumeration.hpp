// SPDX-License-Identifier: MIT
// Names of the members of a C++ enumeration. With names it is a column of `Enum`, stored as text;
// without, one of its underlying integers.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth {

/// Gives an enumeration its names; specialise it right behind the enumeration:
///
///     template <>
///     struct azoth::EnumMembers<Color> {
///       static constexpr std::string_view name = "color";
///       static constexpr std::pair<Color, std::string_view> members[] = {
///           {Color::red, "red"}, {Color::green, "green"}};
///     };
///
/// `name` is that of the type where databases have enumerations of their own; SQLAlchemy's default
/// is the name of the class in lower case. The names are what is stored.
template <class E>
struct EnumMembers {};

/// Holds for enumerations whose members have names.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires {
  EnumMembers<E>::name;
  EnumMembers<E>::members;
};

namespace detail {

[[noreturn]] void throw_no_member(std::string_view type, std::int64_t number);

}  // namespace detail

/// Returns the name of a member. @throws ArgumentError for a value that is no member.
template <NamedEnum E>
std::string_view name_of_member(E value) {
  for (const auto& [member, name] : EnumMembers<E>::members) {
    if (member == value) {
      return name;
    }
  }
  detail::throw_no_member(EnumMembers<E>::name, static_cast<std::int64_t>(value));
}

/// Returns the member of that name, or null.
template <NamedEnum E>
const E* find_member(std::string_view name) {
  for (const auto& member : EnumMembers<E>::members) {
    if (member.second == name) {
      return &member.first;
    }
  }
  return nullptr;
}

}  // namespace azoth
