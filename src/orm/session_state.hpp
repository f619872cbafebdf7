// SPDX-License-Identifier: MIT
// The state behind a Session, as flush and loaders see it: transaction, identity map, queues. What
// a Session offers to applications stands in orm/session.hpp; how the queues are written, in
// flush/; how rows become objects, in load/.
#pragma once
#include "orm/load/load_contexts.hpp"
#include "orm/transaction_record.hpp"
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/orm/events.hpp>
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
  SessionState(const Engine& engine, SessionOptions options, Connection* external = nullptr);
  ~SessionState() override;

  // --- transaction (session_transaction.cpp) ---
  /// Returns the connection of the transaction, beginning both. @throws PendingRollbackError after
  /// a failed flush.
  Connection& connection() {
    if (current_ && current_->has_begun && current_->state == TransactionRecord::State::active &&
        !block_) [[likely]] {
      return at_hand();
    }
    return begin_connection();
  }

  bool in_transaction() const { return current_ != nullptr; }

  /// Returns the innermost transaction, beginning one.
  /// @throws InvalidRequestError when the session must not begin one by itself.
  TransactionRecord& transaction() {
    if (!current_ || block_) [[unlikely]] {
      require_transaction();
    }
    return *current_;
  }

  const std::shared_ptr<TransactionRecord>& current() const { return current_; }

  std::shared_ptr<TransactionRecord> begin();
  std::shared_ptr<TransactionRecord> begin_nested();
  void run_block(TransactionRecord& record, base::FunctionRef<void()> body);
  /// End a transaction that is not closed, and those within it.
  void commit(TransactionRecord& record);
  void rollback(TransactionRecord& record);
  void close(TransactionRecord& record);
  /// End all of them.
  void commit();
  void rollback();
  void close();

  // --- flush (session_flush.cpp) ---
  /// Flushes if autoflush is on; what loaders call before they emit SQL. Not while a flush runs.
  void autoflush();
  void flush();

  bool is_clean() const { return queue.empty() && orphans.empty(); }

  // --- objects (session_objects.cpp) ---
  void add(Object& object);
  void delete_object(Object& object);
  void expunge(Object& object);
  void expunge_all();
  void expire(Object& object, const AttributeNames& names);
  /// Makes a transient object persistent under the identity in its key columns; for loaders. The
  /// object is in the session's heap.
  void register_loaded(Object& object, std::int64_t key);
  void register_loaded(Object& object, std::span<const Value> key);
  void expire_everything();
  /// Takes an object that was put into the queue for nothing out of it.
  void drop_from_queue(Object& object);

  // --- merge (merge.cpp) ---
  Object* merge(Object& object, const MergeOptions& options);

  /// Tells listeners of this session.
  void tell(const event::ObjectEvent& event, Object& object) {
    if (events.is_used()) [[unlikely]] {
      events.fire(event, *owner, ptr<Object>(&object));
    }
  }

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
  Session* owner = nullptr;  ///< what programs hold; follows its moves
  event::Dispatch events;
  IdentityMap identities;
  LoadContexts contexts{identities};  ///< the options by which objects were loaded
  std::vector<Object*>
      queue;  ///< pending, dirty and deleted objects in the order in which they came; roots

  /// A child that left a parent under delete-orphan since the last flush.
  struct Orphan {
    const RelationshipAttribute* relationship;  ///< seen from the parent
    Object* child;
  };

  std::vector<Orphan> orphans;  ///< candidates; roots
  bool is_flushing = false;

  void queue_object(Object& object);

 private:
  Connection& begin_connection();
  void begin_on_connection(const std::shared_ptr<TransactionRecord>& record);
  void join_external(TransactionRecord& record);

  Connection& at_hand() { return external_ ? *external_ : *connection_; }

  void require_transaction();
  void check_block() const;
  void check_active(const TransactionRecord& record) const;
  void push(std::shared_ptr<TransactionRecord> record);
  void rollback_now(TransactionRecord& record);
  void pop(TransactionRecord& record);
  void fail_flush(std::string message);
  void restore_snapshot(TransactionRecord& record);
  void restore_deleted(TransactionRecord& record);
  void make_transient(Object& object);
  void remove_snapshot(TransactionRecord& record);
  void merge_into_parent(TransactionRecord& record);
  void expire_identities();
  void tell_expired(Object& object, std::span<const std::string> names);
  void run_flush();

  template <class... Args, class... Given>
  void fire(const event::Event<void(Args...)>& event, Given&&... given) {
    if (events.is_used()) [[unlikely]] {
      events.fire(event, *owner, std::forward<Given>(given)...);
    }
  }

  std::optional<Connection> connection_;
  Connection* external_ = nullptr;              ///< the program's, in place of one of the engine's
  std::shared_ptr<TransactionRecord> current_;  ///< the innermost one
  const TransactionRecord* block_ = nullptr;    ///< of the begin() whose body runs
  bool is_closed_ = false;                      ///< for good: without close_resets_only
};

}  // namespace azoth::orm
