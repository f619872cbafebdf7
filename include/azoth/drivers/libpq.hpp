// SPDX-License-Identifier: MIT
// The driver over libpq, PostgreSQL's library. Linking azoth::libpq makes the URL scheme
// `postgresql` known; this header is only needed by programs that link without Azoth's CMake
// targets, or want the driver itself.
#pragma once
#include <azoth/fwd.hpp>

#include <memory>

extern "C" int azoth_libpq_registered();

namespace azoth {

/// Returns the driver. It is stateless; its connections belong to one thread at a time, but for
/// `cancel`.
std::shared_ptr<Driver> libpq_driver();

namespace detail {
// Naming the function keeps the registration in the program when a linker picks objects from the
// archive.
inline const int libpq_anchor = azoth_libpq_registered();
}  // namespace detail

}  // namespace azoth
