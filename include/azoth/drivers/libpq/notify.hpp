// SPDX-License-Identifier: MIT
// LISTEN and NOTIFY: messages between the programs of a PostgreSQL database.
#pragma once
#include <azoth/engine/connection.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::libpq {

/// A message that a program has sent.
struct Notification {
  std::string channel, payload;
  int backend_pid = 0;  ///< of the sender's connection
};

/// Begin and end to receive the messages of a channel, when the transaction is committed. What a
/// connection listens to outlives its return to the pool: use one that is detached, or end it.
void listen(Connection& connection, std::string_view channel);
void unlisten(Connection& connection, std::string_view channel);
/// Sends a message when the transaction is committed. @throws DBAPIError, for payloads of 8000
/// bytes and more among others
void notify(Connection& connection, std::string_view channel, std::string_view payload = {});

/// Returns the messages that have arrived, and waits for the first one up to that long. The server
/// sends none while the connection is within a transaction.
/// @throws OperationalError when the connection is lost, InvalidRequestError for a connection of
/// another driver.
std::vector<Notification> notifications(Connection& connection, double timeout_seconds = 0);

}  // namespace azoth::libpq
