// SPDX-License-Identifier: MIT
// All of Core in one include: types, schema, the expression language, engines.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/compile/print.hpp>
#include <azoth/dialects/dialects.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/selectables.hpp>
#include <azoth/sql/table_parts.hpp>
