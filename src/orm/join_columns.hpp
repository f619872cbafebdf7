// SPDX-License-Identifier: MIT
// Finds the columns that join the two sides of a relationship, from the foreign keys between their
// tables.
#pragma once
#include <azoth/orm/mapper.hpp>

#include <string_view>

namespace azoth::orm {

/// Sets direction, pairs and secondary_pairs. @pre target and secondary are set.
/// @throws NoForeignKeysError, AmbiguousForeignKeysError with SQLAlchemy's texts; ArgumentError for
/// unknown columns in options.
void find_join_columns(RelationshipAttribute& relationship);

/// Throws the ArgumentError of naming a column that a class does not have.
[[noreturn]] void throw_no_column(const Mapper& mapper, std::string_view name);

}  // namespace azoth::orm
