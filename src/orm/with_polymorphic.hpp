// SPDX-License-Identifier: MIT
// What a select of a mapped class selects from when columns of its subclasses come along, and which
// of its rows are of the class.
#pragma once
#include "orm/load/relationship_join.hpp"
#include <azoth/orm/mapper.hpp>

#include <string_view>
#include <vector>

namespace azoth::orm {

/// A FROM element and the columns selected from it. The columns of the class itself stand first,
/// where they stand in its own selectable.
struct PolymorphicFrom {
  sql::Ref from;
  sql::Refs columns;
};

struct PolymorphicForm {
  bool is_inner = false;  ///< inner joins: rows of these subclasses only
  bool is_flat = false;   ///< each table under another name
};

/// The column of a union of concrete tables that tells the class of a row.
inline constexpr std::string_view union_class_key = "type";

/// Joins the tables of subclasses to those of a class.
PolymorphicFrom polymorphic_from(const Mapper& mapper,
                                 const std::vector<const Mapper*>& subclasses,
                                 const PolymorphicForm& form);

/// Returns `discriminator IN (...)` for a class that shares its parent's table, else nothing.
sql::Ref single_table_criteria(const Mapper& mapper, const TablePlace& place);

/// Returns what a class selects from, each table under another name.
TablePlace aliased_place(const Mapper& mapper);

/// Returns where the class's columns stand when its own entity is selected.
TablePlace place_of(const Mapper& mapper);

/// Returns the columns that a select of the class loads, as they stand elsewhere.
sql::Refs entity_columns(const Mapper& mapper, const TablePlace& place);

}  // namespace azoth::orm
