// SPDX-License-Identifier: MIT
// The values of a compiled statement's parameters by name, for reading and for programs that hand
// them to a driver of their own. The engine binds values without making this list.
#pragma once
#include <azoth/compile/compiled.hpp>

#include <span>

namespace azoth {

namespace sql {
struct BindParameter;
}

/// One parameter and its value; an IN list has several values, rows of tuples one after the other.
struct ParameterValue {
  std::string name;
  bool is_list = false;
  std::vector<Value> values{};
  bool is_placed = false;  ///< the text holds the value, there is no placeholder
};

/// Returns the values in the order of the placeholders, named as in the text; behind them those
/// that the text holds already (`render_postcompile`). `binds` are those that the statement was
/// compiled with; `given` values, by the parameter's name or key, take the place of the statement's
/// own. A default that is made at execution (`Compiled::prefetch`) is NULL here.
/// A parameter of text() with a `$` in its name is left out until it has a value, as in SQLAlchemy.
/// @throws InvalidRequestError for another parameter that has no value.
std::vector<ParameterValue> construct_params(const Compiled& compiled,
                                             const std::vector<const sql::BindParameter*>& binds,
                                             std::span<const ParameterValue> given = {});

}  // namespace azoth
