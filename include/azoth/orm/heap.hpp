// SPDX-License-Identifier: MIT
// Where mapped objects live: slabs of one class each, joined into heaps. A heap is the unit of
// lifetime and of thread confinement; it is not a session. Handles (ptr.hpp) count on the object,
// the heap counts objects that have handles. docs/architecture/objects.md tells all.
#pragma once
#include <azoth/base/assert.hpp>
#include <azoth/orm/object.hpp>

#include <bit>
#include <utility>
#include <vector>

namespace azoth::orm {

class ObjectSession;

/// Returns a pointer that is unique to the calling thread.
const void* current_thread() noexcept;

/// Collects what a sweep reaches.
class Marker {
 public:
  /// Makes an object a root.
  void operator()(Object* object) {
    if (object && header(*object).mark != epoch_) {
      header(*object).mark = epoch_;
      stack_.push_back(object);
    }
  }

 private:
  friend class Heap;

  explicit Marker(std::uint8_t epoch) : epoch_(epoch) {}

  void drain();
  std::uint8_t epoch_;
  std::vector<Object*> stack_;
};

/// Owns slabs. Belongs to one thread at a time (asserted in debug builds); frees itself when it has
/// neither handles nor sessions.
class Heap {
 public:
  Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// Returns the heap of an object in a slab, making one for an object made alone.
  static Heap& of(Object& object);
  /// Brings two objects into one heap. @throws InvalidRequestError when their heaps belong to
  /// different threads.
  static void merge(Object& a, Object& b);
  /// Brings an object and a session into one heap.
  static void merge(Object& object, ObjectSession& session);

  /// Makes a default-constructed transient object in a slab, without a handle: it lives until the
  /// next sweep that does not reach it.
  Object& create(const Mapper& mapper);
  /// Sweeps if the heap has doubled since the last time; debug and sanitizer builds sweep far more
  /// often. Sessions call it at their boundaries.
  void boundary();
  /// Frees every object that neither a handle nor a session's roots reach. May delete the heap when
  /// it has no session.
  void sweep();
  /// Gives the heap with all its objects to the calling thread, which must be the only one that
  /// uses it from now on.
  void move_to_current_thread();

  std::size_t live() const { return live_; }

  std::size_t rooted() const { return rooted_; }

  /// Calls `f(Object&)` for every object. `f` must not make or free objects.
  template <class F>
  void each(F&& f) {
    for (Slab *s = slabs_, *next = nullptr; s; s = next) {
      next = s->next;
      for (std::uint64_t bits = s->used; bits; bits &= bits - 1) {
        f(*s->object(static_cast<unsigned>(std::countr_zero(bits))));
      }
    }
  }

 private:
  friend class ObjectSession;
  friend void first_handle(Object& object);
  friend void last_handle(Object& object);
  ~Heap();
  static Heap* join(Heap* a, Heap* b);
  void absorb(Object& object);
  void take(Slab* slab);
  void drop(Slab* slab);
  std::vector<Slab*>& partial(const Mapper& mapper);
  void mark_all(Marker& marker);
  void free_unmarked(std::uint8_t epoch);
  void handle_released();
  void leave(ObjectSession& session);

  Slab* slabs_ = nullptr;
  std::size_t slab_count_ = 0, live_ = 0, rooted_ = 0;
  std::size_t limit_;  ///< of live objects, at which a boundary sweeps
  std::size_t floor_ = 0, releases_ = 0, boundaries_ = 0;
  unsigned fruitless_ = 0;
  std::uint8_t epoch_ = 0;
  bool is_busy_ = false;
  const void* thread_;
  std::vector<ObjectSession*> sessions_;
  std::vector<std::pair<const Mapper*, std::vector<Slab*>>>
      partial_;  ///< slabs with free slots, by class
};

/// Count the first handle of an object into its heap, and the last one out of it (which may free
/// the object).
void first_handle(Object& object);
void last_handle(Object& object);

/// Count handles. @pre the object is in a slab.
inline void retain(Object& object) {
  if (header(object).handles++ == 0) {
    first_handle(object);
  }
}

inline void release(Object& object) {
  if (--header(object).handles == 0) {
    last_handle(object);
  }
}

}  // namespace azoth::orm
