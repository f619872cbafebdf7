// SPDX-License-Identifier: MIT
// Compiled, never run: what an optimised translation unit with 30 mapped classes of 8 columns
// costs, each with five statements: load all, load one by key, a filtered and ordered query, an
// INSERT and an UPDATE. Measured by tools/bench_compile. The classes differ in their names only, so
// a macro writes them: the compiler instantiates the same templates as for classes written by hand.
// Budget: -O2 6.0 s 500 MB
#include <azoth/orm.hpp>

using namespace azoth;

// A class X, and one function a statement.
#define TABLE(X)                                                                                   \
  struct X : Entity<X, #X> {                                                                       \
    Column<#X "_id", std::int64_t, PrimaryKey> id;                                                 \
    Column<#X "_name", std::string, Length<30>> name;                                              \
    Column<#X "_fullname", std::optional<std::string>> fullname;                                   \
    Column<#X "_amount", int> amount;                                                              \
    Column<#X "_rank", std::optional<int>> rank;                                                   \
    Column<#X "_price", double> price;                                                             \
    Column<#X "_active", bool> active;                                                             \
    Column<#X "_city", std::string> city;                                                          \
  };                                                                                               \
  double all_##X(Session& session) {                                                               \
    double sum = 0;                                                                                \
    for (ptr<X> x : session.scalars(select<X>())) {                                                \
      sum += x->price;                                                                             \
    }                                                                                              \
    return sum;                                                                                    \
  }                                                                                                \
  std::string one_##X(Session& session, std::int64_t id) {                                         \
    return session.get<X>(id)->name;                                                               \
  }                                                                                                \
  double some_##X(Connection& connection, int least) {                                             \
    double sum = 0;                                                                                \
    for (auto [name, price] :                                                                      \
         connection.execute(select(&X::name, &X::price)                                            \
                                .where(col(&X::amount) >= least && col(&X::city) == "Oslo" &&      \
                                       col(&X::active) == true)                                    \
                                .order_by(desc(&X::rank), &X::name)                                \
                                .limit(10))) {                                                     \
      sum += price + static_cast<double>(name.size());                                             \
    }                                                                                              \
    return sum;                                                                                    \
  }                                                                                                \
  void insert_##X(Connection& connection, const std::string& name) {                               \
    connection.execute(insert<X>().values({{&X::name, name}, {&X::amount, 1}, {&X::price, 2.5}})); \
  }                                                                                                \
  void update_##X(Connection& connection, std::int64_t id) {                                       \
    connection.execute(                                                                            \
        update<X>().where(col(&X::id) == id).values({{&X::rank, 3}, {&X::city, "Rome"}}));         \
  }
#define TEN(X) \
  TABLE(X##0)  \
  TABLE(X##1)  \
  TABLE(X##2) TABLE(X##3) TABLE(X##4) TABLE(X##5) TABLE(X##6) TABLE(X##7) TABLE(X##8) TABLE(X##9)

TEN(Item)
TEN(Order)
TEN(Place)
