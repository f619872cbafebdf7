// SPDX-License-Identifier: MIT
// docs/manual/inheritance.md.
#include "manual/transcript.hpp"

namespace manual {
namespace {

using namespace azoth;

// [snippet joined]
struct Vehicle : Entity<Vehicle, "vehicle", PolymorphicOn<"kind">, PolymorphicIdentity<"vehicle">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"kind", std::string> kind;
  Column<"plate", std::string> plate;
};

struct Car : Entity<Car, "car", Inherits<Vehicle>, PolymorphicIdentity<"car">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"vehicle.id">> id;
  Column<"seats", std::int64_t> seats;
};

struct Truck : Entity<Truck, "truck", Inherits<Vehicle>, PolymorphicIdentity<"truck">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"vehicle.id">> id;
  Column<"load", std::int64_t> load;
};

// [/snippet]

// [snippet single]
struct Payment
    : Entity<Payment, "payment", PolymorphicOn<"method">, PolymorphicIdentity<"payment">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"method", std::string> method;
  Column<"amount", std::int64_t> amount;
};

struct CardPayment
    : Entity<CardPayment, "payment", Inherits<Payment>, PolymorphicIdentity<"card">> {
  Column<"card_number", std::optional<std::string>> card_number;
};

struct CashPayment
    : Entity<CashPayment, "payment", Inherits<Payment>, PolymorphicIdentity<"cash">> {};

// [/snippet]

// [snippet concrete]
struct Plan : Entity<Plan, "plan", ConcreteBase, PolymorphicIdentity<"plan">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string> title;
};

struct TripPlan
    : Entity<TripPlan, "trip_plan", Inherits<Plan>, Concrete, PolymorphicIdentity<"trip">> {
  Column<"target", std::optional<std::string>> target;
};

// [/snippet]

class Inheritance : public Transcript {
 protected:
  Engine engine = create_engine("sqlite://");

  template <class... E>
  void prepare() {
    create_all<E...>(engine);
    set_log_level("azoth.engine", LogLevel::info);
  }

  ~Inheritance() override { reset_log_level("azoth.engine"); }

  void add_vehicles(Session& session) {
    session.add_all({ptr<Vehicle>(make<Car>([](Car& car) {
                       car.plate = "C 1";
                       car.seats = 5;
                     })),
                     ptr<Vehicle>(make<Truck>([](Truck& truck) {
                       truck.plate = "T 1";
                       truck.load = 12;
                     }))});
    session.commit();
    session.expunge_all();
    hush();
  }
};

TEST_F(Inheritance, JoinedTablesShareAKey) {
  prepare<Vehicle, Car, Truck>();
  // [snippet add-joined]
  Session session(engine);
  session.add(make<Car>([](Car& car) {
    car.plate = "C 1";
    car.seats = 5;
  }));
  session.add(make<Truck>({Vehicle{.plate = "T 1"}, {}, 12}));
  session.commit();
  // [/snippet]
  // [output add-joined-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO vehicle (kind, plate) VALUES (?, ?) RETURNING id
[...] ('car', 'C 1')
INSERT INTO vehicle (kind, plate) VALUES (?, ?) RETURNING id
[...] ('truck', 'T 1')
INSERT INTO car (id, seats) VALUES (?, ?)
[...] (1, 5)
INSERT INTO truck (id, load) VALUES (?, ?)
[...] (2, 12)
COMMIT
)");
  // [/output]
}

TEST_F(Inheritance, SelectsOfTheBaseFindSubclasses) {
  prepare<Vehicle, Car, Truck>();
  Session session(engine);
  add_vehicles(session);
  // [snippet select-base]
  for (ptr<Vehicle> vehicle : session.scalars(select<Vehicle>().order_by(&Vehicle::id)).all()) {
    std::cout << vehicle->plate << '\n';
    if (ptr<Car> car = ptr_cast<Car>(vehicle)) {
      std::cout << car->seats << " seats\n";  // from the second table, now
    }
  }
  // [/snippet]
  // [output select-base-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT vehicle.id, vehicle.kind, vehicle.plate
FROM vehicle ORDER BY vehicle.id
[...] ()
C 1
SELECT car.seats AS car_seats
FROM car
WHERE ? = car.id
[...] (1,)
5 seats
T 1
)");
  // [/output]

  session.expunge_all();
  // [snippet select-subclass]
  ptr<Car> car =
      session.scalars(select<Car>().where(col(&Car::plate) == "C 1" && col(&Car::seats) > 4)).one();
  // [/snippet]
  // [output select-subclass-says]
  EXPECT_EQ(said(), R"(
SELECT car.id, vehicle.id AS id_1, vehicle.kind, vehicle.plate, car.seats
FROM vehicle JOIN car ON vehicle.id = car.id
WHERE vehicle.plate = ? AND car.seats > ?
[...] ('C 1', 4)
)");
  // [/output]
  EXPECT_EQ(*car->seats, 5);
}

TEST_F(Inheritance, WithPolymorphicBringsTheColumnsOfSubclasses) {
  prepare<Vehicle, Car, Truck>();
  Session session(engine);
  add_vehicles(session);
  // [snippet polymorphic]
  auto any_vehicle = with_polymorphic<Vehicle, Car, Truck>();
  auto stmt = select(any_vehicle)
                  .where(any_vehicle[&Car::seats] > 4 || any_vehicle[&Truck::load] > 10)
                  .order_by(any_vehicle[&Vehicle::id]);
  for (ptr<Vehicle> vehicle : session.scalars(stmt)) {
    std::cout << vehicle->plate << '\n';
  }
  // [/snippet]
  // [output polymorphic-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT vehicle.id, vehicle.kind, vehicle.plate, car.id AS id_1, car.seats, truck.id AS id_2, truck.load
FROM vehicle LEFT OUTER JOIN car ON vehicle.id = car.id LEFT OUTER JOIN truck ON vehicle.id = truck.id
WHERE car.seats > ? OR truck.load > ? ORDER BY vehicle.id
[...] (4, 10)
C 1
T 1
)");
  // [/output]
}

TEST_F(Inheritance, ASingleTableHoldsAllClasses) {
  prepare<Payment, CardPayment, CashPayment>();
  // [snippet use-single]
  Session session(engine);
  session.add(make<CardPayment>([](CardPayment& payment) {
    payment.amount = 20;
    payment.card_number = "4111";
  }));
  session.add(make<CashPayment>([](CashPayment& payment) { payment.amount = 5; }));
  session.flush();
  auto cash = session.scalars(select<CashPayment>()).all();
  std::cout << cash.size() << '\n';
  // [/snippet]
  // [output use-single-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO payment (method, amount, card_number) VALUES (?, ?, ?)
[...] ('card', 20, '4111')
INSERT INTO payment (method, amount) VALUES (?, ?)
[...] ('cash', 5)
SELECT payment.id, payment.method, payment.amount
FROM payment
WHERE payment.method IN (?)
[...] ('cash',)
1
)");
  // [/output]
}

TEST_F(Inheritance, ConcreteTablesShareNothing) {
  prepare<Plan, TripPlan>();
  // [snippet use-concrete]
  Session session(engine);
  session.add(make<Plan>({.id = 1, .title = "sleep"}));
  session.add(make<TripPlan>([](TripPlan& trip) {
    trip.id = 1;  // keys of their own
    trip.title = "holiday";
    trip.target = "Crete";
  }));
  session.flush();
  for (ptr<Plan> plan : session.scalars(select<Plan>().order_by(&Plan::title))) {
    std::cout << plan->title << '\n';
  }
  // [/snippet]
  // [output use-concrete-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO "plan" (id, title) VALUES (?, ?)
[...] (1, 'sleep')
INSERT INTO trip_plan (id, title, target) VALUES (?, ?, ?)
[...] (1, 'holiday', 'Crete')
SELECT pjoin.id, pjoin.title, pjoin.type, pjoin.target
FROM (SELECT "plan".id AS id, "plan".title AS title, CAST(NULL AS VARCHAR) AS target, 'plan' AS type
FROM "plan" UNION ALL SELECT trip_plan.id AS id, trip_plan.title AS title, trip_plan.target AS target, 'trip' AS type
FROM trip_plan) AS pjoin ORDER BY pjoin.title
[...] ()
holiday
sleep
)");
  // [/output]
}

}  // namespace
}  // namespace manual
