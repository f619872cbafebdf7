// SPDX-License-Identifier: MIT
// Relationships whose conditions the classes state. The statements are SQLAlchemy's.
#include "orm/statement_log.hpp"

namespace {

using namespace azoth;

struct Address;

struct User : Entity<User, "resident"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"city", std::optional<std::string>> city;
  Relationship<"boston", List<Address>, ViewOnly> boston;
  Relationship<"near", List<Address>, ViewOnly> near;
  Relationship<"parts", List<Address>> parts;

  static void configure(Mapping<User>& mapping);
};

struct Address : Entity<Address, "home"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"resident.id">> user_id;
  Column<"city", std::optional<std::string>> city;
};

void User::configure(Mapping<User>& mapping) {
  mapping.relationship(&User::boston)
      .primaryjoin(col(&User::id) == col(&Address::user_id) && col(&Address::city) == "Boston")
      .order_by(desc(&Address::id));
  mapping.relationship(&User::near)
      .primaryjoin(col(&User::id) == col(&Address::user_id) &&
                   col(&Address::city) == col(&User::city));
  mapping.relationship(&User::parts)
      .primaryjoin(col(&User::id) == foreign(&Address::user_id) && col(&Address::city) != "Rome");
}

struct Selfish : Entity<Selfish, "selfish"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"others", List<Selfish>> others;

  static void configure(Mapping<Selfish>& mapping);
};

void Selfish::configure(Mapping<Selfish>& mapping) {
  mapping.relationship(&Selfish::others).primaryjoin(col(&Selfish::id) > 5);
}

// Conditions without any equality, of relationships that are only read.
struct Reading;

struct Meter : Entity<Meter, "meter"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"low", std::int64_t> low;
  Column<"high", std::int64_t> high;
  Relationship<"readings", List<Reading>, ViewOnly, OrderBy<"id">> readings;

  static void configure(Mapping<Meter>& mapping);
};

struct Reading : Entity<Reading, "reading"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"value", std::int64_t> value;
};

void Meter::configure(Mapping<Meter>& mapping) {
  mapping.relationship(&Meter::readings)
      .primaryjoin(foreign(&Reading::value) >= col(&Meter::low) &&
                   foreign(&Reading::value) < col(&Meter::high));
}

class Primaryjoin : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    create_all<User, Address>(engine);
    Session s(engine);
    s.add(make<User>({.id = 1, .city = "Rome"}));
    s.add(make<User>({.id = 2, .city = "Boston"}));
    s.flush();
    s.add_all({make<Address>({.id = 1, .user_id = 1, .city = "Boston"}),
               make<Address>({.id = 2, .user_id = 1, .city = "Rome"}),
               make<Address>({.id = 3, .user_id = 2, .city = "Boston"})});
    s.commit();
    log.clear();
  }

  std::string statements() {
    std::string out = log.take();
    const std::string begin = "BEGIN (implicit)\n";
    if (out.starts_with(begin)) {
      out.erase(0, begin.size());
    }
    return out;
  }
};

TEST_F(Primaryjoin, SelectinloadJoinsByTheWholeCondition) {
  Session s(engine);
  const auto users =
      s.scalars(select<User>().order_by(&User::id).options(selectinload(&User::boston))).all();
  EXPECT_EQ(statements(),
            "SELECT resident.id, resident.city FROM resident ORDER BY resident.id | ()\n"
            "SELECT resident_1.id AS resident_1_id, home.id AS home_id, home.user_id AS "
            "home_user_id, home.city AS home_city FROM resident AS resident_1 JOIN home ON "
            "resident_1.id = home.user_id AND home.city = ? WHERE resident_1.id IN (?, ?) ORDER "
            "BY home.id DESC | ('Boston', 1, 2)\n");
  EXPECT_EQ(users[0]->boston.size(), 1u);
  EXPECT_EQ(users[1]->boston.size(), 1u);
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(Primaryjoin, SubqueryloadJoinsByTheWholeCondition) {
  Session s(engine);
  const auto users = s.scalars(select<User>().options(subqueryload(&User::boston))).all();
  EXPECT_EQ(
      statements(),
      "SELECT resident.id, resident.city FROM resident | ()\n"
      "SELECT home.id AS home_id, home.user_id AS home_user_id, home.city AS "
      "home_city, anon_1.resident_id AS anon_1_resident_id FROM (SELECT resident.id AS resident_id "
      "FROM resident) AS anon_1 JOIN home ON anon_1.resident_id = home.user_id AND "
      "home.city = ? ORDER BY home.id DESC | ('Boston',)\n");
  EXPECT_EQ(users.size(), 2u);
}

TEST_F(Primaryjoin, ExistsHasTheWholeCondition) {
  Session s(engine);
  static_cast<void>(s.scalars(select(&User::id).where(col(&User::boston).any())).all());
  EXPECT_EQ(statements(),
            "SELECT resident.id FROM resident WHERE EXISTS (SELECT 1 FROM home WHERE resident.id = "
            "home.user_id AND home.city = ?) | ('Boston',)\n");
}

TEST_F(Primaryjoin, ACriterionMaySpeakOfBothSides) {
  Session s(engine);
  const auto user = s.get<User>(1);
  log.clear();
  ASSERT_EQ(user->near.size(), 1u);
  EXPECT_EQ(*user->near[0]->id, 2);
  EXPECT_EQ(statements(),
            "SELECT home.id AS home_id, home.user_id AS home_user_id, home.city AS "
            "home_city FROM home WHERE ? = home.user_id AND home.city = ? | (1, "
            "'Rome')\n");
  const auto users =
      s.scalars(select<User>().order_by(&User::id).options(subqueryload(&User::near))).all();
  EXPECT_EQ(users[1]->near.size(), 1u);
}

TEST_F(Primaryjoin, AFlushWritesThePairsOnly) {
  Session s(engine);
  const auto user = s.get<User>(2);
  user->parts.push_back(make<Address>({.id = 9, .city = "Rome"}));
  log.clear();
  s.flush();
  EXPECT_EQ(statements(),
            "INSERT INTO home (id, user_id, city) VALUES (?, ?, ?) | (9, 2, 'Rome')\n");
  s.expire(user);
  EXPECT_EQ(user->parts.size(), 1u) << "Rome is left out";
}

TEST_F(Primaryjoin, ConditionsWithoutPairsAreRefused) {
  try {
    orm::configure(Selfish::mapper());
    FAIL();
  } catch (const ArgumentError& e) {
    EXPECT_TRUE(e.message().starts_with(
        "Could not locate any simple equality expressions involving locally mapped foreign key "
        "columns for primary join condition 'selfish.id > "))
        << e.message();
  }
}

TEST_F(Primaryjoin, WhatIsOnlyReadNeedsNoEquality) {
  create_all<Meter, Reading>(engine);
  {
    Session s(engine);
    s.add_all({make<Meter>({.id = 1, .low = 0, .high = 10}),
               make<Meter>({.id = 2, .low = 5, .high = 20})});
    s.add_all({make<Reading>({.id = 1, .value = 3}),
               make<Reading>({.id = 2, .value = 7}),
               make<Reading>({.id = 3, .value = 15})});
    s.commit();
  }
  const auto ids = [](const ptr<Meter>& meter) {
    std::vector<std::int64_t> found;
    for (auto reading : meter->readings) {
      found.push_back(reading->id);
    }
    return found;
  };
  Session s(engine);
  const auto second = s.get<Meter>(2);
  statements();
  EXPECT_EQ(ids(second), (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(statements(),
            "SELECT reading.id AS reading_id, reading.value AS reading_value FROM reading WHERE "
            "reading.value >= ? AND reading.value < ? ORDER BY reading.id | (5, 20)\n");
  s.expunge_all();
  const auto both =
      s.scalars(select<Meter>().options(selectinload(&Meter::readings)).order_by(&Meter::id)).all();
  EXPECT_EQ(ids(both[0]), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(statements(),
            "SELECT meter.id, meter.low, meter.high FROM meter ORDER BY meter.id | ()\n"
            "SELECT meter_1.id AS meter_1_id, reading.id AS reading_id, reading.value AS "
            "reading_value FROM meter AS meter_1 JOIN reading ON reading.value >= meter_1.low AND "
            "reading.value < meter_1.high WHERE meter_1.id IN (?, ?) ORDER BY reading.id | (1, "
            "2)\n");
  EXPECT_EQ(
      s.scalars(select(&Meter::id).where(col(&Meter::readings).any(col(&Reading::id) == 1))).all(),
      std::vector<std::int64_t>{1});
  EXPECT_EQ(statements(),
            "SELECT meter.id FROM meter WHERE EXISTS (SELECT 1 FROM reading WHERE reading.value >= "
            "meter.low AND reading.value < meter.high AND reading.id = ?) | (1,)\n");
}

}  // namespace
