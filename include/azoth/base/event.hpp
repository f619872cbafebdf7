// SPDX-License-Identifier: MIT
// Events: something happens, and listeners are called with what it happened to, in the order in
// which they were added. An event is identified by the address of its constant; which there are
// stands with what they happen to (pool/events.hpp, engine/events.hpp).
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::event {

template <class Signature>
struct Event;

/// Names an event and says what its listeners are called with.
template <class... Args>
struct Event<void(Args...)> {
  const char* name;
};

/// Says which listener is meant; see `remove`.
using ListenerId = std::uint64_t;

/// Holds the listeners of one target. Thread-safe; a listener that is being called while another
/// thread removes it finishes its call.
class Dispatch {
 public:
  Dispatch() = default;
  Dispatch(const Dispatch&) = delete;
  Dispatch& operator=(const Dispatch&) = delete;

  /// Calls `function` whenever the event happens, until it is removed. `once`: at most one time.
  template <class... Args, class F>
    requires std::is_invocable_v<F&, Args...>
  ListenerId listen(const Event<void(Args...)>& event, F function, bool once = false) {
    using Call = void (*)(void*, Args...);
    const Call call = [](void* f, Args... args) {
      (*static_cast<F*>(f))(std::forward<Args>(args)...);
    };
    return add({&event,
                0,
                std::make_shared<F>(std::move(function)),
                reinterpret_cast<void (*)()>(call),
                once ? std::make_shared<std::atomic<bool>>(false) : nullptr});
  }

  /// Removes a listener; without effect when it is not there.
  void remove(ListenerId id);

  /// Says whether anybody listens to anything: false at the cost of one load.
  bool is_used() const { return is_used_.load(std::memory_order_relaxed); }

  /// Says whether anybody listens to the event.
  template <class... Args>
  bool has(const Event<void(Args...)>& event) const {
    return is_used() && has_listener(&event);
  }

  /// Calls the listeners of the event. What one throws reaches the caller; the others are then not
  /// called.
  template <class... Args, class... Given>
  void fire(const Event<void(Args...)>& event, Given&&... given) const {
    if (!is_used()) {
      return;
    }
    const std::shared_ptr<const std::vector<Listener>> listeners = snapshot();
    for (const Listener& listener : *listeners) {
      if (listener.event == &event && (!listener.done || !listener.done->exchange(true))) {
        reinterpret_cast<void (*)(void*, Args...)>(listener.call)(listener.function.get(),
                                                                  given...);
      }
    }
  }

 private:
  struct Listener {
    const void* event;
    ListenerId id;
    std::shared_ptr<void> function;
    void (*call)();  // of its event's own type
    std::shared_ptr<std::atomic<bool>> done;
  };

  ListenerId add(Listener listener);
  bool has_listener(const void* event) const;
  std::shared_ptr<const std::vector<Listener>> snapshot() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<Listener>> listeners_;
  std::atomic<bool> is_used_{false};
};

/// Calls `function` whenever the event happens to `target`: an engine, a pool, a table, a MetaData.
/// The target is anything with `Dispatch& dispatch() const`.
template <class Target, class... Args, class F>
ListenerId listen(const Target& target, const Event<void(Args...)>& event, F function) {
  return target.dispatch().listen(event, std::move(function));
}

/// Calls `function` the first time that the event happens.
template <class Target, class... Args, class F>
ListenerId listen_once(const Target& target, const Event<void(Args...)>& event, F function) {
  return target.dispatch().listen(event, std::move(function), true);
}

/// Removes a listener from its target.
template <class Target>
void remove(const Target& target, ListenerId id) {
  target.dispatch().remove(id);
}

}  // namespace azoth::event
