// SPDX-License-Identifier: MIT
// The nodes of what computes a value from others by name or keyword: functions, windows, CASE,
// CAST, EXTRACT. Operators and names stand in elements.hpp.
#pragma once
#include <azoth/sql/special_elements.hpp>

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
  bool with_ordinality = false;
  std::vector<std::string> packages;  ///< names to the left, joined by dots

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.arguments, s.is_generic, s.with_ordinality, s.packages);
  }
};

/// One end of a window's frame; `rows` is the bind parameter of PRECEDING and FOLLOWING.
struct FrameEnd {
  enum class At : std::uint8_t { unbounded, current_row, preceding, following };
  At at = At::unbounded;
  Ref rows{};
};

/// `element OVER (PARTITION BY ... ORDER BY ... ROWS BETWEEN ... AND ...)`.
struct Over final : NodeOf<Over> {
  Over(Ref e, Refs p, Refs o)
      : NodeOf(Kind::over, e->type()),
        element(std::move(e)),
        partition_by(std::move(p)),
        order_by(std::move(o)) {}

  Ref element;
  Refs partition_by, order_by;
  FrameKind frame = FrameKind::none;
  FrameEnd from{}, to{};

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element, s.partition_by, s.order_by, s.frame, s.from.at, s.from.rows, s.to.at, s.to.rows);
  }
};

/// `element WITHIN GROUP (ORDER BY ...)`.
struct WithinGroup final : NodeOf<WithinGroup> {
  WithinGroup(Ref e, Refs o, TypePtr t)
      : NodeOf(Kind::within_group, t), element(std::move(e)), order_by(std::move(o)) {}

  Ref element;
  Refs order_by;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element, s.order_by);
  }
};

/// `function FILTER (WHERE criterion)`.
struct FunctionFilter final : NodeOf<FunctionFilter> {
  FunctionFilter(Ref fn, Ref c)
      : NodeOf(Kind::filter, fn->type()), function(std::move(fn)), criterion(std::move(c)) {}

  Ref function, criterion;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.function, s.criterion);
  }
};

/// A function that compares two of its arguments, counted from 1: `ST_Equals(a, b)` as a condition
/// that relates the tables of both.
struct FunctionAsBinary final : NodeOf<FunctionAsBinary> {
  FunctionAsBinary(Ref fn, std::uint32_t l, std::uint32_t r)
      : NodeOf(Kind::function_as_binary, types::Boolean()),
        function(std::move(fn)),
        left_index(l),
        right_index(r) {}

  Ref function;
  std::uint32_t left_index, right_index;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.function, s.left_index, s.right_index);
  }
};

/// `(function()).name`: one column of what a function returns.
struct FunctionColumn final : NodeOf<FunctionColumn> {
  FunctionColumn(Ref fn, std::string_view n, TypePtr t)
      : NodeOf(Kind::function_column, t), function(std::move(fn)), name(n) {}

  Ref function;
  std::string name;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.function, s.name);
  }
};

/// The whole of a table valued alias as one column.
struct TableValuedColumn final : NodeOf<TableValuedColumn> {
  TableValuedColumn(Ref a, TypePtr t) : NodeOf(Kind::table_valued_column, t), alias(std::move(a)) {}

  Ref alias;  ///< a TableValuedAlias

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.alias);
  }
};

}  // namespace azoth::sql
