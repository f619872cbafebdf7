// SPDX-License-Identifier: MIT
// How reflection asks MariaDB and MySQL about the tables of a filter: information_schema answers
// for all tables at once; temporary ones, which it does not know, are asked for one by one with
// SHOW.
#pragma once
#include <azoth/engine/reflection.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql {

std::string text_of(const Value& value);
std::optional<std::string> text_unless_empty(const Value& value);
std::int64_t number_of(const Value& value);

/// What information_schema.TABLES says of a table.
struct TableRow {
  std::string type{}, engine{}, collation{}, options{}, comment{};
  bool is_temporary = false;

  bool is_view() const { return type.ends_with("VIEW"); }
};

using Tables = ByTable<TableRow>;

/// The character set of a collation: utf8mb4 of utf8mb4_general_ci.
std::string charset_of(const std::string& collation);

/// Asks about the tables of one filter; both must outlive it.
class Question {
 public:
  Question(Connection& c, const TableFilter& tables) : connection_(c), filter_(tables) {}

  /// Runs a query that ends behind WHERE: for the schema, as `column`, and the names, as `table`.
  std::vector<Row> ask(const std::string& query,
                       const char* column,
                       const char* table,
                       const char* rest) const;
  /// Returns the tables that the filter means, temporary ones among those that it names.
  Tables tables() const;
  /// Runs a SHOW about one table; without a value when it is not there.
  std::optional<std::vector<Row>> show(const char* words, const std::string& table) const;

  const std::string& schema() const { return filter_.schema; }

  bool is_mariadb() const;
  /// Returns the name of an option of the dialect: `mysql_length`.
  std::string option(const char* name) const;

 private:
  Connection& connection_;
  const TableFilter& filter_;
};

ByTable<std::vector<ReflectedColumn>> reflected_columns(const Question& question);
ByTable<ReflectedPrimaryKey> reflected_primary_keys(const Question& question);
ByTable<std::vector<ReflectedIndex>> reflected_indexes(const Question& question);
ByTable<std::vector<ReflectedUniqueConstraint>> reflected_uniques(const Question& question);

}  // namespace azoth::mysql
