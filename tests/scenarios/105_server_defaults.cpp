// SPDX-License-Identifier: MIT
// Values that the database or the program makes for columns that were given none.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Auto : Entity<Auto, "auto"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::optional<std::string>> data;
  Column<"srv", std::optional<std::string>, ServerDefault<"srv">> srv;
  Column<"cnt", std::optional<std::int64_t>, Default<5>, UpdateDefault<6>> cnt;
  Column<"expr", std::optional<std::int64_t>, DefaultSql<"1 + 1">, UpdateDefaultSql<"3 + 3">> expr;
  Column<"trig", std::optional<std::string>, ServerOnUpdate> trig;
};

struct Eager : Entity<Eager, "eager", EagerDefaults<true>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::optional<std::string>> data;
  Column<"srv", std::optional<std::string>, ServerDefault<"srv">> srv;
  Column<"cnt", std::optional<std::int64_t>, Default<5>, UpdateDefault<6>> cnt;
  Column<"expr", std::optional<std::int64_t>, DefaultSql<"1 + 1">, UpdateDefaultSql<"3 + 3">> expr;
  Column<"trig", std::optional<std::string>, ServerOnUpdate> trig;
};

struct Lazy : Entity<Lazy, "lazy", EagerDefaults<false>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"data", std::optional<std::string>> data;
  Column<"srv", std::optional<std::string>, ServerDefault<"srv">> srv;
  Column<"cnt", std::optional<std::int64_t>, Default<5>, UpdateDefault<6>> cnt;
  Column<"expr", std::optional<std::int64_t>, DefaultSql<"1 + 1">, UpdateDefaultSql<"3 + 3">> expr;
  Column<"trig", std::optional<std::string>, ServerOnUpdate> trig;
};

template <class T>
void run(const Engine& engine, const std::string& name) {
  Session s(engine);
  const auto values = [](const ptr<T>& o) {
    return std::tuple(*o->srv, *o->cnt, *o->expr, *o->trig);
  };
  rec::step(name + ": insert");
  auto o = make<T>({.data = "d"});
  s.add(o);
  s.flush();
  rec::show("unloaded", inspect(o).unloaded());
  rec::show("values", values(o));
  rec::step(name + ": update");
  o->data = "d2";
  s.flush();
  rec::show("unloaded", inspect(o).unloaded());
  rec::show("values", values(o));
  rec::step(name + ": two at once");
  s.add_all({make<T>({.data = "m1"}), make<T>({.data = "m2"})});
  s.flush();
  s.rollback();
}
}  // namespace

AZOTH_SCENARIO("105", "Server-generated values after INSERT and UPDATE: eager_defaults") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Auto, Eager, Lazy>(made);
    return made;
  });
  run<Auto>(engine, "Auto");
  run<Eager>(engine, "Eager");
  run<Lazy>(engine, "Lazy");
}
