// SPDX-License-Identifier: MIT
// The typed INSERT, UPDATE and DELETE. Generative like Select; RETURNING gives them a row type.
#pragma once
#include <azoth/sql/assign.hpp>
#include <azoth/sql/on_conflict.hpp>

namespace azoth {

namespace detail {
sql::Ref dml(sql::Kind kind, const sql::Ref& table);
// Of a mapped class, which the statement remembers, to its own table.
sql::Ref entity_dml(sql::Kind kind, const sql::Ref& table, const sql::Ref& entity);
void append_values(sql::Ref& statement, std::initializer_list<Assign> values);
void append_rows(sql::Ref& statement, std::initializer_list<std::initializer_list<Assign>> rows);
sql::Ref on_conflict_do_update(const sql::Ref& insert,
                               const ConflictTarget& target,
                               std::initializer_list<Assign> set,
                               std::optional<Predicate> where);
sql::Ref on_duplicate_key_update(const sql::Ref& insert, std::initializer_list<Assign> set);
sql::Ref from_select(const sql::Ref& insert,
                     std::initializer_list<OrderItem> columns,
                     const sql::Ref& select,
                     bool include_defaults);
sql::Ref returning_defaults(const sql::Ref& statement, std::initializer_list<OrderItem> columns);
sql::Ref with_dialect_option(const sql::Ref& statement,
                             std::string_view name,
                             const Literal& value);
}  // namespace detail

// What the three have in common; `Of<C...>` is the class itself with another row type.
template <template <class...> class Of, class... C>
class Dml {
 public:
  using result_type = Result<C...>;
  using azoth_dml = Dml;

  const sql::Ref& node() const { return node_; }

  /// Asks for columns of the rows that were written: `RETURNING a, b`.
  template <class... X>
    requires(sizeof...(X) > 0)
  auto returning(X... x) const {
    sql::Ref s = node_;
    (sql::StatementBuilder::append(s, sql::Clause::returning, detail::argument(x, "param")), ...);
    return Of<detail::value_t<X>...>(std::move(s));
  }

  /// Asks for the objects of the rows that were written: `returning<User>()`. Only a Session can
  /// load them.
  template <class E>
  auto returning() const {
    static_assert(Mapped<E>, "azoth: returning<E>() needs a mapped class (derived from Entity)");
    sql::Ref s = node_;
    sql::StatementBuilder::append(s, sql::Clause::returning, E::azoth_entity_node());
    return Of<E>(std::move(s));
  }

  /// Returns text and parameters for reading: `s.compile({.dialect = &dialect("oracle"),
  /// .literal_binds = true}).string`; needs <azoth/compile/print.hpp>. @throws CompileError
  template <class A = CompileArguments>
  auto compile(const A& arguments = {}) const {
    return compile_statement(node_, arguments);
  }

  /// Puts text behind INSERT, UPDATE or DELETE, for one dialect or for all (`*`).
  Of<C...> prefix_with(std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::prefix, detail::text_part(text, dialect));
  }

  Of<C...> with_hint(std::string_view text, std::string_view dialect = "*") const {
    return with(sql::Clause::hint, detail::hint(detail::target_of(node_), text, dialect));
  }

  /// An option that only one database has: `with_dialect_option("mysql_limit", 5)`.
  Of<C...> with_dialect_option(std::string_view name, const Literal& value) const {
    return Of<C...>(detail::with_dialect_option(node_, name, value));
  }

  /// Adds options that a Session understands: with_loader_criteria(...).
  template <class... O>
    requires(sizeof...(O) > 0)
  Of<C...> options(const O&... o) const {
    sql::Ref s = node_;
    (sql::StatementBuilder::append(s, sql::Clause::option, o.node()), ...);
    return Of<C...>(std::move(s));
  }

  /// Puts a common table expression ahead of the statement.
  Of<C...> add_cte(const From& cte) const { return with(sql::Clause::cte, cte.node()); }

  /// Makes the statement, with what it returns, a common table expression.
  From cte(std::string_view name = {}, CteOptions o = {}) const {
    return From(detail::make_cte(node_, name, o));
  }

  /// Asks the database for the values it makes itself, of these columns or of all, without giving
  /// them as rows; ignored where it cannot return them.
  template <class... X>
  Of<C...> return_defaults(X... columns) const {
    return Of<C...>(detail::returning_defaults(node_, {OrderItem(columns)...}));
  }

 protected:
  explicit Dml(sql::Ref node) : node_(std::move(node)) {}

  Of<C...> with(sql::Clause c, sql::Ref n) const {
    sql::Ref s = node_;
    sql::StatementBuilder::append(s, c, std::move(n));
    return Of<C...>(std::move(s));
  }

  Of<C...> with_values(std::initializer_list<Assign> v) const {
    sql::Ref s = node_;
    detail::append_values(s, v);
    return Of<C...>(std::move(s));
  }

  sql::Ref node_;
};

/// INSERT; without values it names all columns, whose values are given at execution.
template <class... C>
class [[nodiscard]] Insert : public Dml<Insert, C...> {
 public:
  explicit Insert(sql::Ref node) : Dml<Insert, C...>(std::move(node)) {}

  Insert values(std::initializer_list<Assign> v) const { return this->with_values(v); }

  /// Many rows in one statement; each row must give the same columns.
  Insert values(std::initializer_list<std::initializer_list<Assign>> rows) const {
    sql::Ref s = this->node_;
    detail::append_rows(s, rows);
    return Insert(std::move(s));
  }

  /// `INSERT INTO t (a, b) SELECT ...`: the columns by name or attribute. Defaults of the other
  /// columns are selected in addition unless `include_defaults` is false.
  template <SelectLike S>
  Insert from_select(std::initializer_list<OrderItem> columns,
                     const S& select,
                     bool include_defaults = true) const {
    return Insert(detail::from_select(this->node_, columns, select.node(), include_defaults));
  }

  /// Fetches nothing back, neither keys nor defaults.
  Insert inline_() const { return Insert(detail::with_flag(this->node_, sql::Flag::is_inline)); }

  /// PostgreSQL, SQLite: leaves rows that are there already as they are. @throws ArgumentError for
  /// a target of both forms.
  Insert on_conflict_do_nothing(const ConflictTarget& target = {}) const {
    return Insert(detail::on_conflict_do_nothing(this->node_, target));
  }

  /// PostgreSQL, SQLite: changes rows that are there already; `excluded(t)` is the row that was to
  /// be inserted. @throws ArgumentError for a target of no form or both.
  Insert on_conflict_do_update(const ConflictTarget& target,
                               std::initializer_list<Assign> set,
                               std::optional<Predicate> where = {}) const {
    return Insert(detail::on_conflict_do_update(this->node_, target, set, std::move(where)));
  }

  /// MySQL: changes the row of the same key; `inserted(t)` is the row that was to be inserted.
  Insert on_duplicate_key_update(std::initializer_list<Assign> set) const {
    return Insert(detail::on_duplicate_key_update(this->node_, set));
  }
};

template <class... C>
class [[nodiscard]] Update : public Dml<Update, C...> {
 public:
  explicit Update(sql::Ref node) : Dml<Update, C...>(std::move(node)) {}

  Update values(std::initializer_list<Assign> v) const { return this->with_values(v); }

  /// The same, with SET in the order given and not in that of the table.
  Update ordered_values(std::initializer_list<Assign> v) const {
    return Update(detail::with_flag(this->with_values(v).node(), sql::Flag::ordered_values));
  }

  Update where(Predicate p) const { return this->with(sql::Clause::where, std::move(p).release()); }
};

template <class... C>
class [[nodiscard]] Delete : public Dml<Delete, C...> {
 public:
  explicit Delete(sql::Ref node) : Dml<Delete, C...>(std::move(node)) {}

  Delete where(Predicate p) const { return this->with(sql::Clause::where, std::move(p).release()); }
};

inline Insert<> insert(const From& t) {
  return Insert<>(detail::dml(sql::Kind::insert, t.node()));
}

inline Update<> update(const From& t) {
  return Update<>(detail::dml(sql::Kind::update, t.node()));
}

inline Delete<> delete_(const From& t) {
  return Delete<>(detail::dml(sql::Kind::delete_, t.node()));
}

template <Mapped E>
Insert<> insert() {
  return Insert<>(
      detail::entity_dml(sql::Kind::insert, E::azoth_table_node(), E::azoth_entity_node()));
}

template <Mapped E>
Update<> update() {
  return Update<>(
      detail::entity_dml(sql::Kind::update, E::azoth_table_node(), E::azoth_entity_node()));
}

template <Mapped E>
Delete<> delete_() {
  return Delete<>(
      detail::entity_dml(sql::Kind::delete_, E::azoth_table_node(), E::azoth_entity_node()));
}

/// Raw SQL, as a statement or within one; `:name` is a parameter.
class [[nodiscard]] TextStatement : public Any {
 public:
  using result_type = Result<>;

  explicit TextStatement(sql::Ref node) : Any(std::move(node)) {}
};

TextStatement text(std::string_view sql_text);

template <class T>
Expr<T> text(std::string_view sql_text) {
  return Expr<T>(sql::text(sql_text, detail::sql_type<T>()));
}

}  // namespace azoth
