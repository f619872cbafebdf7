// SPDX-License-Identifier: MIT
// `Session`: the unit of work. It holds the objects of one conversation with a database, loads
// them, tracks what changes, and writes it in one sorted, batched flush. How a flush works stands
// in docs/architecture/flush.md.
#pragma once
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/orm/dml_options.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/session_result.hpp>
#include <azoth/sql/dml.hpp>

#include <array>
#include <initializer_list>
#include <memory>
#include <span>

namespace azoth {

namespace orm {
class SessionState;
}

/// The options of a Session, with SQLAlchemy's defaults.
struct SessionOptions {
  bool autoflush = true;         ///< flush before statements and lazy loads
  bool expire_on_commit = true;  ///< objects read fresh state in the next transaction
};

/// A conversation with a database. Begins a transaction when it first needs one, never commits by
/// itself; its destructor closes it, which rolls back. Belongs to one thread at a time, with all
/// its objects and their handles. Move-only.
class Session {
 public:
  explicit Session(const Engine& engine, SessionOptions options = {});
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
  /// Rolls back: pending objects become transient again, deleted ones persistent, all attributes
  /// are expired.
  void rollback();
  /// Rolls back and lets go of everything; the session can be used again.
  void close();

  /// Forgets the loaded state of an object, which is loaded again when read; changes not flushed
  /// are dropped.
  template <class T>
  void expire(const ptr<T>& object) {
    expire_object(object.object());
  }

  void expire_all();

  /// Loads an object's columns anew, now. @throws InvalidRequestError `Could not refresh instance
  /// ...` when its row is gone.
  template <class T>
  void refresh(const ptr<T>& object) {
    refresh_object(object.object());
  }

  /// Executes a statement. Selects with entities give rows of handles and values; others give
  /// Core's Result.
  template <class... C>
  [[nodiscard]] auto execute(const Select<C...>& statement,
                             const orm::ExecuteOptions& options = {}) {
    if constexpr ((Mapped<C> || ...)) {
      return SessionResult<C...>(load(statement.node(), options));
    } else {
      return Result<C...>(run(statement.node()));
    }
  }

  /// Executes INSERT, UPDATE, DELETE or text in the session's transaction.
  template <class S>
    requires(!requires { typename S::azoth_select; } && StatementLike<S> && !DmlLike<S>)
  auto execute(const S& statement, const Params& params = {}) {
    return typename detail::ResultOf<S>::type(run(statement.node(), params));
  }

  /// Executes INSERT, UPDATE or DELETE. Of a mapped class, objects of the session follow an UPDATE
  /// or DELETE, and RETURNING may ask for objects: `update<User>().where(...).returning<User>()`.
  template <DmlLike S>
  auto execute(const S& statement, const Params& params = {}, const orm::DmlOptions& options = {}) {
    return dml_result<S>(run_dml(statement.node(), params, options), options);
  }

  template <DmlLike S>
  auto execute(const S& statement, const orm::DmlOptions& options) {
    return execute(statement, Params(), options);
  }

  /// Inserts a row for each set; of a mapped class the sets have the names of attributes, and need
  /// not have the same.
  template <DmlLike S>
  auto execute(const S& statement, const ParamsList& sets, const orm::DmlOptions& options = {}) {
    return dml_result<S>(insert_sets(statement.node(), sets, options), options);
  }

  /// Returns the first column of the rows that were written.
  template <DmlLike S, class... A>
  auto scalars(const S& statement, const A&... arguments) {
    return execute(statement, arguments...).scalars();
  }

  template <DmlLike S>
  auto scalars(const S& statement, const ParamsList& sets, const orm::DmlOptions& options = {}) {
    return execute(statement, sets, options).scalars();
  }

  template <DmlLike S>
  auto scalars(const S& statement, const orm::DmlOptions& options) {
    return execute(statement, options).scalars();
  }

  /// Returns the first column of the rows.
  template <class C, class... D>
  [[nodiscard]] auto scalars(const Select<C, D...>& statement,
                             const orm::ExecuteOptions& options = {}) {
    if constexpr (Mapped<C> || (Mapped<D> || ...)) {
      return SessionScalars<C>(load(statement.node(), options));
    } else {
      return Result<C, D...>(run(statement.node())).scalars();
    }
  }

  /// Returns the first column of the first row: a handle (empty when there is no row) or an
  /// optional value.
  template <class C, class... D>
  [[nodiscard]] auto scalar(const Select<C, D...>& statement) {
    if constexpr (Mapped<C>) {
      return scalars(statement).first().value_or(ptr<C>());
    } else {
      return Result<C, D...>(run(statement.node())).scalar();
    }
  }

  template <class T>
  bool contains(const ptr<T>& object) const {
    return contains_object(object.object());
  }

  /// True when anything waits to be flushed.
  bool is_modified() const;
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
  void expire_object(orm::Object* object);
  void refresh_object(orm::Object* object);
  bool contains_object(const orm::Object* object) const;
  bool set_autoflush(bool on);
  orm::LoadedRows load(const sql::Ref& statement, const orm::ExecuteOptions& options);
  CursorResult run(const sql::Ref& statement, const Params& params = {});
  CursorResult run_dml(const sql::Ref& statement,
                       const Params& params,
                       const orm::DmlOptions& options);
  CursorResult insert_sets(const sql::Ref& statement,
                           const ParamsList& sets,
                           const orm::DmlOptions& options);
  orm::LoadedRows load_returned(CursorResult rows, const orm::DmlOptions& options);

  template <class S>
  auto dml_result(CursorResult rows, [[maybe_unused]] const orm::DmlOptions& options) {
    using R = typename detail::DmlResult<S>::type;
    if constexpr (detail::DmlResult<S>::has_entities) {
      return R(load_returned(std::move(rows), options));
    } else {
      return R(std::move(rows));
    }
  }

  std::unique_ptr<orm::SessionState> state_;
};

/// Creates the tables of mapped classes, referenced ones first: `create_all<User,
/// Address>(engine)`.
void create_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers);

template <class... E>
  requires(sizeof...(E) > 0)
void create_all(const Engine& engine) {
  create_all(engine, {&E::mapper()...});
}

void drop_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers);

template <class... E>
  requires(sizeof...(E) > 0)
void drop_all(const Engine& engine) {
  drop_all(engine, {&E::mapper()...});
}

}  // namespace azoth
