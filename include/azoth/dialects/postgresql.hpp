// SPDX-License-Identifier: MIT
// The dialect of PostgreSQL, and the types and expressions that only PostgreSQL has, under
// SQLAlchemy's names:
// `Column("tags", postgresql::ARRAY(types::String()))`. Needs no PostgreSQL library: statements can
// be printed anywhere.
//
// Arguments that other types have too are the fields of SqlType (length, precision, timezone,
// values, elements); the others are options under SQLAlchemy's names (`varying`, `fields`).
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/condition.hpp>
#include <azoth/types/types.hpp>

namespace azoth {

class Reflection;

/// Returns PostgreSQL's dialect; it lives until the program ends and is shared between threads.
const Dialect& postgresql_dialect();
/// Returns how PostgreSQL is asked for its tables; its driver makes it known to the Inspector.
const Reflection& postgresql_reflection();

}  // namespace azoth

/// The makers throw ArgumentError for negative lengths and precisions other than -1 (not given).
namespace azoth::postgresql {

/// Makes a PostgreSQL dialect with other capabilities: another placeholder, another version.
std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities);

TypePtr ARRAY(TypePtr item, int dimensions = -1);
/// An enumeration with a type of its own in the database; `name` is needed for DDL.
TypePtr ENUM(std::vector<std::string> values, std::string_view name, std::string_view schema = {});
/// A type that CREATE DOMAIN made: renders as its name and behaves as `data_type`.
TypePtr DOMAIN_(std::string_view name, TypePtr data_type, std::string_view schema = {});
/// `fields`: `DAY TO SECOND` and the like.
TypePtr INTERVAL(int precision = -1, std::string_view fields = {});
TypePtr TIMESTAMP(bool timezone = false, int precision = -1);
TypePtr TIME(bool timezone = false, int precision = -1);
/// `BIT(length)`, length 1 when not given, or `BIT VARYING(length)`.
TypePtr BIT(int length = -1, bool varying = false);
TypePtr DOUBLE_PRECISION();
TypePtr BYTEA();
TypePtr UUID();
TypePtr INET();
TypePtr CIDR();
TypePtr MACADDR();
TypePtr MACADDR8();
TypePtr OID();
TypePtr REGCLASS();
TypePtr MONEY();
TypePtr TSVECTOR();
TypePtr HSTORE();
TypePtr JSON();
TypePtr JSONB();
TypePtr INT4RANGE();
TypePtr INT8RANGE();
TypePtr NUMRANGE();
TypePtr DATERANGE();
TypePtr TSRANGE();
TypePtr TSTZRANGE();

namespace detail {
sql::Ref array(sql::Refs clauses);
sql::Ref aggregate_order_by(sql::Ref target, std::initializer_list<OrderItem> order);
sql::Ref comparison(std::string_view op, sql::Ref left, sql::Ref right);
}  // namespace detail

/// `ARRAY[a, b]`, of the type of its first element.
template <class... X>
Any array(X... elements) {
  return Any(detail::array({azoth::detail::argument(elements, "param")...}));
}

/// `target ORDER BY a, b`: the argument of an aggregate function that depends on an order.
template <class X>
Any aggregate_order_by(X target, std::initializer_list<OrderItem> order) {
  return Any(detail::aggregate_order_by(azoth::detail::argument(target, "param"), order));
}

// The comparisons of arrays, ranges, HSTORE and JSONB.
#define AZOTH_COMPARISON(name, op)                                                             \
  template <class A, class B>                                                                  \
  Expr<bool> name(A left, B right) {                                                           \
    return Expr<bool>(detail::comparison(                                                      \
        op, azoth::detail::argument(left, "param"), azoth::detail::argument(right, "param"))); \
  }
AZOTH_COMPARISON(contains, "@>")
AZOTH_COMPARISON(contained_by, "<@")
AZOTH_COMPARISON(overlap, "&&")
AZOTH_COMPARISON(strictly_left_of, "<<")
AZOTH_COMPARISON(strictly_right_of, ">>")
AZOTH_COMPARISON(not_extend_right_of, "&<")
AZOTH_COMPARISON(not_extend_left_of, "&>")
AZOTH_COMPARISON(adjacent_to, "-|-")
AZOTH_COMPARISON(has_key, "?")
AZOTH_COMPARISON(has_all, "?&")
AZOTH_COMPARISON(has_any, "?|")
#undef AZOTH_COMPARISON

}  // namespace azoth::postgresql
