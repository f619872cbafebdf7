// SPDX-License-Identifier: MIT
// COPY in both directions, in the text and in the binary format.
#include "driver/libpq/fixture.hpp"
#include <azoth/drivers/libpq/copy.hpp>
#include <azoth/engine/engine.hpp>

#include <cmath>
#include <limits>

namespace azoth {
namespace {

using libpq::copy_in;
using libpq::copy_out;
using libpq::CopyFormat;
using libpq::CopyRow;
using libpq::CopyTarget;

class LibpqCopy : public Libpq, public ::testing::WithParamInterface<CopyFormat> {
 protected:
  void SetUp() override {
    Libpq::SetUp();
    if (!IsSkipped()) {
      engine.emplace(create_engine(url));
      connection.emplace(engine->connect());
    }
  }

  void make(const std::string& columns) {
    connection->exec_driver_sql("CREATE TEMPORARY TABLE \"Copied, here\" (" + columns + ")");
  }

  static CopyTarget target(std::vector<std::string> columns) {
    return {.table = "Copied, here", .columns = std::move(columns), .format = GetParam()};
  }

  /// Copies one value after the other into a column of the type, and reads them.
  std::vector<Value> through(const std::string& type, const std::vector<Value>& values) {
    make("id serial, v " + type);
    std::size_t at = 0;
    const std::int64_t count = copy_in(*connection, target({"v"}), [&](CopyRow& row) {
      if (at == values.size()) {
        return false;
      }
      row.add(values[at++]);
      return true;
    });
    EXPECT_EQ(count, static_cast<std::int64_t>(values.size()));
    std::vector<Value> read;
    for (const Row& row :
         connection->exec_driver_sql("SELECT v FROM \"Copied, here\" ORDER BY id")) {
      read.push_back(row[0]);
    }
    connection->exec_driver_sql("DROP TABLE \"Copied, here\"");
    return read;
  }

  std::optional<Engine> engine;
  std::optional<Connection> connection;
};

INSTANTIATE_TEST_SUITE_P(Formats,
                         LibpqCopy,
                         ::testing::Values(CopyFormat::text, CopyFormat::binary),
                         [](const auto& format) {
                           return format.param == CopyFormat::text ? "Text" : "Binary";
                         });

TEST_P(LibpqCopy, ValuesOfAllKindsArrive) {
  const std::vector<std::pair<const char*, std::vector<Value>>> columns{
      {"text",
       {Value(),
        Value(""),
        Value("\\N"),
        Value("\\."),
        Value("a\tb\nc\rd\\e\\n"),
        Value("Z\xc3\xbcrich \xf0\x9f\x98\x80"),
        Value(std::string(200000, 'x')),
        Value("\b\f\v\x01\x7f")}},
      {"boolean", {Value(true), Value(), Value(false)}},
      {"bigint",
       {Value(std::numeric_limits<std::int64_t>::min()),
        Value(std::numeric_limits<std::int64_t>::max())}},
      {"smallint", {Value(-32768), Value(7)}},
      {"numeric",
       {Value(Decimal("-99999999999999999999999999999999999999")), Value(Decimal("0.010"))}},
      {"double precision",
       {Value(0.1),
        Value(-std::numeric_limits<double>::infinity()),
        Value(std::numeric_limits<double>::denorm_min())}},
      {"bytea",
       {Value(Bytes{}), Value(Bytes{std::byte{0}, std::byte{'\\'}, std::byte{9}, std::byte{255}})}},
      {"date", {Value(Date{1, 1, 1}), Value(Date{9999, 12, 31})}},
      {"time", {Value(Time{23, 59, 59, 999999})}},
      {"timestamp", {Value(DateTime{{1969, 12, 31}, {23, 59, 59, 1}})}},
      {"timestamptz", {Value(DateTime{{2010, 5, 1}, {12, 0, 0}})}}};
  connection->exec_driver_sql("SET timezone = 'Asia/Kolkata'");
  for (const auto& [type, values] : columns) {
    EXPECT_EQ(through(type, values), values) << type;
  }
}

TEST_P(LibpqCopy, ManyRowsOfSeveralColumns) {
  struct Numbers final : ParameterSets {
    std::size_t size() const override { return 100000; }

    Literal value(std::size_t set, std::size_t key) const override {
      return key == 0 ? Literal(static_cast<int>(set)) : Literal("a b");
    }
  };

  make("\"Id\" integer, word text, other integer DEFAULT 5");
  EXPECT_EQ(copy_in(*connection, target({"Id", "word"}), Numbers()), 100000);
  const auto row = connection
                       ->exec_driver_sql(
                           "SELECT count(*), sum(\"Id\"), min(word), min(other) FROM \"Copied, "
                           "here\"")
                       .one();
  EXPECT_EQ(row.values(), (std::vector<Value>{100000, 4999950000, "a b", 5}));
}

TEST_P(LibpqCopy, NoRowsAreWritten) {
  make("v integer");
  EXPECT_EQ(copy_in(*connection, target({"v"}), [](CopyRow&) { return false; }), 0);
}

TEST_P(LibpqCopy, WhatTheProgramThrowsEndsTheCopy) {
  connection->commit();
  {
    Transaction savepoint = connection->begin_nested();
    make("v integer");
    savepoint.commit();
  }
  Transaction savepoint = connection->begin_nested();
  EXPECT_THROW(copy_in(*connection,
                       target({"v"}),
                       [](CopyRow& row) -> bool {
                         row.add(1);
                         throw std::runtime_error("enough");
                       }),
               std::runtime_error);
  EXPECT_THROW(connection->exec_driver_sql("SELECT 1"), InternalError) << "the transaction failed";
  savepoint.rollback();
  EXPECT_EQ(connection->exec_driver_sql("SELECT count(*) FROM \"Copied, here\"").scalar(),
            Value(0));
}

TEST_P(LibpqCopy, RowsOfTheWrongWidthAreNamed) {
  make("a integer, b integer");
  int row_number = 0;
  const auto error = error_of<DataError>([&] {
    copy_in(*connection, target({"a", "b"}), [&](CopyRow& row) {
      row.add(1);
      if (++row_number == 1) {
        row.add(2);
      }
      return true;
    });
  });
  EXPECT_NE(std::string(error.what()).find("row 2 of COPY has 1 values, and there are 2 columns"),
            std::string::npos)
      << error.what();
}

TEST_P(LibpqCopy, ValuesBehindTheLastRowAreRefused) {
  make("v integer");
  EXPECT_THROW(copy_in(*connection,
                       target({"v"}),
                       [](CopyRow& row) {
                         row.add(1);
                         return false;
                       }),
               DataError);
}

TEST_P(LibpqCopy, ViolationsAreIntegrityErrors) {
  make("v integer PRIMARY KEY");
  EXPECT_EQ(error_of<IntegrityError>([&] {
              int left = 2;
              copy_in(*connection, target({"v"}), [&](CopyRow& row) {
                if (left-- > 0) {
                  row.add(7);
                }
                return left >= 0;
              });
            }).sqlstate(),
            "23505");
  connection->rollback();
  EXPECT_EQ(connection->exec_driver_sql("SELECT 1").scalar(), Value(1));
}

TEST_P(LibpqCopy, ValuesThatAColumnCannotHoldAreRefused) {
  int left = 2;
  make("v integer");
  EXPECT_THROW(copy_in(*connection,
                       target({"v"}),
                       [&](CopyRow& row) {
                         if (--left >= 0) {
                           row.add("abc");
                         }
                         return left >= 0;
                       }),
               DataError);
  connection->rollback();
  make("v text");
  EXPECT_THROW(copy_in(*connection,
                       target({"v"}),
                       [](CopyRow& row) {
                         row.add(std::string("a\0b", 3));
                         return true;
                       }),
               DataError);
  connection->rollback();
  EXPECT_THROW(copy_in(*connection, target({"v"}), [](CopyRow&) { return false; }),
               ProgrammingError)
      << "the table is gone with its transaction";
}

TEST_P(LibpqCopy, TextWritesTypesThatHaveNoBinaryForm) {
  if (GetParam() == CopyFormat::binary) {
    make("v uuid");
    const auto error = error_of<DataError>([&] {
      copy_in(*connection, target({"v"}), [](CopyRow& row) {
        row.add("12345678-1234-5678-1234-567812345678");
        return true;
      });
    });
    EXPECT_NE(std::string(error.what()).find("use CopyFormat::text"), std::string::npos);
    return;
  }
  for (const auto& [type, text] : {std::pair{"uuid", "12345678-1234-5678-1234-567812345678"},
                                   std::pair{"int[]", "{1,NULL,3}"},
                                   std::pair{"jsonb", "{\"a\": \"b\\\\\"}"},
                                   std::pair{"inet", "10.0.0.0/8"},
                                   std::pair{"int4range", "[1,5)"},
                                   std::pair{"interval", "1 day 02:00:00"}}) {
    EXPECT_EQ(through(type, {Value(text)}), std::vector<Value>{Value(text)}) << type;
  }
}

TEST_F(Libpq, CopyOutGivesRowsAsTheyArrive) {
  const Engine engine = create_engine(url);
  Connection c = engine.connect();
  std::string all;
  const std::int64_t rows =
      copy_out(c,
               "COPY (SELECT x, 'a' || chr(9) FROM generate_series(1, 3) x) TO STDOUT",
               [&](std::string_view row) { all += row; });
  EXPECT_EQ(rows, 3);
  EXPECT_EQ(all, "1\ta\\t\n2\ta\\t\n3\ta\\t\n");
  EXPECT_THROW(copy_out(c,
                        "COPY (SELECT generate_series(1, 100000)) TO STDOUT",
                        [](std::string_view) { throw std::runtime_error("enough"); }),
               std::runtime_error);
  EXPECT_EQ(c.exec_driver_sql("SELECT 1").scalar(), Value(1)) << "the rest is passed over";
  EXPECT_THROW(copy_out(c,
                        "COPY (SELECT 1 / (3 - x) FROM generate_series(1, 5) x) TO STDOUT",
                        [](std::string_view) {}),
               DataError);
}

TEST_F(Libpq, CopyOfTextTakesChunks) {
  const Engine engine = create_engine(url);
  Connection c = engine.connect();
  c.exec_driver_sql("CREATE TEMPORARY TABLE chunks (a integer, b text)");
  std::vector<std::string> chunks{"1,x\n2,", "\"y,", "z\"\n"};
  std::size_t at = 0;
  EXPECT_EQ(copy_in(c,
                    "COPY chunks FROM STDIN WITH (FORMAT csv)",
                    [&](std::string& chunk) {
                      if (at < chunks.size()) {
                        chunk += chunks[at];
                      }
                      return at++ < chunks.size();
                    }),
            2);
  EXPECT_EQ(c.exec_driver_sql("SELECT b FROM chunks WHERE a = 2").scalar(), Value("y,z"));
  EXPECT_THROW(copy_in(c, "SELECT 1", [](std::string&) { return false; }), ProgrammingError);
}

TEST_F(Libpq, CopyNeedsThisDriver) {
  const Engine engine = create_engine(url);
  Connection c = engine.connect();
  EXPECT_THROW(copy_in(c, CopyTarget{.table = "t", .columns = {}}, [](CopyRow&) { return false; }),
               ArgumentError);
}

}  // namespace
}  // namespace azoth
