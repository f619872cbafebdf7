// SPDX-License-Identifier: MIT
// The statements that set savepoints, return to them and give them up.
#pragma once
#include <azoth/sql/node_of.hpp>

namespace azoth::sql {

/// `SAVEPOINT name`, `ROLLBACK TO SAVEPOINT name` or `RELEASE SAVEPOINT name`, by kind.
struct Savepoint final : NodeOf<Savepoint> {
  Savepoint(Kind k, std::string_view n) : NodeOf(k), name(n) {}

  std::string name;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name);
  }
};

}  // namespace azoth::sql
