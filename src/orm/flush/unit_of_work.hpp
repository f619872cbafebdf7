// SPDX-License-Identifier: MIT
// One flush: who is to be written (collecting, which may load), in which order (flush_plan), and
// the writing itself (persistence).
#pragma once
#include "orm/flush/flush_plan.hpp"
#include "orm/session_state.hpp"
#include <azoth/orm/changes.hpp>

#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth::orm {

/// A row of an association table that a flush writes or removes.
struct AssociationRow {
  const RelationshipAttribute* relationship;  ///< seen from `parent`
  Object* parent;
  Object* child;
};

class UnitOfWork {
 public:
  explicit UnitOfWork(SessionState& session) : session_(session) {}

  /// Collects, plans and executes.
  void write();
  /// Gives the objects the states that their rows have now; what came into the session's queue
  /// since stays there.
  void finish();

  SessionState& session() { return session_; }

  /// Says whether the flush must write NULL into a column whose member cannot hold it.
  bool is_nulled(const Object& object, std::uint32_t slot) const;

  void set_nulled(Object& object, std::uint32_t slot) { nulled_[&object].push_back(slot); }

  /// Puts a persistent object among those to be updated.
  void add_save(Object& object);

  bool is_deleted(const Object& object) const { return deleting_.count(&object) != 0; }

  /// Says whether a pending object takes the row of one that is deleted in this flush.
  bool takes_row(const Object& object) const {
    return !row_switches_.empty() && row_switches_.count(&object) != 0;
  }

 private:
  void collect();
  void collect_orphans();
  void delete_orphan(Object& child);
  void collect_deleted(Object& object);
  void collect_saved(Object& object);
  void detach_children(Object& parent, const RelationshipAttribute& relationship);
  void warn_of_outsiders(Object& object, const RelationshipAttribute& r);
  void associate(std::vector<AssociationRow>& rows,
                 const RelationshipAttribute& r,
                 Object& parent,
                 Object& child);
  void look_at_key(Object& object);
  void collect_key_change(Object& object, const RelationshipAttribute& relationship);
  void spread_key_changes(const Mapper& mapper);
  void run(const FlushPlan& plan);

  SessionState& session_;
  std::vector<Object*> saves_, deletes_;
  std::unordered_set<const Object*> deleting_;
  std::unordered_set<const Object*> row_switches_;  ///< pending objects
  std::unordered_set<const Object*> replaced_;      ///< deleted ones whose rows they take
  std::vector<AssociationRow> linked_, unlinked_;

  struct KeyChange {
    Object* parent;
    const RelationshipAttribute* relationship;
  };

  std::vector<KeyChange> key_changes_;  ///< whose children refer to a key that changes
  std::set<std::tuple<const RelationshipAttribute*, Object*, Object*, bool>>
      associated_;  ///< rows seen from one side
  std::unordered_map<const Object*, std::vector<std::uint32_t>> nulled_;
};

}  // namespace azoth::orm
