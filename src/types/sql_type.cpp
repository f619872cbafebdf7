// SPDX-License-Identifier: MIT
// The interned descriptions of SQL types, their factories and their repr. Nothing here renders SQL.
#include "azoth/types/sql_type.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"
#include "azoth/types/value.hpp"

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
                            static_cast<std::int32_t>(type.validates_strings),
                            static_cast<std::int32_t>(type.as_text),
                            type.as_decimal ? static_cast<std::int32_t>(*type.as_decimal) : -1,
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
  h = base::mix(h, static_cast<std::uint64_t>(type.names.size()));
  for (const std::string& name : type.names) {
    h = base::mix(h, std::string_view(name));
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
  h = base::mix(h, reinterpret_cast<std::uintptr_t>(type.processors));
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
           a->creates_constraint == b->creates_constraint &&
           a->validates_strings == b->validates_strings && a->as_text == b->as_text &&
           a->as_decimal == b->as_decimal && a->names == b->names &&
           a->processors == b->processors && a->length == b->length &&
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
    KindInfo{"Uuid", TypeFamily::uuid},                 // uuid
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

bool is_exact_kind(TypeKind kind) {
  return kind == TypeKind::numeric || kind == TypeKind::sql_numeric ||
         kind == TypeKind::sql_decimal;
}

bool is_whole_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::small_integer:
    case TypeKind::sql_integer:
    case TypeKind::sql_bigint:
    case TypeKind::sql_smallint:
      return true;
    default:
      return false;
  }
}

template <class... Kinds>
constexpr std::uint16_t bits(Kinds... kinds_of_values) {
  return static_cast<std::uint16_t>((1U << static_cast<unsigned>(ValueKind::null)) |
                                    (0U | ... | (1U << static_cast<unsigned>(kinds_of_values))));
}

// Kinds of values that every database is sent as they are: at the others some dialect looks.
std::uint16_t unchanged_kinds_of(const SqlType& type) {
  constexpr std::uint16_t all = SqlType::all_kinds;
  if (type.kind == TypeKind::decorator || type.kind == TypeKind::variant) {
    return 0;
  }
  if (type.kind == TypeKind::enum_) {
    return type.names.empty() && !type.validates_strings ? bits(ValueKind::text) : bits();
  }
  switch (info(type.kind).family) {
    case TypeFamily::boolean:
      return bits(ValueKind::boolean);
    case TypeFamily::number:
      return is_whole_kind(type.kind) ? all : bits(ValueKind::real, ValueKind::decimal);
    case TypeFamily::binary:
      return bits(ValueKind::blob);
    case TypeFamily::date:
      return bits(ValueKind::date, ValueKind::datetime);
    case TypeFamily::time:
      return bits(ValueKind::time);
    case TypeFamily::datetime:
      return bits(ValueKind::datetime, ValueKind::date);
    case TypeFamily::interval:
    case TypeFamily::uuid:
    case TypeFamily::array:
      return bits();
    default:
      return all;
  }
}

bool changes_results(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::decorator:
    case TypeKind::variant:
    case TypeKind::enum_:
    case TypeKind::uuid:
    case TypeKind::interval:
    case TypeKind::array:
      return true;
    default:
      return type.as_decimal.has_value();
  }
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
  if (type.as_decimal == is_exact_kind(type.kind)) {
    type.as_decimal.reset();
  }
  type.hash = hash_of(type);
  type.unchanged_kinds = unchanged_kinds_of(type);
  type.changes_results = changes_results(type);
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
