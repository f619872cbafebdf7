// SPDX-License-Identifier: MIT
// What a record says of a compiled statement, against what the library made of it.
#pragma once
#include "conformance/outcome.hpp"
#include <azoth/compile/compiled.hpp>
#include <azoth/sql/elements.hpp>

namespace azoth::conformance {

/// A compiled statement, or the error of compiling it.
struct Result {
  Compiled compiled;
  std::vector<const sql::BindParameter*> binds;
  std::vector<std::size_t> copies;  ///< of each bind: how many objects of the record it stands for
  std::string error_class, error_message;  ///< empty without error
};

/// Appends all that differs between a record and a result.
void compare(const Json& record, const Result& result, std::vector<Difference>& differences);

/// Compares with a text or `{"error", "message"}`.
std::optional<Difference> compare_text(const Json& expected, const Result& result);

}  // namespace azoth::conformance
