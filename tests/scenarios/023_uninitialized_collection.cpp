// SPDX-License-Identifier: MIT
// Reading what was never given changes nothing. A list has one form here, no sets.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Address;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

std::vector<std::string> state(const auto& object) {
  std::vector<std::string> given;
  for (const char* name : {"addresses", "id", "name", "user", "user_id"}) {
    try {
      if (inspect(object).is_loaded(name)) {
        given.push_back(name);
      }
    } catch (const InvalidRequestError&) {  // an attribute of the other class
    }
  }
  return given;
}

// A part that is there prints as a list, one of an attribute that was never given as ().
std::string part(const std::vector<ptr<Address>>& objects, bool is_given) {
  std::string text;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    text += text.empty() ? "Address()" : ", Address()";
  }
  return is_given ? "[" + text + "]" : "()";
}

rec::Notation history(const ptr<User>& user) {
  const auto history = inspect(user).history(&User::addresses);
  const bool is_given = inspect(user).is_loaded("addresses");
  return {"History(added=" + part(history.added, is_given) + ", unchanged=" +
          part(history.unchanged, is_given) + ", deleted=" + part(history.deleted, is_given) + ")"};
}

rec::Notation name_history(const ptr<User>& user) {
  const auto part = [](const std::optional<Value>& value) {
    return value ? "[" + rec::fmt(*value) + "]" : "()";
  };
  const orm::ColumnHistory history = inspect(user).history(&User::name);
  return {"History(added=" + part(history.added) + ", unchanged=" + part(history.unchanged) +
          ", deleted=" + part(history.deleted) + ")"};
}

rec::Notation listed(const ptr<User>& user) {
  return {part(snapshot(user->addresses), true)};
}
}  // namespace

AZOTH_SCENARIO("023",
               "Reading an uninitialised collection returns the same empty list and changes "
               "nothing") {
  rec::step("read only");
  auto u1 = make<User>({});
  auto& l1 = u1->addresses;
  rec::show("value", listed(u1));
  rec::show("same list again", &u1->addresses == &l1);
  rec::show("name", *u1->name);
  rec::show("attributes in the state", state(u1));
  rec::show("history of addresses", history(u1));
  rec::show("history of name", name_history(u1));
  rec::show("modified", inspect(u1).modified());

  rec::step("mutate");
  l1.push_back(make<Address>({}));
  rec::show("attributes in the state", state(u1));
  rec::show("history", history(u1));
  rec::show("backref set", l1[0]->user == u1);
  rec::show("modified", inspect(u1).modified());

  rec::step("append and remove again");
  auto u2 = make<User>({});
  auto a = make<Address>({});
  u2->addresses.push_back(a);
  u2->addresses.remove(a);
  rec::show("attributes in the state", state(u2));
  rec::show("history", history(u2));

  rec::step("explicit assignment of the empty list");
  auto u3 = make<User>({});
  u3->addresses = {};
  rec::show("attributes in the state", state(u3));
  rec::show("history", history(u3));

  rec::step("scalar relationship");
  auto a2 = make<Address>({});
  rec::show("user", a2->user == nullptr ? std::optional<std::string>() : "an object");
  rec::show("attributes in the state", state(a2));

  rec::step("backref append before the list was ever read");
  auto u5 = make<User>({});
  auto a5 = make<Address>({.user = u5});
  rec::show("attributes in the state", state(u5));
  rec::show("history", history(u5));
}
