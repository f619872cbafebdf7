// SPDX-License-Identifier: MIT
// The operators: one table of text, precedence, negation and mirror image. The numbers are
// SQLAlchemy's precedences, which decide where parentheses are needed.
#pragma once
#include <cstdint>
#include <string_view>

namespace azoth::sql {

enum class Op : std::uint8_t {
  none,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  add,
  sub,
  mul,
  div,
  mod,
  neg,
  concat,
  and_,
  or_,
  not_,
  is,
  is_not,
  in,
  not_in,
  like,
  not_like,
  ilike,
  not_ilike,
  between,
  not_between,
  is_distinct_from,
  is_not_distinct_from,
  exists,
  distinct,
  collate,
  comma,
  asc,
  desc,
  nulls_first,
  nulls_last,
  is_true,
  is_false,
  any_,
  all_,
  as_,
  startswith,
  not_startswith,
  endswith,
  not_endswith,
  contains,
  not_contains,
  asbool_
};

/// One row of the operator table.
struct OpInfo {
  std::string_view text;  ///< as rendered between, before or behind the operands: " = "
  std::int8_t precedence;
  bool is_comparison;
  bool is_self_precedent;  ///< a chain of it needs no parentheses: a AND b AND c
  Op negation;             ///< `none`: negated by NOT
  Op mirror;               ///< the operator with sides exchanged; `none` when there is none
};

const OpInfo& info(Op op);

/// Says whether an operand with outermost operator `inner` needs parentheses under `outer`.
bool needs_grouping(Op inner, Op outer);

}  // namespace azoth::sql
