// SPDX-License-Identifier: MIT
// The nodes of column expressions. Plain data: each states its fields once; how they are made with
// the right parentheses and types is in expression.hpp, how they are rendered in compile/.
#pragma once
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/operators.hpp>
#include <azoth/types/value.hpp>

namespace azoth::sql {

/// A column without a table of its own: `column("x")`, `literal_column("x + 1")`, or a column of a
/// `table_clause`.
struct ColumnClause final : NodeOf<ColumnClause> {
  ColumnClause(std::string_view n, TypePtr t, bool literal = false)
      : NodeOf(Kind::column_clause, t), name(n), is_literal(literal) {}

  std::string name;
  bool is_literal;  ///< raw text, never quoted

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.is_literal);
  }
};

/// A bind parameter. Its value is not part of its hash: statements that differ in values only share
/// one compiled form.
struct BindParameter final : NodeOf<BindParameter> {
  BindParameter(std::string_view k, TypePtr t) : NodeOf(Kind::bind, t), key(k) {}

  BindParameter(std::string_view k, TypePtr t, const Literal& v)
      : NodeOf(Kind::bind, t), key(k), value(v) {}

  std::string key;  ///< base name when `is_unique` (rendered `key_1`), else the name itself
  Value value;
  std::vector<Value> values;  ///< of an expanding parameter: the IN list
  bool is_unique = true;
  bool is_required = false;  ///< a value must be given at execution
  bool is_expanding = false;
  bool is_literal_execute = false;
  bool is_row_limit = false;  ///< a plain number of LIMIT, OFFSET or FETCH
  Op expand_op = Op::none;    ///< `in` or `not_in`: decides how an empty list renders

  bool is_identity() const { return true; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.key,
      s.is_unique,
      s.is_required,
      s.is_expanding,
      s.is_literal_execute,
      s.is_row_limit,
      s.expand_op);
  }
};

/// NULL, true or false (by `kind()`).
struct Constant final : NodeOf<Constant> {
  Constant(Kind k, TypePtr t) : NodeOf(k, t) {}

  template <class S, class F>
  static void fields(S&, F&& f) {
    f();
  }
};

/// Raw SQL with `:name` parameters, one `binds` entry each in order of first occurrence.
struct TextClause final : NodeOf<TextClause> {
  TextClause(std::string_view s, TypePtr t) : NodeOf(Kind::text, t), text(s) {}

  std::string text;
  Refs binds;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.text, s.binds);
  }
};

/// What an operator needs beyond its operands; absent for plain ones.
struct OperatorOptions final : NodeOf<OperatorOptions> {
  OperatorOptions() : NodeOf(Kind::operator_options) {}

  std::string text;                ///< of a custom operator
  std::int32_t precedence = 0;     ///< of a custom operator
  bool is_comparison = false;      ///< of a custom operator
  bool is_self_precedent = false;  ///< of a custom operator: a chain of it needs no parentheses
  bool is_eager = false;           ///< of a custom operator: in parentheses within another operator
  bool is_symmetric = false;       ///< BETWEEN SYMMETRIC
  /// Words of an operator: `flags` of regular expressions, `mysql_boolean_mode`,
  /// `postgresql_regconfig`; sorted.
  std::vector<TypeOption> words;

  /// Returns the word of that name, or null.
  const TypeOption* word(std::string_view name) const;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.text,
      s.precedence,
      s.is_comparison,
      s.is_self_precedent,
      s.is_eager,
      s.is_symmetric,
      s.words);
  }
};

struct BinaryExpression final : NodeOf<BinaryExpression> {
  BinaryExpression(Op o, Ref l, Ref r, TypePtr t)
      : NodeOf(Kind::binary, t), op(o), left(std::move(l)), right(std::move(r)) {}

  Op op;
  Ref left, right;
  std::string escape;  ///< of LIKE: the escape character, or empty
  Ref options;         ///< OperatorOptions, or empty

  /// Returns the word of that name among the options, or null.
  const TypeOption* word(std::string_view name) const {
    return options ? static_cast<const OperatorOptions&>(*options).word(name) : nullptr;
  }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.op, s.left, s.right, s.escape, s.options);
  }
};

/// A prefix (`-x`, `NOT x`, `DISTINCT x`) or postfix (`x DESC`) operator.
struct UnaryExpression final : NodeOf<UnaryExpression> {
  UnaryExpression(Op o, Ref e, TypePtr t, bool post = false)
      : NodeOf(Kind::unary, t), op(o), is_postfix(post), element(std::move(e)) {}

  Op op;
  bool is_postfix;
  bool wraps_column = false;  ///< in a columns clause it is named as an expression is
  Ref element;
  Ref options;  ///< OperatorOptions of a custom operator, or empty

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.op, s.is_postfix, s.wraps_column, s.element, s.options);
  }
};

/// Elements joined by one operator: AND and OR chains, argument lists, the bounds of BETWEEN;
/// `Kind::tuple` is `(a, b)`.
struct ClauseList final : NodeOf<ClauseList> {
  ClauseList(Op o, Refs c, TypePtr t, Kind k = Kind::clause_list)
      : NodeOf(k, t), op(o), clauses(std::move(c)) {}

  Op op;
  Refs clauses;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.op, s.clauses);
  }
};

/// An element in parentheses.
struct Grouping final : NodeOf<Grouping> {
  explicit Grouping(Ref e) : NodeOf(Kind::grouping, e->type()), element(std::move(e)) {}

  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element);
  }
};

/// `element AS name`; an empty name is anonymous (`anon_1`, `count_1`), numbered when compiled.
struct Label final : NodeOf<Label> {
  Label(Ref e, std::string_view n)
      : NodeOf(Kind::label, e->type()), name(n), element(std::move(e)) {}

  std::string name;
  Ref element;

  bool is_identity() const { return name.empty(); }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.element);
  }
};

/// A string given to ORDER BY or GROUP BY: must name a label or column of the columns clause.
struct LabelReference final : NodeOf<LabelReference> {
  explicit LabelReference(std::string_view n) : NodeOf(Kind::label_reference), name(n) {}

  std::string name;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name);
  }
};

/// `EXISTS (SELECT ...)`; the element is a select.
struct Exists final : NodeOf<Exists> {
  explicit Exists(Ref e) : NodeOf(Kind::exists, types::Boolean()), element(std::move(e)) {}

  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element);
  }
};

/// A select of one column, in parentheses, as a value.
struct ScalarSelect final : NodeOf<ScalarSelect> {
  ScalarSelect(Ref e, TypePtr t) : NodeOf(Kind::scalar_select, t), element(std::move(e)) {}

  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element);
  }
};

/// A boolean column or constant as a condition: `x`, or `x = 1` where the database has no booleans.
struct AsBoolean final : NodeOf<AsBoolean> {
  AsBoolean(Ref e, Op o) : NodeOf(Kind::asbool, types::Boolean()), op(o), element(std::move(e)) {}

  Op op;  ///< is_true or is_false
  Ref element;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.op, s.element);
  }
};

}  // namespace azoth::sql
