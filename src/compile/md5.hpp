// SPDX-License-Identifier: MIT
// MD5, which SQLAlchemy's shortened names end with; of no use against anybody who means harm.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace azoth::compile {

/// Returns the 32 hexadecimal digits of a text's MD5.
std::string md5_hex(std::string_view text);

/// Returns the text, or when it has more than `max` characters its first `max` - 8, an underscore
/// and the last 4 digits of its MD5.
std::string shortened(std::string_view text, std::size_t max);

}  // namespace azoth::compile
