// SPDX-License-Identifier: MIT
// The driver over the SQLite library. Linking azoth::sqlite3 makes the URL scheme `sqlite` known;
// this header is only needed by programs that link without Azoth's CMake targets, or want the
// driver itself.
#pragma once
#include <azoth/fwd.hpp>

#include <memory>

extern "C" int azoth_sqlite3_registered();

namespace azoth {

/// Returns the driver. It is stateless; connections are opened without a mutex of their own and
/// belong to one thread at a time.
std::shared_ptr<Driver> sqlite3_driver();

namespace detail {
// Naming the function keeps the registration in the program when a linker picks objects from the
// archive.
inline const int sqlite3_anchor = azoth_sqlite3_registered();
}  // namespace detail

}  // namespace azoth
