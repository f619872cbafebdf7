// SPDX-License-Identifier: MIT
// Names of tables, columns and the like: when they are quoted, and how.
#include "compile/reserved_words.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/name.hpp>

#include <algorithm>
#include <array>

namespace azoth {

namespace {

// Words of lower-case letters, digits, _ and $ that do not begin with a digit or $ are plain.
bool is_plain(std::string_view name) {
  const auto is_initial = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto is_inner = [&](char c) { return is_initial(c) || (c >= '0' && c <= '9') || c == '$'; };
  return is_initial(name.front()) && std::all_of(name.begin(), name.end(), is_inner);
}

// The length of the UTF-8 sequence at the front, or 0 when it is none: overlong forms, surrogates
// and numbers above U+10FFFF are refused.
std::size_t sequence_length(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || s.size() < length) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return 0;
    }
  }
  if (length > 2) {
    const unsigned char second = byte(1);
    const bool is_wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                          (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return is_wrong ? 0 : length;
  }
  return length;
}

void check(std::string_view name) {
  if (name.empty()) {
    throw IdentifierError(
        "A name of a table, column or label is empty; give it at least one character.");
  }
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t length = sequence_length(name.substr(i));
    if (length == 0 || name[i] == '\0') {
      throw IdentifierError("Identifier " + base::python_repr(name) + " " +
                            (length == 0 ? "is not valid UTF-8" : "contains a NUL character") +
                            "; a database cannot hold it.");
    }
    i += length;
  }
}

}  // namespace

void Dialect::append_identifier(std::string& out, std::string_view name) const {
  const sql::NameForm form = sql::form_of(name);
  name = sql::bare(name);
  if (form == sql::NameForm::unquoted) {
    check(name);
    out.append(name);
    return;
  }
  if (!name.empty() && form != sql::NameForm::quoted && is_plain(name)) {
    if (!is_reserved(name) && !is_illegal_initial(name.front())) {
      out.append(name);
      return;
    }
  } else {
    check(name);
  }
  const char close = capabilities_.close_quote;
  out += capabilities_.open_quote;
  for (char c : name) {
    out.append(c == close || (c == '%' && capabilities_.double_percents) ? 2 : 1, c);
  }
  out += close;
}

void Dialect::append_schema(std::string& out, std::string_view schema) const {
  append_identifier(out, schema);
}

namespace {

std::string translated(std::string_view schema, const CompileOptions& options) {
  for (const SchemaTranslation& t : *options.schema_translate_map) {
    if (t.from ? *t.from == schema : schema.empty()) {
      if (t.to) {
        return *t.to;
      }
      if (options.default_schema_name.empty()) {
        throw CompileError(
            "Dialect has no default schema name; can't use None as dynamic schema target.");
      }
      return options.default_schema_name;
    }
  }
  return std::string(schema);
}

}  // namespace

void append_table_schema(std::string& out,
                         std::string_view schema,
                         const Dialect& dialect,
                         const CompileOptions& options) {
  if (options.schema_translate_map) {
    const auto& map = *options.schema_translate_map;
    const bool translates_none =
        std::any_of(map.begin(), map.end(), [](const SchemaTranslation& t) { return !t.from; });
    if (schema.empty() && !translates_none) {
      return;
    }
    if (schema.find_first_of("[]") != std::string_view::npos) {
      throw CompileError("Square bracket characters ([]) not supported in schema translate name '" +
                         std::string(schema) + "'");
    }
    if (!options.render_schema_translate) {
      out.append("__[SCHEMA_").append(schema.empty() ? "_none" : sql::bare(schema)).append("].");
      return;
    }
    dialect.append_schema(out, translated(sql::bare(schema), options));
    out += '.';
  } else if (!schema.empty()) {
    dialect.append_schema(out, schema);
    out += '.';
  }
}

bool Dialect::is_illegal_initial(char) const {
  return false;
}

bool Dialect::quotes_parameter(std::string_view) const {
  return false;
}

std::string Dialect::quote(std::string_view identifier) const {
  std::string out;
  append_identifier(out, identifier);
  return out;
}

bool Dialect::is_reserved(std::string_view word) const {
  return std::binary_search(compile::reserved_words.begin(), compile::reserved_words.end(), word);
}

}  // namespace azoth
