// SPDX-License-Identifier: MIT
// Connecting: what URLs mean, and what fails.
#include "driver/libpq/fixture.hpp"
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/registry.hpp>

namespace azoth {
namespace {

TEST_F(Libpq, SchemesAreRegisteredByLinking) {
  for (const char* scheme : {"postgresql", "postgresql+libpq", "postgresql+psycopg2"}) {
    EXPECT_EQ(find_driver(scheme).driver()->name(), "libpq");
    EXPECT_EQ(find_driver(scheme).dialect().name(), "postgresql");
  }
}

TEST_F(Libpq, WrongPasswordIsAnOperationalError) {
  const std::string wrong = URL(url).set({.password = "wrong"}).to_string({.hide_password = false});
  const auto error = error_of<OperationalError>([&] { open(wrong); });
  EXPECT_NE(error.message().find("password authentication failed for user \"azoth\""),
            std::string::npos)
      << error.message();
  EXPECT_TRUE(error.message().starts_with("(libpq.OperationalError) ")) << error.message();
  EXPECT_EQ(error.code(), "e3q8");
}

TEST_F(Libpq, UnknownDatabaseIsAnOperationalError) {
  const std::string wrong =
      URL(url).set({.database = "nowhere"}).to_string({.hide_password = false});
  const auto error = error_of<OperationalError>([&] { open(wrong); });
  EXPECT_NE(error.message().find("database \"nowhere\" does not exist"), std::string::npos);
}

TEST_F(Libpq, NobodyListeningIsAnOperationalError) {
  const auto error = error_of<OperationalError>([] { open("postgresql://u:p@127.0.0.1:1/x"); });
  EXPECT_NE(error.message().find("Connection refused"), std::string::npos) << error.message();
}

TEST_F(Libpq, UnknownArgumentIsNamed) {
  EXPECT_EQ(
      error_of<ArgumentError>([&] { open("postgresql://h/x?sslmodus=on"); }).message(),
      "libpq: unknown connection argument 'sslmodus'; known are prepared_statement_cache_size "
      "and the keywords of libpq, as sslmode, connect_timeout, application_name, "
      "target_session_attrs, options");
}

TEST_F(Libpq, QueryAndConnectArgumentsReachTheServer) {
  const URL named = URL(url).update_query_string("application_name=law");
  db = libpq_driver()->connect(named, {});
  EXPECT_EQ(ask("SHOW application_name"), Value("law"));
  db = libpq_driver()->connect(named, {.connect_args = {{"application_name", "order"}}});
  EXPECT_EQ(ask("SHOW application_name"), Value("order"));
}

TEST_F(Libpq, FirstOfManyHostsThatAnswersIsTaken) {
  const URL one(url);
  const std::string port = std::to_string(*one.port());
  const URL many = URL::create({.drivername = "postgresql",
                                .username = one.username(),
                                .password = one.password(),
                                .database = one.database(),
                                .query = URLQuery{{"host", {"127.0.0.1:1", "127.0.0.1:" + port}},
                                                  {"target_session_attrs", {"read-write"}}}});
  db = libpq_driver()->connect(many, {});
  EXPECT_EQ(ask("SELECT 1"), Value(1));
}

TEST_F(Libpq, ServerVersionIsTold) {
  EXPECT_EQ(Value(libpq_driver()->server_version(*db)), ask("SHOW server_version"));
}

TEST_F(Libpq, SessionThatWritesDatesAndLiteralsItsOwnWayIsSetRight) {
  db = open(
      URL(url)
          .update_query({{"options", {"-cdatestyle=German -cstandard_conforming_strings=off"}}})
          .to_string({.hide_password = false}));
  EXPECT_EQ(ask("SELECT '2010-05-01'::date::text"), Value("2010-05-01"));
  EXPECT_EQ(ask("SELECT 'a\\b'"), Value("a\\b"));
}

}  // namespace
}  // namespace azoth
