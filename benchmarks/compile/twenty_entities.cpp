// SPDX-License-Identifier: MIT
// Compiled, never run: what a translation unit with 20 mapped classes of 11 columns and a
// relationship costs, each with a query that joins. Measured by tools/bench_compile. The classes
// differ in their names only, so a macro writes them: the compiler instantiates the same templates
// as for classes written by hand. Budget: -O0 3.0 s 400 MB
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
#define USE(X, Y)                                                                               \
  void use_##X(Session& session) {                                                              \
    auto found =                                                                                \
        select<X>()                                                                             \
            .join(&X::owner)                                                                    \
            .where(col(&X::code).like("a%") && col(&Y::price) >= 10.0 && col(&X::quantity) < 5) \
            .order_by(desc(&X::rank), &X::code)                                                 \
            .limit(10)                                                                          \
            .offset(20);                                                                        \
    for (ptr<X> x : session.scalars(found)) {                                                   \
      x->quantity = x->quantity + 1;                                                            \
    }                                                                                           \
  }

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
