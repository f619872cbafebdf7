// SPDX-License-Identifier: MIT
// docs/manual/engines-and-pools.md.
#include "manual/transcript.hpp"
#include <azoth/engine/url.hpp>
#include <azoth/pool/pool.hpp>

#include <unistd.h>

#include <filesystem>

namespace manual {
namespace {

using namespace azoth;

class EnginesAndPools : public Transcript {};

TEST_F(EnginesAndPools, UrlsAreMadeOfParts) {
  // [snippet url]
  URL url = URL::create({.drivername = "postgresql",
                         .username = "scott",
                         .password = "t/iger@",
                         .host = "db.example.org",
                         .database = "shop"});
  std::cout << url.to_string() << '\n';  // for logs
  std::cout << url.to_string({.hide_password = false}) << '\n';
  // [/snippet]
  // [output url-says]
  EXPECT_EQ(said(), R"(
postgresql://scott:***@db.example.org/shop
postgresql://scott:t%2Figer%40@db.example.org/shop
)");
  // [/output]
}

TEST_F(EnginesAndPools, OptionsAreNamed) {
  // [snippet options]
  Engine engine = create_engine("sqlite:///shop.db",
                                {
                                    .echo = true,
                                    .pool_size = 10,
                                    .max_overflow = 0,
                                    .pool_timeout = 5,
                                    .pool_pre_ping = true,
                                    .connect_args = {{"foreign_keys", "on"}},
                                });
  std::cout << engine.pool().status() << '\n';
  // [/snippet]
  // [output options-says]
  EXPECT_EQ(said(), R"(
Pool size: 10  Connections in pool: 0 Current Overflow: -10 Current Checked out connections: 0
)");
  // [/output]
}

TEST_F(EnginesAndPools, UnknownSchemesAreRefused) {
  // [snippet scheme]
  try {
    Engine engine = create_engine("firebird://localhost/x");
  } catch (const NoSuchModuleError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output scheme-says]
  EXPECT_EQ(said(), R"(
Can't load plugin: azoth.dialects:firebird; known are sqlite, sqlite+sqlite3
)");
  // [/output]
}

TEST_F(EnginesAndPools, APoolThatIsEmptyTimesOut) {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("azoth_manual_" + std::to_string(::getpid())))
          .string();
  const std::string url = "sqlite:///" + file;
  // [snippet timeout]
  Engine engine = create_engine(url, {.pool_size = 1, .max_overflow = 0, .pool_timeout = 0.01});
  Connection first = engine.connect();
  try {
    Connection second = engine.connect();
  } catch (const TimeoutError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output timeout-says]
  EXPECT_EQ(said(), R"(
QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 0.01
)");
  // [/output]
  first.close();
  std::filesystem::remove(file);
}

TEST_F(EnginesAndPools, IsolationIsAnOption) {
  Engine engine = create_engine("sqlite://", {.echo = true});
  // [snippet isolation]
  Engine immediate = engine.execution_options({.isolation_level = "AUTOCOMMIT"});
  Connection connection = immediate.connect();
  connection.execute(text("CREATE TABLE job (id INTEGER)"));
  connection.close();
  // [/snippet]
  // [output isolation-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)
CREATE TABLE job (id INTEGER)
[...] ()
ROLLBACK using DBAPI connection.rollback(), DBAPI should ignore due to autocommit mode
)");
  // [/output]
}

TEST_F(EnginesAndPools, TheCacheTellsItsHits) {
  Engine engine = create_engine("sqlite://");
  // [snippet cache]
  engine.begin([](Connection& connection) {
    for (std::int64_t id : {1, 2, 3}) {
      connection.execute(select(literal(id)));
    }
  });
  CacheStatistics statistics = engine.cache_statistics();
  std::cout << statistics.misses << " compiled, " << statistics.hits << " from the cache\n";
  // [/snippet]
  // [output cache-says]
  EXPECT_EQ(said(), R"(
1 compiled, 2 from the cache
)");
  // [/output]
}

// [snippet sink]
class LastLine : public LogSink {
 public:
  void write(const LogRecord& record) override { line = record.message; }

  std::string line;
};

// [/snippet]

TEST_F(EnginesAndPools, LogsGoWhereTheProgramWants) {
  // [snippet log]
  auto sink = std::make_shared<LastLine>();
  set_log_sink(sink);
  set_log_level("azoth.engine", LogLevel::info);  // as .echo = true, for all engines

  Engine engine = create_engine("sqlite://", {.logging_name = "shop"});
  engine.begin([](Connection& connection) { connection.execute(text("SELECT 1")); });
  // [/snippet]
  EXPECT_EQ(sink->line, "COMMIT");
  reset_log_level("azoth.engine");
}

TEST_F(EnginesAndPools, ErrorsTellWhatIsKnown) {
  Engine engine = create_engine("sqlite://");
  // [snippet errors]
  Connection connection = engine.connect();
  try {
    connection.execute(text("SELECT * FROM nowhere"));
  } catch (const OperationalError& error) {
    std::cout << error.message() << '\n'
              << error.statement() << '\n'
              << error.vendor_code() << '\n';
  }
  // [/snippet]
  // [output errors-says]
  EXPECT_EQ(said(), R"(
(sqlite3.OperationalError) no such table: nowhere
SELECT * FROM nowhere
1
)");
  // [/output]
}

TEST_F(EnginesAndPools, WarningsCanBeErrors) {
  // [snippet warnings]
  WarningFilter strict(WarningAction::error, WarningCategory::sa_warning);
  try {
    warn(WarningCategory::sa_warning, "this may be a mistake");
  } catch (const WarningError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output warnings-says]
  EXPECT_EQ(said(), R"(
this may be a mistake
)");
  // [/output]
}

}  // namespace
}  // namespace manual
