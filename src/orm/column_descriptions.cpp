// SPDX-License-Identifier: MIT
// Describes the columns clause of selects.
#include "orm/load/plan_builder.hpp"
#include <azoth/orm/column_descriptions.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth {

namespace {

ColumnDescription description_of(const sql::Ref& part) {
  if (part->kind() != sql::Kind::entity) {
    const std::string_view name = orm::output_name(part);
    return {name.empty() ? std::nullopt : std::optional<std::string>(name), nullptr};
  }
  const auto& entity = sql::as<sql::Entity>(part);
  const auto* mapper = static_cast<const orm::Mapper*>(entity.mapper);
  if (!sql::is_alias(entity.from->kind())) {
    return {std::string(entity.name), mapper};
  }
  const std::string& name = sql::as<sql::Alias>(entity.from).name;
  return {name.empty() ? std::nullopt : std::optional<std::string>(name), mapper};
}

}  // namespace

std::vector<ColumnDescription> column_descriptions(const sql::Ref& select) {
  std::vector<ColumnDescription> descriptions;
  sql::as<sql::Statement>(select).each(sql::Clause::column, [&](const sql::Ref& part) {
    descriptions.push_back(description_of(part));
  });
  return descriptions;
}

}  // namespace azoth
