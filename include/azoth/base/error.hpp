// SPDX-License-Identifier: MIT
// The whole exception family, with SQLAlchemy's names, bases, codes and texts. Every class is
// copied without throwing: what an error holds is shared and immutable. It does not decide which
// error a driver's failure is; each driver does.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Is the root of all that Azoth throws; `what()` is the message and, when there is a code, where
/// its background is told.
class Error : public std::exception {
 public:
  /// Makes an error; `code` is SQLAlchemy's four letters, or empty.
  explicit Error(std::string message, std::string_view code = {});
  Error(const Error&) noexcept =
      default;  // and no move, which would leave an error without its text
  Error& operator=(const Error&) noexcept = default;

  const char* what() const noexcept override;
  /// Returns the message without details, SQL and code.
  const std::string& message() const noexcept;
  /// Returns SQLAlchemy's code of the error, or an empty text.
  const std::string& code() const noexcept;
  /// Returns the name of the class, as `IntegrityError`.
  virtual const char* class_name() const noexcept;

 protected:
  struct Payload;
  explicit Error(std::shared_ptr<const Payload> payload) noexcept;
  std::shared_ptr<const Payload> payload_;
};

// A class with nothing of its own. `class_name` is its one out-of-line member, which keeps the
// type's identity in the library.
#define AZOTH_PLAIN_ERROR(Name, Base)                 \
  class Name : public Base {                          \
   public:                                            \
    using Base::Base;                                 \
    const char* class_name() const noexcept override; \
  }

/// An argument is of the wrong kind or shape.
AZOTH_PLAIN_ERROR(ArgumentError, Error);
/// An object was given as a statement that cannot be executed.
AZOTH_PLAIN_ERROR(ObjectNotExecutableError, ArgumentError);
/// A dialect or driver named by a URL is not known.
AZOTH_PLAIN_ERROR(NoSuchModuleError, ArgumentError);
/// A join has no foreign keys between its sides.
AZOTH_PLAIN_ERROR(NoForeignKeysError, ArgumentError);
/// A join has more than one way to follow foreign keys.
AZOTH_PLAIN_ERROR(AmbiguousForeignKeysError, ArgumentError);
/// A table would have two columns of one name.
AZOTH_PLAIN_ERROR(DuplicateColumnError, ArgumentError);
/// A statement cannot be rendered.
AZOTH_PLAIN_ERROR(CompileError, Error);
/// A name is not allowed, as one too long for the database.
AZOTH_PLAIN_ERROR(IdentifierError, Error);
/// A pool's connection was found dead; the pool replaces it.
AZOTH_PLAIN_ERROR(DisconnectionError, Error);
/// A pool's connection was found dead together with all older ones.
AZOTH_PLAIN_ERROR(InvalidatePoolError, DisconnectionError);
/// A pool had no connection to give in time.
AZOTH_PLAIN_ERROR(TimeoutError, Error);
/// Something was asked at the wrong time or of the wrong object.
AZOTH_PLAIN_ERROR(InvalidRequestError, Error);
/// `inspect` does not know the object.
AZOTH_PLAIN_ERROR(NoInspectionAvailable, InvalidRequestError);
/// A transaction failed and must be rolled back before anything else.
AZOTH_PLAIN_ERROR(PendingRollbackError, InvalidRequestError);
/// A connection, cursor or result is closed.
AZOTH_PLAIN_ERROR(ResourceClosedError, InvalidRequestError);
/// A row has no such column.
AZOTH_PLAIN_ERROR(NoSuchColumnError, InvalidRequestError);
/// A result has no row where one was required.
AZOTH_PLAIN_ERROR(NoResultFound, InvalidRequestError);
/// A result has several rows where at most one was required.
AZOTH_PLAIN_ERROR(MultipleResultsFound, InvalidRequestError);
/// A table does not exist in the database.
AZOTH_PLAIN_ERROR(NoSuchTableError, InvalidRequestError);
/// A table exists and cannot be reflected.
AZOTH_PLAIN_ERROR(UnreflectableTableError, InvalidRequestError);
/// SQL was executed without a connection or engine to do it.
AZOTH_PLAIN_ERROR(UnboundExecutionError, InvalidRequestError);

/// A value is none of those that its type knows.
AZOTH_PLAIN_ERROR(LookupError, Error);
/// A value is of a kind that its type does not take.
AZOTH_PLAIN_ERROR(TypeError, Error);
/// A value is of the right kind, and not one that its type takes.
AZOTH_PLAIN_ERROR(ValueError, Error);

/// The compiler has no rendering for an element or a type; its code is l7de.
class UnsupportedCompilationError : public CompileError {
 public:
  /// Says `Compiler <compiler> can't render element of type <element>`, and more when `message` is
  /// given.
  UnsupportedCompilationError(std::string_view compiler,
                              std::string_view element,
                              std::string_view message = {});
  const char* class_name() const noexcept override;
};

/// A sort met a cycle.
class CircularDependencyError : public Error {
 public:
  using Edge = std::pair<std::uint32_t, std::uint32_t>;

  /// Appends the names of the cycle's members to the message, or their ids when no names are given.
  CircularDependencyError(std::string_view message,
                          std::vector<std::uint32_t> cycles,
                          std::vector<Edge> edges,
                          const std::vector<std::string>& names = {},
                          std::string_view code = {});
  /// Returns the ids on cycles. Lives as long as any copy of the error.
  const std::vector<std::uint32_t>& cycles() const noexcept;
  /// Returns the edges that were to be sorted. Lives as long as any copy of the error.
  const std::vector<Edge>& edges() const noexcept;
  const char* class_name() const noexcept override;

 private:
  struct Cycle;
};

/// A foreign key's target is not there.
class NoReferenceError : public InvalidRequestError {
 public:
  NoReferenceError(std::string message,
                   std::string_view table_name,
                   std::string_view column_name = {});
  const std::string& table_name() const noexcept;
  const std::string& column_name() const noexcept;
  const char* class_name() const noexcept override;

 private:
  struct Target;
};

/// A foreign key names a table that its metadata does not hold.
AZOTH_PLAIN_ERROR(NoReferencedTableError, NoReferenceError);
/// A foreign key names a column that its table does not have.
AZOTH_PLAIN_ERROR(NoReferencedColumnError, NoReferenceError);

/// Says what was being executed when an error occurred.
struct StatementContext {
  std::string statement;  ///< the SQL text; empty if none was reached
  std::string
      parameters;  ///< the parameters as logs show them, `(1, 'a')`; empty if there were none
  bool hide_parameters = false;  ///< say that there are parameters, not which
};

/// An error during the execution of a statement, which it shows.
class StatementError : public Error {
 public:
  StatementError(std::string message,
                 StatementContext context,
                 std::string_view code = {},
                 std::exception_ptr orig = {});
  const std::string& statement() const noexcept;
  /// Returns the parameters' text, also when it is hidden from `what()`.
  const std::string& parameters() const noexcept;
  bool hide_parameters() const noexcept;
  /// Returns the wrapped exception, or null.
  std::exception_ptr orig() const noexcept;
  /// Puts `(detail)` before the text of this copy of the error.
  void add_detail(std::string_view detail);
  const char* class_name() const noexcept override;

 protected:
  struct Statement;

  explicit StatementError(std::shared_ptr<const Payload> payload) noexcept
      : Error(std::move(payload)) {}
};

/// Throws a StatementError `(azoth.ArgumentError) message` around an error that came up while a
/// statement was prepared.
[[noreturn]] void throw_statement_error(const Error& orig, StatementContext context);

/// Names the classes of PEP 249 that drivers sort their failures into.
enum class DBAPIErrorKind : std::uint8_t {
  dbapi,
  interface,
  database,
  data,
  operational,
  integrity,
  internal,
  programming,
  not_supported
};

/// Says all that a driver knows of a failure; the engine adds the context.
struct DBAPIErrorInfo {
  std::string driver;                   ///< `sqlite3`: the prefix is `(sqlite3.IntegrityError)`
  std::string driver_class;             ///< the driver's own class name if it is not the kind's
  std::string message;                  ///< the database's message
  int vendor_code = 0;                  ///< the database's number, 0 if none
  std::string sqlstate;                 ///< five letters, empty if none
  bool invalidates_connection = false;  ///< the connection cannot be used any more
  bool invalidates_transaction =
      false;  ///< the database has rolled back or refuses more within the transaction
  StatementContext context;
};

/// A failure that the database or its driver reported; the base of the PEP 249 family.
class DBAPIError : public StatementError {
 public:
  explicit DBAPIError(DBAPIErrorInfo info);
  DBAPIErrorKind kind() const noexcept;
  /// Returns what the driver said. Lives as long as any copy of the error.
  const DBAPIErrorInfo& info() const noexcept;

  int vendor_code() const noexcept { return info().vendor_code; }

  const std::string& sqlstate() const noexcept { return info().sqlstate; }

  bool invalidates_connection() const noexcept { return info().invalidates_connection; }

  bool invalidates_transaction() const noexcept { return info().invalidates_transaction; }

  const char* class_name() const noexcept override;

 protected:
  DBAPIError(DBAPIErrorKind kind, DBAPIErrorInfo info);
};

#define AZOTH_DBAPI_ERROR(Name, Base)                 \
  class Name : public Base {                          \
   public:                                            \
    explicit Name(DBAPIErrorInfo info);               \
    const char* class_name() const noexcept override; \
                                                      \
   protected:                                         \
    using Base::Base;                                 \
  }

/// The driver itself was misused or failed.
AZOTH_DBAPI_ERROR(InterfaceError, DBAPIError);
/// The database reported a failure.
AZOTH_DBAPI_ERROR(DatabaseError, DBAPIError);
/// A value is out of range or cannot be converted.
AZOTH_DBAPI_ERROR(DataError, DatabaseError);
/// The database's operation failed: lost connection, no such file, locked.
AZOTH_DBAPI_ERROR(OperationalError, DatabaseError);
/// A constraint was violated.
AZOTH_DBAPI_ERROR(IntegrityError, DatabaseError);
/// The database met an error of its own.
AZOTH_DBAPI_ERROR(InternalError, DatabaseError);
/// The statement is wrong: no such table, bad syntax.
AZOTH_DBAPI_ERROR(ProgrammingError, DatabaseError);
/// The database cannot do this.
AZOTH_DBAPI_ERROR(NotSupportedError, DatabaseError);

/// Throws the class of the kind.
[[noreturn]] void throw_dbapi_error(DBAPIErrorKind kind, DBAPIErrorInfo info);

/// An object or class that is not mapped was given to the ORM.
AZOTH_PLAIN_ERROR(UnmappedError, InvalidRequestError);
/// A class is not mapped: `Class '<name>' is not mapped`.
AZOTH_PLAIN_ERROR(UnmappedClassError, UnmappedError);
/// An object's class is not mapped.
AZOTH_PLAIN_ERROR(UnmappedInstanceError, UnmappedError);
/// A mapper has no attribute for a column.
AZOTH_PLAIN_ERROR(UnmappedColumnError, InvalidRequestError);
/// A row of an object is gone from the database.
AZOTH_PLAIN_ERROR(ObjectDeletedError, InvalidRequestError);
/// A loader cannot do what an attribute needs.
AZOTH_PLAIN_ERROR(LoaderStrategyException, InvalidRequestError);
/// A flush found fewer or more rows than it meant to change, or a version that moved.
AZOTH_PLAIN_ERROR(StaleDataError, Error);
/// A flush cannot be done as the objects stand.
AZOTH_PLAIN_ERROR(FlushError, Error);
/// An object's state outlived the object.
AZOTH_PLAIN_ERROR(ObjectDereferencedError, Error);

/// An unloaded attribute was read from an object without a session; its code is bhk3.
class DetachedInstanceError : public Error {
 public:
  explicit DetachedInstanceError(std::string message, std::string_view code = "bhk3");
  const char* class_name() const noexcept override;
};

#undef AZOTH_PLAIN_ERROR
#undef AZOTH_DBAPI_ERROR

}  // namespace azoth
