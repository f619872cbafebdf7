// SPDX-License-Identifier: MIT
// The FROM elements: what a SELECT can select from, each with its columns. Schema tables stand in
// table.hpp.
#pragma once
#include <azoth/sql/function.hpp>

#include <memory>
#include <span>

namespace azoth::sql {

struct ColumnNode;

/// Says what a FROM element's column at one position is, before a node is made of it.
struct ColumnSpec {
  std::string name;  ///< in the database; empty: an anonymous label of `base` (`count_1`), numbered
                     ///< when compiled
  std::string key;   ///< in the program; mostly the same
  TypePtr type = nullptr;
  Ref base;  ///< the column or expression it stands for, or empty
};

/// Returns the base of the anonymous label of an element: a column's name, a function's name, else
/// `anon`.
std::string_view anonymous_base(const Ref& element);

/// Base of FROM elements. Its column nodes belong to it (they count on it, it holds no counts on
/// them): no cycle.
class FromNode : public Node {
 public:
  std::span<const ColumnSpec> specs() const { return specs_; }

  /// Returns the column at a position (of a join: the column of its side); made at the first call,
  /// the same node ever after. Thread-safe.
  /// @pre index < specs().size()
  Ref column(std::size_t index) const;
  /// Returns the column of that key, or an empty handle.
  Ref find(std::string_view key) const;
  /// Returns the column that stands for `base` (directly or through further aliases), or an empty
  /// handle.
  Ref corresponding(const Ref& base) const;

 protected:
  explicit FromNode(Kind kind) : Node(kind) {}

  FromNode(const FromNode& o) : Node(o), specs_(o.specs_) { allocate(); }

  ~FromNode() override;

  void set_specs(std::vector<ColumnSpec> specs) {
    specs_ = std::move(specs);
    allocate();
  }

  /// Adds columns, or states one anew; then the node of the old one, if it was made, is returned:
  /// it counts on this element, which has to delete it in the end. Not while others use it.
  void append_spec(ColumnSpec spec);
  const ColumnNode* replace_spec(std::size_t index, ColumnSpec spec);

 private:
  void allocate();
  std::vector<ColumnSpec> specs_;
  mutable std::unique_ptr<std::atomic<const ColumnNode*>[]> made_;
};

/// A column of a FROM element. `info` points to the schema description when the owner is a schema
/// table.
struct ColumnNode final : NodeOf<ColumnNode> {
  ColumnNode(const FromNode& o, std::uint32_t i, const FromNode* f = nullptr);
  const FromNode* owner;
  std::uint32_t index;
  const FromNode* from;  ///< what a select of it selects from where that is not the owner: the
                         ///< eternal join of a mapped class that has several tables; else null

  const std::string& name() const { return owner->specs()[index].name; }

  const std::string& key() const { return owner->specs()[index].key; }

  const Ref& base() const { return owner->specs()[index].base; }

  static constexpr bool is_copyable = false;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(Ref(s.owner), s.index, static_cast<const void*>(s.from));
  }
};

/// A named set of columns that is not described further: `table("t", {column("x")})`.
struct TableClause final : NodeOf<TableClause, FromNode> {
  TableClause(std::string_view n, std::string_view sch, std::vector<ColumnSpec> c);
  std::string name, schema;
  std::string signature;  ///< of the columns, for the hash

  bool is_identity() const { return true; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.schema, s.signature);
  }
};

/// What only some kinds of aliases have.
struct AliasDetails final : NodeOf<AliasDetails> {
  AliasDetails() : NodeOf(Kind::alias_details) {}

  Ref sampling, seed;       ///< of TABLESAMPLE: a function, and REPEATABLE
  Ref cte_alias;            ///< the common table expression that this one is another name of
  Ref restates;             ///< the one of the same name whose place this one takes
  Refs prefixes, suffixes;  ///< TextPart, around the body of a common table expression
  std::vector<TypeOption> columns;  ///< of table valued functions: names; their types stand beside
  std::vector<TypePtr> column_types;
  bool is_nesting = false;            ///< stands within the statement that uses it
  bool joins_implicitly = false;      ///< no cartesian product is meant
  bool renders_columns = false;       ///< `AS name(column, ...)`
  bool renders_column_types = false;  ///< `AS name(column TYPE, ...)`
  bool is_lateral = false;            ///< of table valued functions

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.sampling,
      s.seed,
      s.cte_alias,
      s.restates,
      s.prefixes,
      s.suffixes,
      s.columns,
      s.column_types,
      s.is_nesting,
      s.joins_implicitly,
      s.renders_columns,
      s.renders_column_types,
      s.is_lateral);
  }
};

/// `element AS name`: by kind an alias of a table, a subquery, a common table expression, a LATERAL
/// subquery, a TABLESAMPLE or a table valued function. An empty name is anonymous (`user_1`,
/// `anon_1`), numbered by first occurrence when compiled.
struct Alias final : NodeOf<Alias, FromNode> {
  Alias(Kind k, Ref e, std::string_view n, bool recursive = false, Ref d = {});
  void describe();  ///< states its columns by its element
  Ref element;      ///< a FROM element, a statement, or a function
  std::string name;
  bool is_recursive;
  Ref details;  ///< AliasDetails, or empty

  const AliasDetails* more() const { return static_cast<const AliasDetails*>(details.get()); }

  bool is_identity() const { return true; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.element, s.name, s.is_recursive, s.details);
  }
};

/// `(VALUES (...), (...)) AS name (column, ...)`: rows given in the statement.
struct Values final : NodeOf<Values, FromNode> {
  Values(std::string_view n, std::vector<ColumnSpec> c, Refs r, bool literals, bool lateral);
  std::string name;       ///< may be empty: just the rows
  Refs rows;              ///< tuples
  std::string signature;  ///< of the columns, for the hash
  bool has_literal_binds, is_lateral;

  bool is_identity() const { return true; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.rows, s.signature, s.has_literal_binds, s.is_lateral);
  }
};

/// Says whether nodes of a kind are FROM elements (FromNode).
constexpr bool is_from(Kind kind) {
  return kind >= Kind::table && kind <= Kind::values;
}

/// Says whether nodes of a kind are an `Alias`.
constexpr bool is_alias(Kind kind) {
  return kind == Kind::alias || kind == Kind::subquery || kind == Kind::cte ||
         kind == Kind::lateral || kind == Kind::table_sample || kind == Kind::table_valued_alias;
}

struct Join final : NodeOf<Join, FromNode> {
  Join(Ref l, Ref r, Ref on, bool outer, bool full);
  /// States the columns from `first` on by nodes of the join itself, which select from all of it
  /// (`ColumnNode::from`). @pre the join is eternal and its sides are tables or such joins
  void claim_columns(std::size_t first);
  void describe();  ///< states its columns by its sides
  Ref left, right, onclause;
  bool is_outer, is_full;

  bool is_identity() const { return true; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.left, s.right, s.onclause, s.is_outer, s.is_full);
  }
};

/// Returns the condition that the foreign keys between two FROM elements imply.
/// @throws NoForeignKeysError, AmbiguousForeignKeysError with SQLAlchemy's texts.
Ref join_condition(const Ref& left, const Ref& right);

/// Says whether foreign keys connect the two, in either direction.
bool can_join(const Ref& left, const Ref& right);

/// Returns the FROM elements that an expression draws on, in order of first occurrence (tables,
/// aliases; not those inside subqueries).
void collect_froms(const Ref& element, Refs& out);

}  // namespace azoth::sql
