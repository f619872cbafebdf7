// SPDX-License-Identifier: MIT
// What a session remembers of a transaction or savepoint: what to undo when it is rolled back.
#pragma once
#include <azoth/engine/transaction.hpp>
#include <azoth/orm/object.hpp>
#include <azoth/types/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::orm {

class SessionState;

/// One transaction or savepoint of a session. Handles of programs share it and find it closed when
/// the session is done with it.
struct TransactionRecord {
  enum class State : std::uint8_t {
    active,
    deactive,  ///< rolled back by a failed flush, waits for rollback()
    closed
  };

  struct Deleted {
    Object* object;
    std::vector<Value> key;
  };

  struct KeySwitch {
    Object* object;
    std::vector<Value> old_key;
  };

  SessionState* session = nullptr;  ///< null when closed
  std::shared_ptr<TransactionRecord> parent{};
  State state = State::active;
  bool is_nested = false;
  bool has_begun = false;  ///< on the connection
  /// Of a nested one that has begun; of a root over the program's connection what it began there.
  std::optional<Transaction> savepoint{};
  std::optional<TransactionHandle> joined{};  ///< the program's, which the root takes part in
  bool controls_joined = false;               ///< and commits
  std::optional<std::string> failure{};       ///< message of the flush that ended it
  std::vector<Object*> inserted{};            ///< made persistent in it; weak
  std::vector<Object*> altered{};             ///< flushed in it, if nested; weak
  std::vector<Deleted> deleted{};             ///< deleted by a flush in it; weak
  std::vector<KeySwitch> key_switches{};      ///< whose primary key a flush changed; weak
};

}  // namespace azoth::orm
