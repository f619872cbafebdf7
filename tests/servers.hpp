// SPDX-License-Identifier: MIT
// The servers that tests may use: the URLs in AZOTH_TEST_URLS, which tools/servers sets. Each test
// program has a schema of its own where the database has schemas, so that programs run side by
// side.
#pragma once
#include <azoth/engine/engine.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace azoth_test {

using namespace azoth;

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

/// A schema of this process, or a database where the two are one; dropped after all tests.
class OwnSchema final : public ::testing::Environment {
 public:
  explicit OwnSchema(const std::string& url)
      : server_(url),
        name_("azoth_test_" + std::to_string(::getpid()) + (is_odbc() ? "_odbc" : "")) {
    run("CREATE SCHEMA " + name_);
  }

  void TearDown() override { run("DROP SCHEMA " + name_ + (is_postgresql() ? " CASCADE" : "")); }

  /// The server's URL with the schema as the one where tables are made and found.
  std::string url() const {
    const URLQuery path = is_odbc() ? URLQuery{{"ConnSettings", {"SET search_path TO " + name_}}}
                                    : URLQuery{{"options", {"-csearch_path=" + name_}}};
    const URL own = is_postgresql() ? server_.update_query(path) : server_.set({.database = name_});
    return own.to_string({.hide_password = false});
  }

 private:
  bool is_odbc() const { return server_.driver_name() == "odbc"; }

  bool is_postgresql() const { return server_.backend_name() == "postgresql"; }

  void run(const std::string& sql) const {
    const Engine engine =
        create_engine(server_.to_string({.hide_password = false}), {.poolclass = "NullPool"});
    engine.begin([&](Connection& connection) { connection.exec_driver_sql(sql); });
  }

  URL server_;
  std::string name_;
};

/// The URL of the server with a schema of this process.
inline std::string with_own_schema(const std::string& url) {
  static std::map<std::string, OwnSchema*> schemas;
  OwnSchema*& schema = schemas[url];
  if (schema == nullptr) {
    schema = new OwnSchema(url);
    ::testing::AddGlobalTestEnvironment(schema);  // which takes it over
  }
  return schema->url();
}

}  // namespace azoth_test
