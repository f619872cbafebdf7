// SPDX-License-Identifier: MIT
// What a flush emits for rows that outlive their parent and for many-to-many links: references
// cleared, link rows written and removed. The expected statements are those of SQLAlchemy 2.0 for
// the same programs.
#include "orm/statement_log.hpp"

namespace reference_test {
using namespace azoth;
using azoth_test::OrmTest;

// --- without delete cascade ---

struct C;
struct S;
struct K;

struct P : Entity<P, "p"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"cs", List<C>, OrderBy<"id">> cs;
  Relationship<"strict", List<S>> strict;
  Relationship<"keyed", List<K>> keyed;
};

struct C : Entity<C, "c"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::optional<std::int64_t>, ForeignKey<"p.id">> p_id;
};

struct S : Entity<S, "s"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"p_id", std::int64_t, ForeignKey<"p.id">> p_id;
};

struct K : Entity<K, "k"> {
  Column<"p_id", std::int64_t, PrimaryKey, ForeignKey<"p.id">> p_id;
  Column<"n", std::int64_t, PrimaryKey> n;
};

class Nullify : public OrmTest {
 protected:
  void SetUp() override {
    create_all<P, C, S, K>(engine);
    log.clear();
  }
};

TEST_F(Nullify, AChildRemovedFromItsParentLosesItsReference) {
  Session s(engine);
  auto p = make<P>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}});
  s.add(p);
  s.flush();
  log.clear();
  p->cs.remove(p->cs[0]);
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE c SET p_id=? WHERE c.id = ? | (None, 1)\n");
}

TEST_F(Nullify, DeletingAParentLoadsItsChildrenAndClearsTheirReferences) {
  Session s(engine);
  auto p = make<P>({.id = 1, .cs = {make<C>({.id = 1}), make<C>({.id = 2})}});
  s.add(p);
  s.flush();
  log.clear();
  s.delete_(p);
  s.flush();
  EXPECT_EQ(log.take(),
            "SELECT s.id AS s_id, s.p_id AS s_p_id FROM s WHERE ? = s.p_id | (1,)\n"
            "SELECT k.p_id AS k_p_id, k.n AS k_n FROM k WHERE ? = k.p_id | (1,)\n"
            "UPDATE c SET p_id=? WHERE c.id = ? | [(None, 1), (None, 2)]\n"
            "DELETE FROM p WHERE p.id = ? | (1,)\n");
}

TEST_F(Nullify, AColumnThatCannotBeNullIsTheDatabasesError) {
  Session s(engine);
  auto p = make<P>({.id = 1, .strict = {make<S>({.id = 1})}});
  s.add(p);
  s.flush();
  p->strict.clear();
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const IntegrityError& e) {
    EXPECT_STREQ(
        e.what(),
        "(sqlite3.IntegrityError) NOT NULL constraint failed: s.p_id\n[SQL: UPDATE s SET p_id=? "
        "WHERE s.id = ?]\n"
        "[parameters: (None, 1)]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)");
  }
}

TEST_F(Nullify, AReferenceWithinThePrimaryKeyCannotBeCleared) {
  Session s(engine);
  auto p = make<P>({.id = 1, .keyed = {make<K>({.n = 1})}});
  s.add(p);
  s.flush();
  p->keyed.clear();
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const InvalidRequestError& e) {
    EXPECT_NE(std::string(e.what()).find("Dependency rule on column 'p.id' tried to blank-out "
                                         "primary key column 'k.p_id' on instance '<K at 0x"),
              std::string::npos)
        << e.what();
  }
}

// --- many-to-many ---

const Table post_tag(
    "post_tag",
    default_metadata(),
    {azoth::Column("post_id",
                   types::Integer(),
                   {.primary_key = true, .foreign_key = azoth::ForeignKey("post.id")}),
     azoth::Column("tag_id",
                   types::Integer(),
                   {.primary_key = true, .foreign_key = azoth::ForeignKey("tag.id")})});
struct Tag;

struct Post : Entity<Post, "post"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"tags", List<Tag>, Secondary<"post_tag">, BackPopulates<"posts">, OrderBy<"id">>
      tags;
};

struct Tag : Entity<Tag, "tag"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"posts", List<Post>, Secondary<"post_tag">, BackPopulates<"tags">, OrderBy<"id">>
      posts;
};

class ManyToMany : public OrmTest {
 protected:
  void SetUp() override {
    create_all<Post, Tag>(engine);
    log.clear();
  }
};

TEST_F(ManyToMany, LinksAreInsertedAfterBothSidesOncePerPair) {
  Session s(engine);
  auto t1 = make<Tag>({.id = 1}), t2 = make<Tag>({.id = 2}), t3 = make<Tag>({.id = 3});
  s.add(make<Post>({.id = 1, .tags = {t1, t2}}));
  s.add(t3);
  s.flush();
  EXPECT_EQ(log.take(),
            "BEGIN (implicit)\n"
            "INSERT INTO post (id) VALUES (?) | (1,)\n"
            "INSERT INTO tag (id) VALUES (?) | [(1,), (2,), (3,)]\n"
            "INSERT INTO post_tag (post_id, tag_id) VALUES (?, ?) | [(1, 1), (1, 2)]\n");
}

TEST_F(ManyToMany, ChangesOnEitherSideBecomeLinkRows) {
  Session s(engine);
  auto t1 = make<Tag>({.id = 1}), t2 = make<Tag>({.id = 2}), t3 = make<Tag>({.id = 3});
  auto p1 = make<Post>({.id = 1, .tags = {t1, t2}});
  s.add_all({p1});
  s.add(t3);
  s.flush();
  log.clear();
  p1->tags = {t2, t3};
  s.flush();
  EXPECT_EQ(log.take(),
            "DELETE FROM post_tag WHERE post_tag.post_id = ? AND post_tag.tag_id = ? | (1, 1)\n"
            "INSERT INTO post_tag (post_id, tag_id) VALUES (?, ?) | (1, 3)\n");
  p1->tags.remove(t2);
  p1->tags.push_back(t2);
  s.flush();
  EXPECT_EQ(log.take(), "");
  s.delete_(p1);
  s.flush();
  EXPECT_EQ(
      log.take(),
      "DELETE FROM post_tag WHERE post_tag.post_id = ? AND post_tag.tag_id = ? | [(1, 3), (1, 2)]\n"
      "DELETE FROM post WHERE post.id = ? | (1,)\n");
}

TEST_F(ManyToMany, AMissingLinkRowIsAStaleDataError) {
  Session s(engine);
  auto p = make<Post>({.id = 3, .tags = {make<Tag>({.id = 2}), make<Tag>({.id = 3})}});
  s.add(p);
  s.flush();
  s.execute(delete_(post_tag).where(post_tag.c("tag_id") == 2));
  p->tags = {};
  try {
    s.flush();
    FAIL() << "no error";
  } catch (const StaleDataError& e) {
    EXPECT_STREQ(
        e.what(),
        "DELETE statement on table 'post_tag' expected to delete 2 row(s); Only 1 were matched.");
  }
}

}  // namespace reference_test
