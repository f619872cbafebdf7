// SPDX-License-Identifier: MIT
// Errors by SQLSTATE, as pyodbc maps them. A driver that reports every failure as HY000 is asked
// for the database's number.
#include "drivers/odbc/error.hpp"

#include "drivers/odbc/backend.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::drivers::odbc {
namespace {

using Kind = DBAPIErrorKind;

constexpr std::array states{
    std::pair{"01002", Kind::operational},  // the longest first
    std::pair{"08001", Kind::operational},
    std::pair{"08003", Kind::operational},
    std::pair{"08004", Kind::operational},
    std::pair{"08007", Kind::operational},
    std::pair{"08S01", Kind::operational},
    std::pair{"08S02", Kind::operational},
    std::pair{"0A000", Kind::not_supported},
    std::pair{"28000", Kind::interface},
    std::pair{"40002", Kind::integrity},
    std::pair{"HY001", Kind::operational},
    std::pair{"HY014", Kind::operational},
    std::pair{"HYT00", Kind::operational},
    std::pair{"HYT01", Kind::operational},
    std::pair{"IM001", Kind::interface},
    std::pair{"IM002", Kind::interface},
    std::pair{"IM003", Kind::interface},
    std::pair{"22", Kind::data},
    std::pair{"23", Kind::integrity},
    std::pair{"24", Kind::programming},
    std::pair{"25", Kind::programming},
    std::pair{"42", Kind::programming},
};

constexpr std::array disconnects{
    "01000", "01002", "08001", "08003", "08007", "08S01", "08S02", "10054", "HY010", "HYT00"};

std::string text_of(const Failure& failure) {
  std::string out;
  for (const Diagnostic& record : failure.records) {
    out += (out.empty() ? "[" : "; [") + record.sqlstate + "] " + record.message + " (" +
           std::to_string(record.native) + ")";
  }
  return out + " (" + failure.function + ")";
}

}  // namespace

Failure failure_of(SQLSMALLINT type, SQLHANDLE handle, const char* function) {
  Failure failure;
  failure.function = function;
  std::u16string text(1024, u'\0');
  for (SQLSMALLINT number = 1; failure.records.size() < 10; ++number) {
    std::u16string state(6, u'\0');
    SQLINTEGER native = 0;
    SQLSMALLINT size = 0;
    const auto room = static_cast<SQLSMALLINT>(text.size());
    const SQLRETURN code = SQLGetDiagRecW(
        type, handle, number, wide_pointer(state), &native, wide_pointer(text), room, &size);
    if (!SQL_SUCCEEDED(code)) {
      break;
    }
    if (size >= room) {  // the same record again, with room for all of it
      text.resize(static_cast<std::size_t>(size) + 1);
      --number;
      continue;
    }
    const auto length = static_cast<std::size_t>(std::max<SQLSMALLINT>(size, 0));
    failure.records.push_back({to_utf8(state.c_str()),
                               static_cast<int>(native),
                               to_utf8(std::u16string_view(text).substr(0, length))});
  }
  if (failure.records.empty()) {
    failure.records.push_back({"HY000", 0, "The driver did not supply an error!"});
  }
  return failure;
}

Kind kind_of(const Diagnostic& record, const Backend& backend) {
  for (const auto& [prefix, kind] : states) {
    if (record.sqlstate.starts_with(prefix)) {
      return kind;
    }
  }
  for (const NativeError& known : backend.native_errors) {
    if (known.number == record.native) {
      return known.kind;
    }
  }
  return Kind::dbapi;
}

bool is_disconnect(const Failure& failure) {
  return std::any_of(disconnects.begin(), disconnects.end(), [&](std::string_view state) {
    return failure.records.front().sqlstate == state;
  });
}

void throw_failure(const Failure& failure, const Backend& backend, bool is_lost) {
  const Diagnostic& first = failure.records.front();
  const Kind kind = kind_of(first, backend);
  DBAPIErrorInfo info;
  info.driver = "odbc";
  info.message = text_of(failure);
  info.vendor_code = first.native;
  info.sqlstate = first.sqlstate;
  info.invalidates_connection = is_lost;
  throw_dbapi_error(is_lost && kind == Kind::dbapi ? Kind::operational : kind, std::move(info));
}

void throw_driver_error(Kind kind, std::string message) {
  DBAPIErrorInfo info;
  info.driver = "odbc";
  info.message = std::move(message);
  throw_dbapi_error(kind, std::move(info));
}

}  // namespace azoth::drivers::odbc
