// SPDX-License-Identifier: MIT
// The rarer clauses of SELECT: hints, prefixes, FETCH, correlation, joins between named sides.
// Their bodies are ordinary functions; what every program uses stands in select_methods.hpp.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/sql/from.hpp>

namespace azoth {

template <class... C>
class Select;

struct JoinOptions {
  bool isouter = false;  ///< LEFT OUTER JOIN
  bool full = false;     ///< FULL OUTER JOIN
};

struct FetchOptions {  ///< of fetch()
  bool with_ties = false, percent = false;
};

struct ForUpdateOptions {  ///< of with_for_update()
  bool nowait = false, read = false, skip_locked = false, key_share = false;
  std::vector<From> of{};  ///< only rows of these tables are locked
};

struct CteOptions {
  bool recursive = false;
  bool nesting =
      false;  ///< stands within the statement that uses it, not ahead of the outermost one
};

namespace detail {

sql::Ref text_part(std::string_view text, std::string_view dialect);
sql::Ref hint(const sql::Ref& from, std::string_view text, std::string_view dialect);
sql::Ref locking(const ForUpdateOptions& options);
sql::Ref with_parts(sql::Ref statement, sql::Clause clause, std::initializer_list<From> froms);
sql::Ref with_parts(sql::Ref statement, sql::Clause clause, std::initializer_list<OrderItem> items);
sql::Ref with_part(sql::Ref statement, sql::Clause clause, sql::Ref part);
sql::Ref without(sql::Ref statement, sql::Clause clause);
sql::Ref with_slice(sql::Ref statement, std::int64_t start, std::int64_t stop);
/// Returns what an INSERT, UPDATE or DELETE changes.
const sql::Ref& target_of(const sql::Ref& statement);
sql::Ref with_flag(sql::Ref statement, sql::Flag flag);
sql::Ref make_cte(const sql::Ref& statement, std::string_view name, CteOptions options);
sql::Ref lateral(const sql::Ref& statement, std::string_view name);
sql::Ref joined(sql::Ref statement, sql::Ref left, const From& f, sql::Ref on, JoinOptions options);

}  // namespace detail

// `Self` is the class that the methods return; it has `node()`.
template <class Self>
class SelectClauses {
 public:
  /// `DISTINCT ON (a, b)`, of PostgreSQL.
  template <class... I>
    requires(sizeof...(I) > 0)
  Self distinct(I... items) const {
    return Self(detail::with_parts(mine(), sql::Clause::distinct_on, {OrderItem(items)...}));
  }

  /// `FETCH FIRST n ROWS ONLY`, or WITH TIES; takes the place of LIMIT. @throws ArgumentError for a
  /// negative number
  Self fetch(std::int64_t n, FetchOptions o = {}) const {
    return with_only(sql::Clause::fetch, sql::fetch(n, o.with_ties, o.percent));
  }

  /// LIMIT and OFFSET by the places of the first row and of the one behind the last.
  Self slice(std::int64_t start, std::int64_t stop) const {
    return Self(detail::with_slice(mine(), start, stop));
  }

  /// LIMIT by an expression, as a parameter that is given at execution.
  Self limit(Any n) const { return with_only(sql::Clause::limit, std::move(n).release()); }

  Self offset(Any n) const { return with_only(sql::Clause::offset, std::move(n).release()); }

  // Mapped classes as FROM elements: `s.select_from<User>()`, `s.join_from<User, Address>()`.
  template <Mapped E>
  Self select_from() const {
    return with(sql::Clause::from, E::azoth_entity_node());
  }

  template <Mapped L, Mapped R>
  Self join_from(JoinOptions o = {}) const {
    return Self(
        detail::joined(mine(), L::azoth_entity_node(), From(R::azoth_entity_node()), {}, o));
  }

  /// Joins along a relationship whose class need not be among the columns.
  template <Mapped L, class M, class E>
    requires RelationshipMember<M>
  Self join_from(M E::*, JoinOptions o = {}) const {
    return along(&M::azoth_join, o);
  }

  template <class M, class E>
    requires RelationshipMember<M>
  Self join(M E::*, JoinOptions o) const {
    return along(&M::azoth_join, o);
  }

  /// Joins along a relationship of an alias, or to an alias: `s.join(u[&User::addresses])`.
  template <RelationshipPathLike R>
  Self join(const R& path, JoinOptions o = {}) const {
    sql::Ref s = mine();
    path.azoth_join(s, o.isouter, o.full);
    return Self(std::move(s));
  }

  /// Joins an alias along a relationship: `s.join(boss, &User::boss)`.
  template <class A, class M, class E>
    requires RelationshipMember<M>
  Self join(const A& target, M E::* m, JoinOptions o = {}) const {
    return join(col(m).of_type(target), o);
  }

  template <RelationshipPathLike R>
  Self outerjoin(const R& path) const {
    return join(path, {.isouter = true});
  }

  /// Groups by all columns of a mapped class.
  template <Mapped E>
  Self group_by() const {
    return with(sql::Clause::group_by, E::azoth_entity_node());
  }

  /// Leaves a mapped class to the enclosing statement.
  template <Mapped E>
  Self correlate() const {
    return with(sql::Clause::correlate, E::azoth_entity_node());
  }

  /// Drops what order_by() has said so far.
  Self order_by(std::nullopt_t) const {
    return Self(detail::without(mine(), sql::Clause::order_by));
  }

  Self group_by(std::nullopt_t) const {
    return Self(detail::without(mine(), sql::Clause::group_by));
  }

  Self with_for_update(const ForUpdateOptions& o = {}) const {
    return with_only(sql::Clause::for_update, detail::locking(o));
  }

  Self join(const From& f, Predicate on, JoinOptions o) const {
    return Self(detail::joined(mine(), {}, f, std::move(on).release(), o));
  }

  /// Joins two named sides: `join_from(users, orders)`; foreign keys give the condition.
  Self join_from(const From& left, const From& right, JoinOptions o = {}) const {
    return Self(detail::joined(mine(), left.node(), right, {}, o));
  }

  Self join_from(const From& left, const From& right, Predicate on, JoinOptions o = {}) const {
    return Self(detail::joined(mine(), left.node(), right, std::move(on).release(), o));
  }

  Self outerjoin_from(const From& left, const From& right) const {
    return Self(detail::joined(mine(), left.node(), right, {}, {.isouter = true}));
  }

  Self outerjoin_from(const From& left, const From& right, Predicate on) const {
    return Self(
        detail::joined(mine(), left.node(), right, std::move(on).release(), {.isouter = true}));
  }

  /// Puts text behind SELECT, for one dialect or for all (`*`).
  Self prefix_with(std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::prefix, detail::text_part(text, dialect));
  }

  /// Puts text behind the statement.
  Self suffix_with(std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::suffix, detail::text_part(text, dialect));
  }

  /// Gives one database advice about a FROM element; `%(name)s` in the text is its name.
  Self with_hint(const From& f, std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::hint, detail::hint(f.node(), text, dialect));
  }

  Self with_statement_hint(std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::statement_hint, detail::hint({}, text, dialect));
  }

  /// As a subquery, leaves these FROM elements to the enclosing statement; others never.
  template <class... F>
    requires(sizeof...(F) > 0)
  Self correlate(const F&... f) const {
    return Self(detail::with_parts(mine(), sql::Clause::correlate, {From(f)...}));
  }

  /// As a subquery, leaves nothing to the enclosing statement.
  Self correlate(std::nullopt_t) const { return with(sql::Clause::correlate, sql::null()); }

  template <class... F>
    requires(sizeof...(F) > 0)
  Self correlate_except(const F&... f) const {
    return Self(detail::with_parts(mine(), sql::Clause::correlate_except, {From(f)...}));
  }

  /// Puts a common table expression ahead of the statement though nothing refers to it.
  Self add_cte(const From& cte) const { return with(sql::Clause::cte, cte.node()); }

  From cte(std::string_view name, CteOptions o) const {
    return From(detail::make_cte(mine(), name, o));
  }

  /// Makes the statement a FROM element that sees those beside it: `LATERAL (SELECT ...) AS name`.
  From lateral(std::string_view name = {}) const { return From(detail::lateral(mine(), name)); }

  /// Returns text and parameters for reading: `s.compile({.dialect = &dialect("oracle"),
  /// .literal_binds = true}).string`; needs <azoth/compile/print.hpp>. @throws CompileError
  template <class A = CompileArguments>
  auto compile(const A& arguments = {}) const {
    return compile_statement(mine(), arguments);
  }

  /// Returns the columns of the columns clause themselves, not those of a subquery:
  /// `s.where(s.selected_columns()["name"] == "x")` adds no FROM element.
  ColumnCollection selected_columns() const { return detail::selected_columns(mine()); }

 protected:
  AZOTH_INLINE Self along(void (*join)(sql::Ref&, bool, bool), JoinOptions o) const {
    sql::Ref s = mine();
    join(s, o.isouter, o.full);
    return Self(std::move(s));
  }

 private:
  AZOTH_INLINE const sql::Ref& mine() const { return static_cast<const Self&>(*this).node(); }

  Self with(sql::Clause c, sql::Ref part) const {
    return Self(detail::with_part(mine(), c, std::move(part)));
  }

  Self with_only(sql::Clause c, sql::Ref part) const {
    return Self(detail::with_part(detail::without(mine(), c), c, std::move(part)));
  }
};

}  // namespace azoth
