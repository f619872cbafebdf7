// SPDX-License-Identifier: MIT
// What a flush emits: order, batches, key propagation. The expected statements are those of
// SQLAlchemy 2.0 for the same programs.
#include "orm/statement_log.hpp"

namespace flush_test {
using namespace azoth;
using azoth_test::OrmTest;

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, Cascade<"all, delete-orphan">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::int64_t, ForeignKey<"user.id">> user_id;
  Column<"email", std::optional<std::string>> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

class ParentsAndChildren : public OrmTest {
 protected:
  void SetUp() override {
    create_all<User, Address>(engine);
    log.clear();
  }
};

TEST_F(ParentsAndChildren, AParentIsInsertedBeforeAChildThatWasAddedFirst) {
  Session s(engine);
  auto u = make<User>({.name = "ed"});
  auto a = make<Address>({.email = "ed@x", .user = u});
  s.add(a);
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO user (name) VALUES (?) | ('ed',)\n"
            "INSERT INTO address (user_id, email) VALUES (?, ?) | (1, 'ed@x')\n");
  EXPECT_EQ(*u->id, 1);
  EXPECT_EQ(*a->user_id, 1);
}

TEST_F(ParentsAndChildren, FewRowsWithGeneratedKeysReturnThemOneByOne) {
  Session s(engine);
  auto u1 = make<User>({.name = "u1"}), u2 = make<User>({.name = "u2"});
  s.add_all({make<Address>({.email = "b", .user = u2}), make<Address>({.email = "a", .user = u1})});
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO user (name) VALUES (?) RETURNING id | ('u2',)\n"
            "INSERT INTO user (name) VALUES (?) RETURNING id | ('u1',)\n"
            "INSERT INTO address (user_id, email) VALUES (?, ?) RETURNING id | (1, 'b')\n"
            "INSERT INTO address (user_id, email) VALUES (?, ?) RETURNING id | (2, 'a')\n");
}

TEST_F(ParentsAndChildren, OneFlushUpdatesInsertsAndDeletesInThatOrder) {
  Session s(engine);
  auto u1 = make<User>({.name = "u1"});
  auto a = make<Address>({.email = "x", .user = u1});
  s.add(a);
  s.flush();
  log.clear();
  u1->name = "changed";
  s.add(make<User>({.name = "u3", .addresses = {make<Address>({.email = "c"})}}));
  s.delete_(a);
  s.flush();
  EXPECT_EQ(log.take(),
            "UPDATE user SET name=? WHERE user.id = ? | ('changed', 1)\n"
            "INSERT INTO user (name) VALUES (?) | ('u3',)\n"
            "INSERT INTO address (user_id, email) VALUES (?, ?) | (2, 'c')\n"
            "DELETE FROM address WHERE address.id = ? | (1,)\n");
}

TEST_F(ParentsAndChildren, DeletingParentsDeletesTheirChildrenFirstInBatches) {
  Session s(engine);
  auto u1 = make<User>({.addresses = {make<Address>({})}}),
       u2 = make<User>({.addresses = {make<Address>({})}});
  s.add_all({u1, u2});
  s.flush();
  log.clear();
  s.delete_(u1);
  s.delete_(u2);
  s.flush();
  EXPECT_EQ(log.take(),
            "DELETE FROM address WHERE address.id = ? | [(1,), (2,)]\n"
            "DELETE FROM user WHERE user.id = ? | [(1,), (2,)]\n");
  s.commit();
  EXPECT_FALSE(s.contains(u1));
}

TEST_F(ParentsAndChildren, AChildRemovedUnderDeleteOrphanIsDeleted) {
  Session s(engine);
  auto u =
      make<User>({.addresses = {make<Address>({.email = "a"}), make<Address>({.email = "b"})}});
  s.add(u);
  s.flush();
  log.clear();
  u->addresses.remove(u->addresses[0]);
  s.flush();
  EXPECT_EQ(log.take(), "DELETE FROM address WHERE address.id = ? | (1,)\n");
}

TEST_F(ParentsAndChildren, AChildThatMovesToAnotherParentIsUpdatedNotDeleted) {
  Session s(engine);
  auto u1 = make<User>({.addresses = {make<Address>({})}}), u2 = make<User>({});
  s.add_all({u1, u2});
  s.flush();
  log.clear();
  u2->addresses.push_back(u1->addresses[0]);
  s.flush();
  EXPECT_EQ(log.take(),
            "SELECT address.id AS address_id, address.user_id AS address_user_id, address.email AS "
            "address_email FROM address WHERE ? = address.user_id | (2,)\n"
            "UPDATE address SET user_id=? WHERE address.id = ? | (2, 1)\n");
}

TEST_F(ParentsAndChildren, APendingOrphanNeverReachesTheDatabase) {
  Session s(engine);
  auto u = make<User>({});
  s.add(u);
  s.flush();
  log.clear();
  auto a = make<Address>({});
  u->addresses.push_back(a);
  EXPECT_TRUE(s.contains(a));
  u->addresses.remove(a);
  log.clear();
  s.flush();
  EXPECT_EQ(log.take(), "");
  EXPECT_FALSE(s.contains(a));
}

TEST_F(ParentsAndChildren, SettingAnAttributeToItsOwnValueEmitsNothing) {
  Session s(engine);
  auto u = make<User>({.name = "same"});
  s.add(u);
  s.flush();
  log.clear();
  u->name = "other";
  u->name = "same";
  s.flush();
  EXPECT_EQ(log.take(), "");
}

TEST_F(ParentsAndChildren, ObjectsWithTheSameChangedColumnsAreUpdatedInOneBatchByKey) {
  Session s(engine);
  auto a = make<User>({.name = "a"}), b = make<User>({.name = "b"});
  s.add_all({a, b});
  s.flush();
  log.clear();
  b->name = "b2";
  a->name = "a2";
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE user SET name=? WHERE user.id = ? | [('a2', 1), ('b2', 2)]\n");
}

TEST_F(ParentsAndChildren, ManyRowsShareAStatementAndGetTheirKeysInOrder) {
  Session s(engine);
  std::vector<ptr<User>> users;
  for (int i = 0; i < 2500; ++i) {
    users.push_back(make<User>({.name = "u" + std::to_string(i)}));
  }
  s.add_all(users);
  s.flush();
  EXPECT_LT(log.count(), 20u);
  for (int i = 0; i < 2500; ++i) {
    ASSERT_EQ(*users[static_cast<std::size_t>(i)]->id, i + 1);
  }
  s.commit();
  EXPECT_EQ(s.scalar(select(func::count(&User::id))), 2500);
  EXPECT_EQ(s.scalar(select(&User::name).where(col(&User::id) == 1777)), "u1776");
}

TEST_F(ParentsAndChildren, GivenKeysAreInsertedInOneBatchInOrderOfAdding) {
  Session s(engine);
  s.add_all({make<User>({.id = 203, .name = "k"}), make<User>({.id = 201, .name = "k"})});
  s.flush();
  EXPECT_EQ(
      log.take(),
      "BEGIN (implicit)\nINSERT INTO user (id, name) VALUES (?, ?) | [(203, 'k'), (201, 'k')]\n");
}

TEST_F(ParentsAndChildren, AnAttributeThatWasNotGivenIsNull) {
  Session s(engine);
  s.add(make<User>({}));
  s.flush();
  EXPECT_EQ(log.take(), "BEGIN (implicit)\nINSERT INTO user (name) VALUES (?) | (None,)\n");
}

TEST_F(ParentsAndChildren, AChangedPrimaryKeyUpdatesTheRowUnderItsOldKey) {
  Session s(engine);
  auto u = make<User>({.id = 7, .name = "x"});
  s.add(u);
  s.flush();
  log.clear();
  u->id = 8;
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE user SET id=? WHERE user.id = ? | (8, 7)\n");
  EXPECT_EQ(s.get<User>(8), u);
}

TEST_F(ParentsAndChildren, ARowThatIsGoneIsAStaleDataError) {
  Session s(engine);
  auto u = make<User>({.name = "x"});
  s.add(u);
  s.flush();
  s.execute(delete_<User>(), {.synchronize_session = false});
  u->name = "y";
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const StaleDataError& e) {
    EXPECT_STREQ(e.what(),
                 "UPDATE statement on table 'user' expected to update 1 row(s); 0 were matched.");
  }
}

// --- self-referential ---

struct Node : Entity<Node, "node"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"node.id">> parent_id;
  Column<"name", std::string> name;
  Relationship<"children", List<Node>, BackPopulates<"parent">, Cascade<"all">, OrderBy<"id">>
      children;
  Relationship<"parent", Node, BackPopulates<"children">, RemoteSide<"id">> parent;
};

class Trees : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Node>(engine);
    log.clear();
  }
};

TEST_F(Trees, ATreeIsInsertedLevelByLevel) {
  Session s(engine);
  auto root = make<Node>({.name = "root"});
  auto a = make<Node>({.name = "a", .parent = root}), b = make<Node>({.name = "b", .parent = root});
  auto a1 = make<Node>({.name = "a1", .parent = a}), b1 = make<Node>({.name = "b1", .parent = b});
  s.add(a1);
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO node (parent_id, name) VALUES (?, ?) | (None, 'root')\n"
            "INSERT INTO node (parent_id, name) VALUES (?, ?) RETURNING id | (1, 'a')\n"
            "INSERT INTO node (parent_id, name) VALUES (?, ?) RETURNING id | (1, 'b')\n"
            "INSERT INTO node (parent_id, name) VALUES (?, ?) RETURNING id | (2, 'a1')\n"
            "INSERT INTO node (parent_id, name) VALUES (?, ?) RETURNING id | (3, 'b1')\n");
  a1->parent = b;
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE node SET parent_id=? WHERE node.id = ? | (3, 4)\n");
}

TEST_F(Trees, ASubtreeIsDeletedFromItsLeaves) {
  Session s(engine);
  auto root = make<Node>({.name = "root"});
  auto b = make<Node>(
      {.name = "b", .children = {make<Node>({.name = "b1"}), make<Node>({.name = "b2"})}});
  root->children.push_back(b);
  s.add(root);
  s.flush();
  s.expire_all();
  log.clear();
  root->children.remove(b);
  s.delete_(b);
  s.flush();
  EXPECT_EQ(log.take(),
            "SELECT node.id AS node_id, node.parent_id AS node_parent_id, node.name AS node_name "
            "FROM node WHERE node.id = ? | (1,)\n"
            "SELECT node.id AS node_id, node.parent_id AS node_parent_id, node.name AS node_name "
            "FROM node WHERE ? = node.parent_id ORDER BY node.id | (1,)\n"
            "UPDATE node SET parent_id=? WHERE node.id = ? | (None, 2)\n"
            "SELECT node.id AS node_id, node.parent_id AS node_parent_id, node.name AS node_name "
            "FROM node WHERE ? = node.parent_id ORDER BY node.id | (2,)\n"
            "SELECT node.id AS node_id, node.parent_id AS node_parent_id, node.name AS node_name "
            "FROM node WHERE ? = node.parent_id ORDER BY node.id | (3,)\n"
            "SELECT node.id AS node_id, node.parent_id AS node_parent_id, node.name AS node_name "
            "FROM node WHERE ? = node.parent_id ORDER BY node.id | (4,)\n"
            "DELETE FROM node WHERE node.id = ? | [(3,), (4,)]\n"
            "DELETE FROM node WHERE node.id = ? | (2,)\n");
}

TEST_F(Trees, ObjectsThatReferToEachOtherAreRefusedByName) {
  Session s(engine);
  auto a = make<Node>({.name = "a"}), b = make<Node>({.name = "b", .parent = a});
  a->parent = b;
  s.add(a);
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const CircularDependencyError& e) {
    EXPECT_NE(std::string(e.what()).find("Circular dependency detected"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("<Node at 0x"), std::string::npos);
  }
}

}  // namespace flush_test
