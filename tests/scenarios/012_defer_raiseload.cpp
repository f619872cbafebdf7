// SPDX-License-Identifier: MIT
// defer() with and without raiseload.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Book : Entity<Book, "book"> {
  Column<"book_id", std::int64_t, PrimaryKey> book_id;
  Column<"title", std::string, Length<200>> title;
  Column<"summary", std::string, Length<2000>, Nullable> summary;
  Column<"excerpt", std::string, Nullable, SqlType<[] { return types::Text(); }>> excerpt;
};

}  // namespace

AZOTH_SCENARIO("012",
               "defer(raiseload=True): access to the deferred column raises instead of loading") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Book>(made);
    Session s(made);
    s.add(make<Book>({.title = "t", .summary = "s", .excerpt = "e"}));
    s.commit();
    return made;
  });
  const auto refusing = defer(&Book::summary, {.raiseload = true});
  rec::step("raiseload");
  {
    Session s(engine);
    auto book = *s.scalars(select<Book>().options(refusing)).first();
    rec::show("title", book->title);
    rec::attempt("summary", [&] { (void)*book->summary; });
    rec::show("excerpt", book->excerpt);
    book->summary = "new";
    rec::show("after assignment", book->summary);
    s.flush();
  }
  rec::step("legacy Query, as in the seed");
  {
    Session s(engine);
    auto book = s.query<Book>().options(refusing).first();
    rec::attempt("summary", [&] { (void)*book->summary; });
  }
  rec::step("plain defer loads the one column on access");
  {
    Session s(engine);
    auto book =
        *s.scalars(select<Book>().options(defer(&Book::summary), defer(&Book::excerpt))).first();
    rec::show("summary", book->summary);
    rec::show("excerpt", book->excerpt);
  }
  rec::step("a later query without the option populates the same object");
  {
    Session s(engine);
    auto book = *s.scalars(select<Book>().options(refusing)).first();
    auto again = *s.scalars(select<Book>()).first();
    rec::show("same object", again == book);
    rec::attempt("summary", [&] { rec::show("summary", book->summary); });
    (void)s.scalars(select<Book>(), {.populate_existing = true}).first();
    rec::attempt("summary after populate_existing", [&] { rec::show("summary", book->summary); });
  }
}
