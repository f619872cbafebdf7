// SPDX-License-Identifier: MIT
// Rows that are fetched one by one, and other statements between them.
#include "driver/mariadb/fixture.hpp"

namespace azoth {
namespace {

class MariadbStream : public Mariadb {
 protected:
  void SetUp() override {
    Mariadb::SetUp();
    if (db) {
      rows = db->prepare("SELECT seq, REPEAT('x', seq), NULLIF(seq, 2) FROM seq_1_to_2000");
      rows->stream_results(true);
    }
  }

  void expect_row(int n) {
    ASSERT_TRUE(rows->step()) << n;
    EXPECT_EQ(rows->value(0, types::Integer()), Value(n));
    EXPECT_EQ(rows->value(1, types::String()),
              Value(std::string(static_cast<std::size_t>(n), 'x')));
    EXPECT_EQ(rows->value(2, types::Integer()), n == 2 ? Value() : Value(n));
  }

  DriverConnection::CursorHandle rows{nullptr, {nullptr}};
};

TEST_F(MariadbStream, RowsComeToTheEnd) {
  for (int n = 1; n <= 2000; ++n) {
    expect_row(n);
  }
  EXPECT_FALSE(rows->step());
  EXPECT_FALSE(rows->step());
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(MariadbStream, AnotherStatementInBetweenLosesNoRow) {
  expect_row(1);
  expect_row(2);
  EXPECT_EQ(ask("SELECT 'other'"), Value("other"));
  EXPECT_EQ(rows->value(2, types::Integer()), Value()) << "the current row stays";
  EXPECT_EQ(rows->value(0, types::Integer()), Value(2));
  for (int n = 3; n <= 2000; ++n) {
    expect_row(n);
  }
  EXPECT_FALSE(rows->step());
}

TEST_F(MariadbStream, TextsThatAreNotPreparedMayComeInBetweenToo) {
  expect_row(1);
  run("SET @x = 1");
  expect_row(2);
}

TEST_F(MariadbStream, ClosingAnotherStatementInAFullCacheLosesNoRow) {
  rows.reset();
  db = open("?prepared_statement_cache_size=2");
  rows = db->prepare("SELECT seq FROM seq_1_to_2000");
  rows->stream_results(true);
  static_cast<void>(db->prepare("SELECT 1"));
  ASSERT_TRUE(rows->step());
  static_cast<void>(db->prepare("SELECT 2"));
  int seen = 1;
  while (rows->step()) {
    ++seen;
  }
  EXPECT_EQ(seen, 2000);
}

TEST_F(MariadbStream, GivingBackEarlyLeavesTheConnectionReady) {
  expect_row(1);
  rows.reset();
  EXPECT_EQ(ask("SELECT 2"), Value(2));
}

TEST_F(MariadbStream, IsForgottenByReset) {
  expect_row(1);
  rows->reset();
  ASSERT_TRUE(rows->step());
  auto other = db->prepare("SELECT seq FROM seq_1_to_3");
  other->stream_results(true);
  ASSERT_TRUE(other->step());
  ASSERT_TRUE(rows->step());
  EXPECT_EQ(rows->value(0, types::Integer()), Value(2));
}

TEST_F(MariadbStream, ErrorWhileStreamingIsThrown) {
  auto failing =
      db->prepare("SELECT IF(seq < 1500, seq, (SELECT 1 UNION SELECT seq)) FROM seq_1_to_2000");
  failing->stream_results(true);
  const auto drain = [&] {
    while (failing->step()) {
    }
  };
  EXPECT_THROW(drain(), ProgrammingError);
  EXPECT_EQ(ask("SELECT 2"), Value(2));
}

}  // namespace
}  // namespace azoth
