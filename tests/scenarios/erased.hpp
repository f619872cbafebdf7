// SPDX-License-Identifier: MIT
// Parts of statements for which there is no typed door (yet): made with the public functions of
// sql/expression.hpp and sql/statement_builder.hpp, which programs that assemble statements from
// data call too.
#pragma once
#include <azoth/core.hpp>
#include <azoth/sql/function.hpp>
#include <azoth/sql/statement.hpp>

#include <string>
#include <vector>

namespace erased {

using azoth::Any;
using azoth::From;
using azoth::Literal;
using azoth::Select;
using azoth::TypePtr;
using azoth::Value;
using azoth::sql::Clause;
using azoth::sql::Ref;

/// `table("t", {column("x")})`.
inline From table(std::string_view name,
                  std::vector<std::string> columns,
                  TypePtr type = azoth::types::null_type()) {
  std::vector<azoth::sql::ColumnSpec> specs;
  for (const std::string& column : columns) {
    specs.push_back({column, column, type, {}});
  }
  return From(azoth::sql::make_node<azoth::sql::TableClause>(name, "", std::move(specs)));
}

/// The statement with one more part.
template <class S>
S with(const S& statement, Clause clause, Ref part) {
  Ref node = statement.node();
  azoth::sql::StatementBuilder::append(node, clause, std::move(part));
  return S(std::move(node));
}

template <class S>
S limit(const S& statement, const Any& rows) {
  return with(statement, Clause::limit, rows.node());
}

template <class S>
S fetch(const S& statement, std::int64_t rows, bool with_ties = false) {
  return with(statement, Clause::fetch, azoth::sql::fetch(rows, with_ties));
}

/// The keyword arguments of bindparam().
struct Bind {
  TypePtr type = nullptr;
  std::optional<Value> value{};
  bool expanding = false;
  bool literal_execute = false;
  std::vector<Value> values{};
};

inline Any bindparam(std::string_view name, Bind options) {
  auto* node = new azoth::sql::BindParameter(
      name, options.type != nullptr ? options.type : azoth::types::null_type());
  Ref ref = Ref::adopt(node);
  node->is_unique = false;
  node->is_required = !options.value && options.values.empty();
  node->is_expanding = options.expanding || !options.values.empty();
  node->is_literal_execute = options.literal_execute;
  node->value = options.value.value_or(Value());
  node->values = std::move(options.values);
  azoth::sql::seal(*node);
  return Any(ref);
}

/// `element IN (list that is given at execution)`.
inline azoth::Expr<bool> in(const Any& element, const Any& parameter) {
  const auto& given = azoth::sql::as<azoth::sql::BindParameter>(parameter.node());
  const bool is_typed = given.type()->kind != azoth::TypeKind::null;
  auto* node =
      new azoth::sql::BindParameter(given.key, is_typed ? given.type() : element.node()->type());
  Ref ref = Ref::adopt(node);
  node->is_unique = false;
  node->is_required = given.is_required;
  node->is_expanding = true;
  node->expand_op = azoth::sql::Op::in;
  node->values = given.values;
  azoth::sql::seal(*node);
  return azoth::Expr<bool>(azoth::sql::make_node<azoth::sql::BinaryExpression>(
      azoth::sql::Op::in, element.node(), ref, azoth::types::Boolean()));
}

/// `INSERT INTO t (keys) SELECT ...`.
template <class I, class S>
I from_select(const I& insert, std::vector<std::string> keys, const S& select) {
  I out = insert;
  const Ref table = azoth::sql::as<azoth::sql::Statement>(insert.node()).table;
  for (const std::string& key : keys) {
    out = with(out, Clause::set, azoth::sql::assignment(table, key, azoth::sql::null()));
  }
  return with(out, Clause::from_select, select.node());
}

template <class S>
S prefix(const S& statement, std::string_view text, std::string_view dialect = {}) {
  return with(statement,
              Clause::prefix,
              azoth::sql::make_node<azoth::sql::TextPart>(azoth::sql::text(text), dialect));
}

template <class S>
S inline_(const S& statement) {
  Ref node = statement.node();
  azoth::sql::StatementBuilder::set_flag(node, azoth::sql::Flag::is_inline);
  return S(std::move(node));
}

/// The text with these parameters in place of its own of the same names.
inline azoth::TextStatement bindparams(const azoth::TextStatement& text,
                                       const std::vector<Any>& given) {
  auto* node = new azoth::sql::TextClause(azoth::sql::as<azoth::sql::TextClause>(text.node()));
  Ref ref = Ref::adopt(node);
  for (Ref& bind : node->binds) {
    for (const Any& other : given) {
      if (azoth::sql::as<azoth::sql::BindParameter>(bind).key ==
          azoth::sql::as<azoth::sql::BindParameter>(other.node()).key) {
        bind = other.node();
      }
    }
  }
  azoth::sql::seal(*node);
  return azoth::TextStatement(ref);
}

/// The text as a select of these columns.
inline Select<> columns(const azoth::TextStatement& text,
                        const std::vector<std::pair<std::string, TypePtr>>& columns) {
  Ref statement = azoth::sql::StatementBuilder::make(azoth::sql::Kind::text_select);
  azoth::sql::StatementBuilder::append(statement, Clause::text, text.node());
  for (const auto& [name, type] : columns) {
    azoth::sql::StatementBuilder::append(statement, Clause::column, azoth::sql::column(name, type));
  }
  return Select<>(std::move(statement));
}

/// A common table expression with text ahead of its body, for one dialect.
template <class S>
azoth::From prefixed_cte(const S& select,
                         std::string_view name,
                         std::string_view text,
                         std::string_view dialect) {
  auto* details = new azoth::sql::AliasDetails;
  Ref ref = Ref::adopt(details);
  details->prefixes = {
      azoth::sql::make_node<azoth::sql::TextPart>(azoth::sql::text(text), dialect)};
  azoth::sql::seal(*details);
  return azoth::From(azoth::sql::make_node<azoth::sql::Alias>(
      azoth::sql::Kind::cte, select.node(), name, false, ref));
}

inline Any grouping(const Ref& element) {
  return Any(azoth::sql::make_node<azoth::sql::Grouping>(element));
}

}  // namespace erased
