// SPDX-License-Identifier: MIT
// The options of a Session and of its calls, with SQLAlchemy's names and defaults.
#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

namespace azoth {

/// What a Session over a Connection makes of the transaction that it finds there.
enum class JoinTransactionMode {
  conditional_savepoint,  ///< within a savepoint create_savepoint, else rollback_only
  rollback_only,          ///< commit() leaves it open, rollback() rolls it back
  control_fully,          ///< commit() and rollback() end it
  create_savepoint        ///< commit() and rollback() end a savepoint of the session's own
};

/// The options of a Session.
struct SessionOptions {
  bool autoflush = true;          ///< flush before statements and lazy loads
  bool expire_on_commit = true;   ///< objects read fresh state in the next transaction
  bool autobegin = true;          ///< false: every transaction needs a begin()
  bool close_resets_only = true;  ///< false: the session cannot be used after close()
  /// Of sessions over a Connection.
  JoinTransactionMode join_transaction_mode = JoinTransactionMode::conditional_savepoint;
};

/// The names of attributes, for `expire(user, {"name", "addresses"})`.
using AttributeNames = std::vector<std::string_view>;

/// The options of Session::refresh.
struct RefreshOptions {
  AttributeNames attribute_names{};  ///< none: all columns
  bool with_for_update = false;      ///< locks the row, where the database can
};

/// The options of Session::merge.
struct MergeOptions {
  bool load = true;  ///< false: takes over the given state without asking the database
};

}  // namespace azoth
