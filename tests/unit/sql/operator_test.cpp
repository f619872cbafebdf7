// SPDX-License-Identifier: MIT
// What operators make of their operands: parentheses, negations, constants. The expected texts are
// those of SQLAlchemy 1.4's str() of the same expression.
#include "unit/sql/shape.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

namespace {

using namespace azoth;
using test::key_of;
using test::shape;

struct Operator : testing::Test, test::Columns {};

TEST_F(Operator, ComparisonsWithValuesAreMirroredWhenTheValueStandsLeft) {
  EXPECT_EQ(shape(a == 5), "t.a = :a_1");
  EXPECT_EQ(shape(5 == a), "t.a = :a_1");
  EXPECT_EQ(shape(5 != a), "t.a != :a_1");
  EXPECT_EQ(shape(5 < a), "t.a > :a_1");
  EXPECT_EQ(shape(5 <= a), "t.a >= :a_1");
  EXPECT_EQ(shape(5 > a), "t.a < :a_1");
  EXPECT_EQ(shape(5 >= a), "t.a <= :a_1");
  EXPECT_EQ(shape(a < b), "t.a < t.b");
}

TEST_F(Operator, NullComparesByIs) {
  EXPECT_EQ(shape(a == null), "t.a IS NULL");
  EXPECT_EQ(shape(null == a), "t.a IS NULL");
  EXPECT_EQ(shape(a != null), "t.a IS NOT NULL");
  EXPECT_EQ(shape(a == std::optional<std::int64_t>()), "t.a IS NULL");
  EXPECT_EQ(shape(a.is_null()), "t.a IS NULL");
  EXPECT_EQ(shape(a.is_not_null()), "t.a IS NOT NULL");
  EXPECT_EQ(shape(sql::compare(sql::Op::eq, sql::Ref(a.node()), sql::Ref(sql::null()))),
            "t.a IS NULL");
}

TEST_F(Operator, TrueAndFalseAreConstants) {
  EXPECT_EQ(shape(o == true), "t.o = true");
  EXPECT_EQ(shape(o != false), "t.o != false");
  EXPECT_TRUE(test::binds_of((o == true).node()).empty());
}

TEST_F(Operator, OrderingWithNullTrueOrFalseIsRefused) {
  const auto message = [](auto f) {
    try {
      f();
    } catch (const ArgumentError& e) {
      return e.message();
    }
    return std::string("nothing thrown");
  };
  const std::string expected =
      "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' "
      "operators can be used with None/True/False";
  EXPECT_EQ(message([&] { (void)(a < null); }), expected);
  EXPECT_EQ(message([&] { (void)(o < true); }), expected);
  EXPECT_EQ(message([&] { (void)(o >= true_()); }), expected);
}

TEST_F(Operator, ArithmeticIsGroupedByPrecedence) {
  EXPECT_EQ(shape(a + b * a), "t.a + t.b * t.a");
  EXPECT_EQ(shape((a + b) * a), "(t.a + t.b) * t.a");
  EXPECT_EQ(shape(a - (b - a)), "t.a - (t.b - t.a)");
  EXPECT_EQ(shape(a - b - a), "(t.a - t.b) - t.a");
  EXPECT_EQ(shape(a + (b + a)), "t.a + t.b + t.a");
  EXPECT_EQ(shape(a * (b * a)), "t.a * t.b * t.a");
  EXPECT_EQ(shape(a / (b / a)), "t.a / (t.b / t.a)");
  EXPECT_EQ(shape(a % b), "t.a % t.b");
  EXPECT_EQ(shape(s + (s + s)), "t.s || t.s || t.s");
  EXPECT_EQ(shape((s + s) == s), "t.s || t.s = t.s");
}

TEST_F(Operator, UnaryMinusIsGrouped) {
  EXPECT_EQ(shape(-a), "-t.a");
  EXPECT_EQ(shape(-(-a)), "-(-t.a)");
  EXPECT_EQ(shape(-(a + b)), "-(t.a + t.b)");
  EXPECT_EQ(shape(-a * b), "(-t.a) * t.b");
  EXPECT_EQ(shape(-(a * b)), "-(t.a * t.b)");
  EXPECT_EQ(shape(-a + b), "-t.a + t.b");
  EXPECT_EQ(shape(a - (-b)), "t.a - -t.b");
}

TEST_F(Operator, ComparisonsOfComparisonsAreGrouped) {
  EXPECT_EQ(shape((a == b) == o), "(t.a = t.b) = t.o");
  EXPECT_EQ(shape((a == b) == (b == a)), "(t.a = t.b) = (t.b = t.a)");
  EXPECT_EQ(shape((a != b) != o), "(t.a != t.b) != t.o");
  EXPECT_EQ(shape((a < b) == (b < a)), "(t.a < t.b) = (t.b < t.a)");
  EXPECT_EQ(shape((a + b) == a), "t.a + t.b = t.a");
}

TEST_F(Operator, NegationUsesTheOppositeOperator) {
  EXPECT_EQ(shape(!(a == 5)), "t.a != :a_1");
  EXPECT_EQ(shape(!(a != 5)), "t.a = :a_1");
  EXPECT_EQ(shape(!(a < 5)), "t.a >= :a_1");
  EXPECT_EQ(shape(!(a >= 5)), "t.a < :a_1");
  EXPECT_EQ(shape(!a.is_null()), "t.a IS NOT NULL");
  EXPECT_EQ(shape(!a.in({1})), "t.a NOT IN (__[POSTCOMPILE_a_1])");
  EXPECT_EQ(shape(!a.not_in({1})), "t.a IN (__[POSTCOMPILE_a_1])");
  EXPECT_EQ(shape(!a.between(1, 2)), "t.a NOT BETWEEN :a_1 AND :a_2");
  EXPECT_EQ(shape(!s.like("x")), "t.s NOT LIKE :s_1");
  EXPECT_EQ(shape(!s.contains("x")), "t.s NOT LIKE '%' || :s_1 || '%'");
  EXPECT_EQ(shape(!s.startswith("x")), "t.s NOT LIKE :s_1 || '%'");
  EXPECT_EQ(shape(!(a == 5).label("x")), "t.a != :a_1");
}

TEST_F(Operator, NegationOfInTellsTheListHowToRenderWhenEmpty) {
  const Expr<bool> in = a.in(std::vector<int>{});
  EXPECT_EQ(test::binds_of(in.node()).at(0)->expand_op, sql::Op::in);
  EXPECT_EQ(test::binds_of((!in).node()).at(0)->expand_op, sql::Op::not_in);
  EXPECT_EQ(test::binds_of(in.node()).at(0)->expand_op, sql::Op::in) << "the original is immutable";
}

TEST_F(Operator, NegationOfBooleanColumnsIsTheirFalsehood) {
  EXPECT_EQ(shape(!o), "NOT t.o");
  EXPECT_EQ(shape(!!o), "t.o");
  EXPECT_EQ((!o).node()->kind(), sql::Kind::asbool);
  EXPECT_EQ(shape((!o) == o), "NOT t.o = t.o");
  EXPECT_EQ((!o.label("z")).node()->kind(), sql::Kind::asbool);
}

TEST_F(Operator, NegationOfAnythingElseIsNot) {
  EXPECT_EQ(shape(!(a == 1 && b == 2)), "NOT (t.a = :a_1 AND t.b = :b_1)");
  EXPECT_EQ(shape(!!(a == 1 && b == 2)), "NOT (NOT (t.a = :a_1 AND t.b = :b_1))");
  EXPECT_EQ(shape(!(a == 1 || b == 2)), "NOT (t.a = :a_1 OR t.b = :b_1)");
  EXPECT_EQ(shape(sql::negate(sql::Ref(a.node()))), "NOT t.a");
  EXPECT_EQ(shape(sql::negate(sql::negate(sql::Ref(a.node())))), "NOT (NOT t.a)");
  EXPECT_EQ(shape(sql::negate(sql::Ref((a + 1).node()))), "NOT t.a + :a_1");
  EXPECT_EQ(shape(sql::negate(sql::text("x"))), "NOT x");
  EXPECT_EQ(shape(sql::negate(sql::Ref(sql::null()))), "NOT NULL");
  EXPECT_EQ(shape(!select(a).exists()), "NOT (EXISTS (SELECT))");
  EXPECT_EQ(shape(!true_()), "false");
  EXPECT_EQ(shape(!false_()), "true");
}

TEST_F(Operator, AndOrAreGroupedByPrecedenceAndFlattened) {
  EXPECT_EQ(shape(a == 1 && (b == 2 || b == 3)), "t.a = :a_1 AND (t.b = :b_1 OR t.b = :b_2)");
  EXPECT_EQ(shape((a == 1 && b == 1) || b == 3), "t.a = :a_1 AND t.b = :b_1 OR t.b = :b_2");
  EXPECT_EQ(shape((a == 1 && b == 1) && b == 3), "t.a = :a_1 AND t.b = :b_1 AND t.b = :b_2");
  const Expr<bool> chain = a == 1 && (b == 2 && (a == 3 && b == 4));
  EXPECT_EQ(sql::as<sql::ClauseList>(chain.node()).clauses.size(), 4u);
  EXPECT_EQ(key_of(chain.node()), key_of((((a == 1 && b == 2) && a == 3) && b == 4).node()));
}

TEST_F(Operator, BooleanColumnsBecomeConditionsInAndOr) {
  const Expr<bool> both = o && a == 1;
  EXPECT_EQ(shape(both), "t.o AND t.a = :a_1");
  EXPECT_EQ(sql::as<sql::ClauseList>(both.node()).clauses[0]->kind(), sql::Kind::asbool);
  EXPECT_EQ(sql::conjunction(sql::Op::and_, {o.node()})->kind(), sql::Kind::asbool);
}

TEST_F(Operator, TrueAndFalseShortCircuitAndOr) {
  EXPECT_EQ(shape(and_(a == 1, true_())), "t.a = :a_1");
  EXPECT_EQ(shape(and_(a == 1, false_())), "false");
  EXPECT_EQ(shape(or_(a == 1, true_())), "true");
  EXPECT_EQ(shape(or_(a == 1, false_())), "t.a = :a_1");
  EXPECT_EQ(shape(and_(true_(), true_())), "true");
  EXPECT_EQ(shape(and_(false_(), true_())), "false");
  EXPECT_EQ(shape(or_(false_(), false_())), "false");
  EXPECT_EQ(shape(and_(true_(), o)), "t.o");
}

TEST_F(Operator, ExistsIsGroupedWithinOtherOperators) {
  EXPECT_EQ(shape(select(a).exists()), "EXISTS (SELECT)");
  EXPECT_EQ(shape(select(a).exists() && a == 1), "(EXISTS (SELECT)) AND t.a = :a_1");
  EXPECT_EQ(shape(select(a).exists() == o), "(EXISTS (SELECT)) = t.o");
}

TEST_F(Operator, ConcatenationIsChosenByTheTypesOfBothSides) {
  EXPECT_EQ(shape(s + "x"), "t.s || :s_1");
  EXPECT_EQ(shape("x" + s), ":s_1 || t.s");
  EXPECT_EQ(shape(column("q") + "x"), "q || :q_1");
  EXPECT_EQ(shape(column("q") + s), "q || t.s");
  EXPECT_EQ(shape(s + column("q")), "t.s || q");
  EXPECT_EQ(shape(column("q") + 1), "q + :q_1");
  EXPECT_EQ(shape(Any(s) + Any(a)), "t.s + t.a");
  EXPECT_EQ(shape(Any(a) + Any(s)), "t.a + t.s");
}

TEST_F(Operator, BetweenLikeAndIn) {
  EXPECT_EQ(shape(a.between(1, 2)), "t.a BETWEEN :a_1 AND :a_2");
  EXPECT_EQ(shape((a + b).between(a, b)), "t.a + t.b BETWEEN t.a AND t.b");
  EXPECT_EQ(shape(a.between(1, 2) == o), "(t.a BETWEEN :a_1 AND :a_2) = t.o");
  EXPECT_EQ(shape(a.between(1, 2) && o), "t.a BETWEEN :a_1 AND :a_2 AND t.o");
  EXPECT_EQ(shape(s.like("x", "/")), "t.s LIKE :s_1 ESCAPE '/'");
  EXPECT_EQ(shape((s + s).like("x")), "t.s || t.s LIKE :param_1");
  EXPECT_EQ(shape(a.in({1, 2})), "t.a IN (__[POSTCOMPILE_a_1])");
  EXPECT_EQ(shape((a + b).in({1, 2})), "t.a + t.b IN (__[POSTCOMPILE_param_1])");
  EXPECT_EQ(shape(a.in(select(b))), "t.a IN (SELECT)");
}

TEST_F(Operator, AutoescapeProtectsTheWildcards) {
  const Expr<bool> e = s.startswith("x%", true);
  EXPECT_EQ(shape(e), "t.s LIKE :s_1 || '%' ESCAPE '/'");
  EXPECT_EQ(test::binds_of(e.node()).at(0)->value, Value("x/%"));
  EXPECT_EQ(test::binds_of(s.contains("x/_%", true).node()).at(0)->value, Value("x///_/%"));
}

TEST_F(Operator, LabelsAreGroupedLikeWhatTheyLabel) {
  EXPECT_EQ(shape((a + b).label("l") * 2), "(t.a + t.b) * :param_1");
  EXPECT_EQ(shape((a + b).label("l") == 5), "t.a + t.b = :param_1");
  EXPECT_EQ(shape(desc((a + b).label("l"))), "t.a + t.b DESC");
  const Expr<std::int64_t> twice = a.label("x").label("y");
  EXPECT_EQ(sql::as<sql::Label>(twice.node()).element, a.node()) << "a label of a label renames it";
}

TEST_F(Operator, OrderingModifiersGroupOperatorsOnlyWhereAmbiguous) {
  EXPECT_EQ(shape(nulls_last(desc(a + b))), "t.a + t.b DESC NULLS LAST");
  EXPECT_EQ(shape(nulls_last(a + b)), "(t.a + t.b) NULLS LAST");
  EXPECT_EQ(shape(nulls_first(-a)), "(-t.a) NULLS FIRST");
  EXPECT_EQ(shape(nulls_last(a)), "t.a NULLS LAST");
  EXPECT_EQ(shape(desc(nulls_last(a + b))), "(t.a + t.b) NULLS LAST DESC");
  EXPECT_EQ(shape(desc(a == 1 && b == 1)), "(t.a = :a_1 AND t.b = :b_1) DESC");
  EXPECT_EQ(shape(asc(a == 1)), "t.a = :a_1 ASC");
  EXPECT_EQ(shape(desc(o)), "t.o DESC");
  EXPECT_EQ(shape(desc(select(a).exists())), "(EXISTS (SELECT)) DESC");
}

TEST_F(Operator, FunctionsTakeTheirArgumentsUngrouped) {
  EXPECT_EQ(shape(func::call("foo", a == 1, a == 1 && b == 2)),
            "foo(t.a = :a_1, t.a = :a_2 AND t.b = :b_1)");
  EXPECT_EQ(shape(func::count()), "count(*)");
  EXPECT_EQ(shape(func::count(distinct(a + b))), "count(DISTINCT t.a + t.b)");
  EXPECT_EQ(shape(func::coalesce(a, 5)), "coalesce(t.a, :coalesce_1)");
  EXPECT_EQ(shape(func::call("Foo", 1)), "Foo(:Foo_1)");
  EXPECT_EQ(shape(func::call("COUNT", a)), "count(t.a)");
}

TEST_F(Operator, AFromElementIsNoCondition) {
  EXPECT_THROW(sql::as_condition(sql::Ref(table.node())), ArgumentError);
  EXPECT_THROW(sql::as_condition(sql::subquery(select(a).node())), ArgumentError);
  EXPECT_EQ(sql::as_condition(sql::Ref(select(a).node()))->kind(), sql::Kind::scalar_select);
}

}  // namespace
