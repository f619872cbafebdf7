// SPDX-License-Identifier: MIT
// The dialect and the options that a record is compiled with.
#pragma once
#include "conformance/json.hpp"
#include <azoth/compile/dialect.hpp>

#include <memory>

namespace azoth::conformance {

/// Returns the dialect of that name as it is by default.
const Dialect& plain_dialect(const std::string& name);

/// Makes the dialect of a record, with its options. @throws CannotBuild for unknown options.
std::unique_ptr<Dialect> make_dialect_of(const Json& record);

/// Returns the `compile_kwargs` of a record. @throws CannotBuild for unknown ones.
CompileOptions options_of(const Json& record);

}  // namespace azoth::conformance
