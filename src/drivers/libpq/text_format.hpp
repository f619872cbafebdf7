// SPDX-License-Identifier: MIT
// The text formats of the types that have a C++ type: of rows that come as text, of arrays, of
// COPY.
#pragma once
#include <azoth/types/value.hpp>

#include <string_view>

namespace azoth::drivers::libpq {

/// Refuses what no text of the server can contain. @throws DataError
void refuse_nul(std::string_view text);
/// Returns a value that is not NULL as the server reads it, lists as arrays; moments are those of
/// UTC, and columns without a zone pass over that. @throws DataError for a text with NUL
std::string text_of(const Literal& value);

// Each returns false for another form, and for what has no C++ value.
bool parse_integer(std::string_view text, std::int64_t& out);
/// Numbers, `NaN`, `Infinity`, `-Infinity`.
bool parse_real(std::string_view text, double& out);
/// `\x00ff`
bool parse_bytes(std::string_view text, Bytes& out);
/// `2010-05-01 12:00:00.5`; with a zone, `+05:30`, the time of UTC.
bool parse_moment(std::string_view text, DateTime& out);

}  // namespace azoth::drivers::libpq
