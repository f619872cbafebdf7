// SPDX-License-Identifier: MIT
// Options of one database: how their values are read.
#include <azoth/sql/dialect_options.hpp>

#include <algorithm>

namespace azoth {

OptionValue::OptionValue(std::vector<Pair> pairs) : form_(Form::pairs) {
  for (Pair& pair : pairs) {
    names_.push_back(std::move(pair.first));
    list_.push_back(std::move(pair.second));
  }
}

const OptionValue* OptionValue::find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? nullptr : &list_[static_cast<std::size_t>(found - names_.begin())];
}

bool OptionValue::is_true() const {
  if (form_ != Form::value) {
    return form_ == Form::element || !list_.empty();
  }
  switch (value_.kind()) {
    case ValueKind::null:
      return false;
    case ValueKind::boolean:
      return value_.get<bool>();
    case ValueKind::integer:
      return value_.get<std::int64_t>() != 0;
    case ValueKind::text:
      return !value_.get<std::string>().empty();
    default:
      return true;
  }
}

bool OptionValue::is_text() const {
  return form_ == Form::value && value_.kind() == ValueKind::text;
}

std::string OptionValue::text() const {
  return is_text() ? value_.get<std::string>() : repr(value_);
}

const OptionValue* find_option(const DialectOptions& options, std::string_view name) {
  const auto found = std::find_if(
      options.begin(), options.end(), [&](const DialectOption& o) { return o.name == name; });
  const bool is_null = found == options.end() || (found->value.form() == OptionValue::Form::value &&
                                                  found->value.value().kind() == ValueKind::null);
  return is_null ? nullptr : &found->value;
}

}  // namespace azoth
