// SPDX-License-Identifier: MIT
// Collections that are never loaded: what is written for what they take and give up, the
// statements they make, and when the database is asked. The texts are SQLAlchemy's.
#include "orm/statement_log.hpp"
#include <azoth/orm/dynamic.hpp>
#include <azoth/orm/write_only.hpp>

namespace {
using namespace azoth;

struct Post;
struct Remark;
struct Tag;

struct Author : Entity<Author, "w_author"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"posts",
               WriteOnlyMapped<Post>,
               BackPopulates<"author">,
               OrderBy<"id">,
               Cascade<"all, delete-orphan">,
               PassiveDeletes>
      posts;
  Relationship<"remarks", WriteOnlyMapped<Remark>> remarks;
  Relationship<"tags", WriteOnlyMapped<Tag>, Secondary<"w_author_tag">, PassiveDeletes> tags;
};

struct Post : Entity<Post, "w_post"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"author_id", std::optional<std::int64_t>, ForeignKey<"w_author.id">, OnDelete<"CASCADE">>
      author_id;
  Column<"title", std::string> title;
  Relationship<"author", Author, BackPopulates<"posts">> author;
};

struct Remark : Entity<Remark, "w_remark"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"author_id", std::optional<std::int64_t>, ForeignKey<"w_author.id">> author_id;
};

struct Tag : Entity<Tag, "w_tag"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
};

const Table& author_tag() {
  static const Table table(
      "w_author_tag",
      default_metadata(),
      {azoth::Column("author_id",
                     types::Integer(),
                     {.foreign_key = azoth::ForeignKey("w_author.id", "CASCADE")}),
       azoth::Column("tag_id", types::Integer(), {.foreign_key = azoth::ForeignKey("w_tag.id")})});
  return table;
}

class NeverLoadedTest : public azoth_test::OrmTest {
 protected:
  std::string statements() {
    std::string out = log.take();
    for (std::string_view mark : {"BEGIN (implicit)\n", "COMMIT\n", "ROLLBACK\n"}) {
      for (std::size_t at; (at = out.find(mark)) != out.npos;) {
        out.erase(at, mark.size());
      }
    }
    return out;
  }

  template <class F>
  static std::string message_of(F&& f) {
    try {
      f();
    } catch (const Error& error) {
      return error.message();
    }
    return "no error";
  }
};

class WriteOnly : public NeverLoadedTest {
 protected:
  void SetUp() override {
    author_tag();
    create_all<Author, Post, Remark, Tag>(engine);
    Session s(engine);
    s.add(make<Author>(
        {.id = 1,
         .name = "ed",
         .posts = {make<Post>({.id = 1, .title = "a"}), make<Post>({.id = 2, .title = "b"})},
         .tags = {make<Tag>({.id = 1, .name = "t"})}}));
    s.commit();
    log.clear();
  }
};

TEST_F(WriteOnly, SelectsItsMembersWithTheValuesOfTheParent) {
  Session s(engine);
  auto ed = s.get<Author>(1);
  statements();
  std::string titles;
  for (auto post : s.scalars(ed->posts.select().where(col(&Post::title) != "a"))) {
    titles += *post->title;
  }
  EXPECT_EQ(titles, "b");
  EXPECT_EQ(s.scalars(ed->tags.select()).one()->name, "t");
  EXPECT_EQ(statements(),
            "SELECT w_post.id, w_post.author_id, w_post.title FROM w_post WHERE ? = "
            "w_post.author_id AND w_post.title != ? ORDER BY w_post.id | (1, 'a')\n"
            "SELECT w_tag.id, w_tag.name FROM w_tag, w_author_tag WHERE ? = "
            "w_author_tag.author_id AND w_tag.id = w_author_tag.tag_id | (1,)\n");
}

TEST_F(WriteOnly, AddsAndRemovesWithoutLoading) {
  Session s(engine);
  auto ed = s.get<Author>(1);
  auto first = s.get<Post>(1);
  statements();
  ed->posts.add(make<Post>({.title = "c"}));
  ed->posts.add_all({make<Post>({.title = "d"}), make<Post>({.title = "e"})});
  ed->posts.remove(first);
  EXPECT_FALSE(first->author);
  EXPECT_EQ(inspect(ed).history(&Author::posts).added.size(), 3u);
  EXPECT_EQ(statements(), "");
  ed->tags.add(make<Tag>({.name = "u"}));
  ed->tags.remove(s.get<Tag>(1));
  s.flush();
  EXPECT_EQ(s.scalars(select(&Post::title).where(col(&Post::author_id) == 1)).all(),
            (std::vector<std::string>{"b", "c", "d", "e"}));
  EXPECT_FALSE(s.get<Post>(1));  // an orphan, which goes
  EXPECT_EQ(s.scalars(ed->tags.select()).one()->name, "u");
  EXPECT_TRUE(inspect(ed).history(&Author::posts).added.empty());
}

TEST_F(WriteOnly, TheOtherSideMovesMembers) {
  Session s(engine);
  auto kim = make<Author>({.id = 2, .name = "kim"});
  s.add(kim);
  s.get<Post>(1)->author = kim;
  s.commit();
  EXPECT_EQ(s.scalars(kim->posts.select()).one()->title, "a");
  EXPECT_EQ(s.scalars(s.get<Author>(1)->posts.select()).one()->title, "b");
}

TEST_F(WriteOnly, KeepsNothingInMemory) {
  Session s(engine);
  auto ed = s.get<Author>(1);
  for (int i = 0; i < 100; ++i) {
    ed->posts.add(make<Post>({.title = "x"}));
  }
  s.commit();
  s.sweep();
  EXPECT_EQ(s.identity_count(), 1u);  // ed
}

TEST_F(WriteOnly, InsertsManyByOneStatement) {
  Session s(engine);
  auto ed = s.get<Author>(1);
  s.execute(ed->posts.insert(), {{{"title", "c"}}, {{"title", "d"}}});
  s.execute(ed->posts.update().values({{&Post::title, "z"}}).where(col(&Post::title) == "d"),
            {.synchronize_session = false});
  s.execute(ed->posts.delete_().where(col(&Post::title) == "a"), {.synchronize_session = false});
  EXPECT_EQ(
      s.scalars(select(&Post::title).where(col(&Post::author_id) == 1).order_by(&Post::id)).all(),
      (std::vector<std::string>{"b", "c", "z"}));
  const std::string ran = statements();
  EXPECT_NE(ran.find("UPDATE w_post SET title=? WHERE ? = w_post.author_id AND w_post.title = ? | "
                     "('z', 1, 'd')\n"
                     "DELETE FROM w_post WHERE ? = w_post.author_id AND w_post.title = ? | (1, "
                     "'a')\n"),
            ran.npos)
      << ran;
  EXPECT_EQ(message_of([&] { (void)ed->tags.insert(); }),
            "Write only bulk INSERT only supported for one-to-many collections; for many-to-many, "
            "use a separate bulk INSERT along with add_all().");
}

TEST_F(WriteOnly, DeletingTheParentLeavesTheMembersToTheDatabase) {
  Session s(engine);
  auto ed = s.get<Author>(1);
  ed->remarks.add(make<Remark>({}));
  s.commit();
  EXPECT_EQ(message_of([&] {
              s.delete_(ed);
              s.flush();
            }),
            "Attribute Author.remarks can't load the existing state from the database for this "
            "operation; full iteration is not permitted.  If this is a delete operation, configure "
            "passive_deletes=True on the Author.remarks relationship in order to resolve this "
            "error.");
  s.rollback();
  s.execute(delete_<Remark>(), {.synchronize_session = false});
  Connection& c = s.connection();
  c.exec_driver_sql("DELETE FROM w_author WHERE id = 1");
  EXPECT_EQ(s.scalars(select<Post>()).all().size(), 0u);  // ON DELETE CASCADE
}

TEST_F(WriteOnly, RefusesToBeEagerlyLoaded) {
  Session s(engine);
  const std::string refused =
      "'Author.posts' does not support object population - eager loading cannot be applied.";
  EXPECT_EQ(message_of([&] {
              (void)s.scalars(select<Author>().options(selectinload(&Author::posts))).all();
            }),
            refused);
  EXPECT_EQ(message_of([&] {
              (void)s.scalars(select<Author>().options(joinedload(&Author::posts))).unique().all();
            }),
            refused);
  EXPECT_EQ(s.scalars(select<Author>().options(selectinload("*"))).all().size(), 1u);
}

TEST_F(WriteOnly, NeedsAKeyForStatements) {
  const auto kim = make<Author>({.name = "kim", .posts = {make<Post>({.title = "p"})}});
  EXPECT_EQ(message_of([&] { (void)kim->posts.select(); }),
            "The object whose Author.posts is asked for has no key yet; flush the session first");
}

TEST_F(WriteOnly, JoinsAndCriteriaGoAlongIt) {
  Session s(engine);
  EXPECT_EQ(
      s.scalars(select<Author>().join(&Author::posts).where(col(&Post::title) == "a")).all().size(),
      1u);
  EXPECT_EQ(s.scalars(select<Author>().where(col(&Author::posts).any(col(&Post::title) == "q")))
                .all()
                .size(),
            0u);
}

TEST_F(WriteOnly, MergeAddsWhatItWasGiven) {
  Session s(engine);
  auto merged =
      s.merge(make<Author>({.id = 1, .name = "ed", .posts = {make<Post>({.title = "m"})}}));
  s.commit();
  EXPECT_EQ(s.scalars(merged->posts.select()).all().size(), 3u);
}

// --- dynamic ---

struct Page;
struct Mark;

struct Book : Entity<Book, "d_user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"pages", DynamicMapped<Page>, BackPopulates<"book">, OrderBy<"id">> pages;
  Relationship<"marks", DynamicMapped<Mark>, Secondary<"d_user_group">> marks;
};

struct Page : Entity<Page, "d_post"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"d_user.id">> user_id;
  Column<"title", std::string> title;
  Relationship<"book", Book, BackPopulates<"pages">> book;
};

struct Mark : Entity<Mark, "d_grp"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
};

const Table& book_mark() {
  static const Table table(
      "d_user_group",
      default_metadata(),
      {azoth::Column("user_id", types::Integer(), {.foreign_key = azoth::ForeignKey("d_user.id")}),
       azoth::Column(
           "group_id", types::Integer(), {.foreign_key = azoth::ForeignKey("d_grp.id")})});
  return table;
}

class Dynamic : public NeverLoadedTest {
 protected:
  void SetUp() override {
    book_mark();
    create_all<Book, Page, Mark>(engine);
    Session s(engine);
    s.add(make<Book>({.name = "ed",
                      .pages = {make<Page>({.title = "a"}), make<Page>({.title = "b"})},
                      .marks = {make<Mark>({.name = "g"})}}));
    s.commit();
    log.clear();
  }

  template <class R>
  static std::string titles(const R& pages) {
    std::string out;
    for (const ptr<Page>& page : pages) {
      out += *page->title;
    }
    return out;
  }
};

TEST_F(Dynamic, EachReadingAsksTheDatabase) {
  Session s(engine);
  auto ed = s.get<Book>(1);
  statements();
  const std::string all =
      "SELECT d_post.id AS d_post_id, d_post.user_id AS d_post_user_id, d_post.title AS "
      "d_post_title FROM d_post WHERE ? = d_post.user_id ORDER BY d_post.id";
  EXPECT_EQ(titles(ed->pages), "ab");
  EXPECT_EQ(statements(), all + " | (1,)\n");
  EXPECT_EQ(titles(ed->pages.filter(col(&Page::title) == "a").all()), "a");
  EXPECT_EQ(statements(),
            "SELECT d_post.id AS d_post_id, d_post.user_id AS d_post_user_id, d_post.title AS "
            "d_post_title FROM d_post WHERE ? = d_post.user_id AND d_post.title = ? ORDER BY "
            "d_post.id | (1, 'a')\n");
  EXPECT_EQ(ed->pages.count(), 2);
  EXPECT_EQ(statements(), "SELECT count(*) AS count_1 FROM (" + all + ") AS anon_1 | (1,)\n");
  EXPECT_EQ(ed->pages.first()->title, "a");
  EXPECT_EQ(ed->pages[1]->title, "b");
  statements();
  EXPECT_EQ(ed->marks.one()->name, "g");
  EXPECT_EQ(statements(),
            "SELECT d_grp.id AS d_grp_id, d_grp.name AS d_grp_name FROM d_grp, d_user_group WHERE "
            "? = d_user_group.user_id AND d_grp.id = d_user_group.group_id | (1,)\n");
}

TEST_F(Dynamic, WhatWasAddedIsFlushedBeforeItIsRead) {
  Session s(engine);
  auto ed = s.get<Book>(1);
  ed->pages.append(make<Page>({.title = "z"}));
  EXPECT_EQ(titles(ed->pages), "abz");
  ed->pages.remove(s.get<Page>(1));
  EXPECT_EQ(titles(ed->pages), "bz");
  s.commit();
  EXPECT_FALSE(s.get<Page>(1)->user_id->has_value());
}

TEST_F(Dynamic, AnObjectWithoutSessionGivesWhatWasAddedAndHasNoQuery) {
  const auto kim = make<Book>({.name = "kim", .pages = {make<Page>({.title = "p"})}});
  EXPECT_EQ(titles(kim->pages), "p");
  EXPECT_EQ(kim->pages.count(), 1);
  const std::string message = message_of([&] { (void)kim->pages.filter(col(&Page::id) > 0); });
  EXPECT_EQ(message.substr(message.find(" is not bound")),
            " is not bound to a Session, and no contextual session is established; lazy load "
            "operation of attribute 'pages' cannot proceed");
}

TEST_F(Dynamic, DeletingTheParentLoadsAndReleasesTheMembers) {
  Session s(engine);
  s.delete_(s.get<Book>(1));
  s.commit();
  EXPECT_EQ(s.scalars(select(&Page::user_id)).all(),
            (std::vector<std::optional<std::int64_t>>{std::nullopt, std::nullopt}));
}

// --- declarations that are refused ---

struct Odd;

struct Wrong : Entity<Wrong, "w_wrong"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"odds", List<Odd>, Lazy<"dynamic">> odds;
};

struct Odd : Entity<Odd, "w_odd"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"wrong_id", std::int64_t, ForeignKey<"w_wrong.id">> wrong_id;
};

TEST_F(NeverLoadedTest, TheWordAloneIsRefused) {
  EXPECT_NE(message_of([] { orm::configure(Wrong::mapper()); })
                .find("On relationship Wrong.odds, lazy='dynamic' is what a type says: declare it "
                      "with DynamicMapped<T> instead of List<T>"),
            std::string::npos);
}

}  // namespace
