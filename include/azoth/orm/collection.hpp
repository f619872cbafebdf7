// SPDX-License-Identifier: MIT
// `ObjectList`, what a list relationship holds: object pointers in order, with an index for
// membership once it is long. Knows nothing of handles, back-references or loading;
// relationship.hpp does.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>

namespace azoth::orm {

class Object;

/// Keeps distinct object pointers in order. Long lists find and remove a member in constant time;
/// the places it leaves are closed later.
class ObjectList {
 public:
  ObjectList() = default;

  ObjectList(ObjectList&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)),
        index_(std::exchange(other.index_, nullptr)) {}

  ObjectList& operator=(ObjectList&& other) noexcept {
    swap(other);
    return *this;
  }

  ~ObjectList() {
    if (data_) {
      destroy();
    }
  }

  std::size_t size() const { return size_; }

  bool empty() const { return size_ == 0; }

  /// Returns the member at a place. @pre place < size()
  Object* operator[](std::size_t place) const { return index_ ? at_indexed(place) : data_[place]; }

  bool contains(const Object* object) const;
  /// Appends without looking whether it is there already; does not throw after reserve().
  void push_back(Object* object);
  /// Makes room for `count` more members, index included.
  void reserve_more(std::size_t count);
  /// Removes a member; false when it is none.
  bool erase(const Object* object) noexcept;
  void clear() noexcept;
  void swap(ObjectList& other) noexcept;

  /// Calls `f(Object*)` for each member in order. `f` must not change the list.
  template <class F>
  void each(F&& f) const {
    const std::size_t end = index_ ? indexed_end() : size_;
    for (std::size_t i = 0; i < end; ++i) {
      if (data_[i]) {
        f(data_[i]);
      }
    }
  }

 private:
  struct Index;
  void destroy() noexcept;
  Object* at_indexed(std::size_t place) const;
  std::size_t indexed_end() const;
  void build_index() const;
  void compact() const;

  Object** data_ = nullptr;
  std::uint32_t size_ = 0, capacity_ = 0;
  mutable Index* index_ =
      nullptr;  ///< of lists longer than 64, made when membership is first asked for
};

}  // namespace azoth::orm
