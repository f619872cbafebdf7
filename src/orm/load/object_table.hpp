// SPDX-License-Identifier: MIT
// Numbers objects in order of their first meeting: which parents a batch of rows has.
#pragma once
#include <azoth/orm/object.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace azoth::orm {

/// A set of object pointers with the ordinal of each. It keeps no object alive.
class ObjectTable {
 public:
  static constexpr std::uint32_t npos = ~std::uint32_t{0};

  /// Returns the ordinal of an object and whether it is new.
  std::pair<std::uint32_t, bool> insert(Object* object) {
    if (!objects_.empty() && objects_.back() == object) {
      return {static_cast<std::uint32_t>(objects_.size() - 1), false};
    }
    if (objects_.size() * 2 >= places_.size()) {
      grow();
    }
    std::uint32_t& place = places_[place_of(object)];
    if (place != npos) {
      return {place, false};
    }
    place = static_cast<std::uint32_t>(objects_.size());
    objects_.push_back(object);
    return {place, true};
  }

  /// Returns the ordinal of an object, or npos.
  std::uint32_t find(const Object* object) const {
    return places_.empty() ? npos : places_[place_of(object)];
  }

  std::span<Object* const> objects() const { return objects_; }

 private:
  std::size_t place_of(const Object* object) const {
    const std::size_t mask = places_.size() - 1;
    const std::uint64_t x = reinterpret_cast<std::uintptr_t>(object) >> 4;
    std::size_t i = (x ^ (x >> 15)) * 0x9E3779B97F4A7C15u >> 20 & mask;
    while (places_[i] != npos && objects_[places_[i]] != object) {
      i = (i + 1) & mask;
    }
    return i;
  }

  void grow() {
    places_.assign(places_.empty() ? 32 : places_.size() * 4, npos);
    for (std::uint32_t i = 0; i < objects_.size(); ++i) {
      places_[place_of(objects_[i])] = i;
    }
  }

  std::vector<Object*> objects_;
  std::vector<std::uint32_t> places_;
};

}  // namespace azoth::orm
