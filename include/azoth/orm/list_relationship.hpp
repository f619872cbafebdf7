// SPDX-License-Identifier: MIT
// The list form of a relationship member, its iterator, and snapshot(). See relationship.hpp.
#pragma once
#include <azoth/orm/relationship.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace azoth {

/// Marks a relationship as one to many targets: `Relationship<"addresses", List<Address>>`.
template <class T>
struct List {};

namespace orm {

/// Walks a list relationship by place and keeps its owner alive, so that growing, shrinking and
/// sweeping under a loop are defined.
template <class T>
class ListIterator {
 public:
  using value_type = ptr<T>;
  using difference_type = std::ptrdiff_t;
  using reference = ptr<T>;
  using iterator_concept = std::input_iterator_tag;

  ListIterator() = default;

  ListIterator(Object* owner, const ObjectList* list) : owner_(owner), list_(list) {}

  ptr<T> operator*() const { return ptr<T>((*list_)[place_]); }

  ListIterator& operator++() {
    ++place_;
    return *this;
  }

  void operator++(int) { ++place_; }

  friend bool operator==(const ListIterator& i, std::default_sentinel_t) {
    return i.place_ >= i.list_->size();
  }

 private:
  ptr<Object> owner_;
  const ObjectList* list_ = nullptr;
  std::size_t place_ = 0;
};

/// Is what `Relationship<"name", List<T>, Options...>` names inside a mapped class `E`: distinct
/// targets in order. Every use loads the list when it is not loaded.
template <class E, Name N, class T, class... O>
class MappedRelationship<E, N, List<T>, O...>
    : public detail::RelationshipPosition<E, N, T, true, O...> {
 public:
  using azoth_relationship = MappedRelationship;
  using target_type = T;
  using entity_type = E;
  using value_type = ptr<T>;
  using iterator = ListIterator<T>;
  using const_iterator = iterator;
  static constexpr bool is_list = true;

  MappedRelationship() { this->declare_in_prototype(); }

  MappedRelationship(std::initializer_list<ptr<T>> targets) { assign(targets); }

  /// Takes any range of handles: a vector, another object's list.
  template <class R>
    requires(!std::same_as<R, MappedRelationship> &&
             requires(const R& r) {
               r.begin();
               r.end();
             })
  MappedRelationship(const R& targets) {
    assign(targets);
  }

  ~MappedRelationship() {
    if (!list_.empty()) {
      destroy_list(this->owner(), list_);
    }
  }

  MappedRelationship& operator=(std::initializer_list<ptr<T>> targets) {
    assign(targets);
    return *this;
  }

  MappedRelationship& operator=(const MappedRelationship& other) {
    if (this != &other) {
      assign(other);
    }
    return *this;
  }

  template <class R>
    requires(!std::same_as<R, MappedRelationship> &&
             requires(const R& r) {
               r.begin();
               r.end();
             })
  MappedRelationship& operator=(const R& targets) {
    assign(targets);
    return *this;
  }

  /// Makes the list hold exactly these; members that stay are not touched.
  template <class R>
  void assign(const R& targets) {
    std::vector<ptr<T>> kept;
    std::vector<Object*> raw;
    for (ptr<T> t : targets) {
      raw.push_back(t.object());
      kept.push_back(std::move(t));
    }
    assign_list(this->owner(), this->position_.index, list_, raw.data(), raw.size());
  }

  std::size_t size() const { return read().size(); }

  bool empty() const { return read().empty(); }

  /// @throws std::out_of_range
  ptr<T> operator[](std::size_t place) const { return ptr<T>(list_at(read(), place)); }

  ptr<T> at(std::size_t place) const { return (*this)[place]; }

  ptr<T> front() const { return (*this)[0]; }

  ptr<T> back() const { return (*this)[size() - 1]; }

  bool contains(const ptr<T>& target) const { return read().contains(target.object()); }

  iterator begin() const {
    const ObjectList& list = read();
    return iterator(header(this->owner()).slab ? &this->owner() : nullptr, &list);
  }

  std::default_sentinel_t end() const { return {}; }

  /// Appends a target, here and on its other side; one that is a member already stays where it is.
  /// @throws InvalidRequestError when the objects belong to two sessions; ArgumentError for an
  /// empty handle.
  void push_back(const ptr<T>& target) {
    orm::append(this->owner(), this->position_.index, list_, target.object());
  }

  void append(const ptr<T>& target) { push_back(target); }

  /// Removes a target, here and on its other side. @throws InvalidRequestError when it is no
  /// member.
  void remove(const ptr<T>& target);

  /// Removes a target if it is a member; returns whether it was.
  bool erase(const ptr<T>& target) {
    return orm::remove(this->owner(), this->position_.index, list_, target.object());
  }

  void clear() { orm::clear(this->owner(), this->position_.index, list_); }

 private:
  friend E;

  MappedRelationship(MappedRelationship&& other) noexcept
      : list_(std::move(other.list_)) {}  // with its entity, by make()

  const ObjectList& read() const {
    this->before_use();
    return list_;
  }

  ObjectList list_;
};

/// Throws the InvalidRequestError of removing what is no member.
[[noreturn]] void throw_not_a_member(const Object& owner, unsigned attribute);

template <class E, Name N, class T, class... O>
void MappedRelationship<E, N, List<T>, O...>::remove(const ptr<T>& target) {
  if (!erase(target)) {
    throw_not_a_member(this->owner(), this->position_.index);
  }
}

}  // namespace orm

/// Returns the handles of a list as it is now, for loops that change the list while they walk.
template <orm::RelationshipMember L>
std::vector<ptr<typename L::target_type>> snapshot(const L& list) {
  std::vector<ptr<typename L::target_type>> copy;
  copy.reserve(list.size());
  for (auto p : list) {
    copy.push_back(std::move(p));
  }
  return copy;
}

}  // namespace azoth
