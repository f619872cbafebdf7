// SPDX-License-Identifier: MIT
// SQL functions: the known ones typed, any other by `func::call<R>("name", ...)`. Brings case_(),
// and what stands behind a function: over(), funcfilter(), within_group().
#pragma once
#include <azoth/sql/case.hpp>
#include <azoth/sql/window.hpp>

namespace azoth {

namespace func {
namespace detail {
using azoth::detail::argument;
template <class X>
using bare_of = azoth::detail::bare_t<azoth::detail::value_t<X>>;
template <class X>
using optional_of = std::conditional_t<azoth::detail::is_any<azoth::detail::value_t<X>>,
                                       AnyType,
                                       std::optional<bare_of<X>>>;

template <class R, class... X>
Expr<R> known(std::string_view name, const X&... x) {
  sql::Refs a;
  a.reserve(sizeof...(X));
  (a.push_back(argument(x, sql::function_name(name))), ...);
  return Expr<R>(sql::function(name, std::move(a), azoth::detail::sql_type<R>()));
}

// With the type that the function's argument has.
template <class R, class X>
Expr<R> of_argument(std::string_view name, const X& x) {
  return Expr<R>(sql::function(name, {argument(x, name)}));
}
}  // namespace detail

Expr<std::int64_t> count();

template <class X>
Expr<std::int64_t> count(X x) {
  return detail::known<std::int64_t>("count", x);
}

template <class X>
auto max(X x) {
  return detail::of_argument<detail::optional_of<X>>("max", x);
}

template <class X>
auto min(X x) {
  return detail::of_argument<detail::optional_of<X>>("min", x);
}

/// Integers are summed as std::int64_t; nothing sums to NULL.
template <class X>
auto sum(X x) {
  using B = detail::bare_of<X>;
  using R = std::conditional_t<
      azoth::detail::is_any<B>,
      AnyType,
      std::optional<std::conditional_t<azoth::detail::is_integer<B>, std::int64_t, B>>>;
  return detail::of_argument<R>("sum", x);
}

template <class X>
Expr<std::optional<double>> avg(X x) {
  return detail::known<std::optional<double>>("avg", x);
}

template <class X>
Expr<std::string> lower(X x) {
  return detail::known<std::string>("lower", x);
}

template <class X>
Expr<std::string> upper(X x) {
  return detail::known<std::string>("upper", x);
}

template <class X>
Expr<std::int64_t> length(X x) {
  return detail::known<std::int64_t>("length", x);
}

template <class X>
auto abs(X x) {
  return detail::of_argument<azoth::detail::value_t<X>>("abs", x);
}

template <class X, class Y, class... Z>
auto coalesce(X x, Y y, Z... z) {
  using R = detail::bare_of<X>;
  return Expr<R>(sql::function("coalesce",
                               {detail::argument(x, "coalesce"),
                                detail::argument(y, "coalesce"),
                                detail::argument(z, "coalesce")...}));
}

Expr<DateTime> now();
Expr<DateTime> current_timestamp();
Expr<Date> current_date();

Expr<std::int64_t> row_number();
Expr<std::int64_t> rank();
Expr<std::int64_t> dense_rank();

/// `rollup(a, b)`, `cube(a, b)` and `grouping_sets(...)`, for group_by().
template <class... X>
Any rollup(X... x) {
  return detail::known<AnyType>("rollup", x...);
}

template <class... X>
Any cube(X... x) {
  return detail::known<AnyType>("cube", x...);
}

template <class... X>
Any grouping_sets(X... x) {
  return detail::known<AnyType>("grouping_sets", x...);
}

template <class X, class... Y>
Expr<std::string> concat(X x, Y... y) {
  return detail::known<std::string>("concat", x, y...);
}

/// Strings of all rows with a separator between them, as each database calls it.
template <class X, class S>
Expr<std::string> aggregate_strings(X x, S separator) {
  return detail::known<std::string>("aggregate_strings", x, separator);
}

/// Calls any function, `pkg.fn` one of a package; the caller says the type of its result.
template <class R = AnyType, class... X>
Expr<R> call(std::string_view name, X... x) {
  return detail::known<R>(name, x...);
}
}  // namespace func

}  // namespace azoth
