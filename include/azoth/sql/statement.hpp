// SPDX-License-Identifier: MIT
// The statements: a target and a list of parts, each part a node under a clause. Builders append
// parts; the hash grows with each part and is not recomputed. Which parts a clause may hold stands
// beside the clause.
#pragma once
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/name.hpp>
#include <azoth/sql/statement_builder.hpp>

namespace azoth::sql {

/// Base of statements.
class Statement : public Node {
 public:
  struct Part {
    Clause clause;
    std::uint32_t place;  ///< within its clause
    Ref node;

    Part(Clause c, std::uint32_t p, Ref n) : clause(c), place(p), node(std::move(n)) {}
  };

  using Parts = std::vector<Part, NodeMemory<Part>>;

  /// Returns the parts sorted by clause; within a clause in the order in which they were given.
  const Parts& parts() const { return parts_; }

  bool has(Clause clause) const { return clauses_ >> static_cast<unsigned>(clause) & 1; }

  /// Calls `f(const Ref&)` for each part of a clause, in order.
  template <class F>
  void each(Clause clause, F&& f) const {
    for (const Part& p : parts_) {
      if (p.clause == clause) {
        f(p.node);
      }
    }
  }

  const Ref* first(Clause clause) const;

  bool is(Flag flag) const { return flags >> static_cast<unsigned>(flag) & 1; }

  Ref table;  ///< target of INSERT, UPDATE, DELETE
  bool is_distinct = false;
  std::uint8_t flags = 0;  ///< see `is`
  LabelStyle label_style = LabelStyle::disambiguate_only;
  SetOp set_op = SetOp::none;  ///< of `compound_select`
  std::string text;            ///< of `text_select`

  void each_field(FieldVisitor& visitor) const override;
  Ref map_children(ChildMap& map) const override;
  explicit Statement(Kind kind);
  Statement(const Statement& other);

 private:
  friend struct StatementBuilder;
  friend struct StatementHash;
  std::uint32_t clauses_ = 0;  // one bit for each clause that has parts
  Parts parts_;
};

/// One call of join(): `left` and `onclause` may be empty (inferred from foreign keys when
/// compiled).
struct JoinStep final : NodeOf<JoinStep> {
  JoinStep(Ref l, Ref t, Ref on, bool outer, bool full, Refs c = {})
      : NodeOf(Kind::join_step),
        left(std::move(l)),
        target(std::move(t)),
        onclause(std::move(on)),
        columns(std::move(c)),
        is_outer(outer),
        is_full(full) {}

  Ref left, target, onclause;
  Refs columns;  ///< those that the select had when it was joined, if they were replaced since
  bool is_outer, is_full;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.left, s.target, s.onclause, s.columns, s.is_outer, s.is_full);
  }
};

/// A mapped class in the columns clause: Core sees the columns, the ORM sees the mapper. One
/// immortal node a mapper for its own table.
struct Entity final : NodeOf<Entity> {
  Entity(Ref fr, Refs c, const void* m, Ref only = {}, std::string_view n = {})
      : NodeOf(Kind::entity),
        from(std::move(fr)),
        columns(std::move(c)),
        mapper(m),
        criteria(std::move(only)),
        name(n) {}

  Ref from;
  Refs columns;           ///< of `from`, in the order of the mapper's column attributes
  const void* mapper;     ///< an orm::Mapper
  Ref criteria;           ///< which rows of `from` are of the class, or empty: all
  std::string_view name;  ///< of the class, which lives as long as the program

  void describe();  ///< states its columns by `from`

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.from, s.mapper, s.criteria);
  }
};

/// As what the program knows a column of the columns clause that SQL calls otherwise: an option.
struct ResultKey final : NodeOf<ResultKey> {
  ResultKey(std::size_t p, std::string_view k) : NodeOf(Kind::result_key), place(p), key(k) {}

  std::uint64_t place;  ///< among the parts of the columns clause
  std::string key;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.place, s.key);
  }
};

/// `column = value` of INSERT and UPDATE. A plain value is a BindParameter named after the column's
/// key.
struct Assignment final : NodeOf<Assignment> {
  Assignment(std::string_view k, Ref v)
      : NodeOf(Kind::assignment), key(bare(k)), value(std::move(v)) {}

  /// `column` may be one of another table (in an UPDATE of several) or an element of an array.
  Assignment(Ref c, Ref v) : NodeOf(Kind::assignment), column(std::move(c)), value(std::move(v)) {}

  std::string key;  ///< of the target's column; or empty:
  Ref column;
  Ref value;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.key, s.column, s.value);
  }
};

/// One row of a multi-row INSERT: assignments.
struct ValuesRow final : NodeOf<ValuesRow> {
  explicit ValuesRow(Refs a) : NodeOf(Kind::values_row), assignments(std::move(a)) {}

  Refs assignments;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.assignments);
  }
};

/// FETCH FIRST `count` [PERCENT] ROWS ONLY, or WITH TIES.
struct Fetch final : NodeOf<Fetch> {
  Fetch(Ref c, bool ties, bool percent)
      : NodeOf(Kind::row_limit), count(std::move(c)), with_ties(ties), is_percent(percent) {}

  Ref count;
  bool with_ties, is_percent;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.count, s.with_ties, s.is_percent);
  }
};

/// Advice to one database (`*`: to any) about a FROM element (then `%(name)s` in the text is its
/// name) or the whole statement.
struct Hint final : NodeOf<Hint> {
  Hint(Ref s, std::string_view d, std::string_view t)
      : NodeOf(Kind::hint), selectable(std::move(s)), dialect(d), text(t) {}

  Ref selectable;
  std::string dialect, text;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.selectable, s.dialect, s.text);
  }
};

/// An option that only one database knows: `mysql_limit`.
struct StatementOption final : NodeOf<StatementOption> {
  StatementOption(std::string_view n, std::string_view t)
      : NodeOf(Kind::statement_option), name(n), text(t) {}

  std::string name, text;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.text);
  }
};

/// FOR UPDATE and its options.
struct ForUpdate final : NodeOf<ForUpdate> {
  ForUpdate() : NodeOf(Kind::for_update) {}

  bool is_nowait = false, is_read = false, is_skip_locked = false, is_key_share = false;
  Refs of;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.is_nowait, s.is_read, s.is_skip_locked, s.is_key_share, s.of);
  }
};

/// Text for a place in a statement (prefix, suffix, hint), for one dialect or for all when
/// `dialect` is empty.
struct TextPart final : NodeOf<TextPart> {
  TextPart(Ref t, std::string_view d) : NodeOf(Kind::text_part), text(std::move(t)), dialect(d) {}

  Ref text;
  std::string dialect;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.text, s.dialect);
  }
};

/// Names and types of the columns that a select or compound select exports when it becomes a
/// subquery, labels deduplicated.
std::vector<ColumnSpec> exported_columns(const Ref& statement);

/// @throws InvalidRequestError for a label whose name another column of the select has: a subquery
/// of it cannot be compiled.
void check_exported_labels(const Ref& statement);

/// Returns what `selected_columns` calls the columns of the columns clause, but for those of text.
std::vector<std::string> selected_keys(const Ref& statement);

/// Returns the elements of the columns clause, FROM elements and entities expanded to their
/// columns.
Refs expanded_columns(const Ref& statement);

/// Walks the statement: appends its bind parameters in order of first occurrence, and returns the
/// cache key: the root's hash folded with the ordinals of first occurrence of what has identity but
/// no name.
Hash collect_binds(const Ref& statement, std::vector<const BindParameter*>& binds);

}  // namespace azoth::sql
