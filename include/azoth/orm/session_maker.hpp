// SPDX-License-Identifier: MIT
// Makes sessions that are configured alike, with listeners of their own.
#pragma once
#include <azoth/base/event.hpp>
#include <azoth/orm/session.hpp>

#include <memory>
#include <utility>

namespace azoth {

namespace orm {
/// A listener that a SessionMaker gives to each of its sessions.
struct MadeListener {
  std::shared_ptr<void> function;
  const void* event;
  void (*listen)(const Session& session, const MadeListener& listener);
};

/// The listeners of a SessionMaker and of its copies; thread-safe.
class MadeListeners {
 public:
  MadeListeners();
  event::ListenerId add(MadeListener listener);
  void remove(event::ListenerId id);
  void give_to(const Session& session) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};
}  // namespace orm

/// Makes sessions over one engine with the same options: `SessionMaker maker(engine); Session s =
/// maker();`. A value, whose copies share their listeners; may be used from any thread.
class SessionMaker {
 public:
  explicit SessionMaker(Engine engine, SessionOptions options = {})
      : engine_(std::move(engine)), options_(options) {}

  [[nodiscard]] Session operator()() const {
    Session session(engine_, options_);
    listeners_.give_to(session);
    return session;
  }

  /// Runs `body(session)` in a transaction of a session of its own: commits when it returns, rolls
  /// back when it throws, and closes the session.
  template <class F>
  void begin(F&& body) const {
    Session session = (*this)();
    session.begin([&] { body(session); });
  }

  orm::MadeListeners& listeners() const { return listeners_; }

 private:
  Engine engine_;
  SessionOptions options_;
  mutable orm::MadeListeners listeners_;
};

/// Returns a SessionMaker.
[[nodiscard]] inline SessionMaker sessionmaker(Engine engine, SessionOptions options = {}) {
  return SessionMaker(std::move(engine), options);
}

namespace event {

/// Calls `function` whenever the event happens to a session that the maker makes from now on.
template <class... Args, class F>
ListenerId listen(const SessionMaker& maker, const Event<void(Args...)>& event, F function) {
  return maker.listeners().add(
      {std::make_shared<F>(std::move(function)),
       &event,
       [](const Session& session, const orm::MadeListener& listener) {
         auto shared = std::static_pointer_cast<F>(listener.function);
         session.dispatch().listen(
             *static_cast<const Event<void(Args...)>*>(listener.event),
             [shared](Args... args) { (*shared)(std::forward<Args>(args)...); });
       }});
}

/// Sessions made from now on do without the listener.
inline void remove(const SessionMaker& maker, ListenerId id) {
  maker.listeners().remove(id);
}

}  // namespace event
}  // namespace azoth
