// SPDX-License-Identifier: MIT
// Function calls and windows. Some generic functions have a word of their own: CURRENT_TIMESTAMP.
#include "compile/compile_state.hpp"

#include <array>
#include <utility>

namespace azoth {

using namespace sql;

namespace {

// Generic functions of the standard that are written without parentheses.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> bare_words{{
    {"current_date", "CURRENT_DATE"},
    {"current_time", "CURRENT_TIME"},
    {"current_timestamp", "CURRENT_TIMESTAMP"},
    {"current_user", "CURRENT_USER"},
    {"localtime", "LOCALTIME"},
    {"localtimestamp", "LOCALTIMESTAMP"},
    {"session_user", "SESSION_USER"},
    {"sysdate", "sysdate"},
    {"user", "USER"},
}};

// Generic functions that are written otherwise than they are called.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> own_words{{
    {"cube", "CUBE"},
    {"rollup", "ROLLUP"},
    {"grouping_sets", "GROUPING SETS"},
}};

}  // namespace

std::string_view SqlCompiler::bare_function(const Function& function) const {
  if (!function.is_generic || !function.arguments.empty()) {
    return {};
  }
  for (const auto& [name, word] : bare_words) {
    if (name == function.name) {
      return word;
    }
  }
  return {};
}

std::string_view SqlCompiler::function_name(const Function& function) const {
  if (function.is_generic) {
    for (const auto& [name, words] : own_words) {
      if (name == function.name) {
        return words;
      }
    }
  }
  return function.name;
}

void SqlCompiler::render_function(const Function& function) {
  if (const std::string_view word = bare_function(function); !word.empty()) {
    return put(word);
  }
  const std::string_view name = function_name(function);
  bool is_plain = !name.empty();
  for (char c : name) {  // words and schema-qualified words are written as the program gave them
    is_plain &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '_' || c == '.' || (function.is_generic && c == ' ');
  }
  is_plain ? put(name) : put_identifier(name);
  put('(');
  if (function.arguments.empty() && function.name == "count") {
    put('*');
  }
  render_list(function.arguments);
  put(')');
}

void SqlCompiler::render_over(const Over& over) {
  render(over.element);
  put(" OVER (");
  if (!over.partition_by.empty()) {
    put("PARTITION BY ");
    render_list(over.partition_by);
  }
  if (!over.order_by.empty()) {
    put(over.partition_by.empty() ? "ORDER BY " : " ORDER BY ");
    render_list(over.order_by);
  }
  put(')');
}

}  // namespace azoth
