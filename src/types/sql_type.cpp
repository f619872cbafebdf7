// SPDX-License-Identifier: MIT
// The interned descriptions of SQL types, their factories and their repr. Nothing here renders SQL.
#include "azoth/types/sql_type.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>

namespace azoth {
namespace {

Hash hash_of(const SqlType& type) {
  Hash h = base::hash_seed();
  for (const auto number : {static_cast<std::int32_t>(type.kind),
                            static_cast<std::int32_t>(type.timezone),
                            type.length,
                            type.precision,
                            type.scale}) {
    h = base::mix(h, static_cast<std::uint64_t>(number));
  }
  h = base::mix(h, std::string_view(type.name));
  h = base::mix(h, static_cast<std::uint64_t>(type.elements.size()));
  for (const SqlType* element : type.elements) {
    h = base::mix(h, element->hash);
  }
  return h;
}

struct HashOfType {
  std::size_t operator()(const SqlType* type) const noexcept {
    return base::HashOfHash{}(type->hash);
  }
};

struct SameContent {
  bool operator()(const SqlType* a, const SqlType* b) const noexcept {
    return a->kind == b->kind && a->timezone == b->timezone && a->length == b->length &&
           a->precision == b->precision && a->scale == b->scale && a->name == b->name &&
           a->elements == b->elements;
  }
};

struct Registry {
  std::mutex mutex;
  std::unordered_set<const SqlType*, HashOfType, SameContent> types;
};

// Never destroyed: types are used by static objects whose destructors run after any of ours would.
Registry& registry() {
  static Registry& immortal = *new Registry;
  return immortal;
}

TypePtr simple(TypeKind kind) {
  SqlType type;
  type.kind = kind;
  return intern(std::move(type));
}

int checked(std::string_view type, std::string_view what, int number) {
  if (number < -1) {
    throw ArgumentError(fmt::format(
        "{}: {} {} is negative; give a number from 0 on, or leave it out", type, what, number));
  }
  return number;
}

TypePtr with_length(TypeKind kind, std::string_view name, int length) {
  SqlType type;
  type.kind = kind;
  type.length = checked(name, "length", length);
  return intern(std::move(type));
}

TypePtr with_timezone(TypeKind kind, bool timezone) {
  SqlType type;
  type.kind = kind;
  type.timezone = timezone;
  return intern(std::move(type));
}

std::string_view class_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::null:
      return "NullType";
    case TypeKind::boolean:
      return "Boolean";
    case TypeKind::small_integer:
      return "SmallInteger";
    case TypeKind::integer:
      return "Integer";
    case TypeKind::big_integer:
      return "BigInteger";
    case TypeKind::numeric:
      return "Numeric";
    case TypeKind::float_:
      return "Float";
    case TypeKind::double_:
      return "Double";
    case TypeKind::string:
      return "String";
    case TypeKind::text:
      return "Text";
    case TypeKind::unicode:
      return "Unicode";
    case TypeKind::unicode_text:
      return "UnicodeText";
    case TypeKind::date:
      return "Date";
    case TypeKind::time:
      return "Time";
    case TypeKind::datetime:
      return "DateTime";
    case TypeKind::large_binary:
      return "LargeBinary";
    case TypeKind::tuple:
      return "TupleType";
    case TypeKind::literal:
      return "Literal";
  }
  AZOTH_ASSERT(!"a kind of type without a name");
  return "NullType";
}

}  // namespace

TypeFamily SqlType::family() const {
  switch (kind) {
    case TypeKind::null:
    case TypeKind::literal:
      break;
    case TypeKind::boolean:
      return TypeFamily::boolean;
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::numeric:
    case TypeKind::float_:
    case TypeKind::double_:
      return TypeFamily::number;
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::unicode:
    case TypeKind::unicode_text:
      return TypeFamily::text;
    case TypeKind::date:
      return TypeFamily::date;
    case TypeKind::time:
      return TypeFamily::time;
    case TypeKind::datetime:
      return TypeFamily::datetime;
    case TypeKind::large_binary:
      return TypeFamily::binary;
    case TypeKind::tuple:
      return TypeFamily::tuple;
  }
  return TypeFamily::unknown;
}

TypePtr intern(SqlType type) {
  type.hash = hash_of(type);
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  if (const auto found = all.types.find(&type); found != all.types.end()) {
    return *found;
  }
  return *all.types.insert(new SqlType(std::move(type))).first;
}

std::string repr(TypePtr type) {
  if (type->kind == TypeKind::literal) {
    return type->name;
  }
  std::string out(class_name(type->kind));
  out += '(';
  std::string_view separator;
  const auto argument = [&](std::string_view text) {
    out.append(separator).append(text);
    separator = ", ";
  };
  for (const SqlType* element : type->elements) {
    argument(repr(element));
  }
  if (type->length >= 0) {
    argument(fmt::format("length={}", type->length));
  }
  if (type->precision >= 0) {
    argument(fmt::format("precision={}", type->precision));
  }
  if (type->scale >= 0) {
    argument(fmt::format("scale={}", type->scale));
  }
  if (type->timezone) {
    argument("timezone=True");
  }
  out += ')';
  return out;
}

namespace types {

// The types without arguments are asked for in the middle of building expressions: found once, then
// read.
TypePtr null_type() {
  static const TypePtr type = simple(TypeKind::null);
  return type;
}

TypePtr Boolean() {
  static const TypePtr type = simple(TypeKind::boolean);
  return type;
}

TypePtr SmallInteger() {
  static const TypePtr type = simple(TypeKind::small_integer);
  return type;
}

TypePtr Integer() {
  static const TypePtr type = simple(TypeKind::integer);
  return type;
}

TypePtr BigInteger() {
  static const TypePtr type = simple(TypeKind::big_integer);
  return type;
}

TypePtr Numeric(int precision, int scale) {
  static const TypePtr plain = simple(TypeKind::numeric);
  if (precision == -1 && scale == -1) {
    return plain;
  }
  SqlType type;
  type.kind = TypeKind::numeric;
  type.precision = checked("Numeric", "precision", precision);
  type.scale = checked("Numeric", "scale", scale);
  return intern(std::move(type));
}

TypePtr Float(int precision) {
  static const TypePtr plain = simple(TypeKind::float_);
  if (precision == -1) {
    return plain;
  }
  SqlType type;
  type.kind = TypeKind::float_;
  type.precision = checked("Float", "precision", precision);
  return intern(std::move(type));
}

TypePtr Double() {
  static const TypePtr type = simple(TypeKind::double_);
  return type;
}

TypePtr String(int length) {
  static const TypePtr plain = simple(TypeKind::string);
  return length == -1 ? plain : with_length(TypeKind::string, "String", length);
}

TypePtr Text(int length) {
  static const TypePtr plain = simple(TypeKind::text);
  return length == -1 ? plain : with_length(TypeKind::text, "Text", length);
}

TypePtr Unicode(int length) {
  return with_length(TypeKind::unicode, "Unicode", length);
}

TypePtr UnicodeText(int length) {
  return with_length(TypeKind::unicode_text, "UnicodeText", length);
}

TypePtr Date() {
  static const TypePtr type = simple(TypeKind::date);
  return type;
}

TypePtr Time(bool timezone) {
  static const TypePtr plain = simple(TypeKind::time);
  return timezone ? with_timezone(TypeKind::time, true) : plain;
}

TypePtr DateTime(bool timezone) {
  static const TypePtr plain = simple(TypeKind::datetime);
  return timezone ? with_timezone(TypeKind::datetime, true) : plain;
}

TypePtr LargeBinary(int length) {
  static const TypePtr plain = simple(TypeKind::large_binary);
  return length == -1 ? plain : with_length(TypeKind::large_binary, "LargeBinary", length);
}

TypePtr Tuple(std::vector<TypePtr> elements) {
  SqlType type;
  type.kind = TypeKind::tuple;
  type.elements = std::move(elements);
  return intern(std::move(type));
}

TypePtr Literal(std::string_view text) {
  if (text.empty()) {
    throw ArgumentError(
        "Literal: the text of a type is empty; give what the database is to read, as VARCHAR(30)");
  }
  SqlType type;
  type.kind = TypeKind::literal;
  type.name = text;
  return intern(std::move(type));
}

}  // namespace types
}  // namespace azoth
