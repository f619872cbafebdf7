// SPDX-License-Identifier: MIT
// `Session`: the unit of work. It holds the objects of one conversation with a database, loads
// them, tracks what changes, and writes it in one sorted, batched flush. How a flush works stands
// in docs/architecture/flush.md.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/session_execution.hpp>
#include <azoth/orm/session_options.hpp>
#include <azoth/orm/session_transaction.hpp>

#include <array>
#include <initializer_list>
#include <memory>
#include <span>

namespace azoth {

namespace event {
class Dispatch;
}

/// A conversation with a database. Begins a transaction when it first needs one, never commits by
/// itself; its destructor closes it, which rolls back. Belongs to one thread at a time, with all
/// its objects and their handles. Move-only.
class Session : public SessionExecution {
 public:
  explicit Session(const Engine& engine, SessionOptions options = {});
  /// Works on a connection of the program's, which outlives the session and stays open behind it.
  /// What becomes of a transaction that has begun there says SessionOptions::join_transaction_mode;
  /// without one the session begins its own.
  explicit Session(Connection& connection, SessionOptions options = {});
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Puts an object into the session, with what its relationships reach (save-update). A transient
  /// object becomes pending.
  /// @throws InvalidRequestError when it, or one that it reaches, belongs to another session;
  /// nothing is changed then.
  template <class T>
  void add(const ptr<T>& object) {
    add_object(object.object());
  }

  template <class R>
  void add_all(const R& objects) {
    for (const auto& o : objects) {
      add_object(o.object());
    }
  }

  template <class T>
  void add_all(std::initializer_list<ptr<T>> objects) {
    for (const auto& o : objects) {
      add_object(o.object());
    }
  }

  /// Marks a persistent object to be deleted by the next flush, with what `delete` cascades reach.
  /// @throws InvalidRequestError `Instance ... is not persisted`.
  template <class T>
  void delete_(const ptr<T>& object) {
    delete_object(object.object());
  }

  /// Takes an object out of the session; its row stays.
  template <class T>
  void expunge(const ptr<T>& object) {
    expunge_object(object.object());
  }

  void expunge_all();

  /// Returns the object of a primary key: from the session without SQL, else by a SELECT; empty
  /// when there is no such row.
  /// @throws InvalidRequestError when the number of values is not that of the key's columns.
  template <class T, class... K>
    requires(Mapped<T> && sizeof...(K) > 0)
  [[nodiscard]] ptr<T> get(const K&... key) {
    const std::array<Value, sizeof...(K)> values{Value(detail::literal(key))...};
    return ptr<T>(get_object(T::mapper(), values));
  }

  /// Writes pending, changed and deleted objects. @throws IntegrityError and its family; the
  /// transaction is then rolled back and the session waits for rollback().
  void flush();
  /// Flushes and commits; attributes are expired. Without a transaction, one is begun for what is
  /// to be flushed.
  void commit();
  /// Rolls back: pending objects are transient again, deleted ones persistent, all are expired.
  void rollback();
  /// Rolls back and lets go of everything; the session can be used again.
  void close();

  /// Begins a transaction explicitly. @throws InvalidRequestError when one has begun already.
  [[nodiscard]] SessionTransaction begin();
  /// Flushes and begins a savepoint, in a transaction that begins by itself if there is none. When
  /// it is rolled back, objects are as they were when it began.
  [[nodiscard]] SessionTransaction begin_nested();

  /// Runs `body()`, or `body(SessionTransaction&)`, in a transaction or savepoint: commits when it
  /// returns, rolls back when it throws. Nothing can be done after it has been ended by hand.
  template <class F>
  void begin(F&& body) {
    run_block(begin(), body);
  }

  template <class F>
  void begin_nested(F&& body) {
    run_block(begin_nested(), body);
  }

  /// False after a failed flush, until rollback() is called.
  bool is_active() const;
  bool in_nested_transaction() const;
  /// The transaction (its root), and the innermost savepoint, that has begun.
  std::optional<SessionTransactionHandle> get_transaction() const;
  std::optional<SessionTransactionHandle> get_nested_transaction() const;

  /// Forgets the loaded state of an object, or of the attributes named, which is loaded again when
  /// read; changes not flushed are dropped. @throws InvalidRequestError, ArgumentError for a name
  /// that is no attribute.
  template <class T>
  void expire(const ptr<T>& object, const AttributeNames& names = {}) {
    expire_object(object.object(), names);
  }

  void expire_all();

  /// Loads an object's columns anew, or the attributes named, now; changes not flushed are dropped.
  /// @throws InvalidRequestError `Could not refresh instance ...` when its row is gone,
  /// ArgumentError for a name that is no attribute.
  template <class T>
  void refresh(const ptr<T>& object, const RefreshOptions& options = {}) {
    refresh_object(object.object(), options);
  }

  /// Copies the state of an object onto the object of this session with the same primary key, which
  /// is loaded or made, with what `merge` cascades reach; returns that one. An object of this
  /// session is returned as it is. @throws InvalidRequestError for an object that has changes or no
  /// row when nothing may be loaded.
  template <class T>
  ptr<T> merge(const ptr<T>& object, const MergeOptions& options = {}) {
    return ptr<T>(merge_object(object.object(), options));
  }

  /// Begins a query of the 1.x style: `s.query<User>()`, `s.query(&User::id, &User::name)`; needs
  /// <azoth/orm/query.hpp>.
  template <class... E>
    requires(sizeof...(E) > 0)
  auto query();
  template <class... X>
    requires(sizeof...(X) > 0)
  auto query(X... x);

  template <class T>
  bool contains(const ptr<T>& object) const {
    return contains_object(object.object());
  }

  /// Says whether anything waits to be flushed.
  bool is_modified() const;

  /// Says whether an object has changes that a flush would write.
  template <class T>
  bool is_modified(const ptr<T>& object, bool include_collections = true) const {
    return is_object_modified(object.object(), include_collections);
  }

  /// Return the objects that wait to be inserted, updated (if there is a net change) and deleted.
  std::vector<ptr<orm::Object>> new_() const;
  std::vector<ptr<orm::Object>> dirty() const;
  std::vector<ptr<orm::Object>> deleted() const;
  std::vector<ptr<orm::Object>> identity_map() const;
  /// The listeners of this session, for event::listen().
  event::Dispatch& dispatch() const;
  bool in_transaction() const;
  /// Returns the connection of the session's transaction, beginning it when there is none.
  Connection& connection();
  const Engine& engine() const;
  /// Number of objects in the identity map.
  std::size_t identity_count() const;
  /// Frees objects that nothing reaches, now. The session does so by itself when the number of
  /// objects has doubled.
  void sweep();

  /// Runs `body()` without autoflush.
  template <class F>
  decltype(auto) no_autoflush(F&& body) {
    struct Guard {
      Session& s;
      bool was;

      ~Guard() { s.set_autoflush(was); }
    } guard{*this, set_autoflush(false)};

    return body();
  }

 private:
  void add_object(orm::Object* object);
  void delete_object(orm::Object* object);
  void expunge_object(orm::Object* object);
  orm::Object* get_object(const orm::Mapper& mapper, std::span<const Value> key);
  void expire_object(orm::Object* object, const AttributeNames& names);
  void refresh_object(orm::Object* object, const RefreshOptions& options);
  orm::Object* merge_object(orm::Object* object, const MergeOptions& options);
  bool is_object_modified(const orm::Object* object, bool include_collections) const;

  void run_block(SessionTransaction transaction, orm::TransactionBody body);
  bool contains_object(const orm::Object* object) const;
  bool set_autoflush(bool on);
};

}  // namespace azoth
