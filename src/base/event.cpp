// SPDX-License-Identifier: MIT
// The list of listeners is copied when it is changed, so that events are fired without a lock held.
#include "azoth/base/event.hpp"

#include <algorithm>

namespace azoth::event {

ListenerId Dispatch::add(Listener listener) {
  static std::atomic<ListenerId> last{0};
  const std::lock_guard lock(mutex_);
  auto changed = listeners_ ? std::make_shared<std::vector<Listener>>(*listeners_)
                            : std::make_shared<std::vector<Listener>>();
  listener.id = ++last;
  changed->push_back(std::move(listener));
  listeners_ = std::move(changed);
  is_used_.store(true, std::memory_order_relaxed);
  return listeners_->back().id;
}

void Dispatch::remove(ListenerId id) {
  const std::lock_guard lock(mutex_);
  if (!listeners_) {
    return;
  }
  auto changed = std::make_shared<std::vector<Listener>>(*listeners_);
  std::erase_if(*changed, [id](const Listener& listener) { return listener.id == id; });
  is_used_.store(!changed->empty(), std::memory_order_relaxed);
  listeners_ = std::move(changed);
}

bool Dispatch::has_listener(const void* event) const {
  const auto listeners = snapshot();
  return std::any_of(listeners->begin(), listeners->end(), [event](const Listener& listener) {
    return listener.event == event;
  });
}

std::shared_ptr<const std::vector<Dispatch::Listener>> Dispatch::snapshot() const {
  const std::lock_guard lock(mutex_);
  return listeners_ ? listeners_ : std::make_shared<const std::vector<Listener>>();
}

}  // namespace azoth::event
