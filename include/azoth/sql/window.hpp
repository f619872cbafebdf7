// SPDX-License-Identifier: MIT
// What stands behind a function: OVER, FILTER, WITHIN GROUP.
#pragma once
#include <azoth/sql/condition.hpp>

#include <vector>

namespace azoth {

/// The rows around the current one that a window function sees: negative counts are PRECEDING, 0 is
/// the current row, positive ones FOLLOWING, no value is UNBOUNDED.
struct Frame {
  std::optional<std::int64_t> from{}, to{};
};

/// What stands in the parentheses of OVER; at most one of `rows` and `range`.
struct WindowOptions {
  std::vector<OrderItem> partition_by{}, order_by{};
  std::optional<Frame> rows{}, range{};
};

namespace detail {
sql::Ref window(const sql::Ref& function, const WindowOptions& options);
sql::Ref order_within(const sql::Ref& function, std::initializer_list<OrderItem> order_by);
}  // namespace detail

/// Makes a window function: `over(func::row_number(), {.order_by = {&User::name}})`.
/// @throws ArgumentError when both `rows` and `range` are given.
template <class T>
Expr<T> over(const Expr<T>& f, const WindowOptions& options = {}) {
  return Expr<T>(detail::window(f.node(), options));
}

/// The same with PARTITION BY and ORDER BY alone.
template <class T>
Expr<T> over(const Expr<T>& f,
             std::initializer_list<OrderItem> partition_by,
             std::initializer_list<OrderItem> order_by = {}) {
  return Expr<T>(detail::window(f.node(), {.partition_by = partition_by, .order_by = order_by}));
}

/// Lets an aggregate function see some rows only: `count(x) FILTER (WHERE ...)`.
template <class T>
Expr<T> funcfilter(const Expr<T>& f, Predicate criterion) {
  return Expr<T>(sql::filter(sql::Ref(f.node()), std::move(criterion).release()));
}

template <class T, class U>
  requires(!std::is_convertible_v<Expr<U>, Predicate>)
Expr<T> funcfilter(const Expr<T>& f, Expr<U>) {
  static_assert(
      std::is_void_v<U>,
      "azoth: funcfilter() needs a condition (bool); compare this expression with something");
  return f;
}

/// Orders what an ordered-set aggregate sees: `percentile_cont(0.5) WITHIN GROUP (ORDER BY x)`.
template <class T, class... I>
  requires(sizeof...(I) > 0)
Expr<T> within_group(const Expr<T>& f, I... order_by) {
  return Expr<T>(detail::order_within(f.node(), {OrderItem(order_by)...}));
}

}  // namespace azoth
