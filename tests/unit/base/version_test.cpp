// SPDX-License-Identifier: MIT
// The version that the library states is the one that the headers state.
#include "azoth/version.hpp"

#include <gtest/gtest.h>

#include <string>

namespace azoth {
namespace {

TEST(Version, LinkedLibraryStatesTheVersionOfItsHeaders) {
  EXPECT_EQ(std::string(library_version()),
            std::to_string(version_major) + "." + std::to_string(version_minor) + "." +
                std::to_string(version_patch));
}

}  // namespace
}  // namespace azoth
