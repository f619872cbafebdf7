// SPDX-License-Identifier: MIT
// A counter of versions finds changes that another made meanwhile.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Doc : Entity<Doc, "doc"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"version_id", std::int64_t, VersionId> version_id;
  Column<"body", std::optional<std::string>> body;
};

Value next_version(const Value& previous) {
  return previous.is_null() ? Value("a") : Value(*previous.get_if<std::string>() + "a");
}

struct Gen : Entity<Gen, "gen"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"v", std::string, VersionIdGenerator<&next_version>> v;
  Column<"body", std::optional<std::string>> body;
};

struct Plain : Entity<Plain, "plain"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"body", std::optional<std::string>> body;
};
}  // namespace

AZOTH_SCENARIO("142", "Version counter and StaleDataError") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Doc, Gen, Plain>(made);
    return made;
  });
  Session s(engine);
  rec::step("count up");
  auto d = make<Doc>({.id = 1, .body = "a"});
  s.add(d);
  s.flush();
  rec::show("version", *d->version_id);
  d->body = "b";
  s.flush();
  rec::show("version", *d->version_id);
  rec::step("no change, no version");
  d->body = "b";
  s.flush();
  rec::show("version", *d->version_id);
  rec::step("changed behind");
  s.execute(text("update doc set version_id=77 where id=1"));
  d->body = "c";
  rec::attempt("flush", [&] { s.flush(); });
  s.rollback();

  rec::step("delete");
  d = make<Doc>({.id = 2, .body = "x"});
  s.add(d);
  s.flush();
  s.execute(text("update doc set version_id=77 where id=2"));
  s.delete_(d);
  rec::attempt("flush", [&] { s.flush(); });
  s.rollback();

  rec::step("several rows in one flush");
  std::vector<ptr<Doc>> ds;
  for (int i : {5, 6, 7}) {
    ds.push_back(make<Doc>({.id = i, .body = "m"}));
  }
  s.add_all(ds);
  s.flush();
  for (const auto& each : ds) {
    each->body = "n";
  }
  s.flush();
  rec::step("given expected version wrong (web form pattern)");
  d = ds[0];
  d->version_id = 1;
  d->body = "web";
  rec::attempt("flush", [&] { s.flush(); });
  s.rollback();

  rec::step("custom generator");
  auto g = make<Gen>({.id = 1, .body = "x"});
  s.add(g);
  s.flush();
  g->body = "y";
  s.flush();
  rec::show("v", *g->v);

  rec::step("without versioning: row gone on UPDATE");
  auto p = make<Plain>({.id = 1, .body = "x"});
  s.add(p);
  s.flush();
  s.execute(text("delete from plain"));
  p->body = "y";
  rec::attempt("flush", [&] { s.flush(); });
  s.rollback();

  rec::step("without versioning: row gone on DELETE");
  p = make<Plain>({.id = 2, .body = "x"});
  s.add(p);
  s.flush();
  s.execute(text("delete from plain"));
  s.delete_(p);
  rec::attempt("flush", [&] { s.flush(); });
  s.rollback();
}
