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
  asbool_,
  match,
  not_match,
  regexp_match,
  not_regexp_match,
  regexp_replace,
  getitem,
  json_getitem,
  json_path_getitem,
  custom  ///< text and precedence stand in the expression's OperatorOptions
};

/// Which rows around the current one a window function sees.
enum class FrameKind : std::uint8_t { none, rows, range };

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

/// What decides on parentheses.
struct Precedence {
  Op op;
  int inner;  ///< as the operator at the root of an operand
  int outer;  ///< as the operator above an operand
  bool is_self_precedent;
};

Precedence precedence(Op op);
bool needs_grouping(const Precedence& inner, const Precedence& outer);

/// Says whether an operand with outermost operator `inner` needs parentheses under `outer`.
bool needs_grouping(Op inner, Op outer);

}  // namespace azoth::sql
