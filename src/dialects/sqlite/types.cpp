// SPDX-License-Identifier: MIT
// SQLite's types. It has few words of its own for the generic ones; dates and times are stored as
// text.
#include "dialects/sqlite/sqlite_dialect.hpp"

#include <algorithm>

namespace azoth::sqlite {

std::string temporal_literal(const Literal& value) {
  switch (value.kind()) {
    case ValueKind::date:
      return "'" + value.date().to_storage_string() + "'";
    case ValueKind::time:
      return "'" + value.time().to_storage_string() + "'";
    default:
      return "'" + value.datetime().to_storage_string() + "'";
  }
}

namespace {

// Says whether the form in which moments are stored (`%(year)04d-%(month)02d`) makes text of them:
// digits alone would be taken for numbers.
bool stores_digits(const SqlType& type) {
  const TypeOption* format = type.option("storage_format");
  if (!format || type.vendor != "sqlite") {
    return false;
  }
  std::string_view text = format->text;
  while (!text.empty()) {
    if (text.starts_with("%(")) {
      text.remove_prefix(
          std::min(text.find('d', std::min(text.find(')'), text.size())), text.size() - 1) + 1);
    } else if (text.front() >= '0' && text.front() <= '9') {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string type_text(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::json:
      return "JSON";
    case TypeKind::sql_datetime:
      return stores_digits(type) ? "DATETIME_CHAR" : "";
    case TypeKind::sql_date:
      return stores_digits(type) ? "DATE_CHAR" : "";
    case TypeKind::sql_time:
      return stores_digits(type) ? "TIME_CHAR" : "";
    default:
      return {};
  }
}

}  // namespace azoth::sqlite
