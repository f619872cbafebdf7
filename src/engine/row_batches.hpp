// SPDX-License-Identifier: MIT
// Many parameter sets in one INSERT: INSERT INTO t (a) VALUES (?) -> INSERT INTO t (a) VALUES (?),
// (?)
#pragma once
#include "engine/many_context.hpp"

namespace azoth::detail {

/// Says whether the statement is an INSERT of one row and no more, which can be repeated.
bool is_repeatable(const ManyContext& context);
/// How many rows a statement may have at most: by its parameters, and as pays.
std::size_t largest_batch(const ManyContext& context);
/// Of `count` rows, as many as make no larger a statement than the server takes.
std::size_t rows_that_fit(const ManyContext& context, std::size_t first, std::size_t count);
/// The statement's text with its row so many times.
std::string repeated_text(const Compiled& compiled, std::size_t rows);

}  // namespace azoth::detail
