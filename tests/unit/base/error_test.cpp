// SPDX-License-Identifier: MIT
// The texts here are those of SQLAlchemy 1.4 (str() of the error), with the version in the address
// raised to 20.
#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <type_traits>

namespace {

using namespace azoth;

DBAPIErrorInfo unique_violation(StatementContext context) {
  DBAPIErrorInfo info;
  info.driver = "sqlite3";
  info.message = "UNIQUE constraint failed: t.id";
  info.vendor_code = 1555;
  info.context = std::move(context);
  return info;
}

TEST(Error, WhatIsTheMessageWhenThereIsNoCode) {
  const ArgumentError error("no such thing");
  EXPECT_STREQ(error.what(), "no such thing");
  EXPECT_EQ(error.code(), "");
  EXPECT_STREQ(error.class_name(), "ArgumentError");
}

// str(sqlalchemy.exc.InvalidRequestError("a", code="abcd"))
TEST(Error, CodeAddsWhereTheBackgroundIsTold) {
  const InvalidRequestError error("a", "abcd");
  EXPECT_STREQ(error.what(), "a (Background on this error at: https://sqlalche.me/e/20/abcd)");
  EXPECT_EQ(error.message(), "a");
  EXPECT_EQ(error.code(), "abcd");
}

// str(sqlalchemy.orm.exc.DetachedInstanceError("d"))
TEST(Error, DetachedInstanceErrorHasItsOwnCode) {
  EXPECT_STREQ(DetachedInstanceError("d").what(),
               "d (Background on this error at: https://sqlalche.me/e/20/bhk3)");
}

// str(UnsupportedCompilationError(compiler, element, "hello"))
TEST(Error, UnsupportedCompilationErrorNamesCompilerAndElement) {
  const UnsupportedCompilationError error("SqlCompiler", "Column", "hello");
  EXPECT_STREQ(error.what(),
               "Compiler SqlCompiler can't render element of type Column: hello "
               "(Background on this error at: https://sqlalche.me/e/20/l7de)");
}

TEST(Error, CopiesShareTheTextAndAMoveLeavesTheSourceWhole) {
  static_assert(std::is_nothrow_copy_constructible_v<IntegrityError>);
  static_assert(std::is_nothrow_copy_assignable_v<CircularDependencyError>);
  static_assert(std::is_nothrow_copy_constructible_v<StatementError>);
  InvalidRequestError error("kept");
  const InvalidRequestError copy = error;
  const InvalidRequestError moved = std::move(error);
  EXPECT_EQ(copy.what(), moved.what());  // the same characters, not equal ones
  EXPECT_STREQ(error.what(), "kept");    // NOLINT(bugprone-use-after-move): this is the promise
}

TEST(Error, ClassesDeriveAsSqlalchemysDo) {
  static_assert(std::is_base_of_v<ArgumentError, AmbiguousForeignKeysError>);
  static_assert(std::is_base_of_v<ArgumentError, NoSuchModuleError>);
  static_assert(std::is_base_of_v<CompileError, UnsupportedCompilationError>);
  static_assert(std::is_base_of_v<InvalidRequestError, NoReferencedColumnError>);
  static_assert(std::is_base_of_v<InvalidRequestError, ResourceClosedError>);
  static_assert(std::is_base_of_v<InvalidRequestError, ObjectDeletedError>);
  static_assert(!std::is_base_of_v<InvalidRequestError, DetachedInstanceError>);
  static_assert(!std::is_base_of_v<InvalidRequestError, StaleDataError>);
  static_assert(std::is_base_of_v<UnmappedError, UnmappedInstanceError>);
  static_assert(std::is_base_of_v<DBAPIError, InterfaceError>);
  static_assert(!std::is_base_of_v<DatabaseError, InterfaceError>);
  static_assert(std::is_base_of_v<StatementError, IntegrityError>);
  EXPECT_THROW(throw NoResultFound("none"), InvalidRequestError);
}

// str(CircularDependencyError("Circular dependency detected.", [1, 2], [(1, 2), (2, 1)]))
TEST(Error, CircularDependencyErrorShowsIdsOrNames) {
  const CircularDependencyError ids("Circular dependency detected.", {1, 2}, {{1, 2}, {2, 1}});
  EXPECT_STREQ(ids.what(), "Circular dependency detected. (1, 2)");
  EXPECT_EQ(ids.cycles(), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(ids.edges().size(), 2u);
  const CircularDependencyError names("Cycle.", {1, 2}, {}, {"a", "b"});
  EXPECT_STREQ(names.what(), "Cycle. (a, b)");
}

TEST(Error, NoReferencedColumnErrorKeepsWhatWasNamed) {
  const NoReferencedColumnError error("not there", "parent", "id");
  EXPECT_EQ(error.table_name(), "parent");
  EXPECT_EQ(error.column_name(), "id");
  EXPECT_STREQ(error.what(), "not there");
}

TEST(DbapiError, TextShowsDriverClassStatementParametersAndCode) {
  const IntegrityError error(
      unique_violation({"insert into t (id,d) values (?,?)", "(1, 'x')", false}));
  EXPECT_STREQ(error.what(),
               "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n"
               "[SQL: insert into t (id,d) values (?,?)]\n"
               "[parameters: (1, 'x')]\n"
               "(Background on this error at: https://sqlalche.me/e/20/gkpj)");
  EXPECT_EQ(error.message(), "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id");
  EXPECT_EQ(error.statement(), "insert into t (id,d) values (?,?)");
  EXPECT_EQ(error.parameters(), "(1, 'x')");
  EXPECT_EQ(error.vendor_code(), 1555);
  EXPECT_EQ(error.kind(), DBAPIErrorKind::integrity);
}

TEST(DbapiError, HiddenParametersAreNotInTheText) {
  const IntegrityError error(unique_violation({"select ? from zz", "('secret',)", true}));
  EXPECT_STREQ(error.what(),
               "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n"
               "[SQL: select ? from zz]\n"
               "[SQL parameters hidden due to hide_parameters=True]\n"
               "(Background on this error at: https://sqlalche.me/e/20/gkpj)");
  EXPECT_TRUE(error.hide_parameters());
}

// sqlalchemy.create_engine("sqlite:////nonexist/x").connect()
TEST(DbapiError, WithoutStatementOnlyTheMessageAndTheCode) {
  DBAPIErrorInfo info;
  info.driver = "sqlite3";
  info.message = "unable to open database file";
  EXPECT_STREQ(OperationalError(info).what(),
               "(sqlite3.OperationalError) unable to open database file\n"
               "(Background on this error at: https://sqlalche.me/e/20/e3q8)");
}

TEST(DbapiError, DriversClassNameReplacesTheKinds) {
  DBAPIErrorInfo info;
  info.driver = "psycopg2";
  info.driver_class = "errors.UniqueViolation";
  info.message = "duplicate key";
  info.sqlstate = "23505";
  const IntegrityError error(info);
  EXPECT_EQ(error.message(), "(psycopg2.errors.UniqueViolation) duplicate key");
  EXPECT_EQ(error.sqlstate(), "23505");
}

template <class Expected>
void expect_thrown_for(DBAPIErrorKind kind, const char* name, const char* code) {
  DBAPIErrorInfo info;
  info.invalidates_connection = true;
  try {
    throw_dbapi_error(kind, info);
  } catch (const DBAPIError& error) {
    EXPECT_EQ(typeid(error), typeid(Expected)) << name;
    EXPECT_EQ(error.kind(), kind);
    EXPECT_STREQ(error.class_name(), name);
    EXPECT_EQ(error.code(), code);
    EXPECT_TRUE(error.invalidates_connection());
    EXPECT_FALSE(error.invalidates_transaction());
  }
}

// The codes are `<class>.code` in sqlalchemy.exc.
TEST(DbapiError, FactoryThrowsTheClassOfTheKind) {
  expect_thrown_for<DBAPIError>(DBAPIErrorKind::dbapi, "DBAPIError", "dbapi");
  expect_thrown_for<InterfaceError>(DBAPIErrorKind::interface, "InterfaceError", "rvf5");
  expect_thrown_for<DatabaseError>(DBAPIErrorKind::database, "DatabaseError", "4xp6");
  expect_thrown_for<DataError>(DBAPIErrorKind::data, "DataError", "9h9h");
  expect_thrown_for<OperationalError>(DBAPIErrorKind::operational, "OperationalError", "e3q8");
  expect_thrown_for<IntegrityError>(DBAPIErrorKind::integrity, "IntegrityError", "gkpj");
  expect_thrown_for<InternalError>(DBAPIErrorKind::internal, "InternalError", "2j85");
  expect_thrown_for<ProgrammingError>(DBAPIErrorKind::programming, "ProgrammingError", "f405");
  expect_thrown_for<NotSupportedError>(DBAPIErrorKind::not_supported, "NotSupportedError", "tw8g");
}

// StatementError("boom", "select 1", {"a": 1}, ValueError(), code="abcd") with two add_detail()
TEST(StatementError, DetailsComeBeforeTheMessage) {
  StatementError error("boom", {"select 1", "{'a': 1}", false}, "abcd");
  const StatementError before = error;
  error.add_detail("d1");
  error.add_detail("d2");
  EXPECT_STREQ(error.what(),
               "(d1)\n(d2)\nboom\n[SQL: select 1]\n[parameters: {'a': 1}]\n"
               "(Background on this error at: https://sqlalche.me/e/20/abcd)");
  EXPECT_EQ(std::string(before.what()).find("d1"), std::string::npos);
}

TEST(StatementError, WrapsAnErrorWithItsClassCodeAndOrigin) {
  try {
    try {
      throw InvalidRequestError("A value is required for bind parameter 'a'", "cd3x");
    } catch (const Error& orig) {
      throw_statement_error(orig, {"select ?", "", false});
    }
  } catch (const StatementError& error) {
    EXPECT_STREQ(error.what(),
                 "(azoth.InvalidRequestError) A value is required for bind parameter 'a'\n"
                 "[SQL: select ?]\n"
                 "(Background on this error at: https://sqlalche.me/e/20/cd3x)");
    EXPECT_THROW(std::rethrow_exception(error.orig()), InvalidRequestError);
  }
}

}  // namespace
