// SPDX-License-Identifier: MIT
// Session makers with listeners, events of bulk changes, and transactions that are run again.
#include "orm/statement_log.hpp"
#include <azoth/orm/events.hpp>
#include <azoth/orm/run_in_transaction.hpp>

namespace maker_test {
using namespace azoth;

struct Visit : Entity<Visit, "visit"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"place", std::string> place;
};

struct Stay : Entity<Stay, "stay"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"place", std::string> place;
  Column<"kind", std::string, Default<"hotel">> kind;
  Column<"touched", std::optional<std::string>, UpdateDefault<"yes">> touched;
  Column<"version", std::int64_t, VersionId> version;
};

class Makers : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    create_all<Visit>(engine);
    log.clear();
  }
};

TEST_F(Makers, ListenersOfAMakerHearItsSessions) {
  const SessionMaker maker(engine);
  const SessionMaker copy = maker;
  int flushes = 0;
  Session before = maker();
  const auto id =
      event::listen(maker, event::before_flush, [count = &flushes](Session&) { ++*count; });
  Session after = copy();
  before.add(make<Visit>({.place = "a"}));
  before.commit();
  EXPECT_EQ(flushes, 0);
  after.add(make<Visit>({.place = "b"}));
  after.commit();
  EXPECT_EQ(flushes, 1);
  event::remove(maker, id);
  maker.begin([](Session& s) { s.add(make<Visit>({.place = "c"})); });
  EXPECT_EQ(flushes, 1);
}

TEST_F(Makers, BulkChangesOfQueriesAreTold) {
  Session s(engine);
  s.add_all({make<Visit>({.place = "a"}), make<Visit>({.place = "a"})});
  s.commit();
  std::string told;
  event::listen(s, event::after_bulk_update, [&](const BulkContext& c) {
    told += "update " + c.mapper.class_name + " " + std::to_string(c.rowcount) + ";";
  });
  event::listen(s, event::after_bulk_delete, [&](const BulkContext& c) {
    told += "delete " + c.mapper.class_name + " " + std::to_string(c.rowcount) + ";";
  });
  s.query<Visit>().filter(col(&Visit::place) == "a").update({{&Visit::place, "b"}});
  s.query<Visit>().filter(col(&Visit::id) == 1).delete_();
  s.execute(update<Visit>().values({{&Visit::place, "c"}}));  // told to do_orm_execute
  EXPECT_EQ(told, "update Visit 2;delete Visit 1;");
}

[[noreturn]] void refuse(const char* sqlstate) {
  DBAPIErrorInfo info;
  info.driver = "libpq";
  info.message = "could not serialize access";
  info.sqlstate = sqlstate;
  throw OperationalError(std::move(info));
}

TEST_F(Makers, RefusedTransactionsAreRunAgainInNewSessions) {
  std::vector<std::int64_t> delays;
  RetryOptions options;
  options.sleep = [&](std::chrono::milliseconds delay) { delays.push_back(delay.count()); };
  int attempts = 0;
  const std::int64_t id = run_in_transaction(
      SessionMaker(engine),
      [&](Session& s) {
        auto visit = make<Visit>({.place = "x"});
        s.add(visit);
        s.flush();
        if (++attempts < 4) {
          refuse(attempts == 2 ? "40P01" : "40001");
        }
        return visit->id.get();
      },
      options);
  EXPECT_EQ(attempts, 4);
  EXPECT_EQ(id, 1);  // what the others wrote is rolled back
  ASSERT_EQ(delays.size(), 3u);
  EXPECT_LE(delays[0], 10);
  EXPECT_LE(delays[1], 20);
  EXPECT_LE(delays[2], 40);
  Session s(engine);
  EXPECT_EQ(s.query<Visit>().count(), 1);
}

TEST_F(Makers, TheLastErrorIsThrownAndOthersAtOnce) {
  RetryOptions options{.max_attempts = 3, .sleep = [](std::chrono::milliseconds) {}};
  int attempts = 0;
  const auto run = [&](const char* sqlstate) {
    attempts = 0;
    run_in_transaction(
        engine,
        [&](Session&) {
          ++attempts;
          refuse(sqlstate);
        },
        options);
  };
  EXPECT_THROW(run("40001"), OperationalError);
  EXPECT_EQ(attempts, 3);
  EXPECT_THROW(run("23505"), OperationalError);
  EXPECT_EQ(attempts, 1);
  options.max_attempts = 0;
  EXPECT_THROW(run("40001"), ArgumentError);
}

TEST_F(Makers, ABusySqliteIsWorthAnotherAttempt) {
  DBAPIErrorInfo info;
  info.driver = "sqlite3";
  info.vendor_code = 517;  // SQLITE_BUSY_SNAPSHOT
  EXPECT_TRUE(is_retryable(OperationalError(info)));
  info.vendor_code = 19;
  EXPECT_FALSE(is_retryable(OperationalError(info)));
}

TEST_F(Makers, WhatAFlushFillsInIsTold) {
  create_all<Stay>(engine);
  std::string told;
  const auto id = event::listen(Stay::mapper(),
                                event::refresh_flush,
                                [&](const ptr<orm::Object>&, std::span<const std::string> names) {
                                  for (const std::string& name : names) {
                                    told += name + " ";
                                  }
                                  told += "|";
                                });
  Session s(engine);
  const auto stay = make<Stay>({.place = "x"}), given = make<Stay>({.place = "y", .kind = "tent"});
  s.add_all({stay, given});
  s.flush();
  EXPECT_EQ(told, "kind version |version |");
  told.clear();
  stay->place = "z";
  s.flush();
  EXPECT_EQ(told, "touched version |");
  event::remove(Stay::mapper(), id);
}

}  // namespace maker_test
