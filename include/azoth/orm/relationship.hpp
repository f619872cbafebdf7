// SPDX-License-Identifier: MIT
// A relationship as a member of a mapped class: one target or a list. In a heap it holds plain pointers and keeps the other side in step;
// on the stack it holds counted ones until make() links them. The typed doors are here, the work is in src/orm/relationship.cpp.
#pragma once
#include <concepts>
#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <azoth/orm/collection.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/node.hpp>

namespace azoth {

/// Marks a relationship as one to many targets: `Relationship<"addresses", List<Address>>`.
template <class T> struct List {};

namespace orm {

/// The erased work; `owner` may be on the stack.
void load_relationship_before_use(Object& owner, unsigned attribute);  ///< @throws DetachedInstanceError
void assign_target(Object& owner, unsigned attribute, Object*& member, Object* target);
void destroy_target(Object& owner, Object* member) noexcept;
Object* list_at(const ObjectList& list, std::size_t place);  ///< @throws std::out_of_range
void append(Object& owner, unsigned attribute, ObjectList& member, Object* target);
bool remove(Object& owner, unsigned attribute, ObjectList& member, Object* target);
void clear(Object& owner, unsigned attribute, ObjectList& member);
void assign_list(Object& owner, unsigned attribute, ObjectList& member, Object* const* targets, std::size_t count);
void destroy_list(Object& owner, ObjectList& member) noexcept;
const RelationshipAttribute& relationship_attribute(const Mapper& mapper, unsigned attribute);
/// Appends the joins along a relationship to a select.
void join_along(sql::Ref& statement, const Mapper& mapper, unsigned attribute, bool is_outer);

[[noreturn]] void unreachable_mapper();

template <class T> concept MappedClass = requires { typename T::azoth_entity; };

namespace detail {
template <class T> const Mapper& mapper_of_target() {
  static_assert(MappedClass<T>, "azoth: the target of this relationship is not a mapped class (declared only, or not derived from Entity); include its definition");
  if constexpr (MappedClass<T>) { return T::mapper(); } else { unreachable_mapper(); }
}
template <class T, bool IsList, class... O> constexpr RelationshipDeclaration declare_relation(std::string_view name) {
  RelationshipDeclaration d{.name = name, .target = &mapper_of_target<T>, .is_list = IsList};
  (O::apply(d), ...);
  return d;
}
// What both forms share: where the member lies in its owner.
template <class E, Name N, class T, bool IsList, class... O> class RelationshipPosition {
 public:
  /// Returns the mapper's description of this attribute, resolved or not.
  static const RelationshipAttribute& attribute() { const Mapper& m = E::mapper(); return relationship_attribute(m, position_.index); }  // the mapper sets the position
  /// What join(&User::addresses) does.
  static void azoth_join(sql::Ref& statement, bool is_outer) { const Mapper& m = E::mapper(); join_along(statement, m, position_.index, is_outer); }

 protected:
  void declare_in_prototype() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] { declare_relationship(*b, this, position_, declaration); }
  }
  Object& owner() const { return *reinterpret_cast<Object*>(reinterpret_cast<char*>(const_cast<RelationshipPosition*>(this)) - position_.offset); }
  void before_use() const {
    const ObjectHeader& h = header(owner());
    if (h.has_extra || h.bits.unloaded) [[unlikely]] { load_relationship_before_use(owner(), position_.index); }
  }
  static constexpr RelationshipDeclaration declaration = declare_relation<T, IsList, O...>(N.view());
  static inline constinit Position position_{};
};
}  // namespace detail

/// Is what `Relationship<"name", T, Options...>` names inside a mapped class `E`: one target or none. Reading loads it when it is not loaded.
template <class E, Name N, class T, class... O> class MappedRelationship : public detail::RelationshipPosition<E, N, T, false, O...> {
 public:
  using azoth_relationship = MappedRelationship;
  using target_type = T;
  using entity_type = E;
  static constexpr bool is_list = false;

  MappedRelationship() { this->declare_in_prototype(); }
  MappedRelationship(std::nullptr_t) {}
  MappedRelationship(const ptr<T>& target) { *this = target; }
  template <class U> requires(!std::same_as<U, T> && std::derived_from<U, T>) MappedRelationship(const ptr<U>& target) { *this = ptr<T>(target); }
  ~MappedRelationship() { if (target_) { destroy_target(this->owner(), target_); } }

  /// Changes the target on both sides. @throws InvalidRequestError when the objects belong to two sessions.
  MappedRelationship& operator=(const ptr<T>& target) { assign_target(this->owner(), this->position_.index, target_, target.object()); return *this; }
  MappedRelationship& operator=(std::nullptr_t) { return *this = ptr<T>(nullptr); }
  MappedRelationship& operator=(const MappedRelationship& other) { return *this = other.get(); }

  ptr<T> get() const { this->before_use(); return ptr<T>(target_); }
  operator ptr<T>() const { return get(); }
  ptr<T> operator->() const { return get(); }
  explicit operator bool() const { return get().object() != nullptr; }
  friend bool operator==(const MappedRelationship& a, const ptr<T>& b) { return a.get() == b; }
  friend bool operator==(const MappedRelationship& a, const MappedRelationship& b) { return a.get() == b.get(); }
  friend bool operator==(const MappedRelationship& a, std::nullptr_t) { return !a; }

 private:
  friend E;
  MappedRelationship(MappedRelationship&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}  // with its entity, by make()
  Object* target_ = nullptr;
};

/// Walks a list relationship by place and keeps its owner alive, so that growing, shrinking and sweeping under a loop are defined.
template <class T> class ListIterator {
 public:
  using value_type = ptr<T>;
  using difference_type = std::ptrdiff_t;
  using reference = ptr<T>;
  using iterator_concept = std::input_iterator_tag;

  ListIterator() = default;
  ListIterator(Object* owner, const ObjectList* list) : owner_(owner), list_(list) {}
  ptr<T> operator*() const { return ptr<T>((*list_)[place_]); }
  ListIterator& operator++() { ++place_; return *this; }
  void operator++(int) { ++place_; }
  friend bool operator==(const ListIterator& i, std::default_sentinel_t) { return i.place_ >= i.list_->size(); }

 private:
  ptr<Object> owner_;
  const ObjectList* list_ = nullptr;
  std::size_t place_ = 0;
};

/// Is what `Relationship<"name", List<T>, Options...>` names inside a mapped class `E`: distinct targets in order. Every use loads the list
/// when it is not loaded.
template <class E, Name N, class T, class... O> class MappedRelationship<E, N, List<T>, O...> : public detail::RelationshipPosition<E, N, T, true, O...> {
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
  template <class R> requires(!std::same_as<R, MappedRelationship> && requires(const R& r) { r.begin(); r.end(); })
  MappedRelationship(const R& targets) { assign(targets); }
  ~MappedRelationship() { if (!list_.empty()) { destroy_list(this->owner(), list_); } }

  MappedRelationship& operator=(std::initializer_list<ptr<T>> targets) { assign(targets); return *this; }
  MappedRelationship& operator=(const MappedRelationship& other) { if (this != &other) { assign(other); } return *this; }
  template <class R> requires(!std::same_as<R, MappedRelationship> && requires(const R& r) { r.begin(); r.end(); })
  MappedRelationship& operator=(const R& targets) { assign(targets); return *this; }
  /// Makes the list hold exactly these; members that stay are not touched.
  template <class R> void assign(const R& targets) {
    std::vector<ptr<T>> kept;
    std::vector<Object*> raw;
    for (ptr<T> t : targets) { raw.push_back(t.object()); kept.push_back(std::move(t)); }
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
  iterator begin() const { const ObjectList& list = read(); return iterator(header(this->owner()).slab ? &this->owner() : nullptr, &list); }
  std::default_sentinel_t end() const { return {}; }

  /// Appends a target, here and on its other side; one that is a member already stays where it is.
  /// @throws InvalidRequestError when the objects belong to two sessions; ArgumentError for an empty handle.
  void push_back(const ptr<T>& target) { orm::append(this->owner(), this->position_.index, list_, target.object()); }
  void append(const ptr<T>& target) { push_back(target); }
  /// Removes a target, here and on its other side. @throws InvalidRequestError when it is no member.
  void remove(const ptr<T>& target);
  /// Removes a target if it is a member; returns whether it was.
  bool erase(const ptr<T>& target) { return orm::remove(this->owner(), this->position_.index, list_, target.object()); }
  void clear() { orm::clear(this->owner(), this->position_.index, list_); }

 private:
  friend E;
  MappedRelationship(MappedRelationship&& other) noexcept : list_(std::move(other.list_)) {}  // with its entity, by make()
  const ObjectList& read() const { this->before_use(); return list_; }
  ObjectList list_;
};

/// Throws the InvalidRequestError of removing what is no member.
[[noreturn]] void throw_not_a_member(const Object& owner, unsigned attribute);
template <class E, Name N, class T, class... O> void MappedRelationship<E, N, List<T>, O...>::remove(const ptr<T>& target) {
  if (!erase(target)) { throw_not_a_member(this->owner(), this->position_.index); }
}

template <class A> concept RelationshipMember = requires { typename A::azoth_relationship; };

}  // namespace orm

/// Returns the handles of a list as it is now, for loops that change the list while they walk.
template <orm::RelationshipMember L> std::vector<ptr<typename L::target_type>> snapshot(const L& list) {
  std::vector<ptr<typename L::target_type>> copy;
  copy.reserve(list.size());
  for (auto p : list) { copy.push_back(std::move(p)); }
  return copy;
}

}  // namespace azoth
