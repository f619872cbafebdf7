// SPDX-License-Identifier: MIT
// The servers that tests may use: the URLs in AZOTH_TEST_URLS, which tools/servers sets. Each test
// program has a schema of its own where the database has schemas, so that programs run side by
// side.
#pragma once
#include <azoth/engine/engine.hpp>
#include <azoth/engine/url.hpp>

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace azoth::testing {

inline constexpr const char* no_server =
    "AZOTH_TEST_URLS names no such server; run the tests with tools/test or tools/servers";

/// The URLs of all servers that the environment names.
inline std::vector<std::string> server_urls() {
  const char* given = std::getenv("AZOTH_TEST_URLS");
  std::istringstream words(given != nullptr ? given : "");
  std::vector<std::string> urls;
  for (std::string url; words >> url;) {
    urls.push_back(url);
  }
  return urls;
}

/// The URL of the first server of that backend, as `postgresql`.
inline std::optional<std::string> server_url(std::string_view backend) {
  for (const std::string& url : server_urls()) {
    if (URL(url).backend_name() == backend) {
      return url;
    }
  }
  return std::nullopt;
}

/// The URL with a schema of this process as the one where PostgreSQL makes and finds tables.
inline std::string with_own_schema(const std::string& url) {
  static const std::string schema = "azoth_test_" + std::to_string(::getpid());
  static const bool is_made = [&] {
    create_engine(url).begin(
        [](Connection& connection) { connection.exec_driver_sql("CREATE SCHEMA " + schema); });
    return true;
  }();
  static_cast<void>(is_made);
  return URL(url)
      .update_query({{"options", {"-csearch_path=" + schema}}})
      .to_string({.hide_password = false});
}

}  // namespace azoth::testing
