// SPDX-License-Identifier: MIT
// Which drivers a process has, by the scheme of their URLs. A driver's library registers itself
// when it is linked: its link options name a symbol of its registration, so that no linker drops it
// from the archive (see docs/architecture/engine.md).
#pragma once
#include <azoth/fwd.hpp>

#include <memory>
#include <string_view>

namespace azoth {

/// Joins the two halves behind a URL scheme: how the database speaks, and how it is reached.
struct DriverEntry {
  const Dialect& (*dialect)();
  std::shared_ptr<Driver> (*driver)();
};

/// Makes a driver known under a scheme: `sqlite`, or `sqlite+sqlite3`. The last registration
/// counts. Thread-safe; returns true.
bool register_driver(std::string_view scheme, DriverEntry entry);

/// Returns the driver of a scheme. @throws NoSuchModuleError `Can't load plugin:
/// azoth.dialects:foo` with the schemes that are known.
DriverEntry find_driver(std::string_view scheme);

}  // namespace azoth
