// SPDX-License-Identifier: MIT
// Values on their way to a column of a type and back, by every way that a value can go.
#pragma once
#include "backend/fixture.hpp"
#include <azoth/compile/print.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>
#include <cmath>

namespace azoth_test {

/// A value that is sent, and what is read; without the latter the same.
struct Trip {
  Trip(Value value) : given(value), expected(std::move(value)) {}

  Trip(Value sent, Value read) : given(std::move(sent)), expected(std::move(read)) {}

  Value given, expected;
};

class RoundTrip : public ::testing::Test {
 protected:
  /// Uses the server of that backend, or skips.
  void use(std::string_view backend) {
    const auto url = server_url(backend);
    if (!url) {
      GTEST_SKIP() << no_server;
    }
    engine.emplace(create_engine(with_own_schema(*url)));
  }

  /// Sends NULL and the values one by one, all of them together, and as literals in the text of
  /// the statement, and expects that each comes back and is found.
  void expect_trips(TypePtr type, const std::vector<Trip>& trips, bool is_comparable = true) {
    SCOPED_TRACE(engine->dialect().type_name(type));
    MetaData metadata;
    const Table t("azoth_trip",
                  metadata,
                  {Column("id", types::Integer(), {.primary_key = true, .autoincrement = no}),
                   Column("v", type)});
    Connection c = engine->connect();
    for (const std::string& setting : settings) {
      c.exec_driver_sql(setting);
    }
    create_all(metadata, c);
    try {
      send_singly(c, t, trips);
      send_together(c, t, trips);
      if (std::all_of(trips.begin(), trips.end(), &has_literal)) {
        send_as_text(c, t, trips);
      }
      if (is_comparable) {
        expect_found(c, t, trips);
      }
      c.rollback();
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
      c.rollback();
    }
    drop_all(metadata, c);
    c.commit();
  }

  std::optional<Engine> engine;
  std::vector<std::string> settings;  ///< of the session

 private:
  // Days, times and infinities are written into no statement, as in SQLAlchemy 1.4.
  static bool has_literal(const Trip& trip) {
    const Literal value(trip.given);
    return value.kind() < ValueKind::date &&
           (value.kind() != ValueKind::real || std::isfinite(value.real()));
  }

  static constexpr AutoIncrement no = AutoIncrement::never;

  static std::int64_t id_of(std::size_t way, std::size_t i) {
    return static_cast<std::int64_t>(way * 1000 + i);
  }

  static void expect_read(Connection& c,
                          const Table& t,
                          std::size_t way,
                          const std::vector<Trip>& trips) {
    const auto id = t.c<std::int64_t>("id");
    const auto rows = c.execute(Select<>(select(t.c("id"), t.c("v")))
                                    .where(id >= id_of(way, 0))
                                    .where(id < id_of(way + 1, 0))
                                    .order_by(id))
                          .all();
    ASSERT_EQ(rows.size(), trips.size() + 1);
    EXPECT_TRUE(rows[0][1].is_null());
    for (std::size_t i = 0; i < trips.size(); ++i) {
      EXPECT_EQ(rows[i + 1][1], trips[i].expected)
          << "value " << i << ", way " << way << ": " << repr(Literal(rows[i + 1][1])) << " for "
          << repr(Literal(trips[i].expected));
    }
  }

  static void send_singly(Connection& c, const Table& t, const std::vector<Trip>& trips) {
    c.execute(insert(t), Params{{"id", id_of(0, 0)}, {"v", Value()}});
    for (std::size_t i = 0; i < trips.size(); ++i) {
      c.execute(insert(t), Params{{"id", id_of(0, i + 1)}, {"v", trips[i].given}});
    }
    expect_read(c, t, 0, trips);
  }

  static void send_together(Connection& c, const Table& t, const std::vector<Trip>& trips) {
    ParamsList sets{{{"id", id_of(1, 0)}, {"v", Value()}}};
    for (std::size_t i = 0; i < trips.size(); ++i) {
      sets.push_back({{"id", id_of(1, i + 1)}, {"v", trips[i].given}});
    }
    c.execute(insert(t), sets);
    expect_read(c, t, 1, trips);
  }

  static void send_as_text(Connection& c, const Table& t, const std::vector<Trip>& trips) {
    const auto send = [&](std::size_t i, const Value& value) {
      const auto compiled = insert(t)
                                .values({{"id", id_of(2, i)}, {"v", Literal(value)}})
                                .compile({.dialect = &c.dialect(), .literal_binds = true});
      c.exec_driver_sql(compiled.string);
    };
    send(0, Value());
    for (std::size_t i = 0; i < trips.size(); ++i) {
      send(i + 1, trips[i].given);
    }
    expect_read(c, t, 2, trips);
  }

  static void expect_found(Connection& c, const Table& t, const std::vector<Trip>& trips) {
    for (std::size_t i = 0; i < trips.size(); ++i) {
      const auto found = c.execute(Select<>(select(t.c("id")))
                                       .where(t.c("v") == Literal(trips[i].given))
                                       .order_by(t.c("id")))
                             .all();
      EXPECT_GE(found.size(), 2U) << "value " << i << " is found where it is compared";
    }
  }
};

}  // namespace azoth_test
