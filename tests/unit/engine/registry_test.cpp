// SPDX-License-Identifier: MIT
// Which drivers are known, and the words of options.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/registry.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

std::shared_ptr<Driver> no_driver() {
  return nullptr;
}

TEST(Registry, UnknownSchemeSaysWhatIsKnown) {
  register_driver("known", {&default_dialect, &no_driver});
  try {
    find_driver("foo+bar");
    FAIL() << "found";
  } catch (const NoSuchModuleError& error) {
    EXPECT_EQ(error.message(), "Can't load plugin: azoth.dialects:foo.bar; known are known");
  }
}

TEST(Registry, LastRegistrationCounts) {
  register_driver("known", {&default_dialect, &no_driver});
  EXPECT_EQ(find_driver("known").dialect, &default_dialect);
}

TEST(Echo, OnlyDebugIsAWord) {
  EXPECT_TRUE(Echo("debug").is_debug());
  EXPECT_FALSE(Echo(true).is_debug());
  EXPECT_FALSE(Echo().is_on());
  EXPECT_THROW(Echo("loud"), ArgumentError);
}

}  // namespace
}  // namespace azoth
