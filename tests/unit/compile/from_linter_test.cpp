// SPDX-License-Identifier: MIT
// The warning of cartesian products.
#include "render/tables.hpp"
#include <azoth/dialects/sqlite.hpp>

#include <gtest/gtest.h>

namespace azoth {
namespace {

using namespace render_test;

template <class S>
std::vector<std::string> warnings(const S& select) {
  return sqlite_dialect().compile(select.node(), {.lint_froms = true}).warnings;
}

std::string warning(const char* rest, const char* start) {
  return std::string("SELECT statement has a cartesian product between FROM element(s) ") + rest +
         " and FROM element \"" + start +
         "\".  Apply join condition(s) between each element to resolve.";
}

TEST(FromLinter, UnconnectedElementsAreNamed) {
  EXPECT_EQ(std::vector{warning("\"b\"", "a")}, warnings(select(a.id, b.id)));
  EXPECT_EQ((std::vector{warning("\"b\", \"lone\"", "a")}), warnings(select(a.id, b.id, lone.id)));
  EXPECT_EQ(std::vector{warning("\"a_1\"", "a")}, warnings(select(a.id, alias(a).c("id"))));
}

TEST(FromLinter, ComparisonsAndJoinsConnect) {
  EXPECT_TRUE(warnings(select(a.id, b.id).where(a.id == b.a_id)).empty());
  EXPECT_TRUE(warnings(select(a.id, b.id).where(a.id == b.id || a.id == 4)).empty());
  EXPECT_TRUE(warnings(select(a.id).join(b, true_())).empty());
  EXPECT_TRUE(warnings(select(a.id, c.id).select_from(a).join(b).join(c)).empty());
}

TEST(FromLinter, ComparisonsWithValuesDoNotConnect) {
  EXPECT_EQ(1u, warnings(select(a.id, b.id).where(a.id == 1).where(b.id == 1)).size());
}

TEST(FromLinter, SubqueriesAreCheckedByThemselves) {
  const auto inner = select(b.id, c.id).subquery("q");
  EXPECT_EQ(std::vector{warning("\"c\"", "b")}, warnings(select(inner.c("id"))));
}

TEST(FromLinter, NothingIsSaidUnlessAsked) {
  EXPECT_TRUE(sqlite_dialect().compile(select(a.id, b.id).node()).warnings.empty());
}

}  // namespace
}  // namespace azoth
