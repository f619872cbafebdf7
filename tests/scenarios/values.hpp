// SPDX-License-Identifier: MIT
// Values in a notation that is of no language: `null true 5 1.5 "text" [list] (row) {"k": v}
// decimal(1.50) date(2020-01-02) x'00'`.
#pragma once
#include <azoth/engine/dynamic_result.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace rec {

using azoth::Value;

/// A value whose notation is known already: an enum, a class.
struct Notation {
  std::string text;
};

/// Holds for what a Literal is made of.
template <class T>
struct IsPlain : std::bool_constant<std::is_constructible_v<azoth::Literal, const T&> &&
                                    !std::is_same_v<T, Value> && !azoth::NamedEnum<T>> {};

template <class T>
struct IsPlain<std::optional<T>> : IsPlain<T> {};

/// Names with values, in order.
using Dict = std::vector<std::pair<std::string, Value>>;

/// Values as a tuple, where the number is not known to the compiler.
struct Values {
  std::vector<Value> values;
};

std::string quoted(std::string_view text);
std::string fmt(const Value& value);
std::string fmt(const azoth::Row& row);
std::string fmt(const Dict& dict);
std::string fmt(const Values& values);

/// Names as a tuple of texts.
Values names(const std::vector<std::string>& names);

inline std::string fmt(const Notation& notation) {
  return notation.text;
}

inline std::string fmt(std::nullopt_t) {
  return "null";
}

/// `enum(Color.red)`.
template <azoth::NamedEnum E>
std::string fmt(E member) {
  std::string_view name = azoth::detail::type_name<E>();
  name.remove_prefix(name.rfind(':') == name.npos ? 0 : name.rfind(':') + 1);
  return "enum(" + std::string(name) + "." + std::string(azoth::name_of_member(member)) + ")";
}

template <class T>
  requires(IsPlain<T>::value && !requires { typename T::azoth_column; })
std::string fmt(const T& value) {
  return fmt(Value(azoth::Literal(value)));
}

/// A handle of an object whose class says how it is shown.
template <class P>
  requires requires(const P& p) { p->repr(); }
std::string fmt(const P& object) {
  return object ? object->repr() : "null";
}

/// An attribute of an object.
template <class A>
  requires requires { typename A::azoth_column; }
std::string fmt(const A& attribute) {
  return fmt(attribute.get());
}

template <class T>
  requires(!IsPlain<T>::value)
std::string fmt(const std::optional<T>& value);
template <class A, class B>
std::string fmt(const std::pair<A, B>& pair);
template <class... T>
std::string fmt(const std::tuple<T...>& values);
template <class K, class V>
std::string fmt(const std::map<K, V>& map);

template <class T>
  requires(!std::is_same_v<T, std::byte> && !std::is_same_v<std::vector<T>, Dict>)
std::string fmt(const std::vector<T>& list) {
  std::string out;
  for (const auto& item : list) {
    out += (out.empty() ? "" : ", ") + fmt(static_cast<const T&>(item));
  }
  return "[" + out + "]";
}

template <class T>
std::string fmt(const std::set<T>& set) {
  std::string out;
  for (const T& item : set) {
    out += (out.empty() ? "" : ", ") + fmt(item);
  }
  return "{" + out + "}";
}

template <class T>
  requires(!IsPlain<T>::value)
std::string fmt(const std::optional<T>& value) {
  return value ? fmt(*value) : "null";
}

inline std::string fmt(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + quoted(name);
  }
  return "{" + out + "}";
}

template <class A, class B>
std::string fmt(const std::pair<A, B>& pair) {
  return "(" + fmt(pair.first) + ", " + fmt(pair.second) + ")";
}

template <class... T>
std::string fmt(const std::tuple<T...>& values) {
  std::string out;
  std::apply([&](const T&... each) { ((out += (out.empty() ? "" : ", ") + fmt(each)), ...); },
             values);
  return "(" + out + ")";
}

template <class K, class V>
std::string fmt(const std::map<K, V>& map) {
  std::string out;
  for (const auto& [key, value] : map) {
    out += (out.empty() ? "" : ", ") + fmt(key) + ": " + fmt(value);
  }
  return "{" + out + "}";
}

}  // namespace rec
