// SPDX-License-Identifier: MIT
// The driver over ODBC, for databases without a driver of their own (SQL Server, Oracle) and for
// any other with an ODBC driver. Linking azoth::odbc makes the URL schemes `mssql+odbc`,
// `oracle+odbc`, `postgresql+odbc`, `mysql+odbc`, `mariadb+odbc` and `sqlite+odbc` known; this
// header is only needed by programs that link without Azoth's CMake targets, or want the driver
// itself.
#pragma once
#include <azoth/fwd.hpp>

#include <memory>

extern "C" int azoth_odbc_registered();

namespace azoth {

/// Returns the driver. It is stateless; its connections belong to one thread at a time, but for
/// `cancel`.
std::shared_ptr<Driver> odbc_driver();

namespace detail {
// Naming the function keeps the registration in the program when a linker picks objects from the
// archive.
inline const int odbc_anchor = azoth_odbc_registered();
}  // namespace detail

}  // namespace azoth
