// SPDX-License-Identifier: MIT
// The nodes of what computes a value from others by name or keyword: functions, windows, CASE,
// CAST, EXTRACT. Operators and names stand in elements.hpp.
#pragma once
#include <azoth/sql/elements.hpp>

namespace azoth::sql {

/// `whens` holds condition and result in turn; `subject` and `otherwise` may be empty.
struct Case final : NodeOf<Case> {
  Case(Ref s, Refs w, Ref o, TypePtr t)
      : NodeOf(Kind::case_, t),
        subject(std::move(s)),
        otherwise(std::move(o)),
        whens(std::move(w)) {}

  Ref subject, otherwise;
  Refs whens;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.subject, s.whens, s.otherwise);
  }
};

/// `CAST(element AS type)`, or with `Kind::type_coerce` the element alone under another type.
struct Cast final : NodeOf<Cast> {
  Cast(Ref e, TypePtr t, Kind k = Kind::cast) : NodeOf(k, t), element(std::move(e)) {}

  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element);
  }
};

/// `EXTRACT(field FROM element)`; databases without it rewrite it (SQLite: `CAST(STRFTIME('%Y', x)
/// AS INTEGER)`).
struct Extract final : NodeOf<Extract> {
  Extract(std::string_view n, Ref e)
      : NodeOf(Kind::extract, types::Integer()), field(n), element(std::move(e)) {}

  std::string field;
  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.field, s.element);
  }
};

/// A function call; a generic function (`count`, `now`, `current_timestamp`) may render differently
/// by database.
struct Function final : NodeOf<Function> {
  Function(std::string_view n, Refs a, TypePtr t, bool generic)
      : NodeOf(Kind::function, t), name(n), arguments(std::move(a)), is_generic(generic) {}

  std::string name;
  Refs arguments;
  bool is_generic;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.arguments, s.is_generic);
  }
};

/// `element OVER (PARTITION BY ... ORDER BY ...)`.
struct Over final : NodeOf<Over> {
  Over(Ref e, Refs p, Refs o)
      : NodeOf(Kind::over, e->type()),
        element(std::move(e)),
        partition_by(std::move(p)),
        order_by(std::move(o)) {}

  Ref element;
  Refs partition_by, order_by;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element, s.partition_by, s.order_by);
  }
};

}  // namespace azoth::sql
