// SPDX-License-Identifier: MIT
// A relationship as a member of a mapped class, to one target here and to many in
// list_relationship.hpp. In a heap it holds plain pointers and keeps the other side in step; on the
// stack it holds counted ones until make() links them.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/orm/relationship_position.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace azoth::orm {

/// Is what `Relationship<"name", T, Options...>` names inside a mapped class `E`: one target or
/// none. Reading loads it when it is not loaded.
template <class E, Name N, class T, class... O>
class MappedRelationship : public detail::RelationshipPosition<E, N, T, false, O...> {
 public:
  using azoth_relationship = MappedRelationship;
  using target_type = T;
  using entity_type = E;
  static constexpr bool is_list = false;

  AZOTH_INLINE MappedRelationship() { this->declare_in_prototype(); }

  MappedRelationship(std::nullptr_t) {}

  MappedRelationship(const ptr<T>& target) { *this = target; }

  template <class U>
    requires(!std::same_as<U, T> && std::derived_from<U, T>)
  MappedRelationship(const ptr<U>& target) {
    *this = ptr<T>(target);
  }

  ~MappedRelationship() {
    if (target_) {
      destroy_target(this->owner(), target_);
    }
  }

  /// Changes the target on both sides. @throws InvalidRequestError when the objects belong to two
  /// sessions.
  MappedRelationship& operator=(const ptr<T>& target) {
    assign_target(this->owner(), this->position_.index, target_, target.object());
    return *this;
  }

  MappedRelationship& operator=(std::nullptr_t) { return *this = ptr<T>(nullptr); }

  MappedRelationship& operator=(const MappedRelationship& other) { return *this = other.get(); }

  ptr<T> get() const {
    this->before_use();
    return ptr<T>(target_);
  }

  operator ptr<T>() const { return get(); }

  ptr<T> operator->() const { return get(); }

  explicit operator bool() const { return get().object() != nullptr; }

  friend bool operator==(const MappedRelationship& a, const ptr<T>& b) { return a.get() == b; }

  friend bool operator==(const MappedRelationship& a, const MappedRelationship& b) {
    return a.get() == b.get();
  }

  friend bool operator==(const MappedRelationship& a, std::nullptr_t) { return !a; }

 private:
  friend E;

  MappedRelationship(MappedRelationship&& other) noexcept
      : target_(std::exchange(other.target_, nullptr)) {}  // with its entity, by make()

  Object* target_ = nullptr;
};

}  // namespace azoth::orm
