// SPDX-License-Identifier: MIT
// Relationships as SQL: the conditions that connect parent, association table and target, with the
// referred column first, as SQLAlchemy writes them.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/from_clause.hpp>

namespace azoth::orm {

/// Where the columns of a mapped table stand in a statement: a table, an alias of it, or a
/// subquery in which they are found by `columns`.
struct TablePlace {
  sql::Ref from;
  sql::Refs columns{};  ///< by table position; empty: those of `from`

  sql::Ref at(std::uint32_t position) const {
    return columns.empty() ? sql::as<sql::FromNode>(from).column(position) : columns[position];
  }
};

/// The condition between parent and target of a relationship without association table.
sql::Ref target_condition(const RelationshipAttribute& relationship,
                          const TablePlace& parent,
                          const TablePlace& target);
/// The condition between parent and association table, and the one between that and the target.
sql::Ref secondary_condition(const RelationshipAttribute& relationship,
                             const TablePlace& parent,
                             const TablePlace& secondary);
sql::Ref beyond_secondary_condition(const RelationshipAttribute& relationship,
                                    const TablePlace& secondary,
                                    const TablePlace& target);
/// Appends `LEFT OUTER JOIN target ON ...` to a select, or
/// `LEFT OUTER JOIN (secondary JOIN target ON ...) ON ...`; the association table gets an alias.
void append_outer_join(sql::Ref& select,
                       const RelationshipAttribute& relationship,
                       const TablePlace& parent,
                       const TablePlace& target);
/// Appends the relationship's ORDER BY over the target's columns.
void append_order(sql::Ref& select,
                  const RelationshipAttribute& relationship,
                  const TablePlace& target);

}  // namespace azoth::orm
