// SPDX-License-Identifier: MIT
// Cuts CREATE TABLE into words. Parentheses and strings are one word each; a comma ends a
// definition.
#include "dialects/sqlite/create_table_text.hpp"

#include <azoth/base/text.hpp>

#include <algorithm>

namespace azoth::sqlite {
namespace {

struct Word {
  std::string text;  // a name without its quotes; of parentheses what is inside
  bool is_group = false, is_quoted = false;

  bool is(std::string_view keyword) const {
    return !is_group && !is_quoted && base::ascii_iequal(text, keyword);
  }
};

using Words = std::vector<Word>;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char closing(char quote) {
  return quote == '[' ? ']' : quote;
}

bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`' || c == '[';
}

// The place behind a quoted text that starts at `at`.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = closing(text[at]);
  for (++at; at < text.size(); ++at) {
    if (text[at] == quote) {
      if (at + 1 < text.size() && text[at + 1] == quote) {
        ++at;
      } else {
        return at + 1;
      }
    }
  }
  return text.size();
}

std::size_t end_of_group(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    if (is_quote(text[at])) {
      at = end_of_quoted(text, at);
      continue;
    }
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    ++at;
    if (depth == 0) {
      break;
    }
  }
  return at;
}

std::string unquoted(std::string_view quoted) {
  const char quote = closing(quoted.front());
  std::string out;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    out += quoted[i];
    i += quoted[i] == quote ? 1 : 0;
  }
  return out;
}

Word word_at(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  if (text[at] == '(') {
    at = end_of_group(text, at);
    return {std::string(text.substr(start + 1, at - start - 2)), true, false};
  }
  if (is_quote(text[at])) {
    at = end_of_quoted(text, at);
    return {unquoted(text.substr(start, at - start)), false, true};
  }
  while (at < text.size() && !is_blank(text[at]) && text[at] != ',' && text[at] != '(' &&
         text[at] != ')') {
    ++at;
  }
  at += at == start ? 1 : 0;
  return {std::string(text.substr(start, at - start)), false, false};
}

// The definitions between commas.
std::vector<Words> definitions(std::string_view text) {
  std::vector<Words> out(1);
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
    } else if (text[at] == ',') {
      out.emplace_back();
      ++at;
    } else {
      out.back().push_back(word_at(text, at));
    }
  }
  return out;
}

std::vector<std::string> names_in(const Word& group) {
  std::vector<std::string> names;
  for (const Words& words : definitions(group.text)) {
    if (!words.empty()) {
      names.push_back(words.front().text);
    }
  }
  return names;
}

class Reader {
 public:
  void definition(const Words& words) {
    const bool is_table_constraint =
        !words.empty() && (words[0].is("CONSTRAINT") || words[0].is("PRIMARY") ||
                           words[0].is("UNIQUE") || words[0].is("CHECK") || words[0].is("FOREIGN"));
    const std::string column = is_table_constraint || words.empty() ? "" : words[0].text;
    std::optional<std::string> name;
    for (std::size_t i = is_table_constraint ? 0 : 1; i < words.size(); ++i) {
      if (words[i].is("CONSTRAINT") && i + 1 < words.size()) {
        name = words[++i].text;
        continue;
      }
      if (part(words, i, column, name)) {
        name.reset();
      }
    }
  }

  TableText text;

 private:
  // Reads the constraint that starts at word `i`, if one does.
  bool part(const Words& words,
            std::size_t i,
            const std::string& column,
            const std::optional<std::string>& name) {
    const auto group = [&](std::size_t at) -> const Word* {
      return at < words.size() && words[at].is_group ? &words[at] : nullptr;
    };
    if (words[i].is("PRIMARY")) {
      text.primary_key_name = name;
    } else if (words[i].is("UNIQUE")) {
      const Word* columns = column.empty() ? group(i + 1) : nullptr;
      text.uniques.push_back(
          {name, columns != nullptr ? names_in(*columns) : std::vector<std::string>{column}});
    } else if (words[i].is("CHECK") && group(i + 1) != nullptr) {
      text.checks.push_back({name, trimmed(group(i + 1)->text)});
    } else if (words[i].is("FOREIGN") && group(i + 2) != nullptr) {
      key_columns_ = names_in(*group(i + 2));
      key_name_ = name;
      return false;  // REFERENCES follows
    } else if (words[i].is("REFERENCES") && i + 1 < words.size()) {
      ReflectedForeignKey key;
      key.name = column.empty() ? key_name_ : name;
      key.constrained_columns = column.empty() ? key_columns_ : std::vector<std::string>{column};
      key.referred_table = words[i + 1].text;
      text.foreign_keys.push_back(std::move(key));
    } else if (words[i].is("AS") && group(i + 1) != nullptr) {
      text.generated.emplace_back(column, trimmed(group(i + 1)->text));
    } else {
      return false;
    }
    return true;
  }

  static std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\n\r");
    return first == std::string::npos
               ? std::string()
               : text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
  }

  std::vector<std::string> key_columns_;
  std::optional<std::string> key_name_;
};

}  // namespace

std::optional<std::string> TableText::computed(const std::string& column) const {
  for (const auto& [name, expression] : generated) {
    if (name == column) {
      return expression;
    }
  }
  return std::nullopt;
}

std::optional<std::string> TableText::foreign_key_name(const std::vector<std::string>& columns,
                                                       const std::string& referred_table) const {
  for (const ReflectedForeignKey& key : foreign_keys) {
    if (key.constrained_columns == columns &&
        base::ascii_iequal(key.referred_table, referred_table)) {
      return key.name;
    }
  }
  return std::nullopt;
}

TableText parse_create_table(std::string_view text) {
  Reader reader;
  std::size_t at = 0;
  while (at < text.size() && text[at] != '(') {
    at = is_quote(text[at]) ? end_of_quoted(text, at) : at + 1;
  }
  if (at < text.size()) {
    const Word body = word_at(text, at);
    for (const Words& words : definitions(body.text)) {
      reader.definition(words);
    }
  }
  return std::move(reader.text);
}

}  // namespace azoth::sqlite
