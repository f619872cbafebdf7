// SPDX-License-Identifier: MIT
// What every file of the driver needs; compiled once.
#pragma once
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <nlohmann/json.hpp>
