// SPDX-License-Identifier: MIT
// The state behind a Session, as flush and loaders see it: transaction, identity map, queues. What
// a Session offers to applications stands in orm/session.hpp; how the queues are written, in
// flush/; how rows become objects, in load/.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/orm/heap.hpp>
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/object_session.hpp>
#include <azoth/orm/session.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::orm {

class SessionState final : public ObjectSession {
 public:
  SessionState(const Engine& engine, SessionOptions options);
  ~SessionState() override;

  // --- transaction (session_transaction.cpp) ---
  /// Returns the connection of the transaction, beginning it. @throws PendingRollbackError after a
  /// failed flush.
  Connection& connection();

  bool in_transaction() const { return connection_.has_value(); }

  void commit();
  void rollback();
  void close();
  /// Flushes if autoflush is on; what loaders call before they emit SQL. Not while a flush runs.
  void autoflush();
  void flush();

  // --- objects (session_objects.cpp) ---
  void add(Object& object);
  void delete_object(Object& object);
  void expunge(Object& object);
  void expunge_all();
  void expire(Object& object);
  /// Makes a transient object persistent under the identity in its key columns; for loaders. The
  /// object is in the session's heap.
  void register_loaded(Object& object, std::int64_t key);
  void register_loaded(Object& object, std::span<const Value> key);
  void expire_everything();

  // --- ObjectSession ---
  void mark_roots(Marker& marker) override;
  void keep_marked(std::uint8_t mark) noexcept override;
  void modified(Object& object, unsigned attribute) override;
  void load_column(Object& object, unsigned attribute) override;
  bool load_relationship(Object& object,
                         const RelationshipAttribute& relationship,
                         Fetch fetch) override;
  void cascade(Object& parent, const RelationshipAttribute& relationship, Object& child) override;
  void removed(Object& parent, const RelationshipAttribute& relationship, Object& child) override;

  Engine engine;
  SessionOptions options;
  IdentityMap identities;
  std::vector<Object*>
      queue;  ///< pending, dirty and deleted objects in the order in which they came; roots

  /// A child that left a parent under delete-orphan since the last flush.
  struct Orphan {
    const RelationshipAttribute* relationship;  ///< seen from the parent
    Object* child;
  };

  std::vector<Orphan> orphans;    ///< candidates; roots
  std::vector<Object*> inserted;  ///< made persistent in this transaction; weak

  struct Deleted {
    Object* object;
    std::vector<Value> key;
  };

  std::vector<Deleted> deleted;  ///< deleted by a flush of this transaction; weak
  bool is_flushing = false;
  std::optional<std::string> failure;  ///< message of the flush that ended the transaction

  void queue_object(Object& object);

 private:
  void end_transaction();
  void restore_after_rollback();
  std::optional<Connection> connection_;
};

}  // namespace azoth::orm
