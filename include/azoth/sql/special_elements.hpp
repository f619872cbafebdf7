// SPDX-License-Identifier: MIT
// Nodes that stand at the side of an operator: collations, slices, types by their name, and the
// placeholder of a type's expressions.
#pragma once
#include <azoth/sql/elements.hpp>

namespace azoth::sql {

/// The name of a collation, at the right of COLLATE.
struct Collation final : NodeOf<Collation> {
  explicit Collation(std::string_view n) : NodeOf(Kind::collation), name(n) {}

  std::string name;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name);
  }
};

/// `start:stop`, the index of an array's part; `step` is kept, no database has it.
struct Slice final : NodeOf<Slice> {
  Slice(Ref b, Ref e, Ref by)
      : NodeOf(Kind::slice), start(std::move(b)), stop(std::move(e)), step(std::move(by)) {}

  Ref start, stop, step;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.start, s.stop, s.step);
  }
};

/// A type's name as it stands in DDL.
struct TypeClause final : NodeOf<TypeClause> {
  explicit TypeClause(TypePtr t) : NodeOf(Kind::type_clause, t) {}

  template <class S, class F>
  static void fields(S&, F&& f) {
    f();
  }
};

/// Stands for the wrapped element in a type's bind or column expression.
struct Placeholder final : NodeOf<Placeholder> {
  Placeholder() : NodeOf(Kind::placeholder) {}

  template <class S, class F>
  static void fields(S&, F&& f) {
    f();
  }
};

}  // namespace azoth::sql
