// SPDX-License-Identifier: MIT
// How bound values are named and typed beside an expression (SQLAlchemy's coerce_compared_value),
// and which type an operation has.
#include "unit/sql/shape.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using test::binds_of;

struct Bind : testing::Test, test::Columns {
  template <class T>
  static std::string type_of_bind(const Expr<T>& e) {
    return repr(binds_of(e.node()).at(0)->type());
  }

  template <class T>
  static std::string name_of_bind(const Expr<T>& e) {
    return binds_of(e.node()).at(0)->key;
  }
};

template <class T>
std::string type_of(const Expr<T>& e) {
  return repr(e.node()->type());
}

TEST_F(Bind, ValueTakesTheTypeItIsComparedWithWhenThatCanHoldIt) {
  EXPECT_EQ(type_of_bind(a == 5), "Integer()");
  EXPECT_EQ(type_of_bind(bi == 5), "BigInteger()");
  EXPECT_EQ(type_of_bind(s == "x"), "String()");
  EXPECT_EQ(type_of_bind(f == 5.5), "Float()");
  EXPECT_EQ(type_of_bind(n == Decimal(5)), "Numeric()");
  EXPECT_EQ(type_of_bind(Any(n) == 5.5), "Numeric()");
  EXPECT_EQ(type_of_bind(Any(f) == Decimal(1)), "Float()");
}

TEST_F(Bind, ValueOfAnotherKindKeepsItsOwnType) {
  EXPECT_EQ(type_of_bind(a == 1.5), "Float()");
  EXPECT_EQ(type_of_bind(a == Decimal(1)), "Numeric()");
  EXPECT_EQ(type_of_bind(n == 5), "Integer()");
  EXPECT_EQ(type_of_bind(f == 5), "Integer()");
  EXPECT_EQ(type_of_bind(Any(o) == 5), "Integer()");
  EXPECT_EQ(type_of_bind(Any(s) == 5), "Integer()");
  EXPECT_EQ(type_of_bind(Any(a) == "x"), "String()");
  EXPECT_EQ(type_of_bind(Any(d) == Date{2000, 1, 1}), "Date()");
  EXPECT_EQ(type_of_bind(column("q") == 5), "Integer()");
}

TEST_F(Bind, NullTakesTheTypeOfTheOtherSide) {
  EXPECT_EQ(type_of_bind(s.in(std::vector<std::optional<std::string>>{std::nullopt})), "String()");
  EXPECT_EQ(type_of_bind(a.in(std::vector<int>{})), "Integer()");
}

TEST_F(Bind, NameIsThatOfTheColumnOrFunctionBesideIt) {
  EXPECT_EQ(name_of_bind(a == 5), "a");
  EXPECT_EQ(name_of_bind(5 + a), "a");
  EXPECT_EQ(name_of_bind(column("q") == 5), "q");
  EXPECT_EQ(name_of_bind(literal_column("q") == 5), "q");
  EXPECT_EQ(name_of_bind(func::lower(s) == "x"), "lower");
  EXPECT_EQ(name_of_bind(func::count(a) > 5), "count");
  EXPECT_EQ(name_of_bind(func::lower("x")), "lower");
}

TEST_F(Bind, NameBesideAnythingElseIsParam) {
  EXPECT_EQ(name_of_bind(a.label("l") == 5), "param");
  EXPECT_EQ(name_of_bind((a + b) == 5), "param");
  EXPECT_EQ(name_of_bind(-a == 1), "param");
  EXPECT_EQ(name_of_bind(cast<std::string>(a) == "x"), "param");
  EXPECT_EQ(name_of_bind(type_coerce<std::string>(a) == "x"), "param");
  EXPECT_EQ(name_of_bind(extract("year", d) == 2000), "param");
  EXPECT_EQ(name_of_bind(literal_column("q+1") == 5), "param");
  EXPECT_EQ(name_of_bind(select(a).scalar_subquery() == 5), "param");
  EXPECT_EQ(name_of_bind(literal(5) + a), "param");
}

TEST_F(Bind, NameOfAColumnIsItsKey) {
  const Table keyed("k", metadata, {{"c", types::Integer(), {.key = "ckey"}}});
  EXPECT_EQ(name_of_bind(keyed.c("ckey") == 5), "ckey");
}

TEST_F(Bind, NamedParameterWithoutTypeTakesThatOfTheOtherSide) {
  EXPECT_EQ(type_of_bind(a == bindparam("p")), "Integer()");
  EXPECT_EQ(type_of_bind(a + bindparam("p")), "Integer()");
  const Expr<bool> e = a == bindparam("p");
  const sql::BindParameter& p = *binds_of(e.node()).at(0);
  EXPECT_EQ(p.key, "p");
  EXPECT_FALSE(p.is_unique);
  EXPECT_TRUE(p.is_required);
}

TEST_F(Bind, ArithmeticTakesTheWiderNumber) {
  EXPECT_EQ(type_of(a + b), "Integer()");
  EXPECT_EQ(type_of(a / b), "Integer()");
  EXPECT_EQ(type_of(a + n), "Numeric()");
  EXPECT_EQ(type_of(n + a), "Numeric()");
  EXPECT_EQ(type_of(a / n), "Numeric()");
  EXPECT_EQ(type_of(a + f), "Float()");
  EXPECT_EQ(type_of(f + a), "Float()");
  EXPECT_EQ(type_of(Any(f) + Any(n)), "Float()");
  EXPECT_EQ(type_of(Any(n) + Any(f)), "Float()");
  EXPECT_EQ(type_of(a + 1.5), "Float()");
  EXPECT_EQ(type_of(a + Decimal(1)), "Numeric()");
  EXPECT_EQ(type_of(-a), "Integer()");
}

TEST_F(Bind, ArithmeticWithAnUnknownTypeTakesTheOther) {
  EXPECT_EQ(type_of(column("q") + 1), "Integer()");
  EXPECT_EQ(type_of(column("q") + s), "String()");
  EXPECT_EQ(type_of(Any(a) - "x"), "Integer()");
}

TEST_F(Bind, ConditionsAreBoolean) {
  EXPECT_EQ(type_of(a == 1), "Boolean()");
  EXPECT_EQ(type_of(a == 1 && b == 1), "Boolean()");
  EXPECT_EQ(type_of(!o), "Boolean()");
  EXPECT_EQ(type_of(select(a).exists()), "Boolean()");
}

TEST_F(Bind, FunctionsHaveTheTypeTheyAreKnownBy) {
  const auto type = [](std::string_view name, sql::Refs arguments) {
    return repr(sql::function(name, std::move(arguments))->type());
  };
  EXPECT_EQ(type("count", {s.node()}), "Integer()");
  EXPECT_EQ(type("max", {s.node()}), "String()");
  EXPECT_EQ(type("sum", {a.node()}), "Integer()");
  EXPECT_EQ(type("coalesce", {a.node(), b.node()}), "Integer()");
  EXPECT_EQ(type("now", {}), "DateTime()");
  EXPECT_EQ(type("char_length", {s.node()}), "Integer()");
  EXPECT_EQ(type("foo", {s.node()}), "NullType()");
}

TEST_F(Bind, CaseHasTheTypeOfItsLastResult) {
  const auto type = [&](sql::Ref first, sql::Ref second, sql::Ref otherwise) {
    return repr(sql::case_({},
                           {(a == 1).node(), std::move(first), (a == 2).node(), std::move(second)},
                           std::move(otherwise))
                    ->type());
  };
  EXPECT_EQ(type(sql::bind("x"), sql::bind(5), {}), "Integer()");
  EXPECT_EQ(type(sql::bind(5), sql::bind("x"), {}), "String()");
  EXPECT_EQ(type(sql::bind(std::nullopt), sql::bind("x"), {}), "String()");
  EXPECT_EQ(type(sql::bind(5), sql::bind(5), sql::bind("x")), "Integer()");
  EXPECT_THROW((void)sql::case_({}, {}, {}), ArgumentError);
}

TEST_F(Bind, ValuesAreOwnedByTheParameter) {
  std::string text = "a text that is too long for the small buffer of a string";
  const Expr<bool> e = s == text;
  const std::string copy = text;
  text.assign(text.size(), '?');
  EXPECT_EQ(binds_of(e.node()).at(0)->value, Value(copy));
}

TEST_F(Bind, LimitAndOffsetRefuseNegativeNumbers) {
  EXPECT_THROW((void)select(a).limit(-1), ArgumentError);
  EXPECT_THROW((void)select(a).offset(-1), ArgumentError);
  EXPECT_EQ(binds_of(select(a).limit(0).node()).at(0)->value, Value(0));
}

}  // namespace
