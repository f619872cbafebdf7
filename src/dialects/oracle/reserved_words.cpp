// SPDX-License-Identifier: MIT
// The words that Oracle's dialect quotes as names: its key words in the list that SQLAlchemy's
// dialect has. Sorted.
#include "dialects/oracle/oracle_dialect.hpp"

#include <algorithm>
#include <array>

namespace azoth::oracle {

namespace {

constexpr std::array<std::string_view, 85> words{
    "all",      "alter",   "and",       "any",       "as",         "asc",      "between",
    "by",       "char",    "check",     "cluster",   "comment",    "compress", "connect",
    "create",   "current", "date",      "decimal",   "default",    "delete",   "desc",
    "distinct", "drop",    "else",      "exclusive", "exists",     "float",    "for",
    "from",     "grant",   "group",     "having",    "identified", "in",       "index",
    "insert",   "integer", "intersect", "into",      "is",         "level",    "like",
    "lock",     "long",    "minus",     "mode",      "nocompress", "not",      "nowait",
    "null",     "number",  "of",        "on",        "option",     "or",       "order",
    "pctfree",  "prior",   "public",    "raw",       "rename",     "resource", "revoke",
    "select",   "set",     "share",     "size",      "smallint",   "start",    "synonym",
    "table",    "then",    "to",        "trigger",   "uid",        "union",    "unique",
    "update",   "user",    "values",    "varchar",   "varchar2",   "view",     "where",
    "with"};

}  // namespace

bool is_reserved_word(std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool is_unusual_name(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_inner = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  return lower.empty() || !is_letter(lower.front()) || is_reserved_word(lower) ||
         !std::all_of(lower.begin(), lower.end(), is_inner);
}

}  // namespace azoth::oracle
