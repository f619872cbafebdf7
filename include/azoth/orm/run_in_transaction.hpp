// SPDX-License-Identifier: MIT
// run_in_transaction(): a unit of work that is repeated when the database refuses it for the sake
// of others (serialization failures, deadlocks). Included by those who use it:
//
//   run_in_transaction(maker, [&](Session& session) { transfer(session, from, to, amount); });
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/orm/session_maker.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <type_traits>

namespace azoth {

class DBAPIError;

/// The options of run_in_transaction(). Between two attempts it waits for a random time below
/// `base_delay` doubled with each attempt, at most `max_delay`.
struct RetryOptions {
  int max_attempts = 5;
  std::chrono::milliseconds base_delay{10};
  std::chrono::milliseconds max_delay{1000};
  std::function<void(std::chrono::milliseconds)> sleep{};  ///< in place of the thread's own sleep
};

/// Says whether the database has refused a transaction that may succeed when it is repeated: a
/// serialization failure, a deadlock, a lock that was not to be had in time.
bool is_retryable(const DBAPIError& error);

namespace orm {
void retry_in_transaction(const SessionMaker& maker,
                          base::FunctionRef<void(Session&)> body,
                          const RetryOptions& options);
}

/// Runs `body(session)` in a transaction of a new session, which is committed when it returns, and
/// returns what it returned. Where is_retryable(), also of the commit, it is rolled back and run
/// again in another session; so the body must not keep objects, nor do what cannot be repeated.
/// @throws what the body throws, the error of the last attempt, ArgumentError for no attempts
template <class F>
auto run_in_transaction(const SessionMaker& maker, F&& body, const RetryOptions& options = {}) {
  using R = std::invoke_result_t<F&, Session&>;
  if constexpr (std::is_void_v<R>) {
    orm::retry_in_transaction(maker, [&](Session& session) { body(session); }, options);
  } else {
    std::optional<R> result;
    orm::retry_in_transaction(
        maker, [&](Session& session) { result.emplace(body(session)); }, options);
    return std::move(*result);
  }
}

template <class F>
auto run_in_transaction(const Engine& engine, F&& body, const RetryOptions& options = {}) {
  return run_in_transaction(SessionMaker(engine), std::forward<F>(body), options);
}

}  // namespace azoth
