// SPDX-License-Identifier: MIT
// The mapped classes of docs/manual/orm-tutorial.md, which session.md and loading.md use too, and a
// database with some rows of theirs.
#pragma once
#include "manual/transcript.hpp"

namespace manual {

using namespace azoth;

// [snippet classes]
struct Address;

struct User : Entity<User, "user_account"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<30>> name;
  Column<"fullname", std::optional<std::string>> fullname;
  Relationship<"addresses",
               List<Address>,
               BackPopulates<"user">,
               Cascade<"all, delete-orphan">,
               OrderBy<"id">>
      addresses;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"email_address", std::string> email_address;
  Column<"user_id", std::int64_t, ForeignKey<"user_account.id">> user_id;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

// [/snippet]

/// Three users, of whom two have addresses; nothing of their making is in the transcript.
class UserTest : public Transcript {
 protected:
  void SetUp() override {
    create_all<User, Address>(engine);
    Session session(engine);
    session.add_all(
        {make<User>({.name = "spongebob",
                     .fullname = "Spongebob Squarepants",
                     .addresses = {make<Address>({.email_address = "spongebob@example.org"})}}),
         make<User>({.name = "sandy",
                     .fullname = "Sandy Cheeks",
                     .addresses = {make<Address>({.email_address = "sandy@example.org"}),
                                   make<Address>({.email_address = "squirrel@example.org"})}}),
         make<User>({.name = "patrick", .fullname = "Patrick Star"})});
    session.commit();
    hush();
  }

  Engine engine = create_engine("sqlite://", {.echo = true});
};

}  // namespace manual
