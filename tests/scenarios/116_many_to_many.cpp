// SPDX-License-Identifier: MIT
// Rows of an association table come and go with the members of lists.
#include <azoth/orm.hpp>
#include <azoth/sql/table.hpp>

using namespace azoth;

namespace {
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

template <class L>
std::vector<std::int64_t> ids(const L& list) {
  std::vector<std::int64_t> found;
  for (auto o : list) {
    found.push_back(*o->id);
  }
  return found;
}
}  // namespace

AZOTH_SCENARIO("116", "Many-to-many: rows of the association table") {
  const Table link("post_tag",
                   default_metadata(),
                   {azoth::Column("post_id",
                                  types::Integer(),
                                  {.primary_key = true, .foreign_key = ForeignKey("post.id")}),
                    azoth::Column("tag_id",
                                  types::Integer(),
                                  {.primary_key = true, .foreign_key = ForeignKey("tag.id")})});
  Engine engine = rec::quiet([] {
    Engine made = rec::engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});
    create_all<Post, Tag>(made);
    return made;
  });
  Session s(engine);
  rec::step("insert");
  auto t1 = make<Tag>({.id = 1}), t2 = make<Tag>({.id = 2}), t3 = make<Tag>({.id = 3});
  auto p1 = make<Post>({.id = 1, .tags = {t1, t2}});
  s.add(p1);
  s.add(t3);
  s.flush();

  rec::step("both sides given: one row");
  auto p2 = make<Post>({.id = 2});
  s.add(p2);
  p2->tags.push_back(t1);
  s.no_autoflush([&] {
    if (!t1->posts.contains(p2)) {
      t1->posts.push_back(p2);
    }
    rec::show("backref", ids(t1->posts));
  });
  s.flush();

  rec::step("change the list");
  p1->tags = {t2, t3};
  s.flush();

  rec::step("remove from the other side");
  t3->posts.remove(p1);
  s.flush();

  rec::step("swap out and in again: nothing");
  p1->tags.remove(t2);
  p1->tags.push_back(t2);
  s.flush();

  rec::step("lazy load");
  s.expire_all();
  rec::show("tags", ids(p1->tags));

  rec::step("delete a tag: links of both loaded and unloaded posts");
  s.delete_(t1);
  s.flush();

  rec::step("delete a post");
  s.delete_(p1);
  s.flush();
  rec::show("links left", s.execute(select(link)).all());

  rec::step("link row missing");
  auto p3 = make<Post>({.id = 3, .tags = {t2, t3}});
  s.add(p3);
  s.flush();
  s.execute(delete_(link).where(link.c("tag_id") == 2));
  p3->tags.clear();
  rec::attempt("flush", [&] { s.flush(); });
}
