// SPDX-License-Identifier: MIT
// INSERT of many rows whose values come in arrays:
//   INSERT INTO t (a, b) VALUES ($1, lower($2))
//   INSERT INTO t (a, b) SELECT p0, lower(p1) FROM unnest($1::BIGINT[], $2::TEXT[])
//   WITH ORDINALITY AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING id
//
// The arrays have the widest type of each family: assigning to the column checks ranges and lengths
// as for single values, whereas a cast to VARCHAR(3) would cut the text off unseen.
#include "dialects/postgresql/postgresql_dialect.hpp"

namespace azoth::postgresql {
namespace {

std::string text_type(const Dialect& dialect, const SqlType& type) {
  const bool is_native = type.kind == TypeKind::enum_ && type.is_native;
  return is_native ? dialect.type_name(&type) : "TEXT";
}

std::string number_type(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::sql_smallint:
    case TypeKind::sql_integer:
    case TypeKind::sql_bigint:
      return "BIGINT";
    case TypeKind::numeric:
    case TypeKind::sql_numeric:
    case TypeKind::sql_decimal:
      return "NUMERIC";
    default:
      return "DOUBLE PRECISION";
  }
}

// Types without arguments that would change values.
bool is_plain(const SqlType& type) {
  return type.kind == TypeKind::vendor && type.length < 0 && type.precision < 0 &&
         type.options.empty() && type.name != "BIT" && type.name != "DOMAIN";
}

// The type of an array's items, or an empty text.
std::string item_type(const Dialect& dialect, const SqlType& type) {
  switch (type.family()) {
    case TypeFamily::boolean:
      return "BOOLEAN";
    case TypeFamily::number:
      return number_type(type);
    case TypeFamily::text:
      return text_type(dialect, type);
    case TypeFamily::binary:
      return "BYTEA";
    case TypeFamily::date:
      return "DATE";
    case TypeFamily::time:
      return type.timezone ? "TIME WITH TIME ZONE" : "TIME WITHOUT TIME ZONE";
    case TypeFamily::datetime:
      return type.timezone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP WITHOUT TIME ZONE";
    case TypeFamily::json:
      return dialect.type_name(&type);
    default:
      return is_plain(type) ? dialect.type_name(&type) : std::string();
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// (lower($1), '$2') -> lower(p0), '$2'
std::string with_columns(std::string_view tuple) {
  std::string out;
  char quote = '\0';
  for (std::size_t i = 1; i + 1 < tuple.size(); ++i) {
    const char c = tuple[i];
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '$' && is_digit(tuple[i + 1])) {
      std::size_t number = 0;
      for (; is_digit(tuple[i + 1]); ++i) {
        number = number * 10 + static_cast<std::size_t>(tuple[i + 1] - '0');
      }
      out += "p" + std::to_string(number - 1);
      continue;
    }
    out += c;
  }
  return out;
}

}  // namespace

std::string insert_from_arrays(const Dialect& dialect,
                               const Compiled& insert,
                               std::string_view key) {
  if (dialect.capabilities().paramstyle != ParamStyle::numeric_dollar ||
      insert.values_length == 0) {
    return {};
  }
  std::string arrays, names;
  for (std::size_t i = 0; i < insert.slots.size(); ++i) {
    const std::string item = item_type(dialect, *insert.slots[i].type->in_dialect(dialect.name()));
    if (item.empty()) {
      return {};
    }
    arrays += (i == 0 ? "$" : ", $") + std::to_string(i + 1) + "::" + item + "[]";
    names += "p" + std::to_string(i) + ", ";
  }
  const std::string_view text = insert.text;
  constexpr std::string_view values = "VALUES ";
  std::string out(text.substr(0, insert.values_offset - values.size()));
  out.append("SELECT ").append(
      with_columns(text.substr(insert.values_offset, insert.values_length)));
  out.append(" FROM unnest(").append(arrays).append(") WITH ORDINALITY AS imp_sen(");
  out.append(names).append("sen_counter) ORDER BY sen_counter");
  return key.empty() ? out : out + " RETURNING " + dialect.quote(key);
}

}  // namespace azoth::postgresql
