// SPDX-License-Identifier: MIT
// What a schema object tells one database only: `{"mysql_engine", "InnoDB"}`. A dialect reads the
// options that begin with its name; the others pass them over.
#pragma once
#include <azoth/sql/node.hpp>
#include <azoth/types/value.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// The value of a dialect's option: a plain value, a SQL expression, a list, or named values.
class OptionValue {
 public:
  /// Names what an option holds.
  enum class Form : std::uint8_t { value, element, list, pairs };
  using Pair = std::pair<std::string, OptionValue>;

  OptionValue() = default;

  OptionValue(const char* text) : value_(std::string_view(text)) {}

  OptionValue(std::string_view text) : value_(text) {}

  OptionValue(const std::string& text) : value_(std::string_view(text)) {}

  OptionValue(std::same_as<bool> auto flag) : value_(flag) {}

  OptionValue(std::integral auto number)
    requires(!std::same_as<decltype(number), bool>)
      : value_(static_cast<std::int64_t>(number)) {}

  explicit OptionValue(Value value) : value_(std::move(value)) {}

  OptionValue(sql::Ref element) : form_(Form::element), element_(std::move(element)) {}

  OptionValue(std::vector<OptionValue> list) : form_(Form::list), list_(std::move(list)) {}

  OptionValue(std::vector<Pair> pairs);

  Form form() const { return form_; }

  /// The plain value; null in the other forms.
  const Value& value() const { return value_; }

  const sql::Ref& element() const { return element_; }

  const std::vector<OptionValue>& list() const { return list_; }

  /// The names of `pairs`; their values stand in `list()` at the same places.
  const std::vector<std::string>& names() const { return names_; }

  /// Returns the value of that name, or null.
  const OptionValue* find(std::string_view name) const;

  /// True for the plain values that Python calls true, and for lists and names that are not empty.
  bool is_true() const;
  bool is_text() const;
  /// Returns the plain value as text without quotes: `5`, `InnoDB`.
  std::string text() const;

 private:
  Form form_ = Form::value;
  Value value_;
  sql::Ref element_;
  std::vector<OptionValue> list_;
  std::vector<std::string> names_;
};

/// One option: `{"postgresql_using", "gist"}`.
struct DialectOption {
  std::string name;
  OptionValue value;
};

using DialectOptions = std::vector<DialectOption>;

/// Returns the option of that full name (`mysql_engine`), or null when it is not given or NULL.
const OptionValue* find_option(const DialectOptions& options, std::string_view name);

}  // namespace azoth
