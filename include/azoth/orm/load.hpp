// SPDX-License-Identifier: MIT
// `Load<T>`: a path of loader options, and the erased functions by which paths are made. The
// functions that begin paths stand in loader_options.hpp.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/relationship_path.hpp>
#include <azoth/sql/comparable.hpp>

namespace azoth {

/// The keyword arguments of defer() and load_only().
struct ColumnLoadOptions {
  bool raiseload = false;  ///< reading what is left out throws InvalidRequestError
};

/// The keyword arguments of raiseload().
struct RaiseLoadOptions {
  bool sql_only = false;  ///< objects that are in the session already may be read
};

namespace orm {

/// How a column is loaded.
enum class ColumnStrategy : std::uint8_t { load, defer, raise };

using ColumnList = std::initializer_list<const ColumnAttribute*>;

// Make the nodes of one step behind `parent` (empty: the path begins here).
sql::Ref relationship_option(const sql::Ref& parent, const PathPlace& path, LazyStrategy strategy);
sql::Ref wildcard_option(const sql::Ref& parent, std::string_view star, LazyStrategy strategy);
sql::Ref entity_option(const Mapper& mapper, const sql::Ref& place);
sql::Ref column_option(const sql::Ref& parent,
                       const Mapper& mapper,
                       ColumnList columns,
                       ColumnStrategy strategy,
                       bool is_only);
sql::Ref expression_option(const sql::Ref& parent,
                           const Mapper& mapper,
                           const ColumnAttribute& column,
                           const sql::Ref& expression);
sql::Ref all_columns_option(const sql::Ref& parent, std::string_view star, ColumnStrategy strategy);
sql::Ref group_option(const sql::Ref& parent, std::string_view group, ColumnStrategy strategy);
sql::Ref several_options(const sql::Ref& parent, std::initializer_list<sql::Ref> children);

inline ColumnStrategy deferring(ColumnLoadOptions o) {
  return o.raiseload ? ColumnStrategy::raise : ColumnStrategy::defer;
}

inline LazyStrategy raising(RaiseLoadOptions o) {
  return o.sql_only ? LazyStrategy::raise_on_sql : LazyStrategy::raise;
}

// What a step of a path is made of: a member pointer, or a path that names an alias.
template <class M, class E>
  requires RelationshipMember<M>
RelationshipPath<E, typename M::target_type, M::is_list> as_path(M E::* m) {
  return col(m);
}

template <RelationshipPathLike R>
const R& as_path(const R& path) {
  return path;
}

template <class R>
concept PathStep = requires(const R& r) { orm::as_path(r); };

}  // namespace orm

#define AZOTH_WRONG_PATH                                                                       \
  "azoth: this attribute does not belong to the class that the loader option before it leads " \
  "to"

/// A path of loader options that has arrived at the class `Target`. A value; cheap to copy.
template <class Target>
class Load {
 public:
  /// Begins a path at a class of the statement: `Load<User>().load_only(&User::name)`.
  Load() : node_(orm::entity_option(Target::mapper(), {})) {}

  /// Begins it at an alias of the class.
  explicit Load(const Aliased<Target>& alias)
      : node_(orm::entity_option(Target::mapper(), alias.node())) {}

  explicit Load(sql::Ref node) : node_(std::move(node)) {}

  const sql::Ref& node() const { return node_; }

#define AZOTH_LOADER(name, strategy_)                                           \
  template <orm::PathStep R>                                                    \
  auto name(const R& r) const {                                                 \
    return step(r, orm::LazyStrategy::strategy_);                               \
  }                                                                             \
  Load name(const char* star) const {                                           \
    return at(orm::wildcard_option(node_, star, orm::LazyStrategy::strategy_)); \
  }

  AZOTH_LOADER(selectinload, selectin)
  AZOTH_LOADER(subqueryload, subquery)
  AZOTH_LOADER(joinedload, joined)
  AZOTH_LOADER(lazyload, select)
  AZOTH_LOADER(immediateload, immediate)
  AZOTH_LOADER(noload, noload)
  AZOTH_LOADER(defaultload, from_mapping)
#undef AZOTH_LOADER

  template <orm::PathStep R>
  auto raiseload(const R& r, RaiseLoadOptions o = {}) const {
    return step(r, orm::raising(o));
  }

  Load raiseload(const char* star, RaiseLoadOptions o = {}) const {
    return at(orm::wildcard_option(node_, star, orm::raising(o)));
  }

  template <orm::PathStep R>
  auto contains_eager(const R& r) const {
    return step(r, orm::LazyStrategy::contains_eager);
  }

  template <class... M, class... E>
  Load load_only(M E::*... m) const {
    return load_only(ColumnLoadOptions{}, m...);
  }

  template <class... M, class... E>
  Load load_only(ColumnLoadOptions o, M E::*...) const {
    static_assert((ColumnMember<M> && ...), "azoth: load_only() takes columns of a mapped class");
    return columns({&M::attribute()...}, orm::deferring(o), true);
  }

  template <class M, class E>
    requires ColumnMember<M>
  Load defer(M E::*, ColumnLoadOptions o = {}) const {
    return columns({&M::attribute()}, orm::deferring(o), false);
  }

  Load defer(const char* star, ColumnLoadOptions o = {}) const {
    return at(orm::all_columns_option(node_, star, orm::deferring(o)));
  }

  template <class M, class E>
    requires ColumnMember<M>
  Load undefer(M E::*) const {
    return columns({&M::attribute()}, orm::ColumnStrategy::load, false);
  }

  Load undefer(const char* star) const {
    return at(orm::all_columns_option(node_, star, orm::ColumnStrategy::load));
  }

  Load undefer_group(std::string_view group) const {
    return at(orm::group_option(node_, group, orm::ColumnStrategy::load));
  }

  /// Several options beneath the class that the path has arrived at.
  template <class... O>
  Load options(const O&... o) const {
    return at(orm::several_options(node_, {o.node()...}));
  }

 private:
  static Load at(sql::Ref node) { return Load(std::move(node)); }

  Load columns(orm::ColumnList list, orm::ColumnStrategy strategy, bool is_only) const {
    return at(orm::column_option(node_, Target::mapper(), list, strategy, is_only));
  }

  template <class R>
  auto step(const R& r, orm::LazyStrategy strategy) const {
    const auto path = orm::as_path(r);
    using Path = std::remove_cvref_t<decltype(path)>;
    using E = typename Path::entity_type;
    static_assert(std::is_base_of_v<E, Target> || std::is_base_of_v<Target, E>, AZOTH_WRONG_PATH);
    return Load<typename Path::target_type>(
        orm::relationship_option(node_, path.place(), strategy));
  }

  sql::Ref node_;
};

#undef AZOTH_WRONG_PATH

}  // namespace azoth
