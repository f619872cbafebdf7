// SPDX-License-Identifier: MIT
// Compares text, errors, parameters, their order and the columns of the rows.
#include "conformance/compare.hpp"

#include "conformance/names.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/parameters.hpp>

#include <algorithm>

namespace azoth::conformance {

namespace {

std::string without_layout(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\t'; });
  return text;
}

std::string error_text(const std::string& name, const std::string& message) {
  return name + ": " + message;
}

// What stands in the place of an anonymous name and of an address differs between programs.
std::vector<std::string> fixed_pieces(const std::string& message) {
  std::vector<std::string> pieces{""};
  for (std::size_t i = 0; i < message.size();) {
    std::size_t skipped = 0;
    if (message.compare(i, 4, "%(0 ") == 0) {
      skipped = message.find(")s", i) == std::string::npos ? 0 : message.find(")s", i) + 2 - i;
    } else if (message.compare(i, 12, "<sqlalchemy.") == 0) {  // an object shown by its address
      const std::size_t end = message.find("0x...>", i);
      skipped = end == std::string::npos ? 0 : end + 6 - i;
    } else if (message.compare(i, 5, "0x...") == 0) {
      skipped = 5;
    }
    if (skipped > 0) {
      pieces.emplace_back();
      i += skipped;
    } else {
      pieces.back() += message[i++];
    }
  }
  return pieces;
}

bool same_message(const std::string& expected, const std::string& got) {
  const std::vector<std::string> pieces = fixed_pieces(expected);
  if (pieces.size() == 1) {
    return expected == got;
  }
  std::size_t place = 0;
  for (const std::string& piece : pieces) {
    const std::size_t found = got.find(piece, place);
    if (found == std::string::npos || (&piece == &pieces.front() && found != 0)) {
      return false;
    }
    place = found + piece.size();
  }
  return true;
}

std::optional<Difference> compare_error(const std::string& name,
                                        const std::string& message,
                                        const Result& result) {
  if (result.error_class == name && same_message(message, result.error_message)) {
    return {};
  }
  return Difference{"error",
                    error_text(name, message),
                    result.error_class.empty()
                        ? without_layout(result.compiled.text)
                        : error_text(result.error_class, result.error_message)};
}

std::optional<Difference> compare_sql(const std::string& expected, const Result& result) {
  if (!result.error_class.empty()) {
    return Difference{"error", expected, error_text(result.error_class, result.error_message)};
  }
  std::string got = without_layout(result.compiled.text);
  if (got == expected) {
    return {};
  }
  return Difference{"sql", expected, std::move(got)};
}

std::string shown(const ParameterValue& parameter) {
  std::string out = parameter.is_list ? "[" : "";
  for (std::size_t i = 0; i < parameter.values.size(); ++i) {
    out += (i == 0 ? "" : ", ") + repr(Literal(parameter.values[i]));
  }
  return out + (parameter.is_list ? "]" : "");
}

std::string shown(const std::vector<ParameterValue>& parameters) {
  std::string out;
  for (const ParameterValue& parameter : parameters) {
    out += (out.empty() ? "" : ", ") + parameter.name + ": " + shown(parameter);
  }
  return out;
}

// A list without values is what a parameter without value has.
bool same_value(const Json& expected, const ParameterValue& got) {
  const bool is_array = !got.values.empty() && got.values.front().kind() == ValueKind::list;
  if (got.is_list && is_list(expected)) {
    return got.values == values_of(expected, is_array);
  }
  if (is_array && is_list(expected)) {
    return got.values.front() == array_of(expected);
  }
  if (got.is_list && expected.is_null()) {
    return got.values.empty();
  }
  return got.values.size() == 1 && got.values.front() == value_of(expected);
}

std::vector<ParameterValue> given_of(const Json& record) {
  std::vector<ParameterValue> given;
  if (const Json* arguments = find(record, "params_arg")) {
    for (const auto& [name, value] : arguments->items()) {
      if (is_list(value)) {
        given.push_back({name, true, values_of(value)});
      } else {
        given.push_back({name, false, {value_of(value)}});
      }
    }
  }
  return given;
}

// Returns the function whose column an element is.
const sql::Function* function_of(const sql::Ref& element) {
  if (!element || element->kind() != sql::Kind::function_column) {
    return nullptr;
  }
  const sql::Ref& function = sql::as<sql::FunctionColumn>(element).function;
  return function->kind() == sql::Kind::function ? &sql::as<sql::Function>(function) : nullptr;
}

class Comparison {
 public:
  Comparison(const Json& record, const Result& result, std::vector<Difference>& differences)
      : record_(record), result_(result), differences_(differences) {}

  void run() {
    if (const Json* error = find(record_, "error")) {
      return add(compare_error(text(*error, "class"), text(*error, "message"), result_));
    }
    if (auto difference = compare_sql(text(record_, "sql"), result_)) {
      return add(std::move(difference));
    }
    compare_parameters();
    compare_names("positiontup", slot_names());
    compare_names("post_compile_params", late_names(false));
    compare_names("literal_execute_params", late_names(true));
    compare_names("result_columns", column_names());
    compare_fetches(result_.compiled);
  }

 private:
  void add(std::optional<Difference> difference) {
    if (difference) {
      differences_.push_back(std::move(*difference));
    }
  }

  void compare_parameters() {
    std::vector<ParameterValue> got;
    try {
      got = construct_params(result_.compiled, result_.binds, given_of(record_));
    } catch (const Error& error) {
      const Json* expected = find(record_, "params_error");
      if (!expected || text(*expected, "class") != error.class_name() ||
          !same_message(text(*expected, "message"), error.message())) {
        differences_.push_back({"params_error",
                                expected ? expected->dump() : "none",
                                error_text(error.class_name(), error.message())});
      }
      return;
    }
    if (const Json* expected = find(record_, "params_error")) {
      differences_.push_back({"params_error", expected->dump(), shown(got)});
      return;
    }
    if (const Json* expected = find(record_, "params")) {
      compare_mapping(*expected, got);
    }
    if (const Json* expected = find(record_, "positional_params")) {
      compare_sequence(*expected, got);
    }
  }

  void compare_mapping(const Json& expected, const std::vector<ParameterValue>& got) {
    std::size_t different = 0, names = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
      const bool is_repeated = std::any_of(got.begin(), got.begin() + i, [&](const auto& earlier) {
        return earlier.name == got[i].name;
      });
      const Json* value = find(expected, got[i].name.c_str());
      names += is_repeated ? 0 : 1;
      different += !value || !same_value(*value, got[i]);
    }
    if (different > 0 || names != expected.size()) {
      differences_.push_back({"params", expected.dump(), shown(got)});
    }
  }

  void compare_sequence(const Json& expected, std::vector<ParameterValue> got) {
    std::erase_if(got, [](const ParameterValue& parameter) { return parameter.is_placed; });
    bool is_same = expected.size() == got.size();
    for (std::size_t i = 0; is_same && i < got.size(); ++i) {
      is_same = same_value(expected[i], got[i]);
    }
    if (!is_same) {
      differences_.push_back({"positional_params", expected.dump(), shown(got)});
    }
  }

  void compare_names(const char* what, const Json& got) {
    const Json* expected = find(record_, what);
    if (expected && got != *expected) {
      differences_.push_back({what, expected->dump(), got.dump()});
    }
  }

  // Of INSERT and UPDATE; a record without the lists expects none.
  void compare_fetches(const Compiled& compiled) {
    for (const auto& [what, got] :
         {std::pair("prefetch", &compiled.prefetch), std::pair("postfetch", &compiled.postfetch)}) {
      const Json* expected = find(record_, what);
      if (Json(*got) != (expected ? *expected : Json::array())) {
        differences_.push_back({what, expected ? expected->dump() : "none", Json(*got).dump()});
      }
    }
  }

  std::vector<std::string> slot_names() const {
    std::vector<std::string> out;
    for (const BindSlot& slot : result_.compiled.slots) {
      out.push_back(slot.name);
    }
    return out;
  }

  // A column without a name is null in the records. Ahead of a column that is taken of a function
  // they list the function, though no column of the row is of its name.
  Json column_names() const {
    Json out = Json::array();
    for (const auto* columns : {&result_.compiled.columns, &result_.compiled.cte_columns}) {
      for (const ResultColumn& column : *columns) {
        if (const sql::Function* function = function_of(column.element)) {
          out.push_back(function->name);
        }
        out.push_back(column.name.empty() ? Json() : Json(column.name));
      }
    }
    return out;
  }

  // The records list the parameters sorted; each once, and each copy of one; two may have one name.
  std::vector<std::string> late_names(bool as_literals) const {
    std::vector<std::pair<std::string, std::uint32_t>> found;
    for (const auto* slots : {&result_.compiled.slots, &result_.compiled.placed}) {
      for (const BindSlot& slot : *slots) {
        if (slot.mode != BindSlot::Mode::plain &&
            as_literals == (slot.as_literals || slot.mode == BindSlot::Mode::literal_execute)) {
          found.emplace_back(slot.name, slot.ordinal);
        }
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<std::string> out;
    for (const auto& [name, ordinal] : found) {
      const std::size_t count = ordinal < result_.copies.size() ? result_.copies[ordinal] : 1;
      out.insert(out.end(), count, name);
    }
    return out;
  }

  const Json& record_;
  const Result& result_;
  std::vector<Difference>& differences_;
};

}  // namespace

void compare(const Json& record, const Result& result, std::vector<Difference>& differences) {
  Comparison(record, result, differences).run();
}

std::optional<Difference> compare_text(const Json& expected, const Result& result) {
  return expected.is_string()
             ? compare_sql(expected.get<std::string>(), result)
             : compare_error(text(expected, "error"), text(expected, "message"), result);
}

}  // namespace azoth::conformance
