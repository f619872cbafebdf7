// SPDX-License-Identifier: MIT
// The driver's front: what URLs and arguments mean for libpq, and how the driver makes itself
// known.
#include "drivers/libpq/connection.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql.hpp>
#include <azoth/drivers/libpq.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/reflection.hpp>
#include <azoth/engine/registry.hpp>
#include <azoth/engine/url.hpp>

#include <algorithm>
#include <charconv>

namespace azoth {
namespace drivers::libpq {
namespace {

constexpr std::string_view cache_size = "prepared_statement_cache_size";

bool is_keyword(std::string_view name) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> known(PQconndefaults(),
                                                                           &PQconninfoFree);
  for (const PQconninfoOption* option = known.get(); option && option->keyword; ++option) {
    if (name == option->keyword) {
      return true;
    }
  }
  return false;
}

std::size_t parse_size(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw ArgumentError("libpq: argument '" + std::string(cache_size) + "' is '" +
                        std::string(text) + "'; expected a number");
  }
  return number;
}

void set_keyword(ConnectRequest& request, std::string_view name, std::string value) {
  const auto found = std::find_if(request.keywords.begin(),
                                  request.keywords.end(),
                                  [&](const auto& keyword) { return keyword.first == name; });
  if (found != request.keywords.end()) {
    found->second = std::move(value);
  } else {
    request.keywords.emplace_back(name, std::move(value));
  }
}

void set_argument(ConnectRequest& request, const std::string& name, const std::string& value) {
  if (name == cache_size) {
    request.prepared_statements = parse_size(value);
  } else if (is_keyword(name)) {
    set_keyword(request, name, value);
  } else {
    throw ArgumentError(
        "libpq: unknown connection argument '" + name +
        "'; known are prepared_statement_cache_size and the keywords of libpq, as "
        "sslmode, connect_timeout, application_name, target_session_attrs, options");
  }
}

// host=a:5432&host=b -> host=a,b port=5432,
void set_hosts(ConnectRequest& request, const std::vector<std::string>& given) {
  std::string hosts, ports;
  bool has_port = false;
  for (const std::string& one : given) {
    const std::size_t colon = one.find(':') == one.rfind(':') ? one.find(':') : one.npos;
    hosts += (&one == &given.front() ? "" : ",") + one.substr(0, colon);
    ports += &one == &given.front() ? "" : ",";
    if (colon != one.npos) {
      ports += one.substr(colon + 1);
      has_port = true;
    }
  }
  set_keyword(request, "host", hosts);
  if (has_port) {
    set_keyword(request, "port", ports);
  }
}

}  // namespace

ConnectRequest connect_request(const URL& url, const EngineOptions& options) {
  ConnectRequest request;
  request.keywords.emplace_back("client_encoding", "UTF8");
  const std::pair<const char*, const std::optional<std::string>&> parts[] = {
      {"host", url.host()},
      {"user", url.username()},
      {"password", url.password()},
      {"dbname", url.database()}};
  for (const auto& [keyword, value] : parts) {
    if (value && !value->empty()) {
      set_keyword(request, keyword, *value);
    }
  }
  if (url.port()) {
    set_keyword(request, "port", std::to_string(*url.port()));
  }
  for (const auto& [name, values] : url.query()) {
    name == "host" ? set_hosts(request, values) : set_argument(request, name, values.back());
  }
  for (const auto& [name, value] : options.connect_args) {
    set_argument(request, name, value);
  }
  return request;
}

namespace {

class LibpqDriver final : public Driver {
 public:
  std::string_view name() const override { return "libpq"; }

  std::unique_ptr<DriverConnection> connect(const URL& url, const EngineOptions& options) override {
    return std::make_unique<LibpqConnection>(connect_request(url, options));
  }

  std::string server_version(DriverConnection& connection) override {
    const char* version =
        PQparameterStatus(static_cast<LibpqConnection&>(connection).handle(), "server_version");
    return version != nullptr ? version : "";
  }

  bool shares_one_connection(const URL&, const EngineOptions&) const override { return false; }
};

// PostgreSQL as libpq takes it: numbered placeholders, percent signs and backslashes as they are.
const Dialect& libpq_dialect() {
  static const Dialect* const dialect = [] {  // lives to the end: engines may be static objects
    Capabilities can = postgresql_dialect().capabilities();
    can.paramstyle = ParamStyle::numeric_dollar;
    can.double_percents = false;
    can.backslash_escapes = false;
    return postgresql::make_dialect(can).release();
  }();
  return *dialect;
}

}  // namespace
}  // namespace drivers::libpq

std::shared_ptr<Driver> libpq_driver() {
  static const auto* const driver =  // lives to the end, as the dialect
      new std::shared_ptr<Driver>(std::make_shared<drivers::libpq::LibpqDriver>());
  return *driver;
}

}  // namespace azoth

extern "C" int azoth_libpq_registered() {
  static const bool done = [] {
    for (const char* scheme : {"postgresql", "postgresql+libpq", "postgresql+psycopg2"}) {
      azoth::register_driver(scheme, {&azoth::drivers::libpq::libpq_dialect, &azoth::libpq_driver});
    }
    return azoth::register_reflection("postgresql", azoth::postgresql_reflection());
  }();
  return done ? 1 : 0;
}

namespace {
[[maybe_unused]] const int registered_when_linked = azoth_libpq_registered();
}
