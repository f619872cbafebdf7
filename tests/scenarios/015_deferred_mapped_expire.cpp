// SPDX-License-Identifier: MIT
// Deferred columns and expiration.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Book : Entity<Book, "book"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string, Nullable> title;
  Column<"summary", std::string, Nullable, Deferred> summary;
};

void expirations(Session& s) {
  rec::step("load, load the deferred column");
  auto b = s.scalars(select<Book>()).one();
  rec::show("summary", b->summary);
  rec::step("expire, access title");
  s.expire(b);
  rec::show("title", b->title);
  rec::show("unloaded", inspect(b).unloaded());
  rec::step("access summary");
  rec::show("summary", b->summary);
  rec::step("expire, access summary first");
  s.expire(b);
  rec::show("summary", b->summary);
  rec::show("unloaded", inspect(b).unloaded());
  rec::show("title", b->title);
  rec::step("expire only the deferred attribute");
  s.expire(b, {"summary"});
  rec::show("title", b->title);
  rec::show("summary", b->summary);
  rec::step("refresh()");
  s.refresh(b);
  rec::show("unloaded", inspect(b).unloaded());
  rec::step("commit");
  s.commit();
  rec::show("title", b->title);
  rec::show("unloaded", inspect(b).unloaded());
}

}  // namespace

AZOTH_SCENARIO("015", "A column deferred in the mapping never un-expires with the others") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Book>(made);
    Session s(made);
    s.add(make<Book>({.title = "t", .summary = "s"}));
    s.commit();
    return made;
  });
  {
    Session s(engine);
    expirations(s);
  }
  rec::step("undefer() given to the query does not outlive the expiration");
  Session s(engine);
  auto b = s.scalars(select<Book>().options(undefer(&Book::summary))).one();
  s.expire(b);
  rec::show("title", b->title);
  rec::show("unloaded", inspect(b).unloaded());
}
