// SPDX-License-Identifier: MIT
// What a class is mapped to: `inspect<User>().primary_key()`. Looking configures the class.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/relationship_position.hpp>
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/expr.hpp>
#include <azoth/sql/table.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth {

using orm::Direction;

/// Returns `ONETOMANY`, `MANYTOONE` or `MANYTOMANY`.
std::string_view direction_name(Direction direction);

class MapperInspection;

/// A relationship of a mapped class. A cheap handle; mappings live as long as the program.
class RelationshipProperty {
 public:
  explicit RelationshipProperty(const orm::RelationshipAttribute& attribute)
      : attribute_(&attribute) {}

  const std::string& key() const { return attribute_->name; }

  Direction direction() const { return attribute_->direction; }

  /// Says whether it holds a list.
  bool uselist() const { return attribute_->is_list; }

  bool viewonly() const { return attribute_->is_viewonly; }

  const orm::CascadeOptions& cascade() const { return attribute_->cascade; }

  /// Returns the name of the other side; empty without one.
  std::string_view back_populates() const;
  /// Returns the columns of the parent that connect it.
  std::vector<Any> local_columns() const;
  /// Returns those of the target, or of the association table.
  std::vector<Any> remote_side() const;
  /// Returns the target's mapping.
  MapperInspection mapper() const;

 private:
  const orm::RelationshipAttribute* attribute_;
};

/// The mapping of a class. A cheap handle; mappings live as long as the program.
class MapperInspection {
 public:
  /// @throws what a wrong mapping throws when it is first used.
  explicit MapperInspection(const orm::Mapper& mapper) : mapper_(&orm::configured(mapper)) {}

  /// Returns the class's name, without namespaces.
  const std::string& class_name() const { return mapper_->class_name; }

  /// Returns the class's own table.
  Table local_table() const { return Table(mapper_->table_ref); }

  /// Returns the mapped columns, under the names of their attributes.
  ColumnCollection columns() const;
  /// Returns the names of the attributes that are columns or expressions, in order of declaration.
  std::vector<std::string> column_attrs() const;
  ColumnCollection primary_key() const;
  std::vector<RelationshipProperty> relationships() const;
  /// @throws InvalidRequestError naming what is not there.
  RelationshipProperty relationship(std::string_view key) const;
  /// Returns the name of the attribute of a table's column. @throws UnmappedColumnError
  const std::string& get_property_by_column(const Any& column) const;

  /// Returns the names of synonyms with what they stand for.
  const std::vector<std::pair<std::string, std::string>>& synonyms() const {
    return mapper_->synonyms;
  }

  friend bool operator==(const MapperInspection& a, const MapperInspection& b) {
    return a.mapper_ == b.mapper_;
  }

 private:
  const orm::Mapper* mapper_;
};

/// Returns the mapping of a class.
template <class E>
MapperInspection inspect() {
  static_assert(orm::MappedClass<E>,
                "azoth: inspect<E>() needs a mapped class (derived from Entity)");
  return MapperInspection(E::mapper());
}

}  // namespace azoth
