// SPDX-License-Identifier: MIT
// The typed handle of an expression: `Expr<T>` carries the C++ type for checking and forwards to
// expression.hpp. Every body forwards; refusals are static_assert sentences, the only form whose
// first line is the sentence with every compiler. Its operators stand in expr_operators.hpp.
#pragma once
#include <azoth/sql/comparable.hpp>

namespace azoth {

/// A SQL expression whose values have the C++ type `T` (`std::optional<...>` where NULL is
/// possible). Immutable, cheap to copy, shared freely between threads.
template <class T>
class [[nodiscard]] Expr {
 public:
  using value_type = T;
  using azoth_expr = Expr;

  explicit Expr(sql::Ref node) : node_(std::move(node)) {}

  /// Any typed expression is an untyped one.
  template <class U>
    requires(detail::is_any<T> && !detail::is_any<U>)
  Expr(const Expr<U>& other) : node_(other.node()) {}

  const sql::Ref& node() const { return node_; }

  sql::Ref release() && { return std::move(node_); }

  /// Refused: SQL is not evaluated here. Use where() or case_(), or compare values.
  template <std::same_as<bool> B>
  explicit operator B() const {
    static_assert(!std::is_same_v<B, bool>,
                  "azoth: a SQL expression is neither true nor false in C++; use it in where() or "
                  "case_(), or compare values");
    return false;
  }

  /// `x text y`, with an operator of the database: `doc.op("->>", "name")`. What it gives has the
  /// type `R`, by default that of this expression.
  template <class R = T, class X>
  Expr<R> op(std::string_view text, const X& other, int precedence = 0) const {
    return Expr<R>(sql::custom({.text = text, .precedence = precedence, .type = result_type<R>()},
                               sql::Ref(node_),
                               detail::beside(node_, other)));
  }

  /// The same, as a condition.
  template <class X>
  Expr<bool> bool_op(std::string_view text, const X& other, int precedence = 0) const {
    return Expr<bool>(sql::custom(
        {.text = text, .precedence = precedence, .is_comparison = true, .type = types::Boolean()},
        sql::Ref(node_),
        detail::beside(node_, other)));
  }

  /// `x IS y`; null, true and false are constants, not parameters.
  template <class X>
  Expr<bool> is_(const X& other) const {
    return identity(sql::Op::is, other);
  }

  template <class X>
  Expr<bool> is_not(const X& other) const {
    return identity(sql::Op::is_not, other);
  }

  template <class X>
  Expr<bool> is_distinct_from(const X& other) const {
    return identity(sql::Op::is_distinct_from, other);
  }

  template <class X>
  Expr<bool> is_not_distinct_from(const X& other) const {
    return identity(sql::Op::is_not_distinct_from, other);
  }

  Expr collate(std::string_view collation) const {
    return Expr(sql::collate(sql::Ref(node_), collation));
  }

  Expr<bool> match(std::string_view words) const {
    require_text();
    return Expr<bool>(sql::match(sql::Ref(node_), detail::beside(node_, words)));
  }

  Expr<bool> regexp_match(std::string_view pattern, std::string_view flags = {}) const {
    require_text();
    return Expr<bool>(sql::regexp_match(sql::Ref(node_), detail::beside(node_, pattern), flags));
  }

  Expr regexp_replace(std::string_view pattern,
                      std::string_view replacement,
                      std::string_view flags = {}) const {
    require_text();
    return Expr(sql::regexp_replace(sql::Ref(node_),
                                    detail::beside(node_, pattern),
                                    detail::beside(node_, replacement),
                                    flags));
  }

  Expr<bool> not_ilike(std::string_view pattern, std::string_view escape = {}) const {
    return text_op(sql::Op::not_ilike, pattern, escape);
  }

  template <class A = CompileArguments>
  auto compile(const A& a = {}) const {
    return compile_statement(node_, a);
  }

  /// Gives the expression a name: `x AS name`.
  Expr label(std::string_view name) const { return Expr(sql::label(sql::Ref(node_), name)); }

  Expr<bool> is_null() const {
    return Expr<bool>(sql::compare(sql::Op::eq, sql::Ref(node_), Literal(std::nullopt)));
  }

  Expr<bool> is_not_null() const {
    return Expr<bool>(sql::compare(sql::Op::ne, sql::Ref(node_), Literal(std::nullopt)));
  }

  Expr<bool> like(std::string_view pattern, std::string_view escape = {}) const {
    return text_op(sql::Op::like, pattern, escape);
  }

  Expr<bool> not_like(std::string_view pattern, std::string_view escape = {}) const {
    return text_op(sql::Op::not_like, pattern, escape);
  }

  Expr<bool> ilike(std::string_view pattern, std::string_view escape = {}) const {
    return text_op(sql::Op::ilike, pattern, escape);
  }

  /// `x LIKE prefix || '%'`; with `autoescape` the percent signs and underscores of `other` stand
  /// for themselves.
  Expr<bool> startswith(std::string_view other, bool autoescape = false) const {
    return form(sql::LikeForm::startswith, other, autoescape);
  }

  Expr<bool> endswith(std::string_view other, bool autoescape = false) const {
    return form(sql::LikeForm::endswith, other, autoescape);
  }

  Expr<bool> contains(std::string_view other, bool autoescape = false) const {
    return form(sql::LikeForm::contains, other, autoescape);
  }

  /// `x IN (...)`; an empty list renders the database's empty set. The list does not change the
  /// compiled statement.
  Expr<bool> in(std::initializer_list<detail::item_t<T>> list) const {
    return Expr<bool>(detail::in_range(sql::Op::in, node_, list));
  }

  template <RangeLike R>
  Expr<bool> in(const R& range) const {
    return in_items(sql::Op::in, range);
  }

  template <SelectLike S>
  Expr<bool> in(const S& select) const {
    return in_rows(sql::Op::in, select);
  }

  Expr<bool> not_in(std::initializer_list<detail::item_t<T>> list) const {
    return Expr<bool>(detail::in_range(sql::Op::not_in, node_, list));
  }

  template <RangeLike R>
  Expr<bool> not_in(const R& range) const {
    return in_items(sql::Op::not_in, range);
  }

  template <SelectLike S>
  Expr<bool> not_in(const S& select) const {
    return in_rows(sql::Op::not_in, select);
  }

  template <class L, class H>
  Expr<bool> between(L low, H high) const {
    static_assert(ComparableWith<T, L> && ComparableWith<T, H>,
                  "azoth: the bounds of between() have another type than the expression; cast() "
                  "it, or bind other values");
    if constexpr (ComparableWith<T, L> && ComparableWith<T, H>) {
      return Expr<bool>(
          sql::between(sql::Ref(node_), detail::beside(node_, low), detail::beside(node_, high)));
    } else {
      return Expr<bool>(sql::Ref());
    }
  }

 private:
  template <class X>
  Expr<bool> identity(sql::Op op, const X& other) const {
    static_assert(ComparableWith<T, X>,
                  "azoth: is_() and is_distinct_from() need a value of the expression's type; "
                  "cast() one side, or give another value");
    return Expr<bool>(sql::is(op, sql::Ref(node_), detail::beside(node_, other)));
  }

  static constexpr void require_text() {
    static_assert(TextLike<T>,
                  "azoth: match(), regexp_match() and regexp_replace() need a text expression; "
                  "cast<std::string>() it first");
  }

  template <class R>
  TypePtr result_type() const {
    if constexpr (std::is_same_v<R, T>) {
      return node_->type();
    } else {
      return detail::sql_type<R>();
    }
  }

  template <class R>
  Expr<bool> in_items(sql::Op op, const R& range) const {
    constexpr bool ok = ComparableWith<T, std::remove_cvref_t<decltype(*range.begin())>>;
    static_assert(ok,
                  "azoth: the values of in() have another type than the expression; cast() it, "
                  "or give other values");
    if constexpr (ok) {
      return Expr<bool>(detail::in_range(op, node_, range));
    } else {
      return Expr<bool>(sql::Ref());
    }
  }

  template <class S>
  Expr<bool> in_rows(sql::Op op, const S& select) const {
    static_assert(detail::SelectsOne<T, S>::value,
                  "azoth: in() needs a select of one column of the expression's type");
    return Expr<bool>(sql::in_select(op, sql::Ref(node_), select.node()));
  }

  Expr<bool> text_op(sql::Op op, std::string_view pattern, std::string_view escape) const {
    static_assert(TextLike<T>,
                  "azoth: like() needs a text expression; cast<std::string>() it first");
    return Expr<bool>(sql::like(op, sql::Ref(node_), Literal(pattern), escape));
  }

  Expr<bool> form(sql::LikeForm form, std::string_view other, bool autoescape) const {
    static_assert(TextLike<T>,
                  "azoth: startswith(), endswith() and contains() need a text expression; "
                  "cast<std::string>() it first");
    return Expr<bool>(sql::like_form(form, sql::Ref(node_), Literal(other), autoescape));
  }

  sql::Ref node_;
};

}  // namespace azoth
