// SPDX-License-Identifier: MIT
// Makes sessions that are configured alike.
#pragma once
#include <azoth/orm/session.hpp>

namespace azoth {

/// Makes sessions over one engine with the same options: `SessionMaker maker(engine); Session s =
/// maker();`. A value; may be used from any thread.
class SessionMaker {
 public:
  explicit SessionMaker(Engine engine, SessionOptions options = {})
      : engine_(std::move(engine)), options_(options) {}

  [[nodiscard]] Session operator()() const { return Session(engine_, options_); }

  /// Runs `body(session)` in a transaction of a session of its own: commits when it returns, rolls
  /// back when it throws, and closes the session.
  template <class F>
  void begin(F&& body) const {
    Session session(engine_, options_);
    session.begin([&] { body(session); });
  }

 private:
  Engine engine_;
  SessionOptions options_;
};

/// Returns a SessionMaker.
[[nodiscard]] inline SessionMaker sessionmaker(Engine engine, SessionOptions options = {}) {
  return SessionMaker(std::move(engine), options);
}

}  // namespace azoth
