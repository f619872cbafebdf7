// SPDX-License-Identifier: MIT
// Shows executions to listeners.
#include "engine/announcement.hpp"

#include "engine/connection_state.hpp"

namespace azoth::detail {

Announcement::Announcement(ConnectionState& state,
                           std::string_view text,
                           std::size_t sets,
                           std::size_t count,
                           bool executemany,
                           ValueAt value_at)
    : state_(state), text_(text), executemany_(executemany) {
  if (!state.listeners().is_used()) {
    return;
  }
  parameters_.resize(sets);
  for (std::size_t set = 0; set < sets; ++set) {
    for (std::size_t i = 0; i < count; ++i) {
      parameters_[set].push_back(value_at(set, i));
    }
  }
  state.fire(event::before_cursor_execute, shown());
}

Announcement::Announcement(ConnectionState& state, std::string_view text)
    : Announcement(state, text, 1, 0, false, [](std::size_t, std::size_t) { return Value(); }) {}

void Announcement::executed() const {
  state_.fire(event::after_cursor_execute, shown());
}

}  // namespace azoth::detail
