// SPDX-License-Identifier: MIT
// The guard of a transaction or savepoint: rolls back when it dies unless it was committed. What it
// does to the connection stands in connection.hpp.
#pragma once
#include <memory>
#include <string>

namespace azoth {
namespace detail {
struct TransactionRecord;
struct ConnectionState;
}  // namespace detail

/// Holds a transaction begun with `Connection::begin` or a savepoint begun with
/// `Connection::begin_nested`. Move-only; belongs to the thread of its connection. Its destructor
/// rolls back what is still active; a failure there is logged, not thrown.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  /// Commits, or releases the savepoint. @throws InvalidRequestError when it is no longer active,
  /// DBAPIError.
  void commit();
  /// Rolls back; does nothing but warn when the transaction is already done. @throws DBAPIError
  void rollback();
  /// Rolls back if still active.
  void close();
  bool is_active() const;  ///< neither committed nor rolled back, nor has the database ended it
  bool is_nested() const;

 private:
  friend class Connection;

  explicit Transaction(std::shared_ptr<detail::TransactionRecord> record)
      : record_(std::move(record)) {}

  std::shared_ptr<detail::TransactionRecord> record_;
};

}  // namespace azoth
