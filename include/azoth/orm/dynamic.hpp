// SPDX-License-Identifier: MIT
// `Relationship<"posts", DynamicMapped<Post>, ...>`: a collection that is never loaded and reads as
// a Query of the 1.x style: `user->posts.filter(col(&Post::id) > 100).all()`. New programs write
// WriteOnlyMapped (write_only.hpp). Included by those who use it.
#pragma once
#include <azoth/orm/query.hpp>
#include <azoth/orm/write_only.hpp>

#include <iterator>
#include <memory>

namespace azoth {

/// Marks a relationship as one to many targets that are read through a query.
template <class T>
struct DynamicMapped {};

namespace orm {

/// Returns the session of an object whose members are asked for, and writes the object first if it
/// waits for that. @throws DetachedInstanceError without one
Session& session_of_members(Object& owner, unsigned attribute);
/// Says whether the members are those in memory, as there is no session to ask.
bool is_without_session(const Object& owner);

namespace detail {
struct LazyDynamic {
  static constexpr void apply(RelationshipDeclaration& d) {
    d.lazy = "dynamic";
    d.is_never_loaded = true;
  }
};
}  // namespace detail

/// Walks over the members that a query has found; keeps them.
template <class T>
class MemberIterator {
 public:
  using value_type = ptr<T>;
  using difference_type = std::ptrdiff_t;

  explicit MemberIterator(std::vector<ptr<T>> members)
      : members_(std::make_shared<std::vector<ptr<T>>>(std::move(members))) {}

  const ptr<T>& operator*() const { return (*members_)[place_]; }

  MemberIterator& operator++() {
    ++place_;
    return *this;
  }

  void operator++(int) { ++place_; }

  friend bool operator==(const MemberIterator& i, std::default_sentinel_t) {
    return i.place_ >= i.members_->size();
  }

 private:
  std::shared_ptr<std::vector<ptr<T>>> members_;
  std::size_t place_ = 0;
};

/// Is what `Relationship<"name", DynamicMapped<T>, Options...>` names inside a mapped class `E`.
/// Each reading asks the database, after a flush; of an object without session it gives what was
/// added.
template <class E, Name N, class T, class... O>
class MappedRelationship<E, N, DynamicMapped<T>, O...>
    : public detail::NeverLoaded<E, N, T, detail::LazyDynamic, O...> {
  using Base = detail::NeverLoaded<E, N, T, detail::LazyDynamic, O...>;

 public:
  using azoth_relationship = MappedRelationship;
  using Base::Base;

  MappedRelationship() = default;

  void append(const ptr<T>& target) { this->add(target); }

  template <class R>
  void extend(const R& targets) {
    this->add_all(targets);
  }

  void extend(std::initializer_list<ptr<T>> targets) { this->add_all(targets); }

  /// Returns the query of the members, in the order of OrderBy.
  /// @throws DetachedInstanceError for an object that is in no session
  Query<T> query() const {
    Session& session = session_of_members(this->owner(), this->attribute_index());
    return Query<T>(session,
                    Select<T>(select_members(this->owner(), this->attribute_index(), true)));
  }

  template <class... P>
  Query<T> filter(P... criteria) const {
    return query().filter(criteria...);
  }

  Query<T> filter_by(FilterBy criteria) const { return query().filter_by(criteria); }

  template <class... I>
  Query<T> order_by(I... items) const {
    return query().order_by(items...);
  }

  Query<T> limit(std::int64_t n) const { return query().limit(n); }

  Query<T> offset(std::int64_t n) const { return query().offset(n); }

  std::vector<ptr<T>> all() const {
    if (!is_without_session(this->owner())) {
      return query().all();
    }
    std::vector<ptr<T>> members;
    for (Object* o : added_since_flush(this->owner(), this->attribute_index())) {
      members.emplace_back(ptr<T>(o));
    }
    return members;
  }

  std::int64_t count() const {
    return is_without_session(this->owner()) ? static_cast<std::int64_t>(all().size())
                                             : query().count();
  }

  ptr<T> first() const { return query().first(); }

  ptr<T> one() const { return query().one(); }

  ptr<T> one_or_none() const { return query().one_or_none(); }

  /// @throws std::out_of_range
  ptr<T> operator[](std::int64_t place) const { return query()[place]; }

  MemberIterator<T> begin() const { return MemberIterator<T>(all()); }

  std::default_sentinel_t end() const { return {}; }

 private:
  friend E;
  MappedRelationship(MappedRelationship&&) noexcept = default;  // with its entity, by make()
};

}  // namespace orm
}  // namespace azoth
