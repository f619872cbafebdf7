// SPDX-License-Identifier: MIT
// FROM elements that are neither schema tables nor selects: lightweight tables, VALUES, samples,
// and functions that return rows.
#pragma once
#include <azoth/sql/from.hpp>
#include <azoth/sql/func.hpp>

namespace azoth {

/// Describes a table without a schema: `table("t", {column<int>("id")})`.
From table(std::string_view name,
           std::initializer_list<Any> columns = {},
           std::string_view schema = {});

/// Rows given in the statement: `values({column<int>("id"), column<std::string>("name")},
/// "v").data({{1, "a"}, {2, "b"}})`.
class Values {
 public:
  Values(std::vector<Any> columns, std::string_view name, bool literal_binds)
      : columns_(std::move(columns)), name_(name), literal_binds_(literal_binds) {}

  /// Adds rows. @throws ArgumentError for a row with another number of values than columns, when
  /// the element is made.
  Values data(std::initializer_list<std::initializer_list<Literal>> rows) const;
  Values data(const std::vector<std::vector<Value>>& rows) const;
  /// Sees the FROM elements beside it.
  Values lateral() const;
  Values alias(std::string_view name) const;

  From from() const;

  operator From() const { return from(); }

  Any c(std::string_view key) const { return from().c(key); }

 private:
  std::vector<Any> columns_;
  std::string name_;
  bool literal_binds_;
  bool is_lateral_ = false;
  std::vector<std::vector<Value>> rows_;
  mutable sql::Ref made_;  ///< the element, the same each time
};

inline Values values(std::vector<Any> columns,
                     std::string_view name = {},
                     bool literal_binds = false) {
  return {std::move(columns), name, literal_binds};
}

struct SampleOptions {
  std::string_view name{};
  std::optional<Any> seed{};  ///< REPEATABLE
};

/// Some rows of a table: `tablesample(t, func::call("bernoulli", 10))`.
From tablesample(const From& table, Any method, SampleOptions options = {});
/// Some per cent of the table's blocks: `system(n)`.
From tablesample(const From& table, double percent, SampleOptions options = {});

struct TableValuedOptions {
  std::string_view name{};
  std::string_view with_ordinality{};  ///< the name of a column that counts the rows
  bool render_derived = false;         ///< `AS name(column, ...)`
  bool with_types = false;             ///< `AS name(column TYPE, ...)`
  bool lateral = false;
  bool joins_implicitly = false;  ///< no cartesian product is meant
};

/// The rows that a function returns: `table_valued(func::call("json_each", x), {column("value")})`.
From table_valued(Any function,
                  std::initializer_list<Any> columns,
                  TableValuedOptions options = {});

/// The only column of what a function returns, which is its name too: `SELECT x FROM
/// generate_series(1, 5) AS x`.
Any column_valued(Any function, std::string_view name = {});

template <class T>
Expr<T> column_valued(Any function, std::string_view name = {}) {
  return Expr<T>(column_valued(std::move(function), name).node());
}

/// Rows of several expressions, for comparison with rows.
class Tuple : public Any {
 public:
  explicit Tuple(sql::Ref node) : Any(std::move(node)) {}

  /// `(a, b) IN ((1, 2), ...)`. @throws ArgumentError for a row of another width
  Expr<bool> in(std::initializer_list<std::initializer_list<Literal>> rows) const;
  Expr<bool> not_in(std::initializer_list<std::initializer_list<Literal>> rows) const;
  Expr<bool> in(const std::vector<std::vector<Value>>& rows) const;

  template <SelectLike S>
  Expr<bool> in(const S& select) const {
    return Expr<bool>(sql::in_select(sql::Op::in, sql::Ref(node()), select.node()));
  }

  template <SelectLike S>
  Expr<bool> not_in(const S& select) const {
    return Expr<bool>(sql::in_select(sql::Op::not_in, sql::Ref(node()), select.node()));
  }
};

template <class... X>
Tuple tuple_(X... x) {
  return Tuple(sql::tuple({detail::argument(x, "param")...}));
}

/// `ANY (select)`, `ALL (array)`: the right side of a comparison.
Any any_(Any element);
Any all_(Any element);

template <SelectLike S>
Any any_(const S& select) {
  return any_(Any(select.node()));
}

template <SelectLike S>
Any all_(const S& select) {
  return all_(Any(select.node()));
}

namespace detail {
sql::Ref try_cast(sql::Ref element, TypePtr type);
}

/// Tries to convert, with NULL where that fails; of SQL Server.
template <class T, class X>
Expr<std::optional<T>> try_cast(X x) {
  return Expr<std::optional<T>>(detail::try_cast(detail::argument(x, "param"), CppType<T>::type()));
}

}  // namespace azoth
