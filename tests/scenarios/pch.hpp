// SPDX-License-Identifier: MIT
// What every scenario needs; compiled once.
#pragma once
#include "scenarios/recorder.hpp"
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/statement.hpp>
