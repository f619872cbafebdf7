// SPDX-License-Identifier: MIT
// Transactions and savepoints as programs hold them: the guard, which rolls back when it dies, and
// the handle, which does not. What they do to the connection stands in connection.hpp.
#pragma once
#include <memory>
#include <string>

namespace azoth {
namespace detail {
struct TransactionRecord;
struct ConnectionState;
}  // namespace detail

/// Refers to a transaction or savepoint of a connection without owning it: what
/// `Connection::get_transaction` returns.
class TransactionHandle {
 public:
  /// Commits, or releases the savepoint. @throws InvalidRequestError when it is no longer active,
  /// DBAPIError.
  void commit();
  /// Rolls back; does nothing but warn when the transaction is already done. @throws DBAPIError
  void rollback();
  /// Rolls back if still active.
  void close();
  bool is_active() const;  ///< neither committed nor rolled back, nor has the database ended it
  bool is_nested() const;

  /// Says whether both are the same transaction.
  bool operator==(const TransactionHandle& other) const { return record_ == other.record_; }

 protected:
  friend class Connection;

  explicit TransactionHandle(std::shared_ptr<detail::TransactionRecord> record)
      : record_(std::move(record)) {}

  std::shared_ptr<detail::TransactionRecord> record_;
};

/// Holds a transaction begun with `Connection::begin` or a savepoint begun with
/// `Connection::begin_nested`. Move-only; belongs to the thread of its connection. Its destructor
/// rolls back what is still active; a failure there is logged, not thrown.
class Transaction : public TransactionHandle {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

 protected:
  friend class Connection;
  using TransactionHandle::TransactionHandle;
};

/// Holds a transaction begun with `Connection::begin_twophase`, which can be prepared: from then on
/// the database keeps it, over a crash too, until it is committed or rolled back, by this object or
/// by its xid (`Connection::commit_prepared`).
class TwoPhaseTransaction : public Transaction {
 public:
  /// Prepares the transaction; only commit and rollback may follow. @throws InvalidRequestError
  /// when it is no longer active, DBAPIError.
  void prepare();
  /// The name under which the database knows it.
  const std::string& xid() const;

 private:
  friend class Connection;
  using Transaction::Transaction;
};

}  // namespace azoth
