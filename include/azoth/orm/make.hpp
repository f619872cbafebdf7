// SPDX-License-Identifier: MIT
// make(): moves an entity from the stack into a slab of its own and links its relationships.
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/ptr.hpp>

#include <concepts>
#include <memory>
#include <new>
#include <utility>

namespace azoth {

namespace orm {
struct SlabDeleter {
  void operator()(Slab* slab) const noexcept { Slab::destroy(slab); }
};

using OwnedSlab = std::unique_ptr<Slab, SlabDeleter>;
/// Allocates the slab of an object that is made alone.
OwnedSlab lone_slab(const Mapper& mapper);
/// Takes the object just constructed in the slab's only slot and links its relationships, all or
/// none.
ptr<Object> settle(OwnedSlab slab, Object& object);
}  // namespace orm

/// Makes a mapped object: `make<User>({.name = "x", .addresses = {make<Address>({...})}})`. It is
/// transient until it is added to a session or related to an object of one. Either every
/// relationship given is linked or, when one is refused, none.
/// @throws InvalidRequestError when related objects belong to two sessions.
template <class T>
ptr<T> make(T&& value) {
  static_assert(!std::is_reference_v<T>,
                "azoth: make takes a value: make<User>({...}) or make(std::move(user))");
  orm::OwnedSlab slab = orm::lone_slab(T::mapper());
  T* object = ::new (slab->at(0)) T(std::move(value));
  return ptr<T>(orm::settle(std::move(slab), *object).object());
}

/// Makes a mapped object that a function fills: `make<Engineer>([](Engineer& e) { e.name = "x";
/// })`, the way for inherited attributes.
template <class T, class F>
  requires std::invocable<F&, T&>
ptr<T> make(F&& fill) {
  orm::OwnedSlab slab = orm::lone_slab(T::mapper());
  T* object = ::new (slab->at(0)) T{};  // in place: attributes of mixins can't be moved
  try {
    fill(*object);
  } catch (...) {
    object->~T();
    throw;
  }
  return ptr<T>(orm::settle(std::move(slab), *object).object());
}

}  // namespace azoth
