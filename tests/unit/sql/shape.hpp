// SPDX-License-Identifier: MIT
// Writes an expression as SQLAlchemy's str() does (`t.a = :a_1`), so that tests of the tree can be
// checked against the original without the compiler.
#pragma once
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <string>
#include <vector>

namespace azoth::test {

/// Returns the text of an expression; a select within it is written `SELECT`.
std::string shape(const sql::Ref& element);

template <class T>
std::string shape(const Expr<T>& element) {
  return shape(element.node());
}

/// Returns the bind parameters of an element in the order of the walk; they live as long as it
/// does.
std::vector<const sql::BindParameter*> binds_of(const sql::Ref& element);

/// Returns the cache key of a statement or element.
Hash key_of(const sql::Ref& element);

/// The table `t` of the operator tests: a, b Integer; s String; n Numeric; f Float; o Boolean.
struct Columns {
  MetaData metadata;
  Table table{"t",
              metadata,
              {{"a", types::Integer()},
               {"b", types::Integer()},
               {"s", types::String()},
               {"n", types::Numeric()},
               {"f", types::Float()},
               {"o", types::Boolean()},
               {"d", types::DateTime()},
               {"bi", types::BigInteger()},
               {"bin", types::LargeBinary()}}};
  Expr<std::int64_t> a = table.c<std::int64_t>("a"), b = table.c<std::int64_t>("b");
  Expr<std::string> s = table.c<std::string>("s");
  Expr<Decimal> n = table.c<Decimal>("n");
  Expr<double> f = table.c<double>("f");
  Expr<bool> o = table.c<bool>("o");
  Expr<DateTime> d = table.c<DateTime>("d");
  Expr<std::int64_t> bi = table.c<std::int64_t>("bi");
  Expr<Bytes> bin = table.c<Bytes>("bin");
};

}  // namespace azoth::test
