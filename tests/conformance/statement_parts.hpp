// SPDX-License-Identifier: MIT
// Parts that statements of several kinds have: lists, texts around them, hints.
#pragma once
#include "conformance/builder.hpp"

namespace azoth::conformance {

/// Appends each node of a list.
void append(
    Builder& b, sql::Ref& statement, sql::Clause clause, const Json& tree, const char* name);
/// Appends one node, if it is there.
void append_one(
    Builder& b, sql::Ref& statement, sql::Clause clause, const Json& tree, const char* name);
/// Appends prefixes or suffixes.
void append_texts(
    Builder& b, sql::Ref& statement, sql::Clause clause, const Json& tree, const char* name);
/// Appends the hints of FROM elements and of the statement.
void append_hints(Builder& b, sql::Ref& statement, const Json& tree);

}  // namespace azoth::conformance
