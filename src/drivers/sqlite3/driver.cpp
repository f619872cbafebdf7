// SPDX-License-Identifier: MIT
// The driver's front: what URLs and arguments mean for SQLite, and how the driver makes itself
// known.
#include "drivers/sqlite3/connection.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/drivers/sqlite3.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/reflection.hpp>
#include <azoth/engine/registry.hpp>
#include <azoth/engine/url.hpp>

#include <charconv>

namespace azoth {
namespace drivers::sqlite {
namespace {

[[noreturn]] void refuse(std::string_view name, std::string_view value, std::string_view expected) {
  throw ArgumentError("sqlite3: argument '" + std::string(name) + "' is '" + std::string(value) +
                      "'; expected " + std::string(expected));
}

bool parse_flag(std::string_view name, std::string_view value) {
  for (std::string_view word : {"1", "true", "on", "yes"}) {
    if (value == word) {
      return true;
    }
  }
  for (std::string_view word : {"0", "false", "off", "no"}) {
    if (value == word) {
      return false;
    }
  }
  refuse(name, value, "true or false");
}

double parse_number(std::string_view name, std::string_view value) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() ||
      !(number >= 0 && number < 1e6)) {
    refuse(name, value, "a number from 0 to 1000000");
  }
  return number;
}

void set_mode(OpenRequest& request, std::string_view mode) {
  if (mode == "ro") {
    request.flags = SQLITE_OPEN_READONLY;
  } else if (mode == "rw") {
    request.flags = SQLITE_OPEN_READWRITE;
  } else if (mode == "memory") {
    request.flags |= SQLITE_OPEN_MEMORY;
  } else if (mode != "rwc") {
    refuse("mode", mode, "ro, rw, rwc or memory");
  }
}

// What the driver takes itself; false for names it does not know.
bool set_argument(OpenRequest& request, std::string_view name, std::string_view value) {
  if (name == "timeout") {
    request.timeout = parse_number(name, value);
  } else if (name == "foreign_keys") {
    request.foreign_keys = parse_flag(name, value) ? 1 : 0;
  } else if (name == "cached_statements") {
    request.cached_statements = static_cast<std::size_t>(parse_number(name, value));
  } else if (name != "uri" && name != "check_same_thread") {
    return false;
  }
  return true;
}

}  // namespace

OpenRequest open_request(const URL& url, const EngineOptions& options) {
  if (url.host() || url.username() || url.port()) {
    throw ArgumentError("Invalid SQLite URL: " + url.to_string() +
                        "\nValid SQLite URL forms are\n sqlite:///:memory: (or, sqlite://)\n "
                        "sqlite:///relative/path/to/file.db\n"
                        " sqlite:////absolute/path/to/file.db");
  }
  OpenRequest request;
  request.flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  request.filename = url.database().value_or("");
  if (request.filename.empty()) {
    request.filename = ":memory:";
  }
  const bool is_uri = request.filename.starts_with("file:");
  char separator = request.filename.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, values] : url.query()) {
    const std::string& value = values.back();
    if (set_argument(request, name, value)) {
      continue;
    }
    if (is_uri) {  // the rest is for SQLite's own reading of the URI
      request.filename.append(1, separator).append(name).append("=").append(value);
      separator = '&';
    } else if (name == "mode") {
      set_mode(request, value);
    } else {
      throw ArgumentError("sqlite3: unknown query argument '" + name + "' in " + url.to_string() +
                          "; known are mode, timeout, foreign_keys, cached_statements; others need "
                          "a URI: sqlite:///file:path?" +
                          name + "=" + value + "&uri=true");
    }
  }
  for (const auto& [name, value] : options.connect_args) {
    if (!set_argument(request, name, value)) {
      throw ArgumentError("sqlite3: unknown connect argument '" + name +
                          "'; known are timeout, foreign_keys, cached_statements");
    }
  }
  return request;
}

namespace {

class Sqlite3Driver final : public Driver {
 public:
  std::string_view name() const override { return "sqlite3"; }

  std::unique_ptr<DriverConnection> connect(const URL& url, const EngineOptions& options) override {
    return std::make_unique<Sqlite3Connection>(open_request(url, options));
  }

  std::string server_version(DriverConnection&) override { return sqlite3_libversion(); }

  // Each connection to a database in memory would be a database of its own.
  bool shares_one_connection(const URL& url, const EngineOptions& options) const override {
    const OpenRequest request = open_request(url, options);
    return request.filename == ":memory:" || (request.flags & SQLITE_OPEN_MEMORY) != 0 ||
           request.filename.starts_with("file::memory:") ||
           request.filename.find("mode=memory") != std::string::npos;
  }
};

}  // namespace
}  // namespace drivers::sqlite

std::shared_ptr<Driver> sqlite3_driver() {
  static const auto driver = std::make_shared<drivers::sqlite::Sqlite3Driver>();
  return driver;
}

}  // namespace azoth

extern "C" int azoth_sqlite3_registered() {
  static const bool done =
      azoth::register_reflection("sqlite", azoth::sqlite_reflection()) &&
      azoth::register_driver("sqlite", {&azoth::sqlite_dialect, &azoth::sqlite3_driver}) &&
      azoth::register_driver("sqlite+sqlite3", {&azoth::sqlite_dialect, &azoth::sqlite3_driver});
  return done ? 1 : 0;
}

namespace {
[[maybe_unused]] const int registered_when_linked = azoth_sqlite3_registered();
}
