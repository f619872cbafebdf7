// SPDX-License-Identifier: MIT
// From URLs to connection strings.
#include "drivers/odbc/arguments.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

namespace azoth::drivers::odbc {
namespace {

using base::ascii_iequal;
using Keywords = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void refuse(std::string_view name, std::string_view value, std::string_view expected) {
  throw ArgumentError("odbc: argument '" + std::string(name) + "' is '" + std::string(value) +
                      "'; expected " + std::string(expected));
}

std::uint32_t parse_number(std::string_view name, std::string_view value) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) {
    refuse(name, value, "a number");
  }
  return number;
}

bool parse_flag(std::string_view name, std::string_view value) {
  for (std::string_view word : {"1", "true", "on", "yes", "y", "t"}) {
    if (ascii_iequal(value, word)) {
      return true;
    }
  }
  for (std::string_view word : {"0", "false", "off", "no", "n", "f"}) {
    if (ascii_iequal(value, word)) {
      return false;
    }
  }
  refuse(name, value, "true or false");
}

// What the driver takes itself; false for names it does not know.
bool set_argument(ConnectRequest& request, std::string_view name, std::string_view value) {
  if (name == "autocommit") {
    request.is_autocommit = parse_flag(name, value);
  } else if (name == "timeout") {
    request.login_timeout = parse_number(name, value);
  } else if (name == "prepared_statement_cache_size") {
    request.prepared_statements = parse_number(name, value);
  } else {
    return false;
  }
  return true;
}

void check_text(std::string_view name, std::string_view value) {
  if (value.find('\0') != value.npos) {
    throw ArgumentError("odbc: the value of '" + std::string(name) +
                        "' has a NUL in it, which no connection string can hold");
  }
}

// A keyword has no quotes of any kind.
void check_keyword(std::string_view name) {
  if (name.empty() || name.find_first_of(std::string_view("[]{}(),;?*=!@\0", 15)) != name.npos) {
    throw ArgumentError("odbc: the keyword '" + std::string(name) +
                        "' cannot be written into a connection string; none of []{}(),;?*=!@ may "
                        "stand in it");
  }
}

std::string in_braces(std::string_view value) {
  std::string out = "{";
  for (const char c : value) {
    out.append(c == '}' ? 2 : 1, c);
  }
  return out += '}';
}

class ConnectionString {
 public:
  void add(std::string_view name, std::string_view value) {
    check_text(name, value);
    const bool needs_braces = value.find(';') != value.npos || value.starts_with('{');
    put(name, needs_braces ? in_braces(value) : std::string(value));
  }

  void add_driver(std::string_view value) {
    check_text("driver", value);
    put("DRIVER", in_braces(value));
  }

  std::string text;

 private:
  void put(std::string_view name, const std::string& value) {
    text += text.empty() ? "" : ";";
    text.append(name).append("=").append(value);
  }
};

// Takes a parameter out of the query.
std::optional<std::string> take(Keywords& keywords, std::string_view name) {
  const auto found = std::find_if(
      keywords.begin(), keywords.end(), [&](const auto& one) { return one.first == name; });
  if (found == keywords.end()) {
    return std::nullopt;
  }
  std::string value = std::move(found->second);
  keywords.erase(found);
  return value;
}

void add_address(ConnectionString& out, const URL& url, AddressStyle style) {
  const std::string host = url.host().value_or(""), database = url.database().value_or("");
  const std::string port = url.port() ? std::to_string(*url.port()) : "";
  switch (style) {
    case AddressStyle::server_comma_port:
      out.add("Server", host + (port.empty() ? "" : "," + port));
      out.add("Database", database);
      return;
    case AddressStyle::server_and_port:
      out.add("Server", host);
      if (!port.empty()) {
        out.add("Port", port);
      }
      out.add("Database", database);
      return;
    case AddressStyle::easy_connect:
      out.add("DBQ",
              host + (port.empty() ? "" : ":" + port) + (database.empty() ? "" : "/" + database));
      return;
    case AddressStyle::file:
      out.add("Database", database.empty() ? ":memory:" : database);
      return;
  }
}

void add_user(ConnectionString& out, const URL& url, Keywords& keywords, const Backend& backend) {
  if (url.username() && !url.username()->empty()) {
    out.add("UID", *url.username());
    if (url.password() && !url.password()->empty()) {
      out.add("PWD", *url.password());
    }
  } else if (backend.address == AddressStyle::server_comma_port) {
    const auto authentication = take(keywords, "authentication");
    authentication ? out.add("Authentication", *authentication)
                   : out.add("Trusted_Connection", "Yes");
  }
}

bool has_keyword(const Keywords& keywords, std::string_view name) {
  return std::any_of(keywords.begin(), keywords.end(), [&](const auto& keyword) {
    return ascii_iequal(keyword.first, name);
  });
}

// A host without a database is the name of a data source.
std::string make_connection_string(const URL& url, Keywords keywords, const Backend& backend) {
  ConnectionString out;
  const auto dsn = take(keywords, "dsn");
  const bool is_file = backend.address == AddressStyle::file;
  if (dsn || (url.host() && url.database().value_or("").empty())) {
    out.add("dsn", dsn ? *dsn : *url.host());
    if (url.port()) {
      keywords.emplace_back("port", std::to_string(*url.port()));
    }
  } else {
    if (const auto driver = take(keywords, "driver")) {
      out.add_driver(*driver);
    } else {
      warn(WarningCategory::sa_warning,
           "No driver name specified; this is expected by ODBC when using DSN-less connections");
    }
    if (is_file && url.host()) {
      throw ArgumentError(
          "Invalid SQLite URL: " + url.to_string() +
          "\nValid forms over ODBC are\n sqlite+odbc:///relative/path?driver=SQLite3"
          "\n sqlite+odbc:////absolute/path?driver=SQLite3\n sqlite+odbc://dsn");
    }
    add_address(out, url, backend.address);
  }
  add_user(out, url, keywords, backend);
  for (auto& [name, value] : keywords) {
    check_keyword(name);
    out.add(name == "odbc_autotranslate" ? "AutoTranslate" : name, value);
  }
  for (const auto& [name, value] : backend.keywords) {
    if (!has_keyword(keywords, name)) {
      out.add(name, value);
    }
  }
  return std::move(out.text);
}

}  // namespace

ConnectRequest connect_request(const URL& url, const EngineOptions& options) {
  ConnectRequest request;
  request.backend = &backend_of(url.backend_name());
  Keywords keywords;
  for (const auto& [name, values] : url.query()) {
    const bool is_timeout = name == "timeout";  // of the query: a keyword of the driver
    if (is_timeout || !set_argument(request, name, values.back())) {
      keywords.emplace_back(name, values.back());
    }
  }
  for (const auto& [name, value] : options.connect_args) {
    if (!set_argument(request, name, value)) {
      throw ArgumentError("odbc: unknown connect argument '" + name +
                          "'; known are autocommit, timeout, prepared_statement_cache_size; the "
                          "ODBC driver's own keywords stand in the URL's query");
    }
  }
  if (auto given = take(keywords, "odbc_connect")) {
    check_text("odbc_connect", *given);
    request.connection_string = std::move(*given);
  } else {
    request.connection_string = make_connection_string(url, std::move(keywords), *request.backend);
  }
  return request;
}

}  // namespace azoth::drivers::odbc
