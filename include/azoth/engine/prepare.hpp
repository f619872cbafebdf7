// SPDX-License-Identifier: MIT
// Statements that are built once and executed often, as typed functions:
//
//   const auto by_name = prepare([](Param<std::string> name) {
//     return select(&User::id).where(col(&User::name) == name);
//   });
//   for (auto [id] : by_name(connection, "sandy")) { ... }
//
// An execution then costs what its values cost: no expression is built and no name is looked up.
// It is logged, cached and announced to listeners as any other.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/sql/condition.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace azoth {

namespace detail {
std::string name_of_parameter(std::size_t place);

// A statement with the places of its parameters among its binds.
class PreparedStatement {
 public:
  /// @throws ArgumentError for a bind parameter without a value that is none of the `parameters`
  PreparedStatement(sql::Ref statement, std::size_t parameters);

  const sql::Ref& node() const { return statement_; }

  /// Executes with these values of the parameters; texts and bytes are copied.
  CursorResult run(Connection& connection, std::span<const Literal> given) const;

 private:
  static constexpr std::size_t own_value = static_cast<std::size_t>(-1);
  sql::Ref statement_;
  std::vector<Literal> own_;         // by bind: its own value, a view of the statement's
  std::vector<std::size_t> places_;  // by bind: which parameter it is, or `own_value`
};
}  // namespace detail

/// Stands for a value of type `T` in the statement that a function given to `prepare` makes: an
/// expression, whose value each call gives.
template <class T>
class Param : public Expr<T> {
 public:
  explicit Param(std::size_t place)
      : Expr<T>(sql::bindparam(detail::name_of_parameter(place), detail::sql_type<T>())) {}
};

namespace detail {
template <class T>
struct Bare<Param<T>> : Bare<T> {};
}  // namespace detail

#define AZOTH_NULLABLE_PARAMETER                                                             \
  "azoth: a parameter that may be NULL is not compared with '==' or '!=': its value is not " \
  "known when the text is made; use is_not_distinct_from() or is_distinct_from()"

template <class T, class U>
Expr<bool> operator==(Expr<T>, Param<std::optional<U>>) {
  static_assert(std::is_void_v<U>, AZOTH_NULLABLE_PARAMETER);
  return Expr<bool>(sql::Ref());
}

template <class T, class U>
Expr<bool> operator!=(Expr<T>, Param<std::optional<U>>) {
  static_assert(std::is_void_v<U>, AZOTH_NULLABLE_PARAMETER);
  return Expr<bool>(sql::Ref());
}

template <class T, class U>
Expr<bool> operator==(Param<std::optional<U>>, Expr<T>) {
  static_assert(std::is_void_v<U>, AZOTH_NULLABLE_PARAMETER);
  return Expr<bool>(sql::Ref());
}

template <class T, class U>
Expr<bool> operator!=(Param<std::optional<U>>, Expr<T>) {
  static_assert(std::is_void_v<U>, AZOTH_NULLABLE_PARAMETER);
  return Expr<bool>(sql::Ref());
}

#undef AZOTH_NULLABLE_PARAMETER

/// A statement of type `S` that is called with values of the types `A`. Immutable; shared freely
/// between threads, connections and engines. Made by `prepare`.
template <class Signature>
class Prepared;

template <class S, class... A>
class Prepared<S(A...)> {
 public:
  explicit Prepared(S statement)
      : made_(std::move(statement)), statement_(made_.node(), sizeof...(A)) {}

  /// Executes the statement and returns its rows. @throws what `Connection::execute` throws
  typename detail::ResultOf<S>::type operator()(Connection& connection, const A&... values) const {
    if constexpr (sizeof...(A) == 0) {
      return typename detail::ResultOf<S>::type(statement_.run(connection, {}));
    } else {
      const auto held = std::make_tuple(detail::literal(values)...);
      return std::apply(
          [&](const auto&... value) {
            const Literal given[] = {Literal(value)...};
            return typename detail::ResultOf<S>::type(statement_.run(connection, given));
          },
          held);
    }
  }

  /// Executes the statement in a session, which must outlive the rows. The values are put into a
  /// copy of the statement, since loaders may ask again for what it finds.
  template <class Session>
    requires requires(Session& session, const S& statement) {
      session.execute(statement, Params());
    }
  auto operator()(Session& session, const A&... values) const {
    Params params;
    [[maybe_unused]] std::size_t place = 0;
    (params.set(detail::name_of_parameter(place++), detail::literal(values)), ...);
    return session.execute(made_, params);
  }

  /// The statement, with its parameters.
  const sql::Ref& node() const { return statement_.node(); }

 private:
  S made_;
  detail::PreparedStatement statement_;
};

namespace detail {
template <class F, class S, class... A, std::size_t... I>
Prepared<S(A...)> prepare(const F& make, S (F::*)(Param<A>...) const, std::index_sequence<I...>) {
  return Prepared<S(A...)>(make(Param<A>(I)...));
}

template <class F, class S, class... A>
Prepared<S(A...)> prepare(const F& make, S (F::*call)(Param<A>...) const) {
  return prepare(make, call, std::index_sequence_for<A...>());
}
}  // namespace detail

/// Calls a function of `Param`s once to build a statement, and returns it as a function of their
/// values, which takes the connection first. @throws ArgumentError for a `bindparam()` in the
/// statement that needs a value.
template <class F>
auto prepare(const F& make) {
  return detail::prepare(make, &F::operator());
}

}  // namespace azoth
