// SPDX-License-Identifier: MIT
// The clauses of Query: what each adds to its select, and when it is too late to add it. Query
// itself is in query.hpp; what does not depend on the row's types is in src/orm/query.cpp.
#pragma once
#include <azoth/orm/session.hpp>

#include <utility>

namespace azoth {

namespace orm {

/// Names and values of filter_by().
using FilterBy = std::initializer_list<std::pair<std::string_view, Literal>>;

// The erased work of Query, over its select.
void refuse_after_limit(const sql::Ref& select, const char* method);
sql::Ref with_filter_by(sql::Ref select, const Mapper* joined, FilterBy criteria);
sql::Ref with_first_limit(const sql::Ref& select);
sql::Ref count_of(const sql::Ref& select);
sql::Ref exists_of(const sql::Ref& select);
sql::Ref unlabelled(sql::Ref select);
/// UPDATE or DELETE of the rows that the select finds.
sql::Ref changed_rows(const sql::Ref& select, sql::Kind kind);
/// Tells listeners of after_bulk_update and after_bulk_delete.
void tell_bulk(Session& session, const sql::Ref& statement, std::int64_t rows);
[[noreturn]] void throw_no_such_row();

}  // namespace orm

// `Q` is the query that the methods return; the rows are of `C...`.
template <class Q, class... C>
class QueryClauses {
 public:
  template <class... P>
    requires(sizeof...(P) > 0)
  Q filter(P... criteria) const {
    orm::refuse_after_limit(select_.node(), "filter");
    Select<C...> s = select_;
    ((s = std::move(s).where(Predicate(criteria))), ...);
    return with(s);
  }

  template <class... P>
  Q where(P... criteria) const {
    return filter(criteria...);
  }

  /// Compares attributes of the entity joined last, else of the first: `filter_by({{"name",
  /// "ed"}})`.
  Q filter_by(orm::FilterBy criteria) const {
    orm::refuse_after_limit(select_.node(), "filter_by");
    return with(Select<C...>(orm::with_filter_by(select_.node(), joined_, criteria)));
  }

  template <class... I>
  Q order_by(I... items) const {
    orm::refuse_after_limit(select_.node(), "order_by");
    return with(select_.order_by(items...));
  }

  template <class... I>
  Q group_by(I... items) const {
    orm::refuse_after_limit(select_.node(), "group_by");
    return with(select_.group_by(items...));
  }

  Q having(Predicate p) const {
    orm::refuse_after_limit(select_.node(), "having");
    return with(select_.having(std::move(p)));
  }

  Q distinct() const { return with(select_.distinct()); }

  Q limit(std::int64_t n) const { return with(select_.limit(n)); }

  Q offset(std::int64_t n) const { return with(select_.offset(n)); }

  Q slice(std::int64_t start, std::int64_t stop) const { return with(select_.slice(start, stop)); }

  /// Joins along a relationship, to a FROM element, with or without a condition.
  template <class M, class E>
    requires RelationshipMember<M>
  Q join(M E::* m, JoinOptions o = {}) const {
    orm::refuse_after_limit(select_.node(), "join");
    return Q(*session_, select_.join(m, o), &M::target_type::mapper());
  }

  template <RelationshipPathLike R>
  Q join(const R& path, JoinOptions o = {}) const {
    orm::refuse_after_limit(select_.node(), "join");
    return with(select_.join(path, o));
  }

  Q join(const From& f) const {
    orm::refuse_after_limit(select_.node(), "join");
    return with(select_.join(f));
  }

  Q join(const From& f, Predicate on, JoinOptions o = {}) const {
    orm::refuse_after_limit(select_.node(), "join");
    return with(select_.join(f, std::move(on), o));
  }

  template <Mapped E, class... P>
  Q join(P... on) const {
    orm::refuse_after_limit(select_.node(), "join");
    return Q(*session_, Select<C...>(select_).template join<E>(on...), &E::mapper());
  }

  template <class J>
  Q outerjoin(const J& target) const {
    orm::refuse_after_limit(select_.node(), "outerjoin");
    return with(select_.outerjoin(target));
  }

  template <class... O>
  Q options(const O&... o) const {
    return with(select_.options(o...));
  }

  Q select_from(const From& f) const { return with(select_.select_from(f)); }

  /// Reads the rows in batches of `n`.
  Q yield_per(std::size_t n) const {
    Q q = self();
    q.options_.yield_per = n;
    return q;
  }

  Q populate_existing() const {
    Q q = self();
    q.options_.populate_existing = true;
    return q;
  }

 protected:
  QueryClauses(Session& session, const Select<C...>& select, const orm::Mapper* joined)
      : session_(&session), select_(select), joined_(joined) {}

  const Q& self() const { return static_cast<const Q&>(*this); }

  Q with(const Select<C...>& select) const {
    Q q = self();
    q.select_ = select;
    return q;
  }

  Session* session_;
  Select<C...> select_;
  const orm::Mapper* joined_;  ///< the class that was joined last, for filter_by()
  orm::ExecuteOptions options_{};
};

}  // namespace azoth
