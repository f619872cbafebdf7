// SPDX-License-Identifier: MIT
// Selects of entities whose values are given at execution.
#include "orm/load/models.hpp"
#include <azoth/engine/prepare.hpp>

namespace load_test {

class ParametersOfSelects : public LoadTest {};

TEST_F(ParametersOfSelects, AreGivenByName) {
  add_users();
  Session s(engine);
  const auto called = select<User>().where(col(&User::name) == bindparam<std::string>("who"));
  EXPECT_EQ(s.scalars(called, {{"who", "wendy"}}).one()->id, 2);
  EXPECT_EQ(std::get<0>(s.execute(called, {{"who", "ed"}}).one())->id, 1);
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user WHERE user.name = ? | ('wendy',)\n"
            "SELECT user.id, user.name FROM user WHERE user.name = ? | ('ed',)\n");
  const auto number =
      select(func::count(&User::id)).where(col(&User::id) >= bindparam<std::int64_t>("least"));
  EXPECT_EQ(s.scalar(number, {{"least", 2}}), 1);
}

TEST_F(ParametersOfSelects, ThatNobodyGivesAreAnError) {
  Session s(engine);
  const auto called = select<User>().where(col(&User::name) == bindparam<std::string>("who"));
  EXPECT_THROW(s.scalars(called, {{"whom", "ed"}}).all(), StatementError);
}

TEST_F(ParametersOfSelects, ReachTheSubqueriesOfLoaders) {
  add_users();
  Session s(engine);
  const auto called = prepare([](Param<std::string> who) {
    return select<User>().options(subqueryload(&User::addresses)).where(col(&User::name) == who);
  });
  const ptr<User> user = std::get<0>(called(s, "ed").one());
  log.clear();
  EXPECT_EQ(emails(user), (Names{"a", "b"}));
  EXPECT_EQ(statements(), "") << "the subquery has loaded them";
}

TEST_F(ParametersOfSelects, MayStandTwice) {
  add_users();
  Session s(engine);
  const auto either = prepare([](Param<std::string> who) {
    return select<User>().where((col(&User::name) == who) || (col(&User::name) == who));
  });
  EXPECT_EQ(either(s, "ed").all().size(), 1u);
  EXPECT_EQ(statements(),
            "SELECT user.id, user.name FROM user WHERE user.name = ? OR user.name = ? | "
            "('ed', 'ed')\n");
}

}  // namespace load_test
