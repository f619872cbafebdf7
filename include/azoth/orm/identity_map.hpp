// SPDX-License-Identifier: MIT
// The identity map: which object stands for which row. Flat and weak: it holds no handles, sweeps
// filter it. One table a base class; a single integer key has a path of its own, other keys (text,
// several columns) are hashed by value.
#pragma once
#include <azoth/orm/mapper.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace azoth::orm {

/// Reads the identity of an object: its key as it stands in the database, also when it was changed
/// in memory.
std::vector<Value> identity_key(const Object& object);
/// Reads a single integer key likewise. @pre mapper_of(object).has_integer_key
std::int64_t integer_identity(const Object& object);

class IdentityMap {
 public:
  IdentityMap();
  ~IdentityMap();
  IdentityMap(const IdentityMap&) = delete;
  IdentityMap& operator=(const IdentityMap&) = delete;

  /// Finds the object of a row, or null. `mapper` may be any class of the hierarchy. @pre
  /// mapper.has_integer_key
  Object* find(const Mapper& mapper, std::int64_t key) const {
    if (mapper.base_id >= integers_.size()) {
      return nullptr;
    }
    return integers_[mapper.base_id].find(key);
  }

  /// Finds by key values in order of the primary key columns; takes integer keys too.
  Object* find(const Mapper& mapper, std::span<const Value> key) const;

  /// Adds an object under a key. @pre no object has that key.
  void insert(const Mapper& mapper, std::int64_t key, Object& object);
  void insert(const Mapper& mapper, std::span<const Value> key, Object& object);
  /// Adds an object under its own identity.
  void insert(Object& object);
  /// Removes an object by its identity; nothing happens when another object, or none, stands there.
  void erase(const Object& object);
  void erase(const Mapper& mapper, std::span<const Value> key);

  /// Drops every object without this mark, in one pass.
  void keep_marked(std::uint8_t mark) noexcept;
  void clear();
  std::size_t size() const;

  /// Calls `f(Object&)` for every object. `f` must not change the map.
  template <class F>
  void each(F&& f) const {
    for (const IntegerTable& t : integers_) {
      for (std::size_t i = 0; i < t.capacity; ++i) {
        if (t.entries[i].object) {
          f(*t.entries[i].object);
        }
      }
    }
    each_general([](void* context, Object& o) { (*static_cast<F*>(context))(o); },
                 const_cast<void*>(static_cast<const void*>(&f)));
  }

 private:
  struct Entry {
    std::int64_t key;
    Object* object;
  };

  // Open addressing without tombstones. A key stands at the place of its lowest bits, its home,
  // when that is free: the keys of a table mostly are neighbours, and then no search is longer than
  // one look. What finds its home taken stands in a chain from a scattered place on, so that keys
  // that share their lowest bits do not pile up.
  struct IntegerTable {
    std::unique_ptr<Entry[]> entries;
    std::size_t capacity = 0, count = 0;
    std::size_t displaced = 0;  ///< entries that are not at home

    std::size_t home(std::int64_t key) const {
      return static_cast<std::uint64_t>(key) & (capacity - 1);
    }

    Object* find(std::int64_t key) const {
      if (capacity == 0) {
        return nullptr;
      }
      const Entry& entry = entries[home(key)];
      if (entry.object && entry.key == key) {
        return entry.object;
      }
      return displaced ? entries[place(key)].object : nullptr;
    }

    /// Returns the place of a key, or the free one where it belongs.
    std::size_t place(std::int64_t key) const;
    std::size_t scattered(std::int64_t key) const;
    void insert(std::int64_t key, Object& object);
    void put(const Entry& entry);
    void erase(std::size_t place);
    void resize(std::size_t new_capacity);
    void keep_marked(std::uint8_t mark) noexcept;
  };
  struct General;
  void each_general(void (*f)(void*, Object&), void* context) const;
  std::vector<IntegerTable> integers_;  ///< by Mapper::base_id
  std::unique_ptr<General> general_;
};

}  // namespace azoth::orm
