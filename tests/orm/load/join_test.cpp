// SPDX-License-Identifier: MIT
// select.join(&User::addresses) and its kin: the ON clauses that relationships give.
#include "orm/load/models.hpp"
#include <azoth/compile/dialect.hpp>

namespace load_test {

class RelationshipJoin : public LoadTest {
 protected:
  template <class S>
  static std::string sql(const S& statement) {
    std::string out = to_string(statement.node());
    std::erase(out, '\n');
    return out;
  }
};

TEST_F(RelationshipJoin, TheReferredColumnStandsFirstInBothDirections) {
  EXPECT_EQ(sql(select(&User::id).join(&User::addresses)),
            "SELECT \"user\".id FROM \"user\" JOIN address ON \"user\".id = address.user_id");
  EXPECT_EQ(sql(select(&Address::email).join(&Address::user)),
            "SELECT address.email FROM address JOIN \"user\" ON \"user\".id = address.user_id");
  EXPECT_EQ(sql(select(&User::id).outerjoin(&User::addresses)),
            "SELECT \"user\".id FROM \"user\" LEFT OUTER JOIN address ON \"user\".id = "
            "address.user_id");
}

TEST_F(RelationshipJoin, AssociationTablesGetAnAlias) {
  EXPECT_EQ(sql(select(&User::id).join(&User::groups)),
            "SELECT \"user\".id FROM \"user\" JOIN user_group AS user_group_1 ON \"user\".id = "
            "user_group_1.user_id JOIN grp ON grp.id = user_group_1.group_id");
  EXPECT_EQ(sql(select(&User::id).outerjoin(&User::groups)),
            "SELECT \"user\".id FROM \"user\" LEFT OUTER JOIN (user_group AS user_group_1 JOIN grp "
            "ON grp.id = user_group_1.group_id) ON \"user\".id = user_group_1.user_id");
}

TEST_F(RelationshipJoin, JoinsChainAndRepeatOnce) {
  EXPECT_EQ(sql(select(&Address::email).join(&Address::user).join(&User::groups)),
            "SELECT address.email FROM address JOIN \"user\" ON \"user\".id = address.user_id JOIN "
            "user_group AS user_group_1 ON \"user\".id = user_group_1.user_id JOIN grp ON grp.id = "
            "user_group_1.group_id");
  EXPECT_EQ(sql(select(&User::id).join(&User::addresses).join(&User::addresses)),
            "SELECT \"user\".id FROM \"user\" JOIN address ON \"user\".id = address.user_id");
}

TEST_F(RelationshipJoin, AClassIsNotJoinedToItselfUnderItsOwnName) {
  try {
    (void)select(&Node::id).join(&Node::children);
    FAIL();
  } catch (const InvalidRequestError& e) {
    EXPECT_EQ(e.message(),
              "Can't construct a join from mapped class Node->node to mapped class Node->node, "
              "they are the same entity");
  }
}

}  // namespace load_test
