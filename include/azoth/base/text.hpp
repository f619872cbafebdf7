// SPDX-License-Identifier: MIT
// Small text building that logs and errors share: the Python forms of values, in which parameters
// are shown as SQLAlchemy shows them. It does not quote SQL; that is the dialects' work.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace azoth::base {

/// Appends Python's repr of a str: `'a'`, `"it's"`, escapes for control characters; well-formed
/// UTF-8 is kept, and a byte that is not part of any is shown as `\xNN`.
void append_python_repr(std::string& out, std::string_view text);

/// Returns Python's repr of a str.
std::string python_repr(std::string_view text);

inline std::string python_repr(const char* text) {
  return python_repr(std::string_view(text));
}

/// Returns Python's repr of a float: the shortest text that reads back equal, as `1.0`, `1e+16`,
/// `nan`.
std::string python_repr(double value);

/// Returns Python's repr of an int.
template <std::integral T>
  requires(!std::same_as<T, bool>)
std::string python_repr(T value) {
  return std::to_string(value);
}

/// Returns Python's repr of a bool. A template, so that no pointer converts to it.
template <std::same_as<bool> T>
std::string python_repr(T value) {
  return value ? "True" : "False";
}

/// Appends Python's repr of a bytes: `b'\x00x'`.
void append_python_bytes_repr(std::string& out, std::span<const std::byte> bytes);

/// Returns Python's repr of a bytes.
std::string python_bytes_repr(std::span<const std::byte> bytes);

/// Returns the pieces with the separator between them.
std::string join(std::span<const std::string> pieces, std::string_view separator);

/// Returns a copy with the ASCII letters lowered; other bytes are kept.
std::string ascii_lower(std::string_view text);

/// Returns whether two texts are equal when ASCII letters are compared without case.
bool ascii_iequal(std::string_view left, std::string_view right) noexcept;

}  // namespace azoth::base
