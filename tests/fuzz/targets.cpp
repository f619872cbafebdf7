// SPDX-License-Identifier: MIT
// What must hold for any URL, any identifier and any textual SQL.
#include "fuzz/inputs.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/dialects.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/name.hpp>
#include <azoth/sql/text_scanner.hpp>

namespace azoth::fuzz {

// Whatever parses prints as something that parses to the same.
void parse_urls(Inputs& inputs) {
  static const std::vector<std::string_view> pieces{
      "sqlite", "postgresql", "+",    "psycopg2", "://",   ":",    "/",  "//",
      "@",      "?",          "&",    "=",        "%",     "%40",  "%2", "[",
      "]",      "::1",        "host", "5432",     "99999", "user", "pw", "a"};
  const std::string input = inputs.text(pieces, 12);
  std::optional<URL> url;
  try {
    url.emplace(input);
  } catch (const ArgumentError&) {
    return;
  }
  const std::string printed = url->to_string({.hide_password = false});
  const bool holds_question = url->database() && url->database()->find('?') != std::string::npos;
  if (!holds_question && !(URL(printed) == *url)) {
    broken("a URL prints as one that parses to the same", input, printed);
  }
  url->to_string();
}

namespace {

// Reads one identifier as a database does: up to its end, doubled quotes undone. False: it does not
// end where the text does.
bool reads_back(
    std::string_view text, char open, char close, bool doubles_percents, std::string& name) {
  if (text.empty() || text.front() != open) {
    name = text;
    for (char c : text) {
      const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
      if (!is_word) {
        return false;
      }
    }
    return !text.empty();
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool is_doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == close && !is_doubled) {
      return i + 1 == text.size();
    }
    name += text[i];
    i += text[i] == close || (text[i] == '%' && doubles_percents) ? 1 : 0;
  }
  return false;
}

}  // namespace

// No name leaves its quotes, and what stands in them is the name.
void quote_identifiers(Inputs& inputs) {
  static const std::vector<std::string_view> pieces{
      "\"", "`", "[", "]", "'", "%", ".",      " ",    ";",    "--",   "/*",
      "\\", "a", "Z", "_", "$", "0", "select", "\x01", "\x02", "\x03", "\xC3\xA9"};
  const std::string input = inputs.text(pieces, 10);
  for (const char* name : {"sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"}) {
    const Dialect& speaks = dialect(name);
    std::string quoted, back;
    try {
      quoted = speaks.quote(input);
    } catch (const IdentifierError&) {
      continue;
    }
    const Capabilities& can = speaks.capabilities();
    if (!reads_back(quoted, can.open_quote, can.close_quote, can.double_percents, back) ||
        back != input) {
      broken(std::string("an identifier stays within its quotes: ") + name, input, quoted);
    }
  }
}

// The tokens and what stands between them are the text, and names are words.
void scan_text(Inputs& inputs) {
  static const std::vector<std::string_view> pieces{":",
                                                    "::",
                                                    "\\:",
                                                    "\\",
                                                    ":a",
                                                    ":b1",
                                                    "a",
                                                    "$",
                                                    " ",
                                                    "'",
                                                    "\"",
                                                    "(",
                                                    ")",
                                                    ",",
                                                    "\xC3\xA9",
                                                    "%"};
  const std::string input = inputs.text(pieces, 16);
  std::size_t at = 0, parameters = 0;
  for (auto token = sql::next_token(input, 0); token.kind != sql::TextToken::Kind::end;
       token = sql::next_token(input, token.end)) {
    if (token.begin < at || token.end <= token.begin || token.end > input.size()) {
      broken("tokens follow each other", input, std::to_string(token.begin));
    }
    at = token.end;
    if (token.kind == sql::TextToken::Kind::parameter) {
      ++parameters;
      for (char c : token.text) {
        if (token.text.empty() || !sql::is_parameter_character(c)) {
          broken("a parameter's name is a word", input, token.text);
        }
      }
    }
  }
  const sql::Ref text = sql::text(input);
  const std::string compiled = to_string(text, dialect("sqlite"));
  const bool has_escape = input.find("\\:") != std::string::npos;
  if (parameters == 0 && !has_escape && compiled != input) {
    broken("text without parameters is passed on as it is", input, compiled);
  }
}

}  // namespace azoth::fuzz
