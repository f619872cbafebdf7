// SPDX-License-Identifier: MIT
// Compiled, never run: what a translation unit with 20 mapped classes of 11 columns and a
// relationship costs, each with a query that joins, typed rows, an INSERT and an UPDATE. Measured
// by tools/bench_compile. The classes differ in their names only, so a macro writes them: the
// compiler instantiates the same templates as for classes written by hand. The budget is that of
// twenty_entities.cpp, which does less.
#include <azoth/orm.hpp>

using namespace azoth;

// A class X whose rows point to rows of Y, and one function with what a program does with it.
#define MAP(X, Y)                                                                              \
  struct X : Entity<X, #X> {                                                                   \
    Column<#X "_id", std::int64_t, PrimaryKey> id;                                             \
    Column<#X "_code", std::string, Length<30>, Unique> code;                                  \
    Column<#X "_title", std::optional<std::string>, Length<200>> title;                        \
    Column<#X "_note", std::optional<std::string>> note;                                       \
    Column<#X "_quantity", int> quantity;                                                      \
    Column<#X "_rank", std::optional<int>, Indexed> rank;                                      \
    Column<#X "_price", double> price;                                                         \
    Column<#X "_discount", std::optional<double>> discount;                                    \
    Column<#X "_active", bool, Default<true>> active;                                          \
    Column<#X "_state", std::string, Length<12>, Default<"new">> state;                        \
    Column<#X "_owner_id", std::optional<std::int64_t>, ForeignKey<#Y "." #Y "_id">> owner_id; \
    Relationship<"owner", Y> owner;                                                            \
  };
#define USE(X, Y)                                                                                 \
  void use_##X(Session& session, Connection& connection) {                                        \
    auto found =                                                                                  \
        select<X>()                                                                               \
            .join(&X::owner)                                                                      \
            .where(col(&X::code).like("a%") && col(&Y::price) >= 10.0 && col(&X::quantity) < 5)   \
            .order_by(desc(&X::rank), &X::code)                                                   \
            .limit(10)                                                                            \
            .offset(20);                                                                          \
    for (ptr<X> x : session.scalars(found)) {                                                     \
      x->quantity = x->quantity + 1;                                                              \
    }                                                                                             \
    for (auto [code, n] :                                                                         \
         connection.execute(select(&X::code, func::count(&X::id)).group_by(&X::code))) {          \
      consume(code, n);                                                                           \
    }                                                                                             \
    session.add(make<X>({.code = "c", .quantity = 3, .price = 1.5, .owner = session.get<Y>(1)})); \
    connection.execute(                                                                           \
        insert<X>().values({{&X::code, "c"}, {&X::quantity, 1}, {&X::price, 2.5}}));              \
    connection.execute(update<X>().where(col(&X::id) == 7).values({{&X::title, "t"}}));           \
  }

void consume(const std::string& text, std::int64_t number);

// One row a pair; the formatter runs the rows together, a few more each time.
// clang-format off
#define ALL(WITH) \
  WITH(Artist, Genre) \
  WITH(Album, Artist) \
  WITH(Track, Album) \
  WITH(Genre, Media) \
  WITH(Media, Playlist) \
  WITH(Playlist, Customer) \
  WITH(Customer, Employee) \
  WITH(Employee, Invoice) \
  WITH(Invoice, Line) \
  WITH(Line, Supplier) \
  WITH(Supplier, Store) \
  WITH(Store, Address) \
  WITH(Address, City) \
  WITH(City, Country) \
  WITH(Country, Region) \
  WITH(Region, Review) \
  WITH(Review, Payment) \
  WITH(Payment, Coupon) \
  WITH(Coupon, Shipment) \
  WITH(Shipment, Track)
// clang-format on

#define DECLARE_FIRST(X, Y) struct X;

ALL(DECLARE_FIRST)
ALL(MAP)
ALL(USE)
