// SPDX-License-Identifier: MIT
// The typed CASE.
#pragma once
#include <azoth/sql/condition.hpp>

namespace azoth {

/// One branch of case_(): `{condition, result}`.
template <class R>
struct When {
  Predicate condition;
  R result;
};
template <class R>
When(Predicate, R) -> When<R>;

template <class C, class R>
When<R> when(C condition, R result) {
  return {Predicate(std::move(condition)), std::move(result)};
}

/// `CASE WHEN ... THEN ... ELSE ... END`: case_({when(a, 1), when(b, 2)}, 0). The result's type is
/// that of the branches.
template <class R, class O>
Expr<detail::value_t<R>> case_(std::initializer_list<When<R>> whens, O otherwise) {
  static_assert(ComparableWith<detail::value_t<R>, detail::value_t<O>>,
                "azoth: the branches of case_() have different types");
  sql::Refs nodes;
  for (const When<R>& w : whens) {
    nodes.push_back(Predicate(w.condition).release());
    nodes.push_back(detail::argument(w.result, "param"));
  }
  return Expr<detail::value_t<R>>(
      sql::case_({}, std::move(nodes), detail::argument(otherwise, "param")));
}

}  // namespace azoth
