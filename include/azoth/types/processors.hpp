// SPDX-License-Identifier: MIT
// What a user's type does to values on their way to the database and back.
#pragma once
#include <azoth/types/types.hpp>
#include <azoth/types/value.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Turns values of a `TypeDecorator` into values of the type below it, and back. Each function is
/// called with the value, also with NULL, and with the name of the dialect; where one is empty,
/// values stay as they are. They must be thread-safe and live as long as the program. What they
/// throw when a value is bound arrives as StatementError.
struct ValueProcessors {
  using Function = std::function<Value(const Value& value, std::string_view dialect)>;
  Function process_bind_param;
  Function process_result_value;
  Function process_literal_param;  ///< of values put into the text; empty: process_bind_param
};

namespace types {

/// A user's type that stores what `impl` stores, or another type in some dialects, and whose values
/// pass through `processors`. Each call makes a type of its own: keep it, as a table does.
TypePtr TypeDecorator(TypePtr impl,
                      ValueProcessors processors,
                      std::vector<std::pair<std::string, TypePtr>> by_dialect = {});

}  // namespace types
}  // namespace azoth
