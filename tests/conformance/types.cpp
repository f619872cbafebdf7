// SPDX-License-Identifier: MIT
// Types of the records. Names without a dot are generic or of the standard, others are a vendor's.
#include "conformance/builder.hpp"

#include <algorithm>
#include <array>

namespace azoth::conformance {

namespace {

struct NamedKind {
  std::string_view name;
  TypeKind kind;
};

constexpr std::array generic_kinds{
    NamedKind{"Integer", TypeKind::integer},
    NamedKind{"BigInteger", TypeKind::big_integer},
    NamedKind{"SmallInteger", TypeKind::small_integer},
    NamedKind{"Numeric", TypeKind::numeric},
    NamedKind{"Float", TypeKind::float_},
    NamedKind{"Double", TypeKind::double_},
    NamedKind{"String", TypeKind::string},
    NamedKind{"Text", TypeKind::text},
    NamedKind{"Unicode", TypeKind::unicode},
    NamedKind{"UnicodeText", TypeKind::unicode_text},
    NamedKind{"Boolean", TypeKind::boolean},
    NamedKind{"Date", TypeKind::date},
    NamedKind{"DateTime", TypeKind::datetime},
    NamedKind{"Time", TypeKind::time},
    NamedKind{"Interval", TypeKind::interval},
    NamedKind{"LargeBinary", TypeKind::large_binary},
    NamedKind{"Enum", TypeKind::enum_},
    NamedKind{"JSON", TypeKind::json},
    NamedKind{"JSONIndexType", TypeKind::json_index},
    NamedKind{"JSONIntIndexType", TypeKind::json_int_index},
    NamedKind{"JSONStrIndexType", TypeKind::json_str_index},
    NamedKind{"JSONPathType", TypeKind::json_path},
    NamedKind{"ARRAY", TypeKind::array},
    NamedKind{"MatchType", TypeKind::match},
    NamedKind{"NullType", TypeKind::null},
    NamedKind{"TupleType", TypeKind::tuple},
    NamedKind{"TableValueType", TypeKind::table_value},
};

constexpr std::array standard_kinds{
    NamedKind{"BOOLEAN", TypeKind::sql_boolean},     NamedKind{"SMALLINT", TypeKind::sql_smallint},
    NamedKind{"INTEGER", TypeKind::sql_integer},     NamedKind{"BIGINT", TypeKind::sql_bigint},
    NamedKind{"NUMERIC", TypeKind::sql_numeric},     NamedKind{"DECIMAL", TypeKind::sql_decimal},
    NamedKind{"FLOAT", TypeKind::sql_float},         NamedKind{"REAL", TypeKind::sql_real},
    NamedKind{"DOUBLE", TypeKind::sql_double},       NamedKind{"CHAR", TypeKind::sql_char},
    NamedKind{"VARCHAR", TypeKind::sql_varchar},     NamedKind{"NCHAR", TypeKind::sql_nchar},
    NamedKind{"NVARCHAR", TypeKind::sql_nvarchar},   NamedKind{"TEXT", TypeKind::sql_text},
    NamedKind{"CLOB", TypeKind::sql_clob},           NamedKind{"DATE", TypeKind::sql_date},
    NamedKind{"TIME", TypeKind::sql_time},           NamedKind{"DATETIME", TypeKind::sql_datetime},
    NamedKind{"TIMESTAMP", TypeKind::sql_timestamp}, NamedKind{"BINARY", TypeKind::sql_binary},
    NamedKind{"VARBINARY", TypeKind::sql_varbinary}, NamedKind{"BLOB", TypeKind::sql_blob},
};

constexpr std::array sqlite_kinds{
    NamedKind{"DATE", TypeKind::date},
    NamedKind{"TIME", TypeKind::time},
    NamedKind{"DATETIME", TypeKind::datetime},
};

// Types of one database that others know by another name.
constexpr std::array vendor_kinds{
    NamedKind{"ENUM", TypeKind::enum_},
    NamedKind{"JSON", TypeKind::json},
    NamedKind{"JSONB", TypeKind::json},
    NamedKind{"ARRAY", TypeKind::array},
};

template <std::size_t N>
const NamedKind* find_kind(const std::array<NamedKind, N>& kinds, std::string_view name) {
  const auto it = std::find_if(
      kinds.begin(), kinds.end(), [&](const NamedKind& kind) { return kind.name == name; });
  return it == kinds.end() ? nullptr : &*it;
}

SqlType named_type(const std::string& name) {
  SqlType type;
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) {
    const NamedKind* kind = find_kind(generic_kinds, name);
    kind = kind ? kind : find_kind(standard_kinds, name);
    if (!kind) {
      throw CannotBuild("type " + name);
    }
    type.kind = kind->kind;
    return type;
  }
  type.vendor = name.substr(0, dot);
  type.name = name.substr(dot + 1);
  // SQLite's are the generic ones, with formats for what it stores as text.
  const NamedKind* kind = type.vendor == "sqlite" ? find_kind(sqlite_kinds, type.name) : nullptr;
  kind = kind ? kind : find_kind(standard_kinds, type.name);
  kind = kind ? kind : find_kind(vendor_kinds, type.name);
  type.kind = kind ? kind->kind : TypeKind::vendor;
  return type;
}

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> out;
  for (const Json& item : list) {
    out.push_back(item.is_null() ? std::string() : item.get<std::string>());
  }
  return out;
}

// In characters.
std::int32_t longest(const std::vector<std::string>& members) {
  std::int32_t out = 0;
  for (const std::string& member : members) {
    out = std::max(out,
                   static_cast<std::int32_t>(std::count_if(
                       member.begin(), member.end(), [](char c) { return (c & 0xC0) != 0x80; })));
  }
  return out;
}

void add_option(SqlType& type, const std::string& key, const Json& value) {
  TypeOption option;
  option.name = key;
  if (value.is_string()) {
    option.text = value.get<std::string>();
  } else if (value.is_boolean()) {
    option.number = value.get<bool>() ? 1 : 0;
  } else if (value.is_number_integer()) {
    option.number = value.get<std::int64_t>();
  } else {
    throw CannotBuild("type option " + key);
  }
  type.options.push_back(std::move(option));
}

class TypeReader {
 public:
  TypeReader(Builder& builder, const Json& tree) : builder_(builder), tree_(tree) {}

  TypePtr read() {
    const std::string name = text(tree_, "type");
    if (name == "PickleType") {
      allow(tree_, {"type", "impl"});
      return types::PickleType(builder_.type(tree_["impl"]));
    }
    if (name == "UserDefinedType") {
      type_.kind = TypeKind::literal;
    } else if (name == "TypeDecorator") {
      type_.kind = TypeKind::decorator;
    } else if (name == "Variant") {
      type_.kind = TypeKind::variant;
    } else {
      type_ = named_type(name);
    }
    for (const auto& [key, value] : tree_.items()) {
      if (key != "type" && !read_number(key, value) && !read_word(key, value) &&
          !read_types(key, value)) {
        read_other(key, value);
      }
    }
    if (type_.kind == TypeKind::enum_ && type_.length < 0) {
      type_.length = longest(type_.values);
    }
    std::sort(type_.options.begin(),
              type_.options.end(),
              [](const TypeOption& a, const TypeOption& b) { return a.name < b.name; });
    const Json* bind = find(tree_, "bind_expression");
    const Json* column = find(tree_, "column_expression");
    if (bind || column) {
      const TypePtr plain = intern(type_);
      type_.bind_expression = bind ? builder_.expression_of_type(*bind, plain) : nullptr;
      type_.column_expression = column ? builder_.expression_of_type(*column, plain) : nullptr;
    }
    return intern(std::move(type_));
  }

 private:
  bool read_number(const std::string& key, const Json& value) {
    // The members of an interval stand in the fields of numbers; so does an array's depth.
    std::int32_t* field = key == "length"             ? &type_.length
                          : key == "precision"        ? &type_.precision
                          : key == "second_precision" ? &type_.precision
                          : key == "scale"            ? &type_.scale
                          : key == "day_precision"    ? &type_.scale
                          : key == "dimensions"       ? &type_.dimensions
                                                      : nullptr;
    if (field && value.is_number_integer()) {
      *field = value.get<std::int32_t>();
      return true;
    }
    return false;
  }

  bool read_word(const std::string& key, const Json& value) {
    if (key == "collation") {
      type_.collation = value.get<std::string>();
    } else if (key == "timezone") {
      type_.timezone = value.get<bool>();
    } else if (key == "native" || key == "native_enum") {
      type_.is_native = value.get<bool>();
    } else if (key == "create_constraint") {
      type_.creates_constraint = value.get<bool>();
    } else if (key == "name") {
      if (type_.vendor.empty() || type_.kind == TypeKind::enum_) {
        type_.name = plain_name(value);
      } else {
        add_option(type_, key, value);
      }
    } else if (key == "col_spec") {
      type_.name = value.get<std::string>();
    } else if (key == "schema") {
      type_.schema = plain_name(value);
    } else if (key == "enums" || key == "values") {
      type_.values = texts(value);
    } else {
      return false;
    }
    return true;
  }

  bool read_types(const std::string& key, const Json& value) {
    if (key == "item_type" || key == "impl" || key == "base" || key == "astext_type") {
      if (key == "astext_type") {
        return true;  // of what operators return; the trees hold their types already
      }
      type_.elements = {builder_.type(value)};
    } else if (key == "types") {
      for (const Json& element : value) {
        type_.elements.push_back(builder_.type(element));
      }
    } else if (key == "elements") {  // columns, whose names are told where the type is used
      for (const Json& column : value) {
        type_.elements.push_back(builder_.type_of(builder_.definition(column)));
      }
    } else if (key == "mapping" || key == "dialect_impls") {
      for (const auto& [dialect, impl] : value.items()) {
        type_.by_dialect.emplace_back(dialect, builder_.type(impl));
      }
    } else {
      return false;
    }
    return true;
  }

  void read_other(const std::string& key, const Json& value) {
    if (key == "bind_expression" || key == "column_expression") {
      return;  // when all the rest is known
    }
    if (key == "enum_class" || key == "metadata" || key == "none_as_null" ||
        key == "zero_indexes" || key == "as_uuid" || key == "asdecimal") {
      return;  // about values of the program, not about the database
    }
    if (type_.vendor.empty()) {
      throw CannotBuild("type " + text(tree_, "type") + "." + key);
    }
    add_option(type_, key, value);
  }

  Builder& builder_;
  const Json& tree_;
  SqlType type_;
};

}  // namespace

// Types are never destroyed, nor are their expressions.
const sql::Node* Builder::expression_of_type(const Json& tree, TypePtr self) {
  static auto& kept = *new std::vector<sql::Ref>;
  const TypePtr outer = std::exchange(self_type_, self);
  kept.push_back(node(tree));
  self_type_ = outer;
  return kept.back().get();
}

TypePtr Builder::type(const Json& tree) {
  if (self_type_ && text(tree, "type") == "$self") {
    return self_type_;
  }
  return TypeReader(*this, tree).read();
}

TypePtr Builder::type_of(const Json& tree) {
  const Json* attribute = find(tree, "type");
  return attribute ? type(*attribute) : types::null_type();
}

}  // namespace azoth::conformance
