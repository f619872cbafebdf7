// SPDX-License-Identifier: MIT
// The driver's front, and how it makes itself known.
#include "drivers/mariadb/connection.hpp"
#include "drivers/mariadb/dialect.hpp"
#include <azoth/dialects/mysql.hpp>
#include <azoth/drivers/mariadb.hpp>
#include <azoth/engine/reflection.hpp>
#include <azoth/engine/registry.hpp>

namespace azoth {
namespace drivers::mariadb {
namespace {

class MariadbDriver final : public Driver {
 public:
  std::string_view name() const override { return "mariadb"; }

  std::unique_ptr<DriverConnection> connect(const URL& url, const EngineOptions& options) override {
    return std::make_unique<MariadbConnection>(connect_request(url, options));
  }

  // Asked by a statement, since proxies greet with a version of their own.
  std::string server_version(DriverConnection& connection) override {
    const auto cursor = connection.prepare("SELECT VERSION()");
    std::string version =
        cursor->step() ? cursor->value(0, types::String()).get<std::string>() : std::string();
    connection.rollback();
    return version;
  }

  const Dialect& dialect_of(DriverConnection& connection, const Dialect& of_scheme) override {
    const std::string version = server_version(connection);
    const MYSQL* handle = static_cast<MariadbConnection&>(connection).handle();
    const bool escapes = (handle->server_status & SERVER_STATUS_NO_BACKSLASH_ESCAPES) == 0;
    return dialect_for({version, escapes}, of_scheme);
  }

  bool shares_one_connection(const URL&, const EngineOptions&) const override { return false; }
};

}  // namespace
}  // namespace drivers::mariadb

std::shared_ptr<Driver> mariadb_driver() {
  static const auto* const driver =  // lives to the end, as the dialects
      new std::shared_ptr<Driver>(std::make_shared<drivers::mariadb::MariadbDriver>());
  return *driver;
}

}  // namespace azoth

extern "C" int azoth_mariadb_registered() {
  using namespace azoth;
  static const bool done = [] {
    for (const char* scheme : {"mysql", "mysql+mariadb", "mysql+mysqldb", "mysql+pymysql"}) {
      register_driver(scheme, {&drivers::mariadb::mysql_scheme_dialect, &mariadb_driver});
    }
    for (const char* scheme : {"mariadb", "mariadb+mariadb", "mariadb+mariadbconnector"}) {
      register_driver(scheme, {&drivers::mariadb::mariadb_scheme_dialect, &mariadb_driver});
    }
    return register_reflection("mysql", mysql_reflection()) &&
           register_reflection("mariadb", mysql_reflection());
  }();
  return done ? 1 : 0;
}

namespace {
[[maybe_unused]] const int registered_when_linked = azoth_mariadb_registered();
}
