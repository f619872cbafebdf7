// SPDX-License-Identifier: MIT
// The table of operators. Precedences are SQLAlchemy's numbers (facts of its operator table); the
// rows stand in the order of `Op`.
#include <azoth/base/assert.hpp>
#include <azoth/sql/operators.hpp>

#include <array>

namespace azoth::sql {
namespace {
constexpr std::int8_t lowest = -100;

// text, precedence, is_comparison, is_self_precedent, negation, mirror
constexpr std::array table{
    OpInfo{"", lowest, false, false, Op::none, Op::none},            // none
    OpInfo{" = ", 5, true, false, Op::ne, Op::eq},                   // eq
    OpInfo{" != ", 5, true, false, Op::eq, Op::ne},                  // ne
    OpInfo{" < ", 5, true, false, Op::ge, Op::gt},                   // lt
    OpInfo{" <= ", 5, true, false, Op::gt, Op::ge},                  // le
    OpInfo{" > ", 5, true, false, Op::le, Op::lt},                   // gt
    OpInfo{" >= ", 5, true, false, Op::lt, Op::le},                  // ge
    OpInfo{" + ", 7, false, true, Op::none, Op::none},               // add
    OpInfo{" - ", 7, false, false, Op::none, Op::none},              // sub
    OpInfo{" * ", 8, false, true, Op::none, Op::none},               // mul
    OpInfo{" / ", 8, false, false, Op::none, Op::none},              // div
    OpInfo{" % ", 8, false, false, Op::none, Op::none},              // mod
    OpInfo{"-", 8, false, false, Op::none, Op::none},                // neg
    OpInfo{" || ", 6, false, true, Op::none, Op::none},              // concat
    OpInfo{" AND ", 3, false, true, Op::none, Op::none},             // and_
    OpInfo{" OR ", 2, false, true, Op::none, Op::none},              // or_
    OpInfo{"NOT ", 5, false, false, Op::none, Op::none},             // not_
    OpInfo{" IS ", 5, true, false, Op::is_not, Op::none},            // is
    OpInfo{" IS NOT ", 5, true, false, Op::is, Op::none},            // is_not
    OpInfo{" IN ", 5, true, false, Op::not_in, Op::none},            // in
    OpInfo{" NOT IN ", 5, true, false, Op::in, Op::none},            // not_in
    OpInfo{" LIKE ", 5, true, false, Op::not_like, Op::none},        // like
    OpInfo{" NOT LIKE ", 5, true, false, Op::like, Op::none},        // not_like
    OpInfo{" ILIKE ", 5, true, false, Op::not_ilike, Op::none},      // ilike
    OpInfo{" NOT ILIKE ", 5, true, false, Op::ilike, Op::none},      // not_ilike
    OpInfo{" BETWEEN ", 5, true, false, Op::not_between, Op::none},  // between
    OpInfo{" NOT BETWEEN ", 5, true, false, Op::between, Op::none},  // not_between
    OpInfo{" IS DISTINCT FROM ", 5, true, false, Op::is_not_distinct_from, Op::none},
    OpInfo{" IS NOT DISTINCT FROM ", 5, true, false, Op::is_distinct_from, Op::none},
    OpInfo{"EXISTS ", 0, false, false, Op::none, Op::none},                // exists
    OpInfo{"DISTINCT ", 5, false, false, Op::none, Op::none},              // distinct
    OpInfo{" COLLATE ", 4, false, false, Op::none, Op::none},              // collate
    OpInfo{", ", -1, false, true, Op::none, Op::none},                     // comma
    OpInfo{" ASC", 3, false, false, Op::none, Op::none},                   // asc
    OpInfo{" DESC", 3, false, false, Op::none, Op::none},                  // desc
    OpInfo{" NULLS FIRST", 100, false, false, Op::none, Op::none},         // nulls_first
    OpInfo{" NULLS LAST", 100, false, false, Op::none, Op::none},          // nulls_last
    OpInfo{"", 5, true, false, Op::is_false, Op::none},                    // is_true
    OpInfo{"", 5, true, false, Op::is_true, Op::none},                     // is_false
    OpInfo{"ANY ", 15, false, false, Op::none, Op::none},                  // any_
    OpInfo{"ALL ", 15, false, false, Op::none, Op::none},                  // all_
    OpInfo{" AS ", -1, false, false, Op::none, Op::none},                  // as_
    OpInfo{" LIKE ", lowest, true, false, Op::not_startswith, Op::none},   // startswith
    OpInfo{" NOT LIKE ", lowest, true, false, Op::startswith, Op::none},   // not_startswith
    OpInfo{" LIKE ", lowest, true, false, Op::not_endswith, Op::none},     // endswith
    OpInfo{" NOT LIKE ", lowest, true, false, Op::endswith, Op::none},     // not_endswith
    OpInfo{" LIKE ", lowest, true, false, Op::not_contains, Op::none},     // contains
    OpInfo{" NOT LIKE ", lowest, true, false, Op::contains, Op::none},     // not_contains
    OpInfo{"", -10, false, false, Op::none, Op::none},                     // asbool_
    OpInfo{" MATCH ", 5, true, false, Op::not_match, Op::none},            // match
    OpInfo{" MATCH ", 5, true, false, Op::match, Op::none},                // not_match
    OpInfo{" <regexp> ", 5, true, false, Op::not_regexp_match, Op::none},  // regexp_match
    OpInfo{" <not regexp> ", 5, true, false, Op::regexp_match, Op::none},  // not_regexp_match
    OpInfo{"", 5, false, false, Op::none, Op::none},                       // regexp_replace
    OpInfo{"", 15, false, false, Op::none, Op::none},                      // getitem
    OpInfo{"", 15, false, false, Op::none, Op::none},                      // json_getitem
    OpInfo{"", 15, false, false, Op::none, Op::none},                      // json_path_getitem
    OpInfo{"", 0, false, false, Op::none, Op::none},                       // custom
};
static_assert(table.size() == static_cast<std::size_t>(Op::custom) + 1);
}  // namespace

const OpInfo& info(Op op) {
  return table[static_cast<std::size_t>(op)];
}

// An operator that the table gives no precedence binds weakest as an operand and strongest above
// one.
Precedence precedence(Op op) {
  const OpInfo& i = info(op);
  return {op, i.precedence, i.precedence == lowest ? -lowest : i.precedence, i.is_self_precedent};
}

bool needs_grouping(const Precedence& inner, const Precedence& outer) {
  if (inner.op == Op::none || outer.op == Op::none) {
    return false;
  }
  if (inner.op == outer.op && inner.is_self_precedent && outer.is_self_precedent) {
    return false;
  }
  return inner.inner <= outer.outer;
}

bool needs_grouping(Op inner, Op outer) {
  return needs_grouping(precedence(inner), precedence(outer));
}

}  // namespace azoth::sql
