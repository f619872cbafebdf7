// SPDX-License-Identifier: MIT
// What nearly every file of sql/, compile/, dialects/ and engine/ includes, compiled once. Files
// still include what they use: they must also compile without this one.
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
