// SPDX-License-Identifier: MIT
// All dialects by name. They need no database and no vendor's library: any statement can be printed
// for any database anywhere.
#pragma once
#include <azoth/compile/dialect.hpp>

#include <memory>
#include <string_view>

namespace azoth {

/// Returns a dialect by name: `default`, `printing`, `sqlite`, `postgresql`, `mysql`, `mariadb`,
/// `oracle`, `mssql`. It lives until the program ends and is shared between threads.
/// @throws ArgumentError that names those there are.
const Dialect& dialect(std::string_view name);

/// Makes a dialect that can do what `capabilities` say (a copy of those of `dialect(name)`, with
/// changes): another server version, another setting.
/// @throws ArgumentError for an unknown name.
std::unique_ptr<Dialect> make_dialect(std::string_view name, const Capabilities& capabilities);

}  // namespace azoth
