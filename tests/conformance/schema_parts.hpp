// SPDX-License-Identifier: MIT
// What tables consist of, read from the records.
#pragma once
#include "conformance/builder.hpp"

namespace azoth::conformance {

Column column(Builder& b, const Json& tree);
Constraint constraint(Builder& b, const Json& tree);
Index index(Builder& b, const Json& tree);
/// Returns a constraint's or index's name, empty when it has none.
ConstraintName constraint_name(const Json& tree);
IdentityOptions identity_options(const Json& tree);
/// Returns what `dialect_options` says.
DialectOptions dialect_options(Builder& b, const Json& tree);
OptionValue option_value(Builder& b, const Json& tree);

}  // namespace azoth::conformance
