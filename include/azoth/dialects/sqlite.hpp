// SPDX-License-Identifier: MIT
// The dialect of SQLite 3.35 and later. Needs no SQLite library: statements can be printed
// anywhere.
#pragma once
#include <azoth/compile/dialect.hpp>

namespace azoth {

/// Returns SQLite's dialect; it lives until the program ends and is shared between threads.
const Dialect& sqlite_dialect();

class Reflection;

/// Returns what asks SQLite about its tables; the driver makes it known to inspectors.
const Reflection& sqlite_reflection();

}  // namespace azoth
