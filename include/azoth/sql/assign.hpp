// SPDX-License-Identifier: MIT
// What INSERT and UPDATE set: a column by its key or attribute, and a value or expression.
#pragma once
#include <azoth/sql/select.hpp>

#include <vector>

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

  /// What a hybrid's Update makes of the value.
  template <class M, class E, class V>
    requires HybridMember<M>
  Assign(M E::*, V value) : Assign(M::azoth_assign(value)) {}

  /// A column of another table, in an UPDATE of several, or part of a column (an array's element).
  template <class T, class V>
  Assign(const Expr<T>& column, V value) : column_(column.node()) {
    static_assert(
        ComparableWith<T, detail::value_t<V>> || detail::is_null<V>,
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

  /// Several columns that are given a value together: a composite.
  static Assign several(std::vector<Assign> parts) {
    Assign all;
    all.parts_ = std::move(parts);
    return all;
  }

  /// Calls `f(const Assign&)` for each column that is given a value.
  template <class F>
  void each(F&& f) const {
    if (parts_.empty()) {
      f(*this);
    }
    for (const Assign& part : parts_) {
      f(part);
    }
  }

  /// @throws CompileError "Unconsumed column names: x" for a key that the table does not have
  sql::Ref node(const sql::Ref& table) const;

  /// The same of ON CONFLICT and ON DUPLICATE KEY UPDATE.
  sql::Ref upsert_node(const sql::Ref& table) const;

 private:
  Assign() = default;

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

  std::string_view key_{};
  sql::Ref column_{};  ///< in place of the key
  sql::Ref value_;
  Value plain_;
  std::vector<Assign> parts_;
};

}  // namespace azoth
