// SPDX-License-Identifier: MIT
// Uses what was installed and nothing else: states the version and, where the ORM and a driver were
// asked for, stores and reads an object. The build defines WITH_<component>.
#include <azoth/version.hpp>

#include <cstdio>

#if defined(WITH_orm) && defined(WITH_sqlite3)
#include <azoth/orm.hpp>

struct User : azoth::Entity<User, "user_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
};

// Returns how many users of the name that was stored come back.
static long long stored_users() {
  azoth::Engine engine = azoth::create_engine("sqlite://");
  azoth::create_all<User>(engine);
  azoth::Session session(engine);
  session.add(azoth::make<User>({.name = "spongebob"}));
  session.commit();
  long long found = 0;
  for (azoth::ptr<User> user : session.scalars(azoth::select<User>())) {
    found += *user->name == "spongebob" ? 1 : 0;
  }
  return found;
}
#else
static long long stored_users() {
  return 1;
}
#endif

int main() {
  std::printf("azoth %s\n", azoth::library_version());
  return azoth::library_version()[0] == '0' + azoth::version_major && stored_users() == 1 ? 0 : 1;
}
