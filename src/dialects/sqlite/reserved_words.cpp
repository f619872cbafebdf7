// SPDX-License-Identifier: MIT
// The words that SQLite's dialect quotes as names: the key words of sqlite.org/lang_keywords.html
// that SQLAlchemy's dialect has. Sorted.
#include "dialects/sqlite/sqlite_dialect.hpp"

#include <algorithm>
#include <array>

namespace azoth::sqlite {

namespace {

constexpr std::array<std::string_view, 117> words{"add",          "after",
                                                  "all",          "alter",
                                                  "analyze",      "and",
                                                  "as",           "asc",
                                                  "attach",       "autoincrement",
                                                  "before",       "begin",
                                                  "between",      "by",
                                                  "cascade",      "case",
                                                  "cast",         "check",
                                                  "collate",      "column",
                                                  "commit",       "conflict",
                                                  "constraint",   "create",
                                                  "cross",        "current_date",
                                                  "current_time", "current_timestamp",
                                                  "database",     "default",
                                                  "deferrable",   "deferred",
                                                  "delete",       "desc",
                                                  "detach",       "distinct",
                                                  "drop",         "each",
                                                  "else",         "end",
                                                  "escape",       "except",
                                                  "exclusive",    "exists",
                                                  "explain",      "fail",
                                                  "false",        "for",
                                                  "foreign",      "from",
                                                  "full",         "glob",
                                                  "group",        "having",
                                                  "if",           "ignore",
                                                  "immediate",    "in",
                                                  "index",        "indexed",
                                                  "initially",    "inner",
                                                  "insert",       "instead",
                                                  "intersect",    "into",
                                                  "is",           "isnull",
                                                  "join",         "key",
                                                  "left",         "like",
                                                  "limit",        "match",
                                                  "natural",      "not",
                                                  "notnull",      "null",
                                                  "of",           "offset",
                                                  "on",           "or",
                                                  "order",        "outer",
                                                  "plan",         "pragma",
                                                  "primary",      "query",
                                                  "raise",        "references",
                                                  "reindex",      "rename",
                                                  "replace",      "restrict",
                                                  "right",        "rollback",
                                                  "row",          "select",
                                                  "set",          "table",
                                                  "temp",         "temporary",
                                                  "then",         "to",
                                                  "transaction",  "trigger",
                                                  "true",         "union",
                                                  "unique",       "update",
                                                  "using",        "vacuum",
                                                  "values",       "view",
                                                  "virtual",      "when",
                                                  "where"};

}  // namespace

bool is_reserved_word(std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

}  // namespace azoth::sqlite
