// SPDX-License-Identifier: MIT
// Ways of joining: along relationships, to classes and tables, and what cannot be joined.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Address;
struct Group;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">> addresses;
  Relationship<"groups", List<Group>, Secondary<"user_grp">> groups;
};

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::string, Nullable> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
};

struct Group : Entity<Group, "grp"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
};

struct Trade : Entity<Trade, "trade"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"seller_id", std::optional<std::int64_t>, ForeignKey<"user.id">> seller_id;
  Column<"buyer_id", std::optional<std::int64_t>, ForeignKey<"user.id">> buyer_id;
  Relationship<"seller", User, ForeignKeys<"seller_id">> seller;
  Relationship<"buyer", User, ForeignKeys<"buyer_id">> buyer;
};

struct Alone : Entity<Alone, "alone"> {
  Column<"id", std::int64_t, PrimaryKey> id;
};

void errors(const Select<std::int64_t>& user_id, const Select<std::int64_t>& trade_id) {
  rec::step("errors");
  const auto text = [](auto stmt) { (void)to_string(stmt); };
  rec::attempt("ambiguous", [&] { text(Select(trade_id).join<User>()); });
  rec::attempt("no foreign key", [&] { text(Select(user_id).join<Alone>()); });
  rec::attempt("left side unclear", [&] { text(select(&User::id, &Trade::id).join<Group>()); });
  rec::attempt("same table twice without alias",
               [&] { rec::str("twice", user_id.join(&User::addresses).join(&User::addresses)); });
  rec::attempt("relationship whose left side is not there",
               [&] { rec::str("left not there", select(&Alone::id).join(&User::addresses)); });
}

}  // namespace

AZOTH_SCENARIO("156", "Ways of joining") {
  const Table ug("user_grp",
                 default_metadata(),
                 {Column("user_id", types::Integer(), {.foreign_key = ForeignKey("user.id")}),
                  Column("grp_id", types::Integer(), {.foreign_key = ForeignKey("grp.id")})});
  const auto id = select(&User::id);
  const auto email = select(&Address::email);
  const auto trade_id = select(&Trade::id);
  rec::str("relationship", id.join(&User::addresses));
  rec::str("target", Select(id).join<Address>());
  rec::str("target and ON",
           Select(id).join<Address>(col(&User::id) == col(&Address::user_id) &&
                                    col(&Address::email) == "x"));
  rec::str("relationship from a column", email.join(&Address::user));
  rec::str("reverse direction inferred", Select(email).join<User>());
  rec::str("outer", id.outerjoin(&User::addresses));
  rec::str("isouter, full", id.join(&User::addresses, {.full = true}));
  rec::str("many-to-many", id.join(&User::groups));
  rec::str("many-to-many outer", id.outerjoin(&User::groups));
  rec::str("chain", email.join(&Address::user).join(&User::groups));
  rec::str("join_from", select(&Address::email, &User::name).join_from<User, Address>());
  rec::str("select_from", select(func::count()).select_from<User>().join(&User::addresses));
  rec::str("two entities, joined", select<User, Address>().join(&User::addresses));
  rec::str("two entities, join_from", select<Address, User>().join_from<User>(&User::addresses));
  rec::str("one of two foreign keys by relationship", trade_id.join(&Trade::buyer));
  rec::str("both", trade_id.join(&Trade::seller).join(&User::addresses));
  rec::str("table as the target", id.join(ug).join<Group>());
  errors(id, trade_id);
}
