// SPDX-License-Identifier: MIT
// C++ types that are columns through a codec: users' own, enumerations, Uuid, Interval, and
// optionals of all types.
#pragma once
#include <azoth/types/cell_type.hpp>

namespace azoth {

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

}  // namespace azoth
