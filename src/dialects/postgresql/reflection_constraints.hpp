// SPDX-License-Identifier: MIT
// What reflection asks PostgreSQL of constraints and indexes.
#pragma once
#include <azoth/engine/reflection.hpp>

namespace azoth::postgresql {

ByTable<ReflectedPrimaryKey> primary_keys(Connection& c, const TableFilter& tables);
ByTable<std::vector<ReflectedForeignKey>> foreign_keys(Connection& c, const TableFilter& tables);
ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(Connection& c,
                                                                   const TableFilter& tables);
ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(Connection& c,
                                                                 const TableFilter& tables);
ByTable<std::vector<ReflectedIndex>> indexes(Connection& c, const TableFilter& tables);

}  // namespace azoth::postgresql
