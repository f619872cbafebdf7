// SPDX-License-Identifier: MIT
// Attributes that are SQL expressions, for planning and reading. In the columns of an entity they
// stand before the columns of tables, in order of declaration.
#pragma once
#include "orm/load/options.hpp"
#include <azoth/orm/mapper.hpp>

#include <vector>

namespace azoth::orm {

/// Gives the expressions of a class their slots. @pre all attributes are declared
void number_expressions(Mapper& mapper);

/// Says whether a column of an entity is an expression of its class.
bool is_expression(const sql::Ref& column);

/// Returns the slots of the expressions that are loaded under these options.
std::vector<std::uint32_t> loaded_expressions(const Mapper& mapper, const LoadPath& path);

/// Returns expressions of a class whose columns stand at `from`.
sql::Refs expressions_at(const Mapper& mapper,
                         const sql::Ref& from,
                         const std::vector<std::uint32_t>& slots,
                         const LoadPath& path);

/// Returns the entity by which a class is selected.
const sql::Ref& entity_of(const Mapper& mapper);

/// Makes the expressions of an object be read anew: its row was written.
void expire_expressions(Object& object);

}  // namespace azoth::orm
