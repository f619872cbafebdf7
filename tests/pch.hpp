// SPDX-License-Identifier: MIT
// What nearly every test includes, compiled once. Tests still include what they use: they must also
// compile without this file.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>
