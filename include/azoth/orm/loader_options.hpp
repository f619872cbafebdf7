// SPDX-License-Identifier: MIT
// Loader options: how relationships and columns of the entities of one statement are loaded.
// `selectinload(&Playlist::tracks).joinedload(&Track::album)` is a path; each step names an
// attribute of the class that the step before leads to.
#pragma once
#include <azoth/orm/load.hpp>

namespace azoth {

/// Options that name no class: they apply to every entity of the statement, or where options()
/// puts them.
class AnyLoad {
 public:
  explicit AnyLoad(sql::Ref node) : node_(std::move(node)) {}

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

namespace orm {
template <class R>
auto first_step(const R& r, LazyStrategy strategy) {
  const auto path = as_path(r);
  using Path = std::remove_cvref_t<decltype(path)>;
  return Load<typename Path::target_type>(relationship_option({}, path.place(), strategy));
}
}  // namespace orm

#define AZOTH_LOADER(name, strategy_)                                             \
  template <orm::PathStep R>                                                      \
  auto name(const R& r) {                                                         \
    return orm::first_step(r, orm::LazyStrategy::strategy_);                      \
  }                                                                               \
  inline AnyLoad name(const char* star) {                                         \
    return AnyLoad(orm::wildcard_option({}, star, orm::LazyStrategy::strategy_)); \
  }

/// Loads the related objects of all entities of the result by further statements `... WHERE key IN
/// (...)`. Each loader also takes "*": all relationships that no other option names.
AZOTH_LOADER(selectinload, selectin)
/// The same by the statement itself as a subquery, to which the related table is joined.
AZOTH_LOADER(subqueryload, subquery)
/// Loads the related objects in the same statement, by a LEFT OUTER JOIN.
AZOTH_LOADER(joinedload, joined)
/// Loads the related objects when they are first read.
AZOTH_LOADER(lazyload, select)
/// Loads the related objects of each entity by a statement of its own, now.
AZOTH_LOADER(immediateload, immediate)
/// Leaves the relationship empty.
AZOTH_LOADER(noload, noload)
/// Leaves the loading as the mapping says, for options beneath it.
AZOTH_LOADER(defaultload, from_mapping)
#undef AZOTH_LOADER

/// Refuses to load: reading the relationship throws InvalidRequestError.
template <orm::PathStep R>
auto raiseload(const R& r, RaiseLoadOptions o = {}) {
  return orm::first_step(r, orm::raising(o));
}

inline AnyLoad raiseload(const char* star, RaiseLoadOptions o = {}) {
  return AnyLoad(orm::wildcard_option({}, star, orm::raising(o)));
}

/// Fills the relationship from the columns of a join that the statement has already:
/// `contains_eager(&User::addresses)`, of an alias
/// `contains_eager(col(&User::addresses).of_type(a))`.
template <orm::PathStep R>
auto contains_eager(const R& r) {
  return orm::first_step(r, orm::LazyStrategy::contains_eager);
}

/// Loads only these columns, and the primary key; others when they are read.
template <class... M, class E>
Load<E> load_only(ColumnLoadOptions o, M E::*... m) {
  return Load<E>(sql::Ref()).load_only(o, m...);
}

template <class... M, class E>
Load<E> load_only(M E::*... m) {
  return Load<E>(sql::Ref()).load_only(m...);
}

/// Leaves a column out until it is read.
template <class M, class E>
  requires ColumnMember<M>
Load<E> defer(M E::* m, ColumnLoadOptions o = {}) {
  return Load<E>(sql::Ref()).defer(m, o);
}

inline AnyLoad defer(const char* star, ColumnLoadOptions o = {}) {
  return AnyLoad(orm::all_columns_option({}, star, orm::deferring(o)));
}

/// Loads a column that the mapping defers, or "*": all of them.
template <class M, class E>
  requires ColumnMember<M>
Load<E> undefer(M E::* m) {
  return Load<E>(sql::Ref()).undefer(m);
}

inline AnyLoad undefer(const char* star) {
  return AnyLoad(orm::all_columns_option({}, star, orm::ColumnStrategy::load));
}

/// Loads the columns of a group that the mapping defers.
inline AnyLoad undefer_group(std::string_view group) {
  return AnyLoad(orm::group_option({}, group, orm::ColumnStrategy::load));
}

}  // namespace azoth
