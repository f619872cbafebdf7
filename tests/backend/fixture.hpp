// SPDX-License-Identifier: MIT
// Laws that hold on every database: each test runs on SQLite and on all servers of the environment,
// and on the same over ODBC.
#pragma once
#include "odbc_urls.hpp"
#include "servers.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/registry.hpp>
#include <azoth/engine/schema.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

namespace azoth_test {

class Backend : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const URL given(GetParam());
    try {
      find_driver(given.drivername());
    } catch (const NoSuchModuleError& error) {
      GTEST_SKIP() << error.message();
    }
    const std::string driver = odbc_driver_name(given.backend_name());
    if (given.driver_name() == "odbc" && !has_odbc_driver(driver)) {
      GTEST_SKIP() << "the ODBC driver '" << driver << "' is not installed";
    }
    if (given.backend_name() == "sqlite") {
      file_ = "azoth_backend_" + std::to_string(::getpid()) + ".sqlite";
      std::remove(file_.c_str());
      engine.emplace(create_engine(given.set({.database = file_}).to_string()));
    } else {
      engine.emplace(create_engine(with_own_schema(GetParam())));
    }
  }

  void TearDown() override {
    engine.reset();
    if (!file_.empty()) {
      std::remove(file_.c_str());
    }
  }

  const Capabilities& can() const { return engine->dialect().capabilities(); }

  bool is(std::string_view name) const { return engine->dialect().name() == name; }

  bool is_odbc() const { return engine->url().driver_name() == "odbc"; }

  std::optional<Engine> engine;

 private:
  std::string file_;
};

inline std::vector<std::string> all_backends() {
  std::vector<std::string> urls = server_urls();
  urls.insert(urls.begin(), "sqlite://");
  for (std::size_t i = 0, end = urls.size(); i < end; ++i) {
    urls.push_back(over_odbc(urls[i]));
  }
  return urls;
}

inline std::string name_of_backend(const ::testing::TestParamInfo<std::string>& info) {
  const URL url(info.param);
  return std::string(url.backend_name()) + (url.driver_name() == "odbc" ? "_odbc" : "") +
         (info.index == 0 ? "" : "_" + std::to_string(info.index));
}

}  // namespace azoth_test

#define AZOTH_ON_ALL_BACKENDS(Suite) \
  INSTANTIATE_TEST_SUITE_P(          \
      On, Suite, ::testing::ValuesIn(azoth_test::all_backends()), azoth_test::name_of_backend)
