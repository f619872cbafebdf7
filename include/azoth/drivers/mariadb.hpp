// SPDX-License-Identifier: MIT
// The driver over MariaDB's connector, for servers of MariaDB and MySQL. Linking azoth::mariadb
// makes the URL schemes `mariadb` and `mysql` known; this header is only needed by programs that
// link without Azoth's CMake targets, or want the driver itself.
#pragma once
#include <azoth/fwd.hpp>

#include <memory>

extern "C" int azoth_mariadb_registered();

namespace azoth {

/// Returns the driver. It is stateless; its connections belong to one thread at a time, but for
/// `cancel`.
std::shared_ptr<Driver> mariadb_driver();

namespace detail {
// Naming the function keeps the registration in the program when a linker picks objects from the
// archive.
inline const int mariadb_anchor = azoth_mariadb_registered();
}  // namespace detail

}  // namespace azoth
