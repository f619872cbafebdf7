// SPDX-License-Identifier: MIT
// What only the text of CREATE TABLE tells: names of constraints, CHECKs, generated columns.
#pragma once
#include <azoth/engine/reflection.hpp>

namespace azoth::sqlite {

struct TableText {
  std::optional<std::string> primary_key_name{};
  std::vector<ReflectedUniqueConstraint> uniques;
  std::vector<ReflectedCheckConstraint> checks;
  std::vector<ReflectedForeignKey> foreign_keys;  ///< name, columns and referred table
  std::vector<std::pair<std::string, std::string>> generated;

  std::optional<std::string> computed(const std::string& column) const;
  std::optional<std::string> foreign_key_name(const std::vector<std::string>& columns,
                                              const std::string& referred_table) const;
};

/// Reads what SQLite keeps of a table; passes over what it does not know.
TableText parse_create_table(std::string_view text);

}  // namespace azoth::sqlite
