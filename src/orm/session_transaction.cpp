// SPDX-License-Identifier: MIT
// The transaction of a session: begun by the first statement, ended by commit(), rollback() or
// close(). A failed flush rolls back at once and leaves the session refusing further work until
// rollback() is called, so that nothing is lost unnoticed.
#include "orm/flush/unit_of_work.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>

#include <algorithm>

namespace azoth::orm {

Connection& SessionState::connection() {
  if (failure) {
    throw PendingRollbackError(
        "This Session's transaction has been rolled back due to a previous exception during flush. "
        "To begin a new transaction with this Session, first issue Session.rollback(). Original "
        "exception was: " +
            *failure,
        "7s2a");
  }
  if (!connection_) {
    connection_.emplace(engine.connect());
    connection_->autobegin();
  }
  return *connection_;
}

void SessionState::end_transaction() {
  connection_.reset();
  inserted.clear();
}

void SessionState::flush() {
  if (queue.empty() && orphans.empty()) {
    return;
  }
  if (is_flushing) {
    throw InvalidRequestError("Session is already flushing");
  }

  struct Guard {
    bool& flag;

    ~Guard() { flag = false; }
  } guard{is_flushing = true};

  connection();
  try {
    UnitOfWork(*this).execute();
  } catch (const Error& error) {
    const std::string message = error.what();
    connection_->rollback();
    restore_after_rollback();
    end_transaction();
    failure = message;
    throw;
  } catch (...) {
    connection_->rollback();
    restore_after_rollback();
    end_transaction();
    failure = "an exception that is not an azoth::Error";
    throw;
  }
}

void SessionState::autoflush() {
  if (!options.autoflush || is_flushing || failure) {
    return;
  }
  try {
    flush();
  } catch (StatementError& error) {
    error.add_detail(
        "raised as a result of Query-invoked autoflush; consider using a session.no_autoflush "
        "block "
        "if this flush is occurring prematurely");
    throw;
  }
}

void SessionState::commit() {
  if (failure) {
    connection();  // throws
  }
  flush();
  if (connection_) {
    try {
      connection_->commit();
    } catch (...) {
      connection_->rollback();
      restore_after_rollback();
      end_transaction();
      throw;
    }
  }
  for (const Deleted& d : deleted) {  // they stay deleted, so that nobody adds them again
    header(*d.object).session = nullptr;
  }
  deleted.clear();
  end_transaction();
  if (options.expire_on_commit) {
    expire_everything();
  }
}

void SessionState::rollback() {
  failure.reset();
  if (connection_) {
    connection_->rollback();
  }
  restore_after_rollback();
  end_transaction();
}

namespace {
// The object is as it was before add(): what it holds counts as given.
void make_transient(Object& object) {
  ObjectHeader& h = header(object);
  h.session = nullptr;
  h.state = ObjectState::transient;
  h.is_queued = h.is_dirty = false;
  for (const ColumnAttribute& c : mapper_of(object).columns) {
    if (is_loaded(object, c.index)) {
      set_modified(object, c.index);
    }
  }
}
}  // namespace

void SessionState::restore_after_rollback() {
  for (Object* o : inserted) {
    identities.erase(*o);
    make_transient(*o);
  }
  for (const Deleted& d : deleted) {
    ObjectHeader& h = header(*d.object);
    if (h.state == ObjectState::transient) {
      continue;  // inserted and deleted in this transaction
    }
    h.session = this;
    h.state = ObjectState::persistent;
    if (!identities.find(mapper_of(*d.object), d.key)) {
      identities.insert(mapper_of(*d.object), d.key, *d.object);
    }
  }
  for (Object* o : queue) {
    ObjectHeader& h = header(*o);
    h.is_queued = false;
    if (h.state == ObjectState::pending) {
      h.session = nullptr;
      h.state = ObjectState::transient;
    } else if (h.state == ObjectState::deleted) {
      h.state = ObjectState::persistent;
    }
  }
  queue.clear();
  orphans.clear();
  inserted.clear();
  deleted.clear();
  identities.each([](Object& o) { expire_all(o); });
}

void SessionState::close() {
  failure.reset();
  if (connection_) {
    connection_.reset();  // gives it back, which rolls back
  }
  expunge_all();
}

}  // namespace azoth::orm
