// SPDX-License-Identifier: MIT
// The typed INSERT, UPDATE and DELETE. Generative like Select; RETURNING gives them a row type.
#pragma once
#include <azoth/sql/on_conflict.hpp>
#include <azoth/sql/select.hpp>

namespace azoth {

/// One `column = value` for values(): `{&User::name, "x"}` or `{"name", "x"}`. The value may be an
/// expression.
class Assign {
 public:
  template <class M, class E, class V>
    requires ColumnMember<M>
  Assign(M E::*, V value) : key_(M::azoth_key()) {
    static_assert(
        ComparableWith<typename M::value_type, detail::value_t<V>> || detail::is_null<V>,
        "azoth: the value has another type than the column; cast() it, or give another value");
    set(value);
  }

  template <class V>
  Assign(std::string_view key, V value) : key_(key) {
    set(value);
  }

  template <class V>
  Assign(const char* key, V value) : key_(key) {
    set(value);
  }

  sql::Ref node(const sql::Ref& table) const {
    return value_ ? sql::assignment(table, key_, value_)
                  : sql::assignment(table, key_, Literal(plain_));
  }

  /// The same of ON CONFLICT and ON DUPLICATE KEY UPDATE.
  sql::Ref upsert_node(const sql::Ref& table) const {
    return value_ ? sql::assignment(table, key_, value_)
                  : sql::upsert_assignment(table, key_, Literal(plain_));
  }

 private:
  template <class V>
  void set(const V& v) {
    if constexpr (ExprLike<V> || std::is_member_object_pointer_v<V>) {
      value_ = detail::argument(v, "param");
    } else if constexpr (requires { typename V::azoth_select; }) {
      value_ = sql::scalar_select(v.node());
    } else {
      plain_ = Value(detail::literal(v));
    }
  }

  std::string_view key_;
  sql::Ref value_;
  Value plain_;
};

namespace detail {
sql::Ref dml(sql::Kind kind, const sql::Ref& table);
void append_values(sql::Ref& statement, std::initializer_list<Assign> values);
void append_rows(sql::Ref& statement, std::initializer_list<std::initializer_list<Assign>> rows);
sql::Ref on_conflict_do_update(const sql::Ref& insert,
                               const ConflictTarget& target,
                               std::initializer_list<Assign> set,
                               std::optional<Predicate> where);
sql::Ref on_duplicate_key_update(const sql::Ref& insert, std::initializer_list<Assign> set);
}  // namespace detail

// What the three have in common; `Of<C...>` is the class itself with another row type.
template <template <class...> class Of, class... C>
class Dml {
 public:
  using result_type = Result<C...>;

  const sql::Ref& node() const { return node_; }

  /// Asks for columns of the rows that were written: `RETURNING a, b`.
  template <class... X>
  auto returning(X... x) const {
    sql::Ref s = node_;
    (sql::StatementBuilder::append(s, sql::Clause::returning, detail::argument(x, "param")), ...);
    return Of<detail::value_t<X>...>(std::move(s));
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

  Update where(Predicate p) const { return this->with(sql::Clause::where, std::move(p).release()); }
};

template <class... C>
class [[nodiscard]] Delete : public Dml<Delete, C...> {
 public:
  explicit Delete(sql::Ref node) : Dml<Delete, C...>(std::move(node)) {}

  Delete where(Predicate p) const { return this->with(sql::Clause::where, std::move(p).release()); }
};

inline Insert<> insert(const Table& t) {
  return Insert<>(detail::dml(sql::Kind::insert, t.node()));
}

inline Update<> update(const Table& t) {
  return Update<>(detail::dml(sql::Kind::update, t.node()));
}

inline Delete<> delete_(const Table& t) {
  return Delete<>(detail::dml(sql::Kind::delete_, t.node()));
}

template <Mapped E>
Insert<> insert() {
  return Insert<>(detail::dml(sql::Kind::insert, detail::entity_from(E::azoth_entity_node())));
}

template <Mapped E>
Update<> update() {
  return Update<>(detail::dml(sql::Kind::update, detail::entity_from(E::azoth_entity_node())));
}

template <Mapped E>
Delete<> delete_() {
  return Delete<>(detail::dml(sql::Kind::delete_, detail::entity_from(E::azoth_entity_node())));
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
