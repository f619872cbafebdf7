// SPDX-License-Identifier: MIT
// Relationships as SQL: the conditions that connect parent, association table and target, with the
// referred column first, as SQLAlchemy writes them.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/statement.hpp>

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

/// Says where the columns of a class stand in a FROM element; those it lacks are empty.
TablePlace table_place(const sql::Ref& from, const Mapper& mapper);

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
/// Adds to the condition of a join that a class which shares its parent's table is meant, not all
/// rows of the table.
sql::Ref with_criteria(sql::Ref condition, const Mapper& mapper, const TablePlace& place);
/// Appends `LEFT OUTER JOIN target ON ...` to a select, or
/// `LEFT OUTER JOIN (secondary JOIN target ON ...) ON ...`; the association table gets an alias.
/// `criteria` are those of with_loader_criteria.
void append_outer_join(sql::Ref& select,
                       const RelationshipAttribute& relationship,
                       const TablePlace& parent,
                       const TablePlace& target,
                       const sql::Refs& criteria);
/// States the left side of the select's first join(), which would be looked for among the owners of
/// all columns: `columns` are those of now, before others are added.
void name_left_side(sql::Ref& select, const sql::Refs& columns);
/// Appends the relationship's ORDER BY over the target's columns.
void append_order(sql::Ref& select,
                  const RelationshipAttribute& relationship,
                  const TablePlace& target);

}  // namespace azoth::orm
