// SPDX-License-Identifier: MIT
// The events of a pool, under SQLAlchemy's names: `event::listen(pool, event::checkout,
// [](DriverConnection&, ConnectionRecord&) { ... })`. Those of engines stand in engine/events.hpp.
#pragma once
#include <azoth/base/event.hpp>
#include <azoth/fwd.hpp>
#include <azoth/types/value.hpp>

#include <exception>
#include <map>
#include <string>

namespace azoth {

/// What a pool knows of one connection, for as long as that lives.
struct ConnectionRecord {
  DriverConnection* connection = nullptr;  ///< null at the checkin of an invalidated one
  /// The program's own notes on the connection.
  std::map<std::string, Value, std::less<>> info{};
};

/// Says why a connection is reset.
struct PoolResetState {
  bool transaction_was_reset = false;  ///< who had it has ended its transaction
  bool terminate_only = false;         ///< it goes away and is not lent again
};

namespace event {

inline constexpr Event<void(DriverConnection&, ConnectionRecord&)> connect{"connect"};
/// The pool's very first connection is open; comes before `connect`.
inline constexpr Event<void(DriverConnection&, ConnectionRecord&)> first_connect{"first_connect"};
inline constexpr Event<void(DriverConnection&, ConnectionRecord&)> checkout{"checkout"};
/// A connection comes back; null when it was invalidated.
inline constexpr Event<void(DriverConnection*, ConnectionRecord&)> checkin{"checkin"};
inline constexpr Event<void(DriverConnection&, ConnectionRecord&, PoolResetState)> reset{"reset"};
/// The exception is null when the program itself has invalidated the connection.
inline constexpr Event<void(DriverConnection&, ConnectionRecord&, const std::exception*)>
    invalidate{"invalidate"};
/// A connection is to be replaced before it is lent again; as `invalidate`.
inline constexpr Event<void(DriverConnection&, ConnectionRecord&, const std::exception*)>
    soft_invalidate{"soft_invalidate"};
inline constexpr Event<void(DriverConnection&, ConnectionRecord&)> close{"close"};
inline constexpr Event<void(DriverConnection&, ConnectionRecord&)> detach{"detach"};
inline constexpr Event<void(DriverConnection&)> close_detached{"close_detached"};

}  // namespace event
}  // namespace azoth
