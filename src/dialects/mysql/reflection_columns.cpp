// SPDX-License-Identifier: MIT
// Columns, as information_schema and SHOW tell them.
#include "dialects/mysql/reflection_question.hpp"
#include "dialects/mysql/reflection_types.hpp"

namespace azoth::mysql {
namespace {

// What INFORMATION_SCHEMA.COLUMNS and SHOW FULL COLUMNS have in common.
struct ColumnRow {
  std::string name, type, charset, collation, default_, extra, expression;
  bool nullable = false, has_default = false;
  std::optional<std::string> comment;
};

bool contains(const std::string& text, std::string_view word) {
  return text.find(word) != text.npos;
}

ReflectedColumn column_of(const ColumnRow& row, const TableRow& table) {
  ReflectedColumn column;
  column.name = row.name;
  const bool is_other =
      !row.collation.empty() && !table.collation.empty() && row.collation != table.collation;
  column.type = reflected_type(
      row.type, row.name, is_other ? row.charset : "", is_other ? row.collation : "");
  column.nullable = row.nullable;
  column.comment = row.comment;
  if (contains(row.extra, "GENERATED") && !row.expression.empty()) {
    column.computed = {"(" + row.expression + ")", contains(row.extra, "STORED")};
  } else if (row.has_default) {
    const std::size_t update = row.extra.find("on update ");
    column.default_ =
        row.default_ +
        (update == row.extra.npos ? std::string() : " ON UPDATE " + row.extra.substr(update + 10));
  }
  if (contains(row.extra, "auto_increment")) {
    column.autoincrement = true;
  } else if (row.type.substr(0, row.type.find_first_of("( ")).ends_with("int")) {
    column.autoincrement = false;
  }
  return column;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    out.append(c == '\'' ? 2 : 1, c);
  }
  return out + "'";
}

// MySQL tells plain texts without quotes, as SHOW does everywhere; MariaDB tells SQL.
std::string default_text(const std::string& text, const std::string& type, bool is_expression) {
  const std::string word = type.substr(0, type.find_first_of("( "));
  const bool is_number = word.ends_with("int") || word == "decimal" || word == "float" ||
                         word == "double" || word == "bit" || word == "year";
  return is_number || is_expression || text.starts_with("current_timestamp") ||
                 text.starts_with("CURRENT_TIMESTAMP")
             ? text
             : quoted(text);
}

// The checks that belong to columns: CHECK behind the type, and what the JSON of MariaDB is.
void add_checks(const Question& question, ByTable<std::vector<ReflectedColumn>>& all) {
  for (const Row& row : question.ask("SELECT table_name, constraint_name, check_clause"
                                     " FROM information_schema.check_constraints"
                                     " WHERE level = 'Column' AND ",
                                     "constraint_schema",
                                     "table_name",
                                     "")) {
    const auto table = all.find(text_of(row[0]));
    if (table == all.end()) {
      continue;
    }
    for (ReflectedColumn& column : table->second) {
      if (column.name == text_of(row[1])) {
        column.checks.push_back(text_of(row[2]));
      }
    }
  }
}

}  // namespace

ByTable<std::vector<ReflectedColumn>> reflected_columns(const Question& question) {
  ByTable<std::vector<ReflectedColumn>> all;
  const Tables tables = question.tables();
  for (const auto& [name, table] : tables) {
    auto& columns = all[name];
    if (!table.is_temporary) {
      continue;
    }
    const auto shown = question.show("SHOW FULL COLUMNS FROM ", name);
    for (const Row& row : *shown) {
      const std::string collation = text_of(row[2]), type = text_of(row[1]);
      columns.push_back(column_of({.name = text_of(row[0]),
                                   .type = type,
                                   .charset = charset_of(collation),
                                   .collation = collation,
                                   .default_ = default_text(text_of(row[5]), type, false),
                                   .extra = text_of(row[6]),
                                   .expression = {},
                                   .nullable = text_of(row[3]) == "YES",
                                   .has_default = !row[5].is_null(),
                                   .comment = text_unless_empty(row[8])},
                                  table));
    }
  }
  for (const Row& row : question.ask(
           "SELECT table_name, column_name, column_type, character_set_name, collation_name,"
           " column_default, extra, generation_expression, is_nullable, column_comment"
           " FROM information_schema.columns WHERE ",
           "table_schema",
           "table_name",
           " ORDER BY table_name, ordinal_position")) {
    const auto table = tables.find(text_of(row[0]));
    if (table == tables.end()) {
      continue;
    }
    const std::string type = text_of(row[2]), extra = text_of(row[6]);
    const bool has_default =
        !row[5].is_null() && !(question.is_mariadb() && text_of(row[5]) == "NULL");
    all[table->first].push_back(column_of(
        {.name = text_of(row[1]),
         .type = type,
         .charset = text_of(row[3]),
         .collation = text_of(row[4]),
         .default_ =
             question.is_mariadb()
                 ? text_of(row[5])
                 : default_text(text_of(row[5]), type, contains(extra, "DEFAULT_GENERATED")),
         .extra = extra,
         .expression = text_of(row[7]),
         .nullable = text_of(row[8]) == "YES",
         .has_default = has_default,
         .comment = text_unless_empty(row[9])},
        table->second));
  }
  if (question.is_mariadb()) {
    add_checks(question, all);
  }
  return all;
}

}  // namespace azoth::mysql
