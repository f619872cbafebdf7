// SPDX-License-Identifier: MIT
// Asking for the tables of a filter.
#include "dialects/mysql/reflection_question.hpp"

#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>

#include <set>

namespace azoth::mysql {

std::string text_of(const Value& value) {
  const auto* text = value.get_if<std::string>();
  return text != nullptr ? *text : std::string();
}

std::optional<std::string> text_unless_empty(const Value& value) {
  const std::string text = text_of(value);
  return text.empty() ? std::nullopt : std::optional(text);
}

std::int64_t number_of(const Value& value) {
  const auto* number = value.get_if<std::int64_t>();
  return number != nullptr ? *number : 0;
}

std::string charset_of(const std::string& collation) {
  return collation.substr(0, collation.find('_'));
}

std::vector<Row> Question::ask(const std::string& query,
                               const char* column,
                               const char* table,
                               const char* rest) const {
  std::string sql = query + column;
  std::vector<Value> values;
  if (filter_.schema.empty()) {
    sql += " = DATABASE()";
  } else {
    sql += " = ?";
    values.emplace_back(filter_.schema);
  }
  if (filter_.names) {
    sql += std::string(" AND ") + table + (filter_.names->empty() ? " IN (NULL" : " IN (");
    for (const std::string& name : *filter_.names) {
      sql += values.size() > (filter_.schema.empty() ? 0U : 1U) ? ", ?" : "?";
      values.emplace_back(name);
    }
    sql += ')';
  }
  return connection_.exec_driver_sql(sql + rest, values).all();
}

Tables Question::tables() const {
  Tables found;
  std::set<std::string> others;  // of another kind or scope
  for (const Row& row : ask("SELECT table_name, table_type, engine, table_collation,"
                            " create_options, table_comment FROM information_schema.tables"
                            " WHERE ",
                            "table_schema",
                            "table_name",
                            "")) {
    TableRow table{
        text_of(row[1]), text_of(row[2]), text_of(row[3]), text_of(row[4]), text_of(row[5])};
    const ObjectKind kind = table.is_view() ? ObjectKind::view : ObjectKind::table;
    if (includes(filter_.kind, kind) && filter_.scope != ObjectScope::temporary &&
        table.type != "SEQUENCE") {
      found.emplace(text_of(row[0]), std::move(table));
    } else {
      others.insert(text_of(row[0]));
    }
  }
  if (filter_.names && filter_.scope != ObjectScope::default_) {
    for (const std::string& name : *filter_.names) {
      if (!found.contains(name) && !others.contains(name) && show("SHOW COLUMNS FROM ", name)) {
        found.emplace(name, TableRow{.type = "TEMPORARY", .is_temporary = true});
      }
    }
  }
  return found;
}

std::optional<std::vector<Row>> Question::show(const char* words, const std::string& table) const {
  const Dialect& dialect = connection_.dialect();
  const std::string schema = filter_.schema.empty() ? "" : dialect.quote(filter_.schema) + ".";
  try {
    return connection_.exec_driver_sql(words + schema + dialect.quote(table)).all();
  } catch (const DBAPIError& error) {
    constexpr int no_such_table = 1146, bad_database = 1049;
    if (error.vendor_code() == no_such_table || error.vendor_code() == bad_database) {
      return std::nullopt;
    }
    throw;
  }
}

bool Question::is_mariadb() const {
  return connection_.dialect().capabilities().is_mariadb;
}

std::string Question::option(const char* name) const {
  return std::string(connection_.dialect().name()) + "_" + name;
}

}  // namespace azoth::mysql
