// SPDX-License-Identifier: MIT
// Whether the keys of a multi-row INSERT can be counted on from the first one.
//
// For an INSERT whose number of rows is known beforehand, the server takes all its AUTO_INCREMENT
// values at once, whatever innodb_autoinc_lock_mode is, and reports the first. They follow each
// other without gaps when the increment is 1 (clusters have another), the column is the
// AUTO_INCREMENT one, and no trigger gives some of the rows a key of its own.
#include "drivers/mariadb/connection.hpp"

namespace azoth::drivers::mariadb {
namespace {

std::string quoted(std::string_view name, char quote) {
  std::string text(1, quote);
  for (const char c : name) {
    text.append(c == quote ? 2 : 1, c);
  }
  return text += quote;
}

}  // namespace

// SHOW COLUMNS also tells of a temporary table that hides another one; the information schema does
// not, but temporary tables have no triggers.
bool MariadbConnection::generates_key(const std::string& schema,
                                      std::string_view table,
                                      std::string_view key) {
  const auto literal = [&](std::string_view text) {
    std::string escaped(text.size() * 2 + 1, '\0');
    escaped.resize(mysql_real_escape_string(
        connection_, escaped.data(), text.data(), static_cast<unsigned long>(text.size())));
    return "'" + escaped + "'";
  };
  const std::string owner = schema.empty() ? "DATABASE()" : literal(schema);
  const std::string full_name =
      (schema.empty() ? "" : quoted(schema, '`') + ".") + quoted(table, '`');
  const std::string of_table = " WHERE event_object_schema = " + owner +
                               " AND event_object_table = " + literal(table) +
                               " AND event_manipulation = 'INSERT'";
  const std::string engine =
      "(SELECT engine FROM information_schema.tables WHERE table_schema = " + owner +
      " AND table_name = " + literal(table) + ")";
  return asks_true("SHOW COLUMNS FROM " + full_name + " WHERE Field = " + literal(key) +
                   " AND Extra LIKE '%auto_increment%'") &&
         asks_true(
             "SELECT @@auto_increment_increment = 1 AND NOT EXISTS (SELECT 1 FROM "
             "information_schema.triggers" +
             of_table + ") AND COALESCE(" + engine +
             ", 'InnoDB') IN ('InnoDB', 'Aria', 'MyISAM', 'MEMORY')");
}

bool MariadbConnection::has_contiguous_keys(std::string_view schema,
                                            std::string_view table,
                                            std::string_view key,
                                            std::size_t) {
  const std::string owner(schema);
  const std::string name = owner + '\0' + std::string(table) + '\0' + std::string(key);
  const auto known = generated_keys_.find(name);
  if (known != generated_keys_.end() && in_transaction()) {
    return known->second;
  }
  note_use();
  return generated_keys_[name] = generates_key(owner, table, key);
}

}  // namespace azoth::drivers::mariadb
