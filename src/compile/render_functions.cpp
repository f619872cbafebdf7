// SPDX-License-Identifier: MIT
// Function calls and windows. Some generic functions have a word of their own: CURRENT_TIMESTAMP.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <array>
#include <utility>

namespace azoth {

using namespace sql;
using compile::Setting;

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

namespace {

// Words and schema-qualified words are written as the program gave them.
bool is_plain_function(std::string_view name, bool is_generic) {
  bool is_plain = !name.empty();
  for (char c : name) {
    is_plain &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '_' || c == '$' || c == '.' || (is_generic && c == ' ');
  }
  return is_plain;
}

}  // namespace

void SqlCompiler::render_function_name(const Function& function) {
  for (const std::string& package : function.packages) {
    is_plain_function(package, false) ? put(package) : put_identifier(package);
    put('.');
  }
  const std::string_view name = function_name(function);
  is_plain_function(name, function.is_generic) ? put(name) : put_identifier(name);
}

void SqlCompiler::render_function(const Function& function) {
  if (const std::string_view word = bare_function(function); !word.empty()) {
    return put(word);
  }
  render_function_name(function);
  put('(');
  if (function.arguments.empty() && function.name == "count" && function.packages.empty()) {
    put('*');
  }
  render_list(function.arguments);
  put(')');
  put(function.with_ordinality ? " WITH ORDINALITY" : "");
}

void SqlCompiler::render_over(const Over& over) {
  render(over.element);
  put(" OVER (");
  std::string_view separator;
  if (!over.partition_by.empty()) {
    put("PARTITION BY ");
    render_list(over.partition_by);
    separator = " ";
  }
  if (!over.order_by.empty()) {
    put(separator);
    put("ORDER BY ");
    render_list(over.order_by);
    separator = " ";
  }
  if (over.frame != FrameKind::none) {
    put(separator);
    put(over.frame == FrameKind::rows ? "ROWS BETWEEN " : "RANGE BETWEEN ");
    const bool from_unbounded = over.from.at == FrameEnd::At::unbounded;
    from_unbounded ? put("UNBOUNDED PRECEDING") : render_frame_end(over.from);
    put(" AND ");
    const bool to_unbounded = over.to.at == FrameEnd::At::unbounded;
    to_unbounded ? put("UNBOUNDED FOLLOWING") : render_frame_end(over.to);
  }
  put(')');
}

void SqlCompiler::render_frame_end(const FrameEnd& end) {
  if (end.at == FrameEnd::At::current_row) {
    return put("CURRENT ROW");
  }
  render(end.rows);
  put(end.at == FrameEnd::At::preceding ? " PRECEDING" : " FOLLOWING");
}

void SqlCompiler::render_within_group(const WithinGroup& group) {
  render(group.element);
  put(" WITHIN GROUP (ORDER BY ");
  render_list(group.order_by);
  put(')');
}

void SqlCompiler::render_filter(const FunctionFilter& filter) {
  render(filter.function);
  put(" FILTER (WHERE ");
  render_condition(filter.criterion);
  put(')');
}

void SqlCompiler::render_function_column(const FunctionColumn& column) {
  put('(');
  render(column.function);
  put(").");
  put_identifier(column.name);
}

void SqlCompiler::put_sequence(const SequenceNode& sequence) {
  put_schema(sequence.schema);
  put_identifier(sequence.name);
}

void SqlCompiler::render_next_value(const NextValue&) {
  throw CompileError("Dialect '" + std::string(dialect_.name()) +
                     "' does not support sequence increments.");
}

}  // namespace azoth
