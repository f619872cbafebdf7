// SPDX-License-Identifier: MIT
// Answers about mappings.
#include <azoth/base/error.hpp>
#include <azoth/orm/mapper_inspection.hpp>
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

namespace {

Any column_of(const sql::Ref& from, std::uint32_t position) {
  return Any(sql::as<sql::FromNode>(from).column(position));
}

}  // namespace

std::string_view direction_name(Direction direction) {
  switch (direction) {
    case Direction::one_to_many:
      return "ONETOMANY";
    case Direction::many_to_one:
      return "MANYTOONE";
    case Direction::many_to_many:
      return "MANYTOMANY";
    case Direction::none:
      break;
  }
  return "";
}

std::string_view RelationshipProperty::back_populates() const {
  return attribute_->back ? std::string_view(attribute_->back->name) : std::string_view();
}

std::vector<Any> RelationshipProperty::local_columns() const {
  std::vector<Any> columns;
  for (const auto& pair : attribute_->pairs) {
    columns.push_back(column_of(attribute_->parent->selectable, pair.local));
  }
  return columns;
}

std::vector<Any> RelationshipProperty::remote_side() const {
  const sql::Ref from =
      attribute_->secondary ? sql::Ref(attribute_->secondary) : attribute_->target->selectable;
  std::vector<Any> columns;
  for (const auto& pair : attribute_->pairs) {
    columns.push_back(column_of(from, pair.remote));
  }
  for (const auto& pair : attribute_->secondary_pairs) {
    columns.push_back(column_of(from, pair.local));
  }
  return columns;
}

MapperInspection RelationshipProperty::mapper() const {
  return MapperInspection(*attribute_->target);
}

ColumnCollection MapperInspection::columns() const {
  std::vector<ColumnCollection::Item> items;
  for (const orm::ColumnAttribute& c : mapper_->columns) {
    items.emplace_back(c.name, c.node);
  }
  return ColumnCollection(std::move(items));
}

std::vector<std::string> MapperInspection::column_attrs() const {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < mapper_->attributes.size(); ++i) {
    if (!mapper_->attributes[i].is_relationship) {
      names.push_back(mapper_->column(i).name);
    }
  }
  return names;
}

ColumnCollection MapperInspection::primary_key() const {
  std::vector<ColumnCollection::Item> items;
  for (const std::uint32_t slot : mapper_->primary_key) {
    items.emplace_back(mapper_->columns[slot].name, mapper_->columns[slot].node);
  }
  return ColumnCollection(std::move(items));
}

std::vector<RelationshipProperty> MapperInspection::relationships() const {
  std::vector<RelationshipProperty> all;
  for (const orm::RelationshipAttribute& r : mapper_->relationships) {
    all.emplace_back(r);
  }
  return all;
}

RelationshipProperty MapperInspection::relationship(std::string_view key) const {
  if (const orm::RelationshipAttribute* r = mapper_->find_relationship(key)) {
    return RelationshipProperty(*r);
  }
  throw InvalidRequestError("Mapper '" + mapper_->display_name() + "' has no property '" +
                            std::string(key) + "'");
}

const std::string& MapperInspection::get_property_by_column(const Any& column) const {
  const sql::Ref& node = column.node();
  if (node->kind() == sql::Kind::column) {
    const auto& c = sql::as<sql::ColumnNode>(node);
    const orm::ColumnAttribute* found =
        c.owner->kind() == sql::Kind::table
            ? mapper_->find_column(static_cast<const sql::TableNode&>(*c.owner), c.index)
            : nullptr;
    if (found) {
      return found->name;
    }
  }
  throw UnmappedColumnError("No column is configured on mapper " + mapper_->display_name() +
                            " for the given expression; give a column of its table");
}

}  // namespace azoth
