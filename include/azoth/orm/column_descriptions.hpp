// SPDX-License-Identifier: MIT
// What a select of entities and columns returns, in order: `column_descriptions(select)`.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/comparable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth {

/// What a select has at one place of its columns clause.
struct ColumnDescription {
  std::optional<std::string> name;  ///< of the class, of its alias, or of the column; or none
  const orm::Mapper* mapper;        ///< of entities
};

std::vector<ColumnDescription> column_descriptions(const sql::Ref& select);

/// Describes the columns clause of a select, in order.
template <SelectLike S>
std::vector<ColumnDescription> column_descriptions(const S& select) {
  return column_descriptions(select.node());
}

}  // namespace azoth
