// SPDX-License-Identifier: MIT
// Slabs and heaps: allocation, joining, marking and sweeping. docs/architecture/objects.md tells
// the mechanism; the numbers behind the choices (relabelling against union-find, one filter pass a
// sweep, doubling) stand there too.
#include "orm/bits.hpp"
#include "orm/poison.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/heap.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/object_session.hpp>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

namespace azoth::orm {

namespace {
constexpr std::size_t least_limit = 1024;      // live objects below which a boundary does not sweep
constexpr std::size_t slab_bytes = 64 * 1024;  // above this a slab has fewer slots
constexpr std::size_t debug_pace = 512;  // debug builds sweep at least once in live/512 boundaries

std::uint32_t slots_for(const Mapper& mapper) {
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(slab_bytes / mapper.size, 4, 64));
}

}  // namespace

const void* current_thread() noexcept {
  static thread_local char here;
  return &here;
}

// ---- heaps ----

Heap::Heap() : limit_(least_limit), thread_(current_thread()) {}

Heap::~Heap() {
  is_busy_ = true;
  each([](Object& o) { mapper_of(o).destroy(&o); });
  while (slabs_) {
    drop(slabs_);
  }
}

void Heap::take(Slab* slab) {
  slab->heap = this;
  slab->previous = nullptr;
  slab->next = slabs_;
  if (slabs_) {
    slabs_->previous = slab;
  }
  slabs_ = slab;
  ++slab_count_;
}

void Heap::drop(Slab* slab) {
  (slab->previous ? slab->previous->next : slabs_) = slab->next;
  if (slab->next) {
    slab->next->previous = slab->previous;
  }
  --slab_count_;
  Slab::destroy(slab);
}

std::vector<Slab*>& Heap::partial(const Mapper& mapper) {
  for (auto& [m, slabs] : partial_) {
    if (m == &mapper) {
      return slabs;
    }
  }
  return partial_.emplace_back(&mapper, std::vector<Slab*>{}).second;
}

Object& Heap::create(const Mapper& mapper) {
  AZOTH_ASSERT(thread_ == current_thread());
  std::vector<Slab*>& slabs = partial(mapper);
  while (!slabs.empty() && slabs.back()->used == slabs.back()->full()) {
    slabs.pop_back();
  }
  if (slabs.empty()) {
    slabs.reserve(1);
    take(Slab::create(mapper, slots_for(mapper)));
    slabs.push_back(slabs_);
  }
  Slab* slab = slabs.back();
  const auto slot = static_cast<unsigned>(std::countr_zero(~slab->used));
  Object* object = mapper.construct(slab->open(slot));  // when it throws, the slot is still free
  slab->used |= std::uint64_t{1} << slot;
  ++live_;
  header(*object).slab = slab;
  forget_given(*object);
  return *object;
}

void Heap::absorb(Object& object) {
  take(header(object).slab);
  ++live_;
  rooted_ += header(object).handles > 0;
}

Heap& Heap::of(Object& object) {
  if (!header(object).slab->heap) {
    (new Heap)->absorb(object);
  }
  return *header(object).slab->heap;
}

void Heap::merge(Object& a, Object& b) {
  if (&a == &b) {
    return;
  }
  Heap* of_a = header(a).slab->heap;
  Heap* of_b = header(b).slab->heap;
  if (!of_b) {
    of(a).absorb(b);
  } else if (!of_a) {
    of_b->absorb(a);
  } else {
    join(of_a, of_b);
  }
}

void Heap::merge(Object& object, ObjectSession& session) {
  if (Heap* heap = header(object).slab->heap) {
    join(heap, &session.heap());
  } else {
    session.heap().absorb(object);
  }
}

// Relabels the smaller into the larger; objects do not move.
Heap* Heap::join(Heap* a, Heap* b) {
  if (a == b) {
    return a;
  }
  if (a->thread_ != b->thread_) {
    throw InvalidRequestError(
        "Objects of two threads cannot be related: a session, its objects and their handles belong "
        "to one thread at a time; "
        "pass keys between threads, or the session with all its objects");
  }
  AZOTH_ASSERT(a->thread_ == current_thread());
  if (a->slab_count_ > b->slab_count_) {
    std::swap(a, b);
  }
  for (auto& [mapper, slabs] : a->partial_) {
    std::vector<Slab*>& into = b->partial(*mapper);
    into.insert(into.end(), slabs.begin(), slabs.end());
  }
  b->sessions_.reserve(b->sessions_.size() + a->sessions_.size());
  for (Slab *s = a->slabs_, *next = nullptr; s; s = next) {
    next = s->next;
    b->take(s);
  }
  for (ObjectSession* s : a->sessions_) {
    s->heap_ = b;
    b->sessions_.push_back(s);
  }
  b->live_ += a->live_;
  b->rooted_ += a->rooted_;
  b->floor_ += a->floor_;
  b->releases_ += a->releases_;
  b->limit_ = std::max(b->limit_, a->limit_);
  // An object of `a` may bear a mark that `b` is yet to use: the later epoch is past both.
  b->epoch_ = std::max(b->epoch_, a->epoch_);
  a->slabs_ = nullptr;
  delete a;
  return b;
}

void Heap::move_to_current_thread() {
  thread_ = current_thread();
}

// ---- sweeping ----

void Marker::drain() {
  while (!stack_.empty()) {
    Object* object = stack_.back();
    stack_.pop_back();
    const Mapper& mapper = mapper_of(*object);
    for (const RelationshipPlace& place : mapper.relationship_places) {
      char* at = reinterpret_cast<char*>(object) + place.offset;
      if (place.is_list) {
        reinterpret_cast<ObjectList*>(at)->each(*this);
      } else {
        (*this)(*reinterpret_cast<Object**>(at));
      }
    }
    if (header(*object).has_extra) [[unlikely]] {
      for (const RelationshipChange& c : header(*object).extra->relationships) {
        (*this)(c.old_target);
        c.added.each(*this);
        c.removed.each(*this);
      }
    }
  }
}

void Heap::mark_all(Marker& marker) {
  each([&](Object& o) {
    if (header(o).handles) {
      marker(&o);
      marker.drain();
    }
  });
  for (ObjectSession* s : sessions_) {
    s->mark_roots(marker);
    marker.drain();
  }
}

void Heap::free_unmarked(std::uint8_t epoch) {
  for (auto& [mapper, slabs] : partial_) {
    slabs.clear();
  }
  for (Slab *s = slabs_, *next = nullptr; s; s = next) {
    next = s->next;
    for (std::uint64_t bits = s->used; bits; bits &= bits - 1) {
      Object* o = s->object(static_cast<unsigned>(std::countr_zero(bits)));
      if (header(*o).mark == epoch) {
        continue;
      }
      s->mapper->destroy(o);
      s->release_slot(o);
      --live_;
    }
    if (!s->used) {
      drop(s);
    } else if (s->capacity > 1 && s->used != s->full()) {
      partial(*s->mapper).push_back(s);
    }
  }
}

void Heap::sweep() {
  if (is_busy_) {
    return;
  }
  AZOTH_ASSERT(thread_ == current_thread());
  is_busy_ = true;
  if (++epoch_ == 0) {
    epoch_ = 1;
    each([](Object& o) { header(o).mark = 0; });
  }
  try {
    Marker marker(epoch_);
    mark_all(marker);
  } catch (...) {  // out of memory while marking: nothing was freed, nothing is lost
    is_busy_ = false;
    throw;
  }
  for (ObjectSession* s : sessions_) {
    s->keep_marked(epoch_);
  }
  const std::size_t before = live_;
  free_unmarked(epoch_);
  releases_ = boundaries_ = 0;
  fruitless_ = (before - live_) * 2 < before ? fruitless_ + 1 : 0;
  floor_ = rooted_ < 2 ? rooted_ : std::max<std::size_t>(2, rooted_ >> std::min(fruitless_, 30u));
  limit_ = std::max(least_limit, live_ * 2);
  is_busy_ = false;
  if (rooted_ == 0 && sessions_.empty()) {
    delete this;
  }
}

void Heap::boundary() {
#if AZOTH_ASSERTIONS
  if (++boundaries_ * debug_pace >= live_) {
    sweep();
    return;
  }
#endif
  // What has handles is not freed: a sweep that could free little would be work for nothing.
  if (live_ >= limit_ && (live_ - rooted_) * 4 >= live_) {
    sweep();
  }
}

// A heap without a session sweeps itself: when half of its rooted objects were let go (a quarter,
// an eighth ... after fruitless sweeps), or when half as many handles were dropped as there are
// objects.
void Heap::handle_released() {
  AZOTH_ASSERT(thread_ == current_thread());
  --rooted_;
  ++releases_;
  if (is_busy_ || !sessions_.empty()) {
    return;
  }
  if (rooted_ == 0) {
    delete this;
    return;
  }
  if (rooted_ * 2 <= floor_ || (releases_ >= 64 && releases_ * 2 >= live_)) {
    sweep();
  }
}

void first_handle(Object& object) {
  if (Heap* heap = header(object).slab->heap) {
    AZOTH_ASSERT(heap->thread_ == current_thread());
    ++heap->rooted_;
  }
}

void last_handle(Object& object) {
  Slab* slab = header(object).slab;
  if (slab->heap) {
    slab->heap->handle_released();
    return;
  }
  slab->mapper->destroy(&object);
  Slab::destroy(slab);
}

// ---- sessions ----

ObjectSession::ObjectSession() {
  auto heap = new Heap;
  heap_ = heap;
  heap->sessions_.push_back(this);
}

ObjectSession::~ObjectSession() {
  leave_heap();
}

void ObjectSession::leave_heap() {
  if (Heap* heap = std::exchange(heap_, nullptr)) {
    heap->leave(*this);
  }
}

void Heap::leave(ObjectSession& session) {
  std::erase(sessions_, &session);
  if (rooted_ == 0 && sessions_.empty()) {  // nobody is left to see what becomes of the objects
    delete this;
    return;
  }
  each([&](Object& o) {
    ObjectHeader& h = header(o);
    if (h.session != &session) {
      return;
    }
    h.session = nullptr;
    h.is_queued = false;
    h.state = h.state == ObjectState::pending || h.state == ObjectState::transient
                  ? ObjectState::transient
                  : ObjectState::detached;
  });
  sweep();
}

}  // namespace azoth::orm
