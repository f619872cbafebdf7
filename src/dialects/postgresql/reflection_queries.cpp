// SPDX-License-Identifier: MIT
// The parameters of reflection's queries, and how their answers are read.
#include "dialects/postgresql/reflection_queries.hpp"

namespace azoth::postgresql {

std::string text_of(const Value& value) {
  const auto* text = value.get_if<std::string>();
  return text != nullptr ? *text : std::string();
}

std::optional<std::string> optional_text(const Value& value) {
  const auto* text = value.get_if<std::string>();
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

bool flag_of(const Value& value) {
  const bool* flag = value.get_if<bool>();
  return flag != nullptr && *flag;
}

std::string array_text(const std::vector<std::string>& items) {
  std::string text = "{";
  for (const std::string& item : items) {
    text += text.size() > 1 ? ",\"" : "\"";
    for (const char c : item) {
      text += c == '"' || c == '\\' ? "\\" : "";
      text += c;
    }
    text += '"';
  }
  return text + "}";
}

// Partitioned tables are tables; those of other servers are found by their names only.
std::vector<std::string> letters_of(ObjectKind kind) {
  std::vector<std::string> letters;
  if (includes(kind, ObjectKind::table)) {
    letters.insert(letters.end(), {"r", "p"});
  }
  if (includes(kind, ObjectKind::view)) {
    letters.emplace_back("v");
  }
  if (includes(kind, ObjectKind::materialized_view)) {
    letters.emplace_back("m");
  }
  if (kind == ObjectKind::any) {
    letters.emplace_back("f");
  }
  return letters;
}

std::vector<Value> filter_parameters(const TableFilter& tables) {
  return {Value(array_text(letters_of(tables.kind))),
          tables.schema.empty() ? Value() : Value(tables.schema),
          tables.names ? Value(array_text(*tables.names)) : Value(),
          Value(tables.scope == ObjectScope::any         ? "{t,f}"
                : tables.scope == ObjectScope::temporary ? "{t}"
                                                         : "{f}")};
}

std::string without_outer_parentheses(std::string text) {
  if (!text.starts_with('(') || !text.ends_with(')')) {
    return text;
  }
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && i + 1 < text.size()) {
        return text;  // the first one ends before the end
      }
    }
  }
  return text.substr(1, text.size() - 2);
}

}  // namespace azoth::postgresql
