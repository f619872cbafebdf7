// SPDX-License-Identifier: MIT
// UPDATE of mapped classes: which statements run, and how the objects of the session follow.
#include <azoth/orm.hpp>

#include <algorithm>
#include <set>

using namespace azoth;

namespace {

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Column<"age", std::optional<std::int64_t>> age;
};

struct Base1 : Entity<Base1, "single", PolymorphicOn<"type">, PolymorphicIdentity<"base">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"type", std::optional<std::string>> type;
  Column<"x", std::optional<std::int64_t>> x;
};

struct Sub1 : Entity<Sub1, "single", Inherits<Base1>, PolymorphicIdentity<"sub">> {};

using Users = std::vector<ptr<User>>;

std::vector<std::vector<std::string>> unloaded(const Users& users) {
  std::vector<std::vector<std::string>> out;
  for (const ptr<User>& u : users) {
    std::set<std::string> names;
    for (const orm::ColumnAttribute& c : User::mapper().columns) {
      if (!orm::is_loaded(*u.object(), c.index)) {
        names.insert(c.name);
      }
    }
    out.emplace_back(names.begin(), names.end());
  }
  return out;
}

void run(const Engine& engine,
         std::string_view label,
         const std::function<Update<>()>& make_statement,
         const orm::DmlOptions& options = {}) {
  rec::step(label);
  Session s(engine);
  const Users users = rec::quiet(
      [&] { return Users{s.get<User>(1), s.get<User>(2), s.get<User>(3), s.get<User>(4)}; });
  rec::attempt(
      label,
      [&] {
        const auto result = s.execute(make_statement(), options);
        rec::show("rowcount", result.rowcount());
        rec::show("unloaded", unloaded(users));
        std::vector<Value> ages;
        for (const ptr<User>& u : users) {
          ages.emplace_back(*u->age);
        }
        rec::show("ages", ages);
      },
      false);
  const rec::Quiet silence;
  s.rollback();
}

Engine filled() {
  const rec::Quiet silence;
  Engine engine = rec::engine();
  create_all<User, Base1>(engine);
  Session s0(engine);
  for (std::int64_t i = 1; i < 5; ++i) {
    s0.add(make<User>({.id = i, .name = "u" + std::to_string(i), .age = 20 + i}));
  }
  s0.add(make<Base1>({.id = 1, .x = 1}));
  s0.add(make<Sub1>([](Sub1& sub) {
    sub.id = 2;
    sub.x = 1;
  }));
  s0.commit();
  return engine;
}

void run_all(const Engine& engine) {
  const auto age = col(&User::age);
  const auto id = col(&User::id);
  const auto plain = [&] {
    return update<User>().where(age > 22).values({{&User::age, age + 10}});
  };
  run(engine, "default", plain);
  run(engine, "evaluate", plain, {.synchronize_session = "evaluate"});
  run(engine, "fetch", plain, {.synchronize_session = "fetch"});
  run(engine, "False", plain, {.synchronize_session = false});
  run(engine,
      "constant value",
      [&] { return update<User>().where(id == 1).values({{&User::age, 99}}); },
      {.synchronize_session = "evaluate"});
  run(engine, "and / or / in", [&] {
    return update<User>()
        .where(id.in({1, 2}) || col(&User::name) == "u4")
        .values({{&User::age, 0}});
  });
  const auto like = [&] {
    return update<User>().where(col(&User::name).like("u%")).values({{&User::age, 0}});
  };
  run(engine, "like cannot be evaluated", like, {.synchronize_session = "evaluate"});
  run(engine, "same with the default", like);
  run(engine, "function value", [&] {
    return update<User>().where(id == 2).values(
        {{&User::age, func::call<std::int64_t>("abs", -7)}});
  });
  run(engine, "attribute keys", [&] {
    return update<User>().where(id == 1).values({{&User::age, 5}, {"name", "zz"}});
  });
  run(engine, "unknown attribute", [] { return update<User>().values({{"nothere", 5}}); });
  run(engine, "bad option", plain, {.synchronize_session = "nope"});
}

}  // namespace

AZOTH_SCENARIO("146", "ORM-enabled UPDATE and synchronize_session") {
  const Engine engine = filled();
  run_all(engine);

  rec::step("pending change is flushed first");
  {
    Session s(engine);
    auto u = s.get<User>(1);
    u->name = "pending";
    s.execute(update<User>().where(col(&User::name) == "pending").values({{&User::age, 1}}));
    rec::show("age", *u->age);
    s.rollback();
  }

  rec::step("single-table subclass");
  {
    Session s(engine);
    s.execute(update<Sub1>().values({{&Sub1::x, 5}}), {.synchronize_session = false});
    s.rollback();
  }

  rec::step("legacy Query.update");
  {
    Session s(engine);
    rec::show(
        "matched",
        s.execute(update<User>().where(col(&User::id) < 3).values({{&User::age, 7}})).rowcount());
    s.rollback();
  }

  rec::step("returning");
  Session s(engine);
  auto result = s.scalars(
      update<User>().where(col(&User::id) < 3).values({{&User::age, 50}}).returning<User>());
  std::vector<std::pair<std::int64_t, Value>> objects;
  for (const ptr<User>& u : result.all()) {
    objects.emplace_back(*u->id, *u->age);
  }
  std::sort(objects.begin(), objects.end(), [](auto& a, auto& b) { return a.first < b.first; });
  rec::show("objects", objects);
  s.rollback();
}
