// SPDX-License-Identifier: MIT
// A table of constructs and what they render as for one database.
#pragma once
#include "render/rendering.hpp"
#include <azoth/dialects/dialects.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::render_test {

/// The text as SQLAlchemy has it; one that begins with `!` is an error.
struct VendorCase {
  const char* name;
  sql::Ref (*make)();
  const char* text;
  Capabilities (*capabilities)(Capabilities) = nullptr;  ///< changes those of the dialect
};

inline std::string vendor_text(const char* dialect_name, const VendorCase& c) {
  if (!c.capabilities) {
    return text_or_error(c.make(), dialect(dialect_name));
  }
  const auto changed =
      make_dialect(dialect_name, c.capabilities(dialect(dialect_name).capabilities()));
  return text_or_error(c.make(), *changed);
}

inline std::string name_of_vendor_case(const testing::TestParamInfo<VendorCase>& info) {
  return info.param.name;
}

template <class T>
sql::Ref ref(const Expr<T>& e) {
  return e.node();
}

inline sql::Ref select_of(std::initializer_list<sql::Ref> columns) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
  for (const sql::Ref& column : columns) {
    sql::StatementBuilder::append(s, sql::Clause::column, column);
  }
  return s;
}

/// `left op 'q'` as a condition of `SELECT a.id`.
inline sql::Ref where_x(sql::Op op) {
  sql::Ref s = select_of({ref(a.id)});
  sql::StatementBuilder::append(
      s,
      sql::Clause::where,
      sql::make_node<sql::BinaryExpression>(
          op, ref(a.x), sql::bind(Literal("q"), "x", types::String()), types::Boolean()));
  return s;
}

}  // namespace azoth::render_test
