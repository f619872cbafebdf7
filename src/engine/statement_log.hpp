// SPDX-License-Identifier: MIT
// How logs and errors show statements and parameters: SQLAlchemy's tags, Python's forms of values,
// and its truncation of long ones.
#pragma once
#include <azoth/base/function_ref.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace azoth::detail {

inline constexpr const char* hidden_parameters =
    "[SQL parameters hidden due to hide_parameters=True]";

/// Appends the value at a position, or of a parameter set.
using AppendAt = base::FunctionRef<void(std::string& out, std::size_t index)>;

/// Renders a duration as `0.00012s`.
std::string seconds_text(double seconds);
/// Renders the age of a cached statement as `1.234s ago`.
std::string age_text(double seconds);
/// Appends `(1, 'a')`; values longer than 300 characters and those in the middle of more than 100
/// are left out with a note.
void append_tuple(std::string& out, std::size_t count, AppendAt append_value);
/// Appends `[(1, 'a'), (2, 'b')]`; of more than 10 sets the first 8 and the last 2.
void append_sets(std::string& out, std::size_t count, AppendAt append_set);

}  // namespace azoth::detail
