// SPDX-License-Identifier: MIT
// An object that refers to one of a session is not of the session for that.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct User;

struct Person : Entity<Person, "person"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">, Indexed> user_id;
  Relationship<"user", User, BackPopulates<"persons">> user;
};

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"persons", List<Person>, BackPopulates<"user">, Cascade<"all, delete">> persons;
};

void endpoint(const Engine& engine, bool add) {
  Session session(engine);
  auto user = session.get<User>(1);
  rec::show("user in session", session.contains(user));
  auto person = make<Person>({.user = user});
  rec::show("person in session", session.contains(person));
  if (add) {
    session.add(person);
  }
  session.flush();
  const bool has_id = inspect(person).is_loaded("id");
  rec::show("person.id", has_id ? std::optional(*person->id) : std::nullopt);
  rec::show("person.user is user", person->user == user);
  rec::show("person in user.persons", user->persons.contains(person));
}
}  // namespace

AZOTH_SCENARIO("046",
               "Associating an object by its many-to-one no longer puts it into the session") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Person>(made);
    Session s(made);
    s.add(make<User>({.name = "Jack"}));
    s.commit();
    return made;
  });
  rec::step("the blog's program");
  endpoint(engine, false);
  rec::step("adding explicitly");
  endpoint(engine, true);
}
