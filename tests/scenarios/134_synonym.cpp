// SPDX-License-Identifier: MIT
// Synonyms, and columns whose names differ from their attributes'.
#include <azoth/orm.hpp>

#include <cctype>

using namespace azoth;

namespace {

std::string in_small_letters(std::string text) {
  for (char& c : text) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey, ColumnName<"user_id">> id;
  Column<"name", std::optional<std::string>, ColumnName<"user_name">> name;
  Synonym<"login", &User::name> login;
  Relationship<"addresses", List<Address>> addresses;
  Synonym<"mails", &User::addresses> mails;
  Column<"_email", std::optional<std::string>, ColumnName<"email">> email_;
  Synonym<"email",
          &User::email_,
          [](std::string_view v) { return in_small_letters(std::string(v)); }>
      email;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
};

}  // namespace

AZOTH_SCENARIO("134", "Synonyms and column names different from attribute names") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<User, Address>(made);
    return made;
  });
  Session s(engine);
  auto u = make<User>({.login = "ed", .mails = {make<Address>({})}, .email = "ED@X"});
  rec::show("name", *u->name);
  rec::show("email", *u->email);
  s.add(u);
  s.flush();
  u->login = "wendy";
  s.flush();
  rec::show("by synonym", s.scalars(select(&User::name).where(col(&User::login) == "wendy")).all());
  rec::show("filter_by",
            s.scalars(select(&User::id).where(col(&User::login) == "wendy" &&
                                              col(&User::email) == "ed@x"))
                .all());
  auto res = s.execute(select(&User::login, &User::id));
  rec::show("keys", res.keys());
  res.close();
  s.expire_all();
  u = s.scalars(select<User>().options(joinedload(&User::mails))).unique().one();
  rec::show("mails is addresses", &u->mails.member() == &u->addresses);
  std::vector<std::string> columns, synonyms;
  for (const orm::ColumnAttribute& c : User::mapper().columns) {
    columns.push_back(c.name);
  }
  for (const auto& [name, target] : User::mapper().synonyms) {
    synonyms.push_back(name);
  }
  std::sort(columns.begin(), columns.end());
  std::sort(synonyms.begin(), synonyms.end());
  rec::show("column keys", columns);
  rec::show("synonyms", synonyms);
}
