// SPDX-License-Identifier: MIT
// `ptr<T>`, the handle of a mapped object. Whatever is reachable from it through relationships
// stays alive.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/orm/heap.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace azoth {

template <class T>
class ptr;

namespace orm {
/// Says whether the object's class is, or inherits from, the mapper's class.
bool is_instance(const Object& object, const Mapper& mapper);
/// Checks that the object lives in a slab. @throws InvalidRequestError when it is on the stack.
Object* in_slab(Object& object);
/// Throws ArgumentError in debug builds when a handle is made inside the prototype of a mapped
/// class.
void refuse_handle_member(const void* handle);
}  // namespace orm

/// Keeps a mapped object alive, and everything connected with it. T may be incomplete. As cheap as
/// a pointer with a plain counter: handles of one heap belong to one thread at a time.
template <class T>
class ptr {
 public:
  using element_type = T;

  AZOTH_INLINE ptr() noexcept {
#if AZOTH_ASSERTIONS
    orm::refuse_handle_member(this);
#endif
  }

  ptr(std::nullptr_t) noexcept {}

  /// Makes a handle of an object that lives in a heap. @throws InvalidRequestError for an object on
  /// the stack.
  explicit ptr(T& object) : ptr(orm::in_slab(object)) {}

  /// Makes a handle of an object whose class is known to be T; internal.
  AZOTH_INLINE explicit ptr(orm::Object* object) : object_(object) {
    if (object_) {
      orm::retain(*object_);
    }
  }

  AZOTH_INLINE ptr(const ptr& other) : ptr(other.object_) {}

  AZOTH_INLINE ptr(ptr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}

  /// A handle of a class derived from T.
  template <class U>
    requires(!std::same_as<U, T> && std::derived_from<U, T>)
  ptr(const ptr<U>& other) : ptr(other.object()) {}

  /// Takes over a handle of an object whose class is known to be T; internal.
  template <class U>
    requires(std::same_as<U, orm::Object> && !std::same_as<T, orm::Object>)
  explicit ptr(ptr<U>&& object) noexcept : object_(std::exchange(object.object_, nullptr)) {}

  AZOTH_INLINE ~ptr() {
    if (object_) {
      orm::release(*object_);
    }
  }

  AZOTH_INLINE ptr& operator=(ptr other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }

  AZOTH_INLINE T* operator->() const { return static_cast<T*>(object_); }

  T& operator*() const& { return *static_cast<T*>(object_); }

  T& operator*() const&& =
      delete;  // User& u = *session.get<User>(1) would not keep the object: hold the ptr

  T* get() const& { return static_cast<T*>(object_); }

  T* get() const&& = delete;

  explicit operator bool() const { return object_ != nullptr; }

  /// Returns the object without its class; internal.
  orm::Object* object() const { return object_; }

  template <class U>
  friend bool operator==(const ptr& a, const ptr<U>& b) {
    return a.object() == b.object();
  }

  friend bool operator==(const ptr& a, std::nullptr_t) { return !a.object_; }

 private:
  template <class>
  friend class ptr;

  orm::Object* object_ = nullptr;
};

/// Returns a handle of the derived class, or an empty one when the object is not of that class.
template <class Derived, class Base>
ptr<Derived> ptr_cast(const ptr<Base>& base) {
  static_assert(std::derived_from<Derived, Base>,
                "azoth: ptr_cast goes from a mapped class to one that inherits from it");
  return base && orm::is_instance(*base.object(), Derived::mapper()) ? ptr<Derived>(base.object())
                                                                     : ptr<Derived>();
}

}  // namespace azoth

/// Hashes a handle by its object's identity.
template <class T>
struct std::hash<azoth::ptr<T>> {
  std::size_t operator()(const azoth::ptr<T>& p) const noexcept {
    return reinterpret_cast<std::uintptr_t>(p.object()) >> 4;
  }
};
