// SPDX-License-Identifier: MIT
// The transactions of a Session as programs hold them: the guard, which rolls back when it dies,
// and the handle, which does not. A session makes one when it is first used (autobegin), when
// begin() asks for it, and for each begin_nested(); the database hears of it with the first
// statement.
#pragma once
#include <azoth/base/function_ref.hpp>

#include <memory>
#include <optional>
#include <type_traits>

namespace azoth {
namespace orm {
class SessionState;
struct TransactionRecord;
}  // namespace orm

/// Refers to a transaction or savepoint of a session without owning it. Belongs to the thread of
/// its session; once that has gone, it is closed.
class SessionTransactionHandle {
 public:
  /// Flushes and commits, or releases the savepoint. @throws ResourceClosedError when it is closed,
  /// PendingRollbackError after a failed flush, DBAPIError.
  void commit();
  /// Rolls back; objects are as they were when it began. @throws ResourceClosedError, DBAPIError
  void rollback();
  /// Rolls back if it is not closed.
  void close();
  bool is_active() const;  ///< neither closed nor waiting for rollback() after a failed flush
  bool is_nested() const;  ///< a savepoint
  /// The transaction around it.
  std::optional<SessionTransactionHandle> parent() const;

  /// Says whether both are the same transaction.
  bool operator==(const SessionTransactionHandle& other) const { return record_ == other.record_; }

 protected:
  friend class Session;
  friend class orm::SessionState;

  explicit SessionTransactionHandle(std::shared_ptr<orm::TransactionRecord> record)
      : record_(std::move(record)) {}

  orm::TransactionRecord& open_record() const;
  std::shared_ptr<orm::TransactionRecord> record_;
};

/// Holds a transaction begun with `Session::begin` or a savepoint begun with
/// `Session::begin_nested`. Move-only; its destructor rolls back what is not closed; a failure
/// there is logged, not thrown.
class SessionTransaction : public SessionTransactionHandle {
 public:
  SessionTransaction(SessionTransaction&&) noexcept;
  SessionTransaction& operator=(SessionTransaction&&) noexcept;
  ~SessionTransaction();

 private:
  friend class Session;
  using SessionTransactionHandle::SessionTransactionHandle;
};

namespace orm {
/// Refers to the body of a transaction's block, which may take the transaction, for the duration of
/// a call.
class TransactionBody {
 public:
  template <class F>
    requires std::is_invocable_v<F&, SessionTransaction&>
  TransactionBody(F& body) : with_transaction_(body) {}

  template <class F>
    requires(!std::is_invocable_v<F&, SessionTransaction&>)
  TransactionBody(F& body) : without_(body) {}

  void operator()(SessionTransaction& transaction) const {
    with_transaction_ ? (*with_transaction_)(transaction) : (*without_)();
  }

 private:
  std::optional<base::FunctionRef<void(SessionTransaction&)>> with_transaction_{};
  std::optional<base::FunctionRef<void()>> without_{};
};
}  // namespace orm

}  // namespace azoth
