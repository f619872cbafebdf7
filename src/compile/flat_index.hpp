// SPDX-License-Identifier: MIT
// An index from hashes to places in somebody else's array, by open addressing: what names and
// parameters are looked up with while a statement is compiled. It holds no keys; the caller
// compares.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace azoth::compile {

/// Returns a hash of an address; neighbouring nodes fall apart.
inline std::uint32_t hash_of(const void* address) {
  return static_cast<std::uint32_t>(
      (reinterpret_cast<std::uintptr_t>(address) >> 4) * 0x9E3779B97F4A7C15u >> 32);
}

/// Returns a hash of a text.
inline std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
}

/// Finds places by hash. Not thread-safe.
class FlatIndex {
 public:
  static constexpr std::uint32_t npos = UINT32_MAX;

  /// Returns the place with this hash for which `equal(place)` holds, or npos.
  template <class Equal>
  std::uint32_t find(std::uint32_t hash, Equal equal) const {
    if (slots_.empty()) {
      return npos;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask; slots_[i].place != npos; i = (i + 1) & mask) {
      if (slots_[i].hash == hash && equal(slots_[i].place)) {
        return slots_[i].place;
      }
    }
    return npos;
  }

  /// Adds a place. @pre no equal one is there.
  void insert(std::uint32_t hash, std::uint32_t place) {
    if (2 * (size_ + 1) > slots_.size()) {
      std::vector<Slot> old(slots_.empty() ? 32 : slots_.size() * 2);
      old.swap(slots_);
      for (const Slot& s : old) {
        if (s.place != npos) {
          put(s);
        }
      }
    }
    put({hash, place});
    ++size_;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t place = npos;
  };

  void put(const Slot& slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = slot.hash & mask;
    while (slots_[i].place != npos) {
      i = (i + 1) & mask;
    }
    slots_[i] = slot;
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace azoth::compile
