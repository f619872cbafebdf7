// SPDX-License-Identifier: MIT
// When a session makes its transaction, and when it ends.
#include <azoth/orm.hpp>
#include <azoth/orm/events.hpp>

using namespace azoth;

namespace {
struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
};

std::string shown(const SessionTransactionHandle& trans) {
  int level = 0;
  for (auto outer = trans.parent(); outer; outer = outer->parent()) {
    ++level;
  }
  return "level=" + std::to_string(level) + " nested=" + (trans.is_nested() ? "true" : "false");
}

void watch(Session& s) {
  for (const auto* e : {&event::after_transaction_create, &event::after_transaction_end}) {
    event::listen(s, *e, [e](Session&, const SessionTransactionHandle& trans) {
      rec::evt(std::string(e->name) + " " + shown(trans));
    });
  }
  event::listen(s, event::after_begin, [](Session&, const SessionTransactionHandle&, Connection&) {
    rec::evt("after_begin");
  });
  for (const auto* e : {&event::before_commit, &event::after_commit, &event::after_rollback}) {
    event::listen(s, *e, [e](Session&) { rec::evt(e->name); });
  }
}
}  // namespace

AZOTH_SCENARIO("017", "The session's transaction object is created on demand") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<A>(made);
    return made;
  });
  rec::step("construct");
  Session s(engine);
  watch(s);
  const auto show = [&] { rec::show("in_transaction", s.in_transaction()); };
  show();
  rec::show("get_transaction() is None", !s.get_transaction().has_value());

  rec::step("flush with nothing to do");
  s.flush();
  show();

  rec::step("add");
  auto a = make<A>({.id = 1});
  s.add(a);
  show();

  rec::step("flush");
  s.flush();

  rec::step("commit");
  s.commit();
  show();

  rec::step("commit again");
  s.commit();
  show();

  rec::step("attribute access begins one");
  rec::show("id", *a->id);
  show();

  rec::step("close");
  s.close();
  show();

  rec::step("close again");
  s.close();

  rec::step("usable after close");
  rec::show("rows", s.scalars(select(&A::id)).all());
  show();
  s.close();
}
