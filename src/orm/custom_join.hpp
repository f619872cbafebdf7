// SPDX-License-Identifier: MIT
// Relationships whose condition the class states itself; see custom_join.cpp.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/sql/from_clause.hpp>

#include <functional>

namespace azoth::orm {

/// Finds the join columns of a relationship by its primaryjoin. @throws ArgumentError with
/// SQLAlchemy's texts.
void find_custom_columns(RelationshipAttribute& relationship, const JoinRules& rules);

/// Takes the expressions that order a collection.
void set_custom_order(RelationshipAttribute& relationship, const JoinRules& rules);

/// Gives a column another node, or an empty handle to leave it.
using ColumnMap = std::function<sql::Ref(const sql::ColumnNode&)>;

/// Returns an expression with columns replaced.
sql::Ref with_columns(const sql::Ref& expression, const ColumnMap& map);

/// Returns a part of RelationshipAttribute::criteria or `custom_order` where the target stands at
/// `target`; columns of the parent are replaced by `parent`.
sql::Ref criteria_at(const RelationshipAttribute& relationship,
                     const sql::Ref& part,
                     const std::function<sql::Ref(std::uint32_t position)>& target,
                     const std::function<sql::Ref(std::uint32_t position)>& parent);

}  // namespace azoth::orm
