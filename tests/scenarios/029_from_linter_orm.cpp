// SPDX-License-Identifier: MIT
// FROM elements of ORM queries that nothing connects.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;

struct User : Entity<User, "users"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Column<"fullname", std::string, Nullable> fullname;
  Column<"nickname", std::string, Nullable> nickname;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;

  std::string repr() const { return "User"; }
};

struct Address : Entity<Address, "addresses"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"users.id">> user_id;
  Column<"email_address", std::string, Nullable> email_address;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

}  // namespace

AZOTH_SCENARIO("029", "FROM linting of ORM queries: the dreaded comma") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    return made;
  });
  const auto address_alias = aliased<Address>();
  Session s(engine);
  auto q = s.query<User>()
               .join(col(&User::addresses).of_type(address_alias))
               .filter(col(&Address::email_address) == "foo");
  rec::step("the seed's query");
  rec::show("rows", q.all());
  rec::step("again: cached, no new warning");
  rec::show("rows", q.all());
  rec::step("linked in WHERE by equality");
  (void)q.filter(col(&Address::id) == address_alias[&Address::id]).all();
  rec::step("linked in WHERE by another operator");
  (void)q.filter(col(&Address::id) > address_alias[&Address::id]).all();
  rec::step("explicit: join on true()");
  (void)s.query<User>().join<Address>(true_()).all();
  rec::step("two entities, no criterion");
  (void)s.query(&User::id, &Address::id).all();
  rec::step("2.0 style with the wrong entity in WHERE");
  (void)s.execute(select(&User::id)
                      .join(&User::addresses)
                      .where(address_alias[&Address::email_address] == "x"));
  rec::step("compile does not warn");
  rec::str("compile", q.statement());
  rec::step("compile with the linting flag");
  rec::str("linting", q.statement(), {.lint_froms = true});
}
