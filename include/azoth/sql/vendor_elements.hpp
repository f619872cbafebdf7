// SPDX-License-Identifier: MIT
// The nodes of expressions that only one database has. How programs make them stands in the headers
// of the dialects.
#pragma once
#include <azoth/sql/elements.hpp>

namespace azoth::sql {

/// PostgreSQL's `ARRAY[a, b]`.
struct ArrayLiteral final : NodeOf<ArrayLiteral> {
  ArrayLiteral(Refs c, TypePtr t) : NodeOf(Kind::array_literal, t), clauses(std::move(c)) {}

  Refs clauses;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.clauses);
  }
};

/// PostgreSQL's `target ORDER BY a, b` as the argument of an aggregate function.
struct AggregateOrderBy final : NodeOf<AggregateOrderBy> {
  AggregateOrderBy(Ref t, Refs o)
      : NodeOf(Kind::aggregate_order_by, t->type()), target(std::move(t)), order_by(std::move(o)) {}

  Ref target;
  Refs order_by;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.target, s.order_by);
  }
};

/// MySQL's `MATCH (a, b) AGAINST (c IN BOOLEAN MODE)`.
struct MatchAgainst final : NodeOf<MatchAgainst> {
  MatchAgainst(Refs c, Ref a)
      : NodeOf(Kind::match_against, types::MatchType()),
        columns(std::move(c)),
        against(std::move(a)) {}

  Refs columns;
  Ref against;
  bool in_boolean_mode = false, in_natural_language_mode = false, with_query_expansion = false;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.columns, s.against, s.in_boolean_mode, s.in_natural_language_mode, s.with_query_expansion);
  }
};

}  // namespace azoth::sql
