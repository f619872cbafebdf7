// SPDX-License-Identifier: MIT
// Finds the words of an object's unloaded and modified bits, wherever they are.
#pragma once
#include <azoth/orm/changes.hpp>
#include <azoth/orm/object.hpp>

namespace azoth::orm {

inline std::uint32_t* unloaded_bits(Object& object) {
  ObjectHeader& h = header(object);
  return h.has_extra ? h.extra->bits() : &h.bits.unloaded;
}

inline std::uint32_t* modified_bits(Object& object) {
  ObjectHeader& h = header(object);
  return h.has_extra ? h.extra->bits() + h.extra->words : &h.bits.modified;
}

inline const std::uint32_t* unloaded_bits(const Object& object) {
  return unloaded_bits(const_cast<Object&>(object));
}

inline const std::uint32_t* modified_bits(const Object& object) {
  return modified_bits(const_cast<Object&>(object));
}

/// Returns the object's ObjectExtra with at least that many words, making it from the inline bits.
ObjectExtra& extra_of(Object& object, std::uint32_t words);

/// Clears the modified bits, which default member initialisers have set.
void forget_given(Object& object);

}  // namespace azoth::orm
