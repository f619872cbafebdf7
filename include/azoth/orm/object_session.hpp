// SPDX-License-Identifier: MIT
// What the object layer asks of a session, so that objects know none. Session implements it;
// nothing here flushes or loads.
#pragma once
#include <azoth/orm/object.hpp>

namespace azoth::orm {

class Marker;

/// Says how far reading a relationship may go.
enum class Fetch : std::uint8_t {
  allowed,     ///< emit SQL
  from_memory  ///< only what the identity map answers (a many-to-one whose key is known)
};

/// Is a session as heaps and objects see it. Its objects live in `heap()`, which it may come to
/// share with other sessions when objects of both are related. Belongs to one thread at a time, as
/// its heap does.
class ObjectSession {
 public:
  ObjectSession(const ObjectSession&) = delete;
  ObjectSession& operator=(const ObjectSession&) = delete;

  /// Returns the heap of the session; changes when heaps are joined. @pre the session is not
  /// closed.
  Heap& heap() const { return *heap_; }

  /// Marks what the session itself needs: pending, dirty and deleted objects, results that are
  /// being built.
  virtual void mark_roots(Marker& marker) = 0;
  /// Drops from the identity map what the sweep did not reach: all objects but those with this
  /// mark.
  virtual void keep_marked(std::uint8_t mark) noexcept = 0;
  /// An attribute of one of the session's objects changed for the first time since the last flush.
  /// Called before the change.
  virtual void modified(Object& object, unsigned attribute) = 0;
  /// Loads an expired or deferred column, with what else is due; must mark it loaded or throw.
  /// Never sweeps.
  virtual void load_column(Object& object, unsigned attribute) = 0;
  /// Loads a relationship through `load_target()` or `load_list()` (changes.hpp). Never sweeps.
  /// Returns false when `fetch` did not allow it.
  virtual bool load_relationship(Object& object,
                                 const RelationshipAttribute& relationship,
                                 Fetch fetch) = 0;
  /// A child came under a parent of this session: save-update cascade. Called before the link is
  /// made; may throw to refuse.
  virtual void cascade(Object& parent,
                       const RelationshipAttribute& relationship,
                       Object& child) = 0;
  /// A child left a relationship of a parent of this session. Called after the change.
  virtual void removed(Object& parent,
                       const RelationshipAttribute& relationship,
                       Object& child) = 0;

 protected:
  /// Opens the session with a heap of its own.
  ObjectSession();
  virtual ~ObjectSession();
  /// Detaches all objects of this session and leaves the heap, which frees what no handle reaches.
  /// Empty identity map and queues first.
  void leave_heap();

 private:
  friend class Heap;
  Heap* heap_;
};

}  // namespace azoth::orm
