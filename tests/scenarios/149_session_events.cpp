// SPDX-License-Identifier: MIT
// The events of a session in their order.
#include <azoth/orm.hpp>
#include <azoth/orm/events.hpp>

#include <stdexcept>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", std::optional<std::string>> x;
};

struct Log : Entity<Log, "log"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"msg", std::optional<std::string>> msg;
};

std::string counts(const Session& s) {
  return "new=" + std::to_string(s.new_().size()) + " dirty=" + std::to_string(s.dirty().size());
}

std::string all_counts(const Session& s) {
  return counts(s) + " deleted=" + std::to_string(s.deleted().size());
}

std::string word(bool value) {
  return value ? "true" : "false";
}

void watch(Session& s) {
  using Trans = const SessionTransactionHandle&;
  event::listen(
      s, event::after_begin, [](Session&, Trans, Connection&) { rec::evt("after_begin"); });
  event::listen(
      s, event::before_flush, [](Session& se) { rec::evt("before_flush " + all_counts(se)); });
  event::listen(
      s, event::after_flush, [](Session& se) { rec::evt("after_flush " + all_counts(se)); });
  event::listen(s, event::after_flush_postexec, [](Session& se) {
    rec::evt("after_flush_postexec " + counts(se));
  });
  for (const auto* e : {&event::before_commit, &event::after_commit, &event::after_rollback}) {
    event::listen(s, *e, [e](Session&) { rec::evt(e->name); });
  }
  event::listen(s, event::after_soft_rollback, [](Session&, Trans previous) {
    rec::evt("after_soft_rollback nested=" + word(previous.is_nested()));
  });
  event::listen(s, event::do_orm_execute, [](ORMExecuteState& st) {
    rec::evt("do_orm_execute select=" + word(st.is_select) + " update=" + word(st.is_update) +
             " lazy=" + word(st.is_relationship_load) + " column_load=" + word(st.is_column_load));
  });
}
}  // namespace

AZOTH_SCENARIO("149", "Session events in order") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A, Log>(made);
    return made;
  });
  Session s(engine);
  watch(s);
  rec::step("insert and commit");
  auto a = make<A>({.id = 1, .x = "1"});
  s.add(a);
  s.commit();

  rec::step("refresh by access");
  static_cast<void>(*a->x);

  rec::step("update");
  a->x = "2";
  s.flush();

  rec::step("query with autoflush");
  a->x = "3";
  static_cast<void>(s.scalars(select<A>()).all());

  rec::step("bulk update");
  s.execute(update<A>().values({{&A::x, "9"}}));

  rec::step("rollback");
  s.rollback();

  rec::step("savepoint rolled back");
  s.begin_nested([&](SessionTransaction& sp) {
    s.add(make<A>({.id = 5}));
    s.flush();
    sp.rollback();
  });

  rec::step("flush without changes");
  s.flush();
  s.commit();

  rec::step("object added in before_flush");
  event::listen(s, event::before_flush, [](Session& se) {
    for (const auto& o : se.new_()) {
      if (const ptr<A> added = ptr_cast<A>(o)) {
        se.add(make<Log>({.msg = "new " + std::to_string(*added->id)}));
      }
    }
  });
  s.add(make<A>({.id = 7}));
  s.commit();

  rec::step("veto by exception in before_flush");
  event::listen(s, event::before_flush, [](Session&) { throw std::invalid_argument("no"); });
  s.add(make<A>({.id = 8}));
  rec::attempt("commit", [&] { s.commit(); });
  s.rollback();
  s.close();
}
