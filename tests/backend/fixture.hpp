// SPDX-License-Identifier: MIT
// Laws that hold on every database: each test runs on SQLite and on all servers of the environment.
#pragma once
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
    const std::string& given = GetParam();
    try {
      find_driver(URL(given).drivername());
    } catch (const NoSuchModuleError& error) {
      GTEST_SKIP() << error.message();
    }
    if (given.starts_with("sqlite")) {
      file_ = "azoth_backend_" + std::to_string(::getpid()) + ".sqlite";
      std::remove(file_.c_str());
      engine.emplace(create_engine("sqlite:///" + file_));
    } else {
      engine.emplace(create_engine(with_own_schema(given)));
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

  std::optional<Engine> engine;

 private:
  std::string file_;
};

inline std::vector<std::string> all_backends() {
  std::vector<std::string> urls = server_urls();
  urls.insert(urls.begin(), "sqlite://");
  return urls;
}

inline std::string name_of_backend(const ::testing::TestParamInfo<std::string>& info) {
  const std::string scheme = info.param.substr(0, info.param.find(':'));
  return scheme.substr(0, scheme.find('+')) +
         (info.index == 0 ? "" : "_" + std::to_string(info.index));
}

}  // namespace azoth_test

#define AZOTH_ON_ALL_BACKENDS(Suite) \
  INSTANTIATE_TEST_SUITE_P(          \
      On, Suite, ::testing::ValuesIn(azoth_test::all_backends()), azoth_test::name_of_backend)
