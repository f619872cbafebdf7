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
  if (got.is_list && is_list(expected)) {
    return got.values == values_of(expected);
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
    names("positiontup", [&] { return slot_names([](const BindSlot&) { return true; }); });
    mode_names("post_compile_params", BindSlot::Mode::expanding);
    mode_names("literal_execute_params", BindSlot::Mode::literal_execute);
    names("result_columns", [&] { return column_names(); });
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
      const std::string message = error_text(error.class_name(), error.message());
      if (!expected ||
          message != error_text(text(*expected, "class"), text(*expected, "message"))) {
        differences_.push_back({"params_error", expected ? expected->dump() : "none", message});
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

  void compare_sequence(const Json& expected, const std::vector<ParameterValue>& got) {
    bool is_same = expected.size() == got.size();
    for (std::size_t i = 0; is_same && i < got.size(); ++i) {
      is_same = same_value(expected[i], got[i]);
    }
    if (!is_same) {
      differences_.push_back({"positional_params", expected.dump(), shown(got)});
    }
  }

  template <class Filter>
  std::vector<std::string> slot_names(Filter&& filter) const {
    std::vector<std::string> out;
    for (const BindSlot& slot : result_.compiled.slots) {
      if (filter(slot)) {
        out.push_back(slot.name);
      }
    }
    return out;
  }

  std::vector<std::string> column_names() const {
    std::vector<std::string> out;
    for (const ResultColumn& column : result_.compiled.columns) {
      out.push_back(column.name);
    }
    return out;
  }

  template <class Got>
  void names(const char* what, Got&& got) {
    if (const Json* expected = find(record_, what)) {
      const Json names = got();
      if (names != *expected) {
        differences_.push_back({what, expected->dump(), names.dump()});
      }
    }
  }

  // The records list these sorted, each name once.
  void mode_names(const char* what, BindSlot::Mode mode) {
    names(what, [&] {
      auto out = slot_names([&](const BindSlot& slot) { return slot.mode == mode; });
      std::sort(out.begin(), out.end());
      out.erase(std::unique(out.begin(), out.end()), out.end());
      return out;
    });
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
