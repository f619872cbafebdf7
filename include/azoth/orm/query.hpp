// SPDX-License-Identifier: MIT
// `Query`, the 1.x way of asking: `session.query<User>().filter(...).first()`. A thin layer over
// select(); new programs write `session.scalars(select<User>().where(...))`. What differs: columns
// are labelled `user_name`, rows with entities are unique without being asked for, first() sets a
// LIMIT. What does not depend on the row's types is in src/orm/query.cpp.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/orm/query_clauses.hpp>

#include <utility>

namespace azoth {

/// A query of a session: entities or columns. A value; the session must outlive it. Each method
/// returns a query and leaves the one it is called on as it was.
/// @throws InvalidRequestError `Query.filter() being called on a Query which already has LIMIT ...`
template <class... C>
class [[nodiscard]] Query : public QueryClauses<Query<C...>, C...> {
  using Clauses = QueryClauses<Query, C...>;
  friend Clauses;
  static constexpr bool has_entity = (Mapped<C> || ...);
  static constexpr bool is_single_entity = has_entity && sizeof...(C) == 1;
  using First = std::tuple_element_t<0, std::tuple<C...>>;

 public:
  Query(Session& session, const Select<C...>& select, const orm::Mapper* joined = nullptr)
      : Clauses(session, select, joined) {}

  template <class... X>
  auto with_entities(X... x) const {
    return of(select_.with_only_columns(x...));
  }

  template <class... X>
  auto add_columns(X... x) const {
    return of(appended(detail::output(x)...));
  }

  // --- asking ---

  auto all() const { return rows().all(); }

  /// Returns the first row, by a LIMIT of one; empty when there is none.
  auto first() const { return with(Select<C...>(orm::with_first_limit(select_.node()))).front(); }

  /// @throws NoResultFound, MultipleResultsFound
  auto one() const { return rows().one(); }

  auto one_or_none() const {
    auto row = rows().one_or_none();
    if constexpr (is_single_entity) {
      return row ? std::move(*row) : ptr<First>();
    } else {
      return row;
    }
  }

  /// Returns the first column of the one row; empty when there is none.
  auto scalar() const {
    auto row = only_row();
    if constexpr (is_single_entity) {
      return row ? std::move(*row) : ptr<First>();
    } else {
      using Value = std::tuple_element_t<0, typename std::decay_t<decltype(*row)>>;
      return row ? detail::Nullable<Value>(std::move(std::get<0>(*row)))
                 : detail::Nullable<Value>();
    }
  }

  /// Counts the rows of the query as a subquery.
  std::int64_t count() const {
    return session_->scalar(Select<std::int64_t>(orm::count_of(select_.node()))).value_or(0);
  }

  /// The rows from `start` to before `stop`.
  auto operator()(std::int64_t start, std::int64_t stop) const {
    return this->slice(start, stop).all();
  }

  /// @throws std::out_of_range when there is no such row
  auto operator[](std::int64_t place) const {
    auto found = this->slice(place, place + 1).all();
    if (found.empty()) {
      orm::throw_no_such_row();
    }
    return std::move(found.front());
  }

  /// Returns the rows as a result, for loops: `for (auto user : q.rows())`.
  auto rows() const {
    if constexpr (is_single_entity) {
      auto result = session_->scalars(select_, options_);
      return options_.yield_per ? std::move(result) : std::move(result).unique();
    } else if constexpr (has_entity) {
      auto result = session_->execute(select_, options_);
      return options_.yield_per ? std::move(result) : std::move(result).unique();
    } else {
      return session_->execute(select_, options_);
    }
  }

  // --- as part of other statements ---

  Expr<bool> exists() const { return Expr<bool>(orm::exists_of(select_.node())); }

  From subquery(std::string_view name = {}) const {
    return From(sql::subquery(orm::unlabelled(select_.node()), name));
  }

  /// The query as a select of the 2.0 style.
  Select<C...> statement() const { return Select<C...>(orm::unlabelled(select_.node())); }

  /// The text as the session's database takes it.
  std::string str() const { return to_string(select_.node(), session_->engine().dialect()); }

  // --- changing rows ---

  /// Updates the rows that the query finds; returns their number.
  std::int64_t update(std::initializer_list<Assign> values) const {
    const auto statement =
        Update<>(orm::changed_rows(select_.node(), sql::Kind::update)).values(values);
    const std::int64_t rows = session_->execute(statement).rowcount();
    orm::tell_bulk(*session_, statement.node(), rows);
    return rows;
  }

  /// Deletes the rows that the query finds; returns their number.
  std::int64_t delete_() const {
    const Delete<> statement(orm::changed_rows(select_.node(), sql::Kind::delete_));
    const std::int64_t rows = session_->execute(statement).rowcount();
    orm::tell_bulk(*session_, statement.node(), rows);
    return rows;
  }

 private:
  using Clauses::joined_;
  using Clauses::options_;
  using Clauses::select_;
  using Clauses::session_;
  using Clauses::with;

  template <class... D>
  Query<D...> of(const Select<D...>& select) const {
    return Query<D...>(*session_, select, joined_);
  }

  template <template <class> class... X, class... T>
  Select<C..., T...> appended(X<T>... x) const {
    sql::Ref s = select_.node();
    (detail::add_output(s, std::move(x)), ...);
    return Select<C..., T...>(std::move(s));
  }

  // The one row, or none; several are refused in the words of one().
  auto only_row() const {
    auto result = rows();
    std::optional<typename decltype(result)::row_type> row;
    try {
      row = result.one();
    } catch (const NoResultFound&) {
      row.reset();
    }
    return row;
  }

  auto front() const {
    auto found = rows().all();
    if constexpr (is_single_entity) {
      return found.empty() ? ptr<First>() : std::move(found.front());
    } else {
      using Row = typename decltype(found)::value_type;
      return found.empty() ? std::optional<Row>() : std::optional<Row>(std::move(found.front()));
    }
  }
};

template <class... E>
  requires(sizeof...(E) > 0)
auto Session::query() {
  return Query<E...>(*this, azoth::select<E...>().apply_labels());
}

template <class... X>
  requires(sizeof...(X) > 0)
auto Session::query(X... x) {
  auto statement = azoth::select(x...).apply_labels();
  return [&]<class... C>(const Select<C...>& s) { return Query<C...>(*this, s); }(statement);
}

}  // namespace azoth
