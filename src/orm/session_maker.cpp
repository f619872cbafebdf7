// SPDX-License-Identifier: MIT
// The listeners that a SessionMaker gives to its sessions.
#include <azoth/orm/session_maker.hpp>

#include <algorithm>
#include <mutex>
#include <vector>

namespace azoth::orm {

struct MadeListeners::State {
  std::mutex mutex;
  std::vector<std::pair<event::ListenerId, MadeListener>> all;
  event::ListenerId last{};
};

MadeListeners::MadeListeners() : state_(std::make_shared<State>()) {}

event::ListenerId MadeListeners::add(MadeListener listener) {
  const std::lock_guard lock(state_->mutex);
  state_->all.emplace_back(++state_->last, std::move(listener));
  return state_->last;
}

void MadeListeners::remove(event::ListenerId id) {
  const std::lock_guard lock(state_->mutex);
  std::erase_if(state_->all, [id](const auto& entry) { return entry.first == id; });
}

void MadeListeners::give_to(const Session& session) const {
  const std::lock_guard lock(state_->mutex);
  for (const auto& [id, listener] : state_->all) {
    listener.listen(session, listener);
  }
}

}  // namespace azoth::orm
