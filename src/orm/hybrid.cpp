// SPDX-License-Identifier: MIT
// What hybrids are called in rows.
#include <azoth/orm/hybrid.hpp>
#include <azoth/sql/expression.hpp>

namespace azoth::orm::detail {

sql::Ref hybrid_output(const sql::Ref& expression, std::string_view name) {
  switch (expression->kind()) {
    case sql::Kind::column:
    case sql::Kind::function:
    case sql::Kind::label:
      return expression;
    default:
      return sql::label(sql::Ref(expression), name);
  }
}

}  // namespace azoth::orm::detail
