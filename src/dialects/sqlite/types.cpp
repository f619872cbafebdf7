// SPDX-License-Identifier: MIT
// SQLite's types. It has no words of its own for the generic ones; dates and times are stored as
// text.
#include "dialects/sqlite/sqlite_dialect.hpp"

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

}  // namespace azoth::sqlite
