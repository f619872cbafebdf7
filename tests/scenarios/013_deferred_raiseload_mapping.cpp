// SPDX-License-Identifier: MIT
// Columns that the mapping defers and whose reading it refuses.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Book : Entity<Book, "book"> {
  Column<"book_id", std::int64_t, PrimaryKey> book_id;
  Column<"title", std::string, Length<200>> title;
  Column<"summary", std::string, Length<2000>, Nullable, DeferredRaiseload> summary;
  Column<"excerpt", std::string, Nullable, SqlType<[] { return types::Text(); }>, DeferredRaiseload>
      excerpt;
};

}  // namespace

AZOTH_SCENARIO("013", "deferred(raiseload=True) in the mapping, undefer() per query") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Book>(made);
    Session s(made);
    s.add(make<Book>({.title = "t", .summary = "s", .excerpt = "e"}));
    s.commit();
    return made;
  });
  rec::step("both raise");
  {
    Session s(engine);
    auto book = *s.scalars(select<Book>()).first();
    rec::attempt("summary", [&] { (void)*book->summary; });
    rec::attempt("excerpt", [&] { (void)*book->excerpt; });
  }
  rec::step("undefer one");
  {
    Session s(engine);
    auto book = s.query<Book>().options(undefer(&Book::excerpt)).first();
    rec::show("excerpt", book->excerpt);
    rec::attempt("summary", [&] { (void)*book->summary; });
  }
  rec::step("undefer('*')");
  {
    Session s(engine);
    auto book = *s.scalars(select<Book>().options(undefer("*"))).first();
    rec::show("both", std::tuple(*book->summary, *book->excerpt));
  }
  rec::step("a new object: readable until expired");
  {
    Session s(engine);
    auto b = make<Book>({.title = "n", .summary = "ns", .excerpt = "ne"});
    s.add(b);
    s.flush();
    rec::show("after flush", b->summary);
    s.commit();
    rec::show("title after commit", b->title);
    rec::attempt("summary after commit", [&] { (void)*b->summary; });
  }
  rec::step("refresh of the named attribute loads it explicitly");
  {
    Session s(engine);
    auto book = s.get<Book>(1);
    rec::attempt("refresh", [&] { s.refresh(book, {.attribute_names = {"summary"}}); });
    rec::attempt("summary", [&] { rec::show("summary", book->summary); });
  }
}
