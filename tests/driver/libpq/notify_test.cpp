// SPDX-License-Identifier: MIT
// Messages between connections, and what transactions may be told to be.
#include "driver/libpq/fixture.hpp"
#include <azoth/drivers/libpq/notify.hpp>
#include <azoth/engine/engine.hpp>

namespace azoth {
namespace {

TEST_F(Libpq, MessagesArriveWhenTheyAreCommitted) {
  const Engine engine = create_engine(url);
  Connection listener = engine.connect(), sender = engine.connect();
  libpq::listen(listener, "My channel");
  listener.commit();
  EXPECT_TRUE(libpq::notifications(listener).empty());
  libpq::notify(sender, "My channel", "it's \xc3\xa4");
  libpq::notify(sender, "My channel");
  libpq::notify(sender, "another");
  EXPECT_TRUE(libpq::notifications(listener, 0.05).empty());
  sender.commit();
  std::vector<libpq::Notification> got = libpq::notifications(listener, 10);
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0].channel, "My channel");
  EXPECT_EQ(got[0].payload, "it's \xc3\xa4");
  EXPECT_EQ(got[1].payload, "");
  EXPECT_EQ(Value(got[0].backend_pid), *sender.exec_driver_sql("SELECT pg_backend_pid()").scalar());
  libpq::unlisten(listener, "My channel");
  listener.commit();
  libpq::notify(sender, "My channel", "unheard");
  sender.commit();
  EXPECT_TRUE(libpq::notifications(listener, 0.05).empty());
}

TEST_F(Libpq, LostConnectionIsAnErrorOfNotifications) {
  const Engine engine = create_engine(url, {.poolclass = "NullPool"});
  Connection listener = engine.connect();
  const Value pid = *listener.exec_driver_sql("SELECT pg_backend_pid()").scalar();
  listener.commit();
  auto kill = db->prepare("SELECT pg_terminate_backend($1, 5000)");
  kill->bind(0, Literal(pid), types::Integer());
  ASSERT_TRUE(kill->step());
  EXPECT_TRUE(error_of<OperationalError>([&] {
                for (int i = 0; i < 3; ++i) {
                  static_cast<void>(libpq::notifications(listener, 1));
                }
              }).invalidates_connection());
}

class LibpqOptions : public Libpq {
 protected:
  static std::vector<Value> settings(Connection& c) {
    return {*c.exec_driver_sql("SHOW transaction_read_only").scalar(),
            *c.exec_driver_sql("SHOW transaction_deferrable").scalar(),
            *c.exec_driver_sql("SHOW transaction_isolation").scalar()};
  }
};

TEST_F(LibpqOptions, TransactionsAreReadonlyAndDeferrable) {
  const Engine engine = create_engine(url, {.pool_size = 1, .max_overflow = 0});
  {
    Connection c = engine.connect();
    c.execution_options({.isolation_level = "SERIALIZABLE",
                         .postgresql_readonly = true,
                         .postgresql_deferrable = true});
    EXPECT_EQ(settings(c), (std::vector<Value>{"on", "on", "serializable"}));
    EXPECT_THROW(c.exec_driver_sql("CREATE TABLE never (x int)"), InternalError);
    EXPECT_EQ(error_of<InvalidRequestError>([&] {
                c.execution_options({.postgresql_readonly = false});
              }).message(),
              "This connection has already initialized a SQLAlchemy Transaction() object via "
              "begin() or autobegin; postgresql_readonly and postgresql_deferrable may not be "
              "altered unless rollback() or commit() is called first.");
    c.rollback();
    EXPECT_EQ(settings(c), (std::vector<Value>{"on", "on", "serializable"})) << "the next one too";
    c.rollback();
    c.execution_options({.postgresql_readonly = false});
    EXPECT_EQ(settings(c), (std::vector<Value>{"off", "on", "serializable"}));
  }
  Connection c = engine.connect();
  EXPECT_EQ(settings(c), (std::vector<Value>{"off", "off", "read committed"}))
      << "the pool's connection is as it was";
}

TEST_F(LibpqOptions, EnginesHaveThemForAllConnections) {
  const Engine engine = create_engine(url).execution_options({.postgresql_readonly = true});
  Connection c = engine.connect();
  EXPECT_EQ(settings(c).front(), Value("on"));
}

}  // namespace
}  // namespace azoth
