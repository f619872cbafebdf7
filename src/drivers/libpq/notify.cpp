// SPDX-License-Identifier: MIT
// LISTEN and NOTIFY.
#include "drivers/libpq/connection.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/drivers/libpq/notify.hpp>

#include <poll.h>

#include <algorithm>
#include <cmath>

namespace azoth::libpq {

using namespace drivers::libpq;

void listen(Connection& connection, std::string_view channel) {
  connection.exec_driver_sql("LISTEN " + connection.dialect().quote(channel));
}

void unlisten(Connection& connection, std::string_view channel) {
  connection.exec_driver_sql("UNLISTEN " + connection.dialect().quote(channel));
}

void notify(Connection& connection, std::string_view channel, std::string_view payload) {
  connection.exec_driver_sql("SELECT pg_notify($1, $2)", {Value(channel), Value(payload)});
}

namespace {

std::vector<Notification> take(PGconn* connection) {
  if (PQconsumeInput(connection) == 0) {
    throw_result_error(connection, nullptr);
  }
  std::vector<Notification> found;
  while (PGnotify* told = PQnotifies(connection)) {
    const std::unique_ptr<PGnotify, decltype(&PQfreemem)> kept(told, &PQfreemem);
    found.push_back({told->relname, told->extra, told->be_pid});
  }
  return found;
}

}  // namespace

std::vector<Notification> notifications(Connection& connection, double timeout_seconds) {
  auto* driver = dynamic_cast<LibpqConnection*>(&connection.driver_connection());
  if (driver == nullptr) {
    throw InvalidRequestError(
        "notifications need a connection of the libpq driver; this one is of another driver");
  }
  driver->make_ready();
  std::vector<Notification> found = take(driver->handle());
  if (found.empty() && timeout_seconds > 0) {
    pollfd socket{PQsocket(driver->handle()), POLLIN, 0};
    const double milliseconds = std::min(std::ceil(timeout_seconds * 1000), 2e9);
    if (::poll(&socket, 1, static_cast<int>(milliseconds)) > 0) {
      found = take(driver->handle());
    }
  }
  return found;
}

}  // namespace azoth::libpq
