// SPDX-License-Identifier: MIT
// Reads, writes and compares members of mapped C++ types through their CellType. These run once a
// column and flushed object: one switch on the kind, then typed code.
#include "azoth/types/cpp_type.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace azoth {
namespace {

template <class T>
struct Held {
  using Type = T;
};

// Calls `f` with the C++ type that cells of this kind are stored in. Custom cells have none and do
// not come here.
template <class F>
decltype(auto) with_storage(CellKind kind, F&& f) {
  switch (kind) {
    case CellKind::boolean:
      return f(Held<bool>{});
    case CellKind::int8:
      return f(Held<std::int8_t>{});
    case CellKind::int16:
      return f(Held<std::int16_t>{});
    case CellKind::int32:
      return f(Held<std::int32_t>{});
    case CellKind::int64:
      return f(Held<std::int64_t>{});
    case CellKind::uint8:
      return f(Held<std::uint8_t>{});
    case CellKind::uint16:
      return f(Held<std::uint16_t>{});
    case CellKind::uint32:
      return f(Held<std::uint32_t>{});
    case CellKind::uint64:
      return f(Held<std::uint64_t>{});
    case CellKind::float32:
      return f(Held<float>{});
    case CellKind::float64:
      return f(Held<double>{});
    case CellKind::text:
      return f(Held<std::string>{});
    case CellKind::blob:
      return f(Held<Bytes>{});
    case CellKind::decimal:
      return f(Held<Decimal>{});
    case CellKind::date:
      return f(Held<Date>{});
    case CellKind::time:
      return f(Held<Time>{});
    case CellKind::datetime:
      return f(Held<DateTime>{});
    case CellKind::value:
    case CellKind::custom:
      break;
  }
  AZOTH_ASSERT(kind == CellKind::value);
  return f(Held<Value>{});
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (std::floating_point<T>) {
    return a == b || (std::isnan(a) && std::isnan(b));
  } else if constexpr (std::same_as<T, Value>) {
    if (a == b) {
      return true;
    }
    const double* left = a.template get_if<double>();
    const double* right = b.template get_if<double>();
    return left && right && std::isnan(*left) && std::isnan(*right);
  } else {
    return a == b;
  }
}

template <std::integral T>
bool convert(T& to, const Value& value) {
  if constexpr (std::same_as<T, bool>) {
    if (const bool* held = value.get_if<bool>()) {
      to = *held;
      return true;
    }
  }
  const auto* held = value.get_if<std::int64_t>();
  if (!held) {
    return false;
  }
  if constexpr (std::same_as<T, bool>) {
    if (*held != 0 && *held != 1) {
      return false;
    }
  } else if (!std::in_range<T>(*held)) {
    return false;
  }
  to = static_cast<T>(*held);
  return true;
}

bool is_exact_in_double(std::int64_t number) {
  const auto real = static_cast<double>(number);
  // 2^63 is the one rounded double that no int64 equals; converting it back would be undefined.
  return real < 0x1p63 && static_cast<std::int64_t>(real) == number;
}

template <std::floating_point T>
bool convert(T& to, const Value& value) {
  double real = 0;
  if (const double* held = value.get_if<double>()) {
    real = *held;
  } else if (const auto* integer = value.get_if<std::int64_t>();
             integer && is_exact_in_double(*integer)) {
    real = static_cast<double>(*integer);
    if (static_cast<double>(static_cast<T>(real)) != real) {
      return false;
    }
  } else {
    return false;
  }
  if (std::isfinite(real) && std::abs(real) > static_cast<double>(std::numeric_limits<T>::max())) {
    return false;
  }
  to = static_cast<T>(real);
  return true;
}

bool convert(Decimal& to, const Value& value) {
  if (const auto* integer = value.get_if<std::int64_t>()) {
    to = Decimal(*integer);
    return true;
  }
  const auto* held = value.get_if<Decimal>();
  if (held) {
    to = *held;
  }
  return held != nullptr;
}

bool convert(Value& to, const Value& value) {
  to = value;
  return true;
}

template <class T>
bool convert(T& to, const Value& value) {
  const T* held = value.get_if<T>();
  if (held) {
    to = *held;
  }
  return held != nullptr;
}

[[noreturn]] void refuse(const CellType& cell, const Value& value) {
  if (value.is_null()) {
    throw ArgumentError(fmt::format(
        "Cannot store NULL in a member of type {0}; make it std::optional<{0}> or give a value",
        name_of(cell)));
  }
  throw ArgumentError(fmt::format("Cannot store {} ({}) in a member of type {} without loss",
                                  repr(value),
                                  name_of(value.kind()),
                                  name_of(cell)));
}

std::string_view storage_name(const CellType& cell) {
  switch (cell.kind) {
    case CellKind::boolean:
      return "bool";
    case CellKind::int8:
      return "std::int8_t";
    case CellKind::int16:
      return "std::int16_t";
    case CellKind::int32:
      return "std::int32_t";
    case CellKind::int64:
      return "std::int64_t";
    case CellKind::uint8:
      return "std::uint8_t";
    case CellKind::uint16:
      return "std::uint16_t";
    case CellKind::uint32:
      return "std::uint32_t";
    case CellKind::uint64:
      return "std::uint64_t";
    case CellKind::float32:
      return "float";
    case CellKind::float64:
      return "double";
    case CellKind::text:
      return "std::string";
    case CellKind::blob:
      return "azoth::Bytes";
    case CellKind::decimal:
      return "azoth::Decimal";
    case CellKind::date:
      return "azoth::Date";
    case CellKind::time:
      return "azoth::Time";
    case CellKind::datetime:
      return "azoth::DateTime";
    case CellKind::value:
      return "azoth::Value";
    case CellKind::custom:
      break;
  }
  return cell.codec && !cell.codec->name.empty() ? cell.codec->name : "a user's type";
}

}  // namespace

Literal load_cell(const CellType& cell, const void* member, Value& scratch) {
  if (cell.kind == CellKind::custom) {
    scratch = cell.codec->encode(member);
    return scratch;
  }
  return with_storage(cell.kind, [&]<class T>(Held<T>) -> Literal {
    if (!cell.optional) {
      return *static_cast<const T*>(member);
    }
    const auto& held = *static_cast<const std::optional<T>*>(member);
    if (!held) {
      return std::nullopt;
    }
    return *held;
  });
}

void store_cell(const CellType& cell, void* member, const Value& value) {
  if (value.is_null() && cell.kind != CellKind::value) {
    if (!cell.optional) {
      refuse(cell, value);
    }
    clear_cell(cell, member);
  } else if (cell.kind == CellKind::custom) {
    cell.codec->decode(member, value);
  } else {
    with_storage(cell.kind, [&]<class T>(Held<T>) {
      if (!cell.optional) {
        if (!convert(*static_cast<T*>(member), value)) {
          refuse(cell, value);
        }
        return;
      }
      auto& held = *static_cast<std::optional<T>*>(member);
      if (value.is_null()) {
        held.reset();
        return;
      }
      T converted{};  // apart, so that a refused value leaves the member as it is
      if (!convert(converted, value)) {
        refuse(cell, value);
      }
      held = std::move(converted);
    });
  }
}

void clear_cell(const CellType& cell, void* member) {
  if (cell.kind == CellKind::custom) {
    if (!cell.codec->clear) {
      throw InvalidRequestError(fmt::format(
          "The codec of {} has no `clear`; make it with codec_of or give it one", name_of(cell)));
    }
    cell.codec->clear(member);
    return;
  }
  with_storage(cell.kind, [&]<class T>(Held<T>) {
    if (cell.optional) {
      static_cast<std::optional<T>*>(member)->reset();
    } else {
      *static_cast<T*>(member) = T{};
    }
  });
}

bool equal_cells(const CellType& cell, const void* a, const void* b) {
  if (cell.kind == CellKind::custom) {
    return cell.codec->equal ? cell.codec->equal(a, b)
                             : same(cell.codec->encode(a), cell.codec->encode(b));
  }
  return with_storage(cell.kind, [&]<class T>(Held<T>) {
    if (!cell.optional) {
      return same(*static_cast<const T*>(a), *static_cast<const T*>(b));
    }
    const auto& left = *static_cast<const std::optional<T>*>(a);
    const auto& right = *static_cast<const std::optional<T>*>(b);
    return left && right ? same(*left, *right) : left.has_value() == right.has_value();
  });
}

std::string name_of(const CellType& cell) {
  const std::string_view name = storage_name(cell);
  return cell.optional ? fmt::format("std::optional<{}>", name) : std::string(name);
}

namespace detail {
namespace {

[[noreturn]] void refuse_custom(std::string_view type, const Value& value) {
  throw ArgumentError(fmt::format("Cannot store {} ({}) in a member of type {} without loss",
                                  repr(value),
                                  name_of(value.kind()),
                                  type));
}

}  // namespace

Uuid uuid_from(const Value& value) {
  if (const Uuid* held = value.get_if<Uuid>()) {
    return *held;
  }
  if (const std::string* text = value.get_if<std::string>()) {
    if (const std::optional<Uuid> parsed = Uuid::parse(*text)) {
      return *parsed;
    }
  }
  refuse_custom("azoth::Uuid", value);
}

Value value_of_uuid(const Uuid& uuid) {
  return uuid;
}

Interval interval_from(const Value& value) {
  if (const Interval* held = value.get_if<Interval>()) {
    return *held;
  }
  refuse_custom("azoth::Interval", value);
}

Value value_of_interval(const Interval& interval) {
  return interval;
}

void throw_unknown_member(std::string_view type, const Value& value) {
  throw ArgumentError(fmt::format(
      "Cannot store {} in a member of type {}, which is none of its members", repr(value), type));
}

TypePtr enum_type(std::string_view name, std::span<const std::string_view> names) {
  types::EnumOptions options;
  options.name = name;
  return types::Enum(std::vector<std::string>(names.begin(), names.end()), std::move(options));
}

std::int64_t integer_within(const Value& value,
                            std::int64_t low,
                            std::int64_t high,
                            std::string_view type) {
  const auto* held = value.get_if<std::int64_t>();
  if (!held) {
    throw ArgumentError(
        fmt::format("Cannot store {} ({}) in a member of type {}, which travels as an integer",
                    repr(value),
                    name_of(value.kind()),
                    type));
  }
  if (*held < low || *held > high) {
    throw ArgumentError(
        fmt::format("Cannot store {} in a member of type {}: its integers are {} to {}",
                    *held,
                    type,
                    low,
                    high));
  }
  return *held;
}

}  // namespace detail
}  // namespace azoth
