// SPDX-License-Identifier: MIT
// What with_loader_criteria() says, put into the selects of a statement: which FROM elements are of
// the class, and where the condition stands. When loaders carry it on is theirs to say.
#pragma once
#include "orm/load/options.hpp"
#include "orm/load/relationship_join.hpp"

namespace azoth::orm {

/// Begins the names of columns that stand for attributes, in criteria of no class in particular.
inline constexpr char criteria_attribute_mark = '\1';

/// Returns the options of a statement that are criteria.
sql::Refs criteria_of(const sql::Ref& statement);

/// Returns those that go on to what is loaded for the objects later.
sql::Refs propagating(const sql::Refs& criteria);

/// Adds criteria to the options of a statement.
void append_criteria(sql::Ref& statement, const sql::Refs& criteria);

/// Returns the statement with the criteria in each of its selects: in WHERE for what the select
/// selects from, in ON for what it joins. `is_refresh`: the outermost one reads an object anew,
/// which no criteria hide. @throws InvalidRequestError for a join whose left side is not clear
sql::Ref with_criteria(const sql::Ref& statement, const sql::Refs& criteria, bool is_refresh);

/// Returns the condition of a join, and the criteria of the class that is joined there.
sql::Ref with_criteria(sql::Ref condition,
                       const sql::Refs& criteria,
                       const Mapper& mapper,
                       const TablePlace& place);

/// Appends the criteria of a class to WHERE.
void append_criteria_of(sql::Ref& statement,
                        const sql::Refs& criteria,
                        const Mapper& mapper,
                        const TablePlace& place);

/// Says whether both say the same with the same values.
bool same_criteria(const sql::Refs& a, const sql::Refs& b);

}  // namespace azoth::orm
