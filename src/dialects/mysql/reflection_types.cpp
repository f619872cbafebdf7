// SPDX-License-Identifier: MIT
// From the texts of types to SqlTypes.
#include "dialects/mysql/reflection_types.hpp"

#include <azoth/base/warning.hpp>
#include <azoth/dialects/mysql.hpp>

#include <charconv>

namespace azoth::mysql {
namespace {

// `decimal(10,2) unsigned`, taken apart.
struct Parsed {
  std::string word;
  int numbers[2] = {-1, -1};
  std::vector<std::string> members{};
  bool is_unsigned = false, is_zerofill = false;
  TextOptions text{};

  IntegerOptions integer() const { return {numbers[0], is_unsigned, is_zerofill}; }

  NumberOptions number() const { return {numbers[0], numbers[1], is_unsigned, is_zerofill}; }

  int length() const { return numbers[0]; }
};

// 'a','b''c': quotes are doubled, and some characters stand behind a backslash.
std::size_t read_members(std::string_view text, std::size_t at, std::vector<std::string>& members) {
  bool is_quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (!is_quoted) {
      if (c == ')') {
        return at + 1;
      }
      if (c == '\'') {
        members.emplace_back();
        is_quoted = true;
      }
    } else if (c == '\'' && text.substr(at + 1, 1) == "'") {
      members.back() += text[++at];
    } else if (c == '\'') {
      is_quoted = false;
    } else if (c == '\\' && at + 1 < text.size()) {
      const char escaped = text[++at];
      members.back() += escaped == 'n'   ? '\n'
                        : escaped == 'r' ? '\r'
                        : escaped == '0' ? '\0'
                                         : escaped;
    } else {
      members.back() += c;
    }
  }
  return at;
}

Parsed parse(std::string_view text) {
  Parsed parsed;
  std::size_t at = text.find_first_of("( ");
  parsed.word = text.substr(0, at);
  if (at != text.npos && text[at] == '(') {
    if (text.substr(at + 1, 1) == "'") {
      at = read_members(text, at + 1, parsed.members);
    } else {
      const char* begin = text.data() + at + 1;
      const char* const end = text.data() + text.size();
      for (int& number : parsed.numbers) {
        begin = std::from_chars(begin, end, number).ptr;
        begin += begin < end && *begin == ',' ? 1 : 0;
      }
      at = text.find(')', at);
    }
  }
  const std::string_view rest = at < text.size() ? text.substr(at) : std::string_view();
  parsed.is_unsigned = rest.find("unsigned") != rest.npos;
  parsed.is_zerofill = rest.find("zerofill") != rest.npos;
  return parsed;
}

TypePtr plain(const Parsed& parsed) {
  std::string name = parsed.word;
  for (char& c : name) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return types::vendor_type("mysql", name);
}

using Make = TypePtr (*)(const Parsed&);

constexpr std::pair<std::string_view, Make> known[] = {
    {"int", [](const Parsed& p) { return INTEGER(p.integer()); }},
    {"bigint", [](const Parsed& p) { return BIGINT(p.integer()); }},
    {"smallint", [](const Parsed& p) { return SMALLINT(p.integer()); }},
    {"tinyint", [](const Parsed& p) { return TINYINT(p.integer()); }},
    {"mediumint", [](const Parsed& p) { return MEDIUMINT(p.integer()); }},
    {"decimal", [](const Parsed& p) { return DECIMAL(p.number()); }},
    {"double", [](const Parsed& p) { return DOUBLE(p.number()); }},
    {"float", [](const Parsed& p) { return FLOAT(p.number()); }},
    {"bit", [](const Parsed& p) { return BIT(p.length()); }},
    {"year", [](const Parsed& p) { return YEAR(p.length()); }},
    {"date", [](const Parsed&) { return types::DATE(); }},
    {"datetime", [](const Parsed& p) { return DATETIME(p.length()); }},
    {"time", [](const Parsed& p) { return TIME(p.length()); }},
    {"timestamp", [](const Parsed& p) { return TIMESTAMP(p.length()); }},
    {"char", [](const Parsed& p) { return CHAR(p.length(), p.text); }},
    {"varchar", [](const Parsed& p) { return VARCHAR(p.length(), p.text); }},
    {"text", [](const Parsed& p) { return TEXT(p.length(), p.text); }},
    {"tinytext", [](const Parsed& p) { return TINYTEXT(p.text); }},
    {"mediumtext", [](const Parsed& p) { return MEDIUMTEXT(p.text); }},
    {"longtext", [](const Parsed& p) { return LONGTEXT(p.text); }},
    {"enum", [](const Parsed& p) { return ENUM(p.members, p.text); }},
    {"set", [](const Parsed& p) { return SET(p.members, p.text); }},
    {"binary", [](const Parsed& p) { return types::BINARY(p.length()); }},
    {"varbinary", [](const Parsed& p) { return types::VARBINARY(p.length()); }},
    {"blob", [](const Parsed& p) { return types::BLOB(p.length()); }},
    {"tinyblob", [](const Parsed&) { return TINYBLOB(); }},
    {"mediumblob", [](const Parsed&) { return MEDIUMBLOB(); }},
    {"longblob", [](const Parsed&) { return LONGBLOB(); }},
    {"json", [](const Parsed&) { return JSON(); }},
    {"uuid", &plain},
    {"inet4", &plain},
    {"inet6", &plain},
    {"geometry", &plain},
    {"point", &plain},
    {"linestring", &plain},
    {"polygon", &plain},
    {"multipoint", &plain},
    {"multilinestring", &plain},
    {"multipolygon", &plain},
    {"geometrycollection", &plain},
};

}  // namespace

TypePtr reflected_type(std::string_view text,
                       std::string_view column,
                       const std::string& charset,
                       const std::string& collation) {
  Parsed parsed = parse(text);
  parsed.text.charset = charset;
  parsed.text.collation = collation;
  for (const auto& [word, make] : known) {
    if (word == parsed.word) {
      return make(parsed);
    }
  }
  warn(WarningCategory::sa_warning,
       "Did not recognize type '" + parsed.word + "' of column '" + std::string(column) + "'");
  return types::null_type();
}

}  // namespace azoth::mysql
