// SPDX-License-Identifier: MIT
// What listeners to the events of an execution are shown; nothing is built when there are none.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/engine/events.hpp>

#include <string>
#include <vector>

namespace azoth::detail {

struct ConnectionState;

/// Fires before_cursor_execute when it is made, and after_cursor_execute when told.
class Announcement {
 public:
  /// Returns a value in the form in which the driver sends it.
  using ValueAt = base::FunctionRef<Value(std::size_t set, std::size_t index)>;

  /// `text` must outlive the announcement.
  Announcement(ConnectionState& state,
               std::string_view text,
               std::size_t sets,
               std::size_t count,
               bool executemany,
               ValueAt value_at);
  /// Of a text without parameters.
  Announcement(ConnectionState& state, std::string_view text);

  void executed() const;

 private:
  CursorExecution shown() const { return {text_, parameters_, executemany_}; }

  ConnectionState& state_;
  std::string_view text_;
  std::vector<std::vector<Value>> parameters_;
  bool executemany_ = false;
};

}  // namespace azoth::detail
