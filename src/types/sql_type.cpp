// SPDX-License-Identifier: MIT
// The interned descriptions of SQL types, their factories and their repr. Nothing here renders SQL.
#include "azoth/types/sql_type.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <array>
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
                            static_cast<std::int32_t>(type.is_native),
                            static_cast<std::int32_t>(type.creates_constraint),
                            type.length,
                            type.precision,
                            type.scale,
                            type.dimensions}) {
    h = base::mix(h, static_cast<std::uint64_t>(number));
  }
  for (const std::string* text : {&type.vendor, &type.name, &type.schema, &type.collation}) {
    h = base::mix(h, std::string_view(*text));
  }
  for (const std::string& value : type.values) {
    h = base::mix(h, std::string_view(value));
  }
  for (const TypeOption& option : type.options) {
    h = base::mix(h, std::string_view(option.name));
    h = base::mix(h, std::string_view(option.text));
    h = base::mix(h, static_cast<std::uint64_t>(option.number));
  }
  h = base::mix(h, static_cast<std::uint64_t>(type.elements.size()));
  for (const SqlType* element : type.elements) {
    h = base::mix(h, element->hash);
  }
  for (const auto& [dialect, impl] : type.by_dialect) {
    h = base::mix(h, std::string_view(dialect));
    h = base::mix(h, impl->hash);
  }
  h = base::mix(h, reinterpret_cast<std::uintptr_t>(type.bind_expression));
  h = base::mix(h, reinterpret_cast<std::uintptr_t>(type.column_expression));
  return base::mix(h, type.identity);
}

struct HashOfType {
  std::size_t operator()(const SqlType* type) const noexcept {
    return base::HashOfHash{}(type->hash);
  }
};

struct SameContent {
  bool operator()(const SqlType* a, const SqlType* b) const noexcept {
    return a->kind == b->kind && a->timezone == b->timezone && a->is_native == b->is_native &&
           a->creates_constraint == b->creates_constraint && a->length == b->length &&
           a->precision == b->precision && a->scale == b->scale && a->dimensions == b->dimensions &&
           a->vendor == b->vendor && a->name == b->name && a->schema == b->schema &&
           a->collation == b->collation && a->values == b->values && a->options == b->options &&
           a->elements == b->elements && a->by_dialect == b->by_dialect &&
           a->bind_expression == b->bind_expression &&
           a->column_expression == b->column_expression && a->identity == b->identity;
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

struct KindInfo {
  std::string_view class_name;
  TypeFamily family;
};

// In the order of TypeKind.
constexpr std::array kinds{
    KindInfo{"NullType", TypeFamily::unknown},          // null
    KindInfo{"Boolean", TypeFamily::boolean},           // boolean
    KindInfo{"SmallInteger", TypeFamily::number},       // small_integer
    KindInfo{"Integer", TypeFamily::number},            // integer
    KindInfo{"BigInteger", TypeFamily::number},         // big_integer
    KindInfo{"Numeric", TypeFamily::number},            // numeric
    KindInfo{"Float", TypeFamily::number},              // float_
    KindInfo{"Double", TypeFamily::number},             // double_
    KindInfo{"String", TypeFamily::text},               // string
    KindInfo{"Text", TypeFamily::text},                 // text
    KindInfo{"Unicode", TypeFamily::text},              // unicode
    KindInfo{"UnicodeText", TypeFamily::text},          // unicode_text
    KindInfo{"Date", TypeFamily::date},                 // date
    KindInfo{"Time", TypeFamily::time},                 // time
    KindInfo{"DateTime", TypeFamily::datetime},         // datetime
    KindInfo{"Interval", TypeFamily::interval},         // interval
    KindInfo{"LargeBinary", TypeFamily::binary},        // large_binary
    KindInfo{"Enum", TypeFamily::text},                 // enum_
    KindInfo{"JSON", TypeFamily::json},                 // json
    KindInfo{"ARRAY", TypeFamily::array},               // array
    KindInfo{"PickleType", TypeFamily::binary},         // pickle
    KindInfo{"MatchType", TypeFamily::boolean},         // match
    KindInfo{"JSONIndexType", TypeFamily::unknown},     // json_index
    KindInfo{"JSONIntIndexType", TypeFamily::unknown},  // json_int_index
    KindInfo{"JSONStrIndexType", TypeFamily::unknown},  // json_str_index
    KindInfo{"JSONPathType", TypeFamily::unknown},      // json_path
    KindInfo{"TupleType", TypeFamily::tuple},           // tuple
    KindInfo{"TableValueType", TypeFamily::unknown},    // table_value
    KindInfo{"BOOLEAN", TypeFamily::boolean},           // sql_boolean
    KindInfo{"SMALLINT", TypeFamily::number},           // sql_smallint
    KindInfo{"INTEGER", TypeFamily::number},            // sql_integer
    KindInfo{"BIGINT", TypeFamily::number},             // sql_bigint
    KindInfo{"NUMERIC", TypeFamily::number},            // sql_numeric
    KindInfo{"DECIMAL", TypeFamily::number},            // sql_decimal
    KindInfo{"FLOAT", TypeFamily::number},              // sql_float
    KindInfo{"REAL", TypeFamily::number},               // sql_real
    KindInfo{"DOUBLE", TypeFamily::number},             // sql_double
    KindInfo{"CHAR", TypeFamily::text},                 // sql_char
    KindInfo{"VARCHAR", TypeFamily::text},              // sql_varchar
    KindInfo{"NCHAR", TypeFamily::text},                // sql_nchar
    KindInfo{"NVARCHAR", TypeFamily::text},             // sql_nvarchar
    KindInfo{"TEXT", TypeFamily::text},                 // sql_text
    KindInfo{"CLOB", TypeFamily::text},                 // sql_clob
    KindInfo{"DATE", TypeFamily::date},                 // sql_date
    KindInfo{"TIME", TypeFamily::time},                 // sql_time
    KindInfo{"DATETIME", TypeFamily::datetime},         // sql_datetime
    KindInfo{"TIMESTAMP", TypeFamily::datetime},        // sql_timestamp
    KindInfo{"BINARY", TypeFamily::binary},             // sql_binary
    KindInfo{"VARBINARY", TypeFamily::binary},          // sql_varbinary
    KindInfo{"BLOB", TypeFamily::binary},               // sql_blob
    KindInfo{"vendor", TypeFamily::unknown},            // vendor
    KindInfo{"UserDefinedType", TypeFamily::unknown},   // literal
    KindInfo{"TypeDecorator", TypeFamily::unknown},     // decorator
    KindInfo{"Variant", TypeFamily::unknown},           // variant
};
static_assert(kinds.size() == static_cast<std::size_t>(TypeKind::variant) + 1);

const KindInfo& info(TypeKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string_view class_name(const SqlType& type) {
  return type.kind == TypeKind::vendor ? std::string_view(type.name) : info(type.kind).class_name;
}

TypeFamily SqlType::family() const {
  if (kind == TypeKind::decorator || kind == TypeKind::variant) {
    return elements.front()->family();
  }
  return info(kind).family;
}

const TypeOption* SqlType::option(std::string_view option_name) const {
  for (const TypeOption& o : options) {
    if (o.name == option_name) {
      return &o;
    }
  }
  return nullptr;
}

const SqlType* SqlType::in_dialect(std::string_view dialect) const {
  if (kind != TypeKind::decorator && kind != TypeKind::variant) {
    return this;
  }
  for (const auto& [name_of_dialect, type] : by_dialect) {
    if (name_of_dialect == dialect) {
      return type->in_dialect(dialect);
    }
  }
  return elements.front()->in_dialect(dialect);
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
  std::string out(class_name(*type));
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

}  // namespace azoth
