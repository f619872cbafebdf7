// SPDX-License-Identifier: MIT
// What types do to values on their way to the database and back: those of programs (TypeDecorator)
// by their functions, the standard ones by SQLAlchemy's rules.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/types/processors.hpp>

#include <algorithm>

namespace azoth {
namespace {

constexpr int default_decimal_scale = 10;  // SQLAlchemy's for numbers without scale

bool is_wrapper(const SqlType& type) {
  return type.kind == TypeKind::decorator || type.kind == TypeKind::variant;
}

// The type one level below a decorator or variant.
TypePtr below(const SqlType& type, std::string_view dialect) {
  for (const auto& [name, impl] : type.by_dialect) {
    if (name == dialect) {
      return impl;
    }
  }
  return type.elements.front();
}

// As messages show a value: `str()`, which leaves out the quotes of a text.
std::string plain_text(const Literal& value) {
  return value.kind() == ValueKind::text ? std::string(value.text()) : repr(value);
}

[[noreturn]] void throw_no_member(const SqlType& type, const Literal& value) {
  constexpr std::size_t longest = 11;  // characters of a name that are shown, as SQLAlchemy does
  constexpr std::size_t most = 4;
  const std::vector<std::string>& members = type.names.empty() ? type.values : type.names;
  std::string shown;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members.size() > most && i + 1 >= most && i + 1 < members.size()) {
      shown += i + 1 == most ? ", ..." : "";
      continue;
    }
    shown += i == 0 ? "" : ", ";
    shown += members[i].size() > longest ? members[i].substr(0, longest) + ".." : members[i];
  }
  throw LookupError("'" + plain_text(value) +
                    "' is not among the defined enum values. Enum name: " +
                    (type.name.empty() ? "None" : type.name) + ". Possible values: " + shown);
}

Value stored_member(const Literal& value, const SqlType& type) {
  if (value.kind() != ValueKind::text) {
    throw_no_member(type, value);
  }
  const std::vector<std::string>& known = type.names.empty() ? type.values : type.names;
  const auto found = std::find(known.begin(), known.end(), value.text());
  if (found != known.end()) {
    return type.values[static_cast<std::size_t>(found - known.begin())];
  }
  if (type.validates_strings) {
    throw_no_member(type, value);
  }
  return value;  // another table may know it; the database has the last word
}

Value member_of(Value value, const SqlType& type) {
  const std::string* text = value.get_if<std::string>();
  const auto found = text != nullptr ? std::find(type.values.begin(), type.values.end(), *text)
                                     : type.values.end();
  if (found == type.values.end()) {
    throw_no_member(type, value);
  }
  if (type.names.empty()) {
    return value;
  }
  return type.names[static_cast<std::size_t>(found - type.values.begin())];
}

Value checked_boolean(const Literal& value) {
  const bool is_whole = value.kind() == ValueKind::integer;
  const double number = is_whole                          ? static_cast<double>(value.integer())
                        : value.kind() == ValueKind::real ? value.real()
                                                          : -1;
  if (number == 0 || number == 1) {
    return number == 1;
  }
  if (is_whole) {
    throw ValueError("Value " + repr(value) + " is not None, True, or False");
  }
  throw TypeError("Not a boolean value: " + repr(value));
}

Value stored_uuid(const Literal& value, const SqlType& type, bool is_native) {
  std::optional<Uuid> uuid;
  if (value.kind() == ValueKind::uuid) {
    uuid = value.uuid();
  } else if (value.kind() == ValueKind::text && type.as_text) {
    uuid = Uuid::parse(value.text());
    if (!uuid) {
      throw ValueError("badly formed hexadecimal UUID string: " + repr(value));
    }
  } else {
    throw TypeError("Uuid takes an azoth::Uuid" + std::string(type.as_text ? " or its text" : "") +
                    ", not " + repr(value));
  }
  return is_native ? Value(*uuid) : Value(uuid->hex());
}

Value uuid_of(Value value, const SqlType& type) {
  if (const std::string* text = value.get_if<std::string>()) {
    const std::optional<Uuid> parsed = Uuid::parse(*text);
    if (!parsed) {
      throw ValueError("badly formed hexadecimal UUID string: " + repr(Literal(value)));
    }
    value = *parsed;
  }
  if (const Uuid* uuid = value.get_if<Uuid>(); uuid != nullptr && type.as_text) {
    return uuid->to_string();
  }
  return value;
}

Value stored_interval(const Literal& value, bool is_native) {
  if (value.kind() != ValueKind::interval) {
    throw TypeError("Interval takes an azoth::Interval, not " + repr(value));
  }
  // Databases without intervals store the moment that long after 1970 began.
  return is_native ? Value(value)
                   : Value(DateTime::from_microseconds(value.interval().microseconds));
}

Value interval_of(Value value) {
  if (const DateTime* moment = value.get_if<DateTime>()) {
    return Interval{moment->microseconds_since_epoch()};
  }
  if (const std::string* text = value.get_if<std::string>()) {
    if (const auto moment = DateTime::parse(*text)) {
      return Interval{moment->microseconds_since_epoch()};
    }
    if (const auto parsed = Interval::parse(*text)) {
      return *parsed;
    }
    throw ValueError("The interval " + repr(Literal(value)) +
                     " has no fixed length (months, years), or another form than Interval reads; "
                     "cast it to text, or select its parts");
  }
  return value;
}

Value exact_or_not(Value value, const SqlType& type) {
  if (!*type.as_decimal) {
    const Decimal* held = value.get_if<Decimal>();
    return held != nullptr ? Value(held->to_double()) : value;
  }
  const int scale = type.scale >= 0 ? type.scale : default_decimal_scale;
  if (const double* real = value.get_if<double>()) {
    return Decimal::from_double(*real, scale);
  }
  if (const std::int64_t* whole = value.get_if<std::int64_t>()) {
    return Decimal(*whole).round(scale);
  }
  return value;
}

}  // namespace

TypePtr Dialect::value_type(TypePtr type) const {
  while (is_wrapper(*type) && type->processors == nullptr) {
    type = below(*type, name());
  }
  return type;
}

Value Dialect::bind_value(const Literal& value, TypePtr type) const {
  if (type->is_unchanged(value.kind())) {
    return value;
  }
  if (is_wrapper(*type)) {
    const TypePtr impl = below(*type, name());
    if (type->processors != nullptr && type->processors->process_bind_param) {
      return bind_value(type->processors->process_bind_param(value, name()), impl);
    }
    return bind_value(value, impl);
  }
  return value.is_null() ? Value() : stored_value(value, *type);
}

Value Dialect::result_value(Value value, TypePtr type) const {
  if (is_wrapper(*type)) {
    Value made = result_value(std::move(value), below(*type, name()));
    return type->processors != nullptr && type->processors->process_result_value
               ? type->processors->process_result_value(made, name())
               : made;
  }
  if (value.is_null()) {
    return value;
  }
  switch (type->kind) {
    case TypeKind::enum_:
      return member_of(std::move(value), *type);
    case TypeKind::uuid:
      return uuid_of(std::move(value), *type);
    case TypeKind::interval:
      return interval_of(std::move(value));
    case TypeKind::array: {
      const std::vector<Value>* items = value.get_if<std::vector<Value>>();
      if (items == nullptr) {
        return value;
      }
      std::vector<Value> made;
      const TypePtr item = type->elements.front();
      for (const Value& one : *items) {
        const bool is_nested = one.kind() == ValueKind::list;
        made.push_back(result_value(one, is_nested ? type : item));
      }
      return Value(made);
    }
    default:
      return type->as_decimal ? exact_or_not(std::move(value), *type) : value;
  }
}

Value Dialect::stored_value(const Literal& value, const SqlType& type) const {
  switch (type.kind) {
    case TypeKind::enum_:
      return stored_member(value, type);
    case TypeKind::uuid:
      return stored_uuid(value, type, type.is_native && capabilities_.native_uuid);
    case TypeKind::interval:
      return stored_interval(value, type.is_native && capabilities_.native_interval);
    case TypeKind::array: {
      if (value.kind() != ValueKind::list) {
        return value;  // the database's own text: {1,2}
      }
      std::vector<Value> made;
      for (const Value& one : value.list()) {
        const bool is_nested = one.kind() == ValueKind::list;
        made.push_back(bind_value(one, is_nested ? &type : type.elements.front()));
      }
      return Value(made);
    }
    default:
      break;
  }
  switch (type.family()) {
    case TypeFamily::boolean:
      return type.kind == TypeKind::match ? Value(value) : checked_boolean(value);
    case TypeFamily::binary:
      throw TypeError("a bytes-like object is required, not " + repr(value));
    default:
      return value;
  }
}

std::string Dialect::literal(const Literal& value, TypePtr type) const {
  if (is_wrapper(*type)) {
    const TypePtr impl = below(*type, name());
    if (type->processors == nullptr) {
      return literal(value, impl);
    }
    const auto& process = type->processors->process_literal_param
                              ? type->processors->process_literal_param
                              : type->processors->process_bind_param;
    return process ? literal(process(value, name()), impl) : literal(value, impl);
  }
  const bool is_converted = type->kind == TypeKind::enum_ || type->kind == TypeKind::uuid ||
                            type->kind == TypeKind::interval;
  if (is_converted && !type->is_unchanged(value.kind())) {
    const Value stored = value.is_null() ? Value() : stored_value(value, *type);
    return render_literal(stored, type);
  }
  return render_literal(value, type);
}

}  // namespace azoth
