// SPDX-License-Identifier: MIT
// The texts of the exception family. A text is made once, when the error is; `what()` only hands it
// out.
#include "azoth/base/error.hpp"

namespace azoth {

struct Error::Payload {
  std::string message;
  std::string code;
  std::string text;

  Payload(std::string m, std::string_view c) : message(std::move(m)), code(c) {}

  Payload(const Payload&) = default;
  virtual ~Payload() = default;

  std::string background() const {
    return "(Background on this error at: https://sqlalche.me/e/20/" + code + ")";
  }

  void compose() { text = code.empty() ? message : message + " " + background(); }
};

namespace {

// Every accessor knows by its class which payload was made for it.
template <class Derived, class Base>
const Derived& as(const std::shared_ptr<const Base>& payload) noexcept {
  return static_cast<const Derived&>(*payload);
}

}  // namespace

Error::Error(std::string message, std::string_view code) {
  auto payload = std::make_shared<Payload>(std::move(message), code);
  payload->compose();
  payload_ = std::move(payload);
}

Error::Error(std::shared_ptr<const Payload> payload) noexcept : payload_(std::move(payload)) {}

const char* Error::what() const noexcept {
  return payload_->text.c_str();
}

const std::string& Error::message() const noexcept {
  return payload_->message;
}

const std::string& Error::code() const noexcept {
  return payload_->code;
}

#define AZOTH_CLASS_NAME(Name)                    \
  const char* Name::class_name() const noexcept { \
    return #Name;                                 \
  }
AZOTH_CLASS_NAME(Error)
AZOTH_CLASS_NAME(ArgumentError)
AZOTH_CLASS_NAME(ObjectNotExecutableError)
AZOTH_CLASS_NAME(NoSuchModuleError)
AZOTH_CLASS_NAME(NoForeignKeysError)
AZOTH_CLASS_NAME(AmbiguousForeignKeysError)
AZOTH_CLASS_NAME(DuplicateColumnError)
AZOTH_CLASS_NAME(CompileError)
AZOTH_CLASS_NAME(UnsupportedCompilationError)
AZOTH_CLASS_NAME(IdentifierError)
AZOTH_CLASS_NAME(CircularDependencyError)
AZOTH_CLASS_NAME(DisconnectionError)
AZOTH_CLASS_NAME(InvalidatePoolError)
AZOTH_CLASS_NAME(TimeoutError)
AZOTH_CLASS_NAME(InvalidRequestError)
AZOTH_CLASS_NAME(NoInspectionAvailable)
AZOTH_CLASS_NAME(PendingRollbackError)
AZOTH_CLASS_NAME(ResourceClosedError)
AZOTH_CLASS_NAME(NoSuchColumnError)
AZOTH_CLASS_NAME(NoResultFound)
AZOTH_CLASS_NAME(MultipleResultsFound)
AZOTH_CLASS_NAME(NoSuchTableError)
AZOTH_CLASS_NAME(UnreflectableTableError)
AZOTH_CLASS_NAME(UnboundExecutionError)
AZOTH_CLASS_NAME(LookupError)
AZOTH_CLASS_NAME(TypeError)
AZOTH_CLASS_NAME(ValueError)
AZOTH_CLASS_NAME(NoReferenceError)
AZOTH_CLASS_NAME(NoReferencedTableError)
AZOTH_CLASS_NAME(NoReferencedColumnError)
AZOTH_CLASS_NAME(StatementError)
AZOTH_CLASS_NAME(DBAPIError)
AZOTH_CLASS_NAME(UnmappedError)
AZOTH_CLASS_NAME(UnmappedClassError)
AZOTH_CLASS_NAME(UnmappedInstanceError)
AZOTH_CLASS_NAME(UnmappedColumnError)
AZOTH_CLASS_NAME(ObjectDeletedError)
AZOTH_CLASS_NAME(LoaderStrategyException)
AZOTH_CLASS_NAME(StaleDataError)
AZOTH_CLASS_NAME(FlushError)
AZOTH_CLASS_NAME(ObjectDereferencedError)
AZOTH_CLASS_NAME(DetachedInstanceError)

UnsupportedCompilationError::UnsupportedCompilationError(std::string_view compiler,
                                                         std::string_view element,
                                                         std::string_view message)
    : CompileError("Compiler " + std::string(compiler) + " can't render element of type " +
                       std::string(element) +
                       (message.empty() ? std::string() : ": " + std::string(message)),
                   "l7de") {}

DetachedInstanceError::DetachedInstanceError(std::string message, std::string_view code)
    : Error(std::move(message), code) {}

// --- errors with ids or names
// -----------------------------------------------------------------------------------------

namespace {

std::string cycle_text(std::string_view message,
                       const std::vector<std::uint32_t>& ids,
                       const std::vector<std::string>& names) {
  std::string text(message);
  text += " (";
  const char* separator = "";
  for (const std::string& name : names) {
    text.append(std::exchange(separator, ", ")).append(name);
  }
  if (names.empty()) {
    for (const std::uint32_t id : ids) {
      text.append(std::exchange(separator, ", ")).append(std::to_string(id));
    }
  }
  return text + ")";
}

}  // namespace

struct CircularDependencyError::Cycle : Error::Payload {
  using Payload::Payload;
  std::vector<std::uint32_t> cycles;
  std::vector<Edge> edges;
};

CircularDependencyError::CircularDependencyError(std::string_view message,
                                                 std::vector<std::uint32_t> cycles,
                                                 std::vector<Edge> edges,
                                                 const std::vector<std::string>& names,
                                                 std::string_view code)
    : Error(std::shared_ptr<const Payload>()) {
  auto payload = std::make_shared<Cycle>(cycle_text(message, cycles, names), code);
  payload->compose();
  payload->cycles = std::move(cycles);
  payload->edges = std::move(edges);
  payload_ = std::move(payload);
}

const std::vector<std::uint32_t>& CircularDependencyError::cycles() const noexcept {
  return as<Cycle>(payload_).cycles;
}

const std::vector<CircularDependencyError::Edge>& CircularDependencyError::edges() const noexcept {
  return as<Cycle>(payload_).edges;
}

struct NoReferenceError::Target : Error::Payload {
  using Payload::Payload;
  std::string table;
  std::string column;
};

NoReferenceError::NoReferenceError(std::string message,
                                   std::string_view table_name,
                                   std::string_view column_name)
    : InvalidRequestError(std::shared_ptr<const Payload>()) {
  auto payload = std::make_shared<Target>(std::move(message), std::string_view());
  payload->compose();
  payload->table = table_name;
  payload->column = column_name;
  payload_ = std::move(payload);
}

const std::string& NoReferenceError::table_name() const noexcept {
  return as<Target>(payload_).table;
}

const std::string& NoReferenceError::column_name() const noexcept {
  return as<Target>(payload_).column;
}

// --- statements
// -------------------------------------------------------------------------------------------------------

struct StatementError::Statement : Error::Payload {
  using Payload::Payload;
  DBAPIErrorKind kind = DBAPIErrorKind::dbapi;
  DBAPIErrorInfo info;  // of a plain StatementError only the context is used
  std::exception_ptr orig;
  std::string details;  // one `(detail)` line each

  void compose() {
    text = details + message;
    const StatementContext& context = info.context;
    if (!context.statement.empty()) {
      text.append("\n[SQL: ").append(context.statement).append("]");
    }
    if (!context.statement.empty() && !context.parameters.empty()) {
      if (context.hide_parameters) {
        text += "\n[SQL parameters hidden due to hide_parameters=True]";
      } else {
        text.append("\n[parameters: ").append(context.parameters).append("]");
      }
    }
    if (!code.empty()) {
      text.append("\n").append(background());
    }
  }
};

StatementError::StatementError(std::string message,
                               StatementContext context,
                               std::string_view code,
                               std::exception_ptr orig)
    : StatementError(std::shared_ptr<const Payload>()) {
  auto payload = std::make_shared<Statement>(std::move(message), code);
  payload->info.context = std::move(context);
  payload->orig = std::move(orig);
  payload->compose();
  payload_ = std::move(payload);
}

const std::string& StatementError::statement() const noexcept {
  return as<Statement>(payload_).info.context.statement;
}

const std::string& StatementError::parameters() const noexcept {
  return as<Statement>(payload_).info.context.parameters;
}

bool StatementError::hide_parameters() const noexcept {
  return as<Statement>(payload_).info.context.hide_parameters;
}

std::exception_ptr StatementError::orig() const noexcept {
  return as<Statement>(payload_).orig;
}

void StatementError::add_detail(std::string_view detail) {
  auto payload = std::make_shared<Statement>(as<Statement>(payload_));
  payload->details.append("(").append(detail).append(")\n");
  payload->compose();
  payload_ = std::move(payload);
}

void throw_statement_error(const Error& orig, StatementContext context) {
  throw StatementError(std::string("(azoth.") + orig.class_name() + ") " + orig.message(),
                       std::move(context),
                       orig.code(),
                       std::current_exception());
}

// --- PEP 249
// ----------------------------------------------------------------------------------------------------------

namespace {

struct KindText {
  const char* name;
  const char* code;
};

KindText kind_text(DBAPIErrorKind kind) noexcept {
  switch (kind) {
    case DBAPIErrorKind::dbapi:
      return {"Error", "dbapi"};
    case DBAPIErrorKind::interface:
      return {"InterfaceError", "rvf5"};
    case DBAPIErrorKind::database:
      return {"DatabaseError", "4xp6"};
    case DBAPIErrorKind::data:
      return {"DataError", "9h9h"};
    case DBAPIErrorKind::operational:
      return {"OperationalError", "e3q8"};
    case DBAPIErrorKind::integrity:
      return {"IntegrityError", "gkpj"};
    case DBAPIErrorKind::internal:
      return {"InternalError", "2j85"};
    case DBAPIErrorKind::programming:
      return {"ProgrammingError", "f405"};
    case DBAPIErrorKind::not_supported:
      return {"NotSupportedError", "tw8g"};
  }
  return {"Error", "dbapi"};
}

std::string prefixed(DBAPIErrorKind kind, const DBAPIErrorInfo& info) {
  std::string text = "(";
  if (!info.driver.empty()) {
    text.append(info.driver).append(".");
  }
  text += info.driver_class.empty() ? kind_text(kind).name : info.driver_class;
  return text.append(") ").append(info.message);
}

}  // namespace

DBAPIError::DBAPIError(DBAPIErrorKind kind, DBAPIErrorInfo info)
    : StatementError(std::shared_ptr<const Payload>()) {
  auto payload = std::make_shared<Statement>(prefixed(kind, info), kind_text(kind).code);
  payload->kind = kind;
  payload->info = std::move(info);
  payload->compose();
  payload_ = std::move(payload);
}

DBAPIError::DBAPIError(DBAPIErrorInfo info) : DBAPIError(DBAPIErrorKind::dbapi, std::move(info)) {}

DBAPIErrorKind DBAPIError::kind() const noexcept {
  return as<Statement>(payload_).kind;
}

const DBAPIErrorInfo& DBAPIError::info() const noexcept {
  return as<Statement>(payload_).info;
}

#define AZOTH_DBAPI_CLASS(Name, Base, kind) \
  AZOTH_CLASS_NAME(Name)                    \
  Name::Name(DBAPIErrorInfo info) : Base(DBAPIErrorKind::kind, std::move(info)) {}
AZOTH_DBAPI_CLASS(InterfaceError, DBAPIError, interface)
AZOTH_DBAPI_CLASS(DatabaseError, DBAPIError, database)
AZOTH_DBAPI_CLASS(DataError, DatabaseError, data)
AZOTH_DBAPI_CLASS(OperationalError, DatabaseError, operational)
AZOTH_DBAPI_CLASS(IntegrityError, DatabaseError, integrity)
AZOTH_DBAPI_CLASS(InternalError, DatabaseError, internal)
AZOTH_DBAPI_CLASS(ProgrammingError, DatabaseError, programming)
AZOTH_DBAPI_CLASS(NotSupportedError, DatabaseError, not_supported)

void throw_dbapi_error(DBAPIErrorKind kind, DBAPIErrorInfo info) {
  switch (kind) {
    case DBAPIErrorKind::dbapi:
      break;
    case DBAPIErrorKind::interface:
      throw InterfaceError(std::move(info));
    case DBAPIErrorKind::database:
      throw DatabaseError(std::move(info));
    case DBAPIErrorKind::data:
      throw DataError(std::move(info));
    case DBAPIErrorKind::operational:
      throw OperationalError(std::move(info));
    case DBAPIErrorKind::integrity:
      throw IntegrityError(std::move(info));
    case DBAPIErrorKind::internal:
      throw InternalError(std::move(info));
    case DBAPIErrorKind::programming:
      throw ProgrammingError(std::move(info));
    case DBAPIErrorKind::not_supported:
      throw NotSupportedError(std::move(info));
  }
  throw DBAPIError(std::move(info));
}

}  // namespace azoth
