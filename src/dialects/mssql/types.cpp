// SPDX-License-Identifier: MIT
// What SQL Server calls the types: BIT for booleans, NVARCHAR for Unicode, (max) where no length is
// given, collations without quotes.
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/base/error.hpp>

#include <array>

namespace azoth::mssql {

namespace {

std::int64_t argument(const SqlType& type, std::string_view name, std::int32_t field) {
  const TypeOption* option = type.option(name);
  return option ? option->number : field;
}

std::string_view collation_of(const SqlType& type) {
  const TypeOption* option = type.option("collation");
  return option ? option->text : type.collation;
}

// NVARCHAR(30) COLLATE Latin1_General_CI_AS; `unlimited` stands for a length that is not given.
std::string string_type(std::string_view word,
                        const SqlType& type,
                        std::string_view unlimited = "") {
  std::string out(word);
  const TypeOption* option = type.option("length");
  if (option && !option->text.empty()) {
    out += "(" + option->text + ")";
  } else if (const std::int64_t length = argument(type, "length", type.length); length >= 0) {
    out += "(" + std::to_string(length) + ")";
  } else {
    out += unlimited;
  }
  if (const std::string_view collation = collation_of(type); !collation.empty()) {
    out.append(" COLLATE ").append(collation);
  }
  return out;
}

std::string varbinary(const SqlType& type) {
  const TypeOption* filestream = type.option("filestream");
  return string_type("VARBINARY", type, "(max)") +
         (filestream && filestream->number != 0 ? " FILESTREAM" : "");
}

// DATETIME2(7)
std::string with_precision(std::string_view word, const SqlType& type) {
  return type_with_length(word, static_cast<int>(argument(type, "precision", type.precision)));
}

constexpr std::array<std::string_view, 10> plain_names{"BIT",
                                                       "IMAGE",
                                                       "MONEY",
                                                       "ROWVERSION",
                                                       "SMALLDATETIME",
                                                       "SMALLMONEY",
                                                       "SQL_VARIANT",
                                                       "TIMESTAMP",
                                                       "TINYINT",
                                                       "UNIQUEIDENTIFIER"};

std::optional<std::string> vendor_type_name(const SqlType& type) {
  const std::string_view name = type.name;
  for (std::string_view plain : plain_names) {
    if (plain == name) {
      return std::string(name);
    }
  }
  if (name == "XML") {
    return std::string(name);
  }
  if (name == "DATETIME2" || name == "DATETIMEOFFSET" || name == "TIME" || name == "FLOAT") {
    return with_precision(name, type);
  }
  if (name == "TEXT" || name == "NTEXT" || name == "CHAR" || name == "NCHAR") {
    return string_type(name, type);
  }
  if (name == "VARCHAR" || name == "NVARCHAR") {
    return string_type(name, type, "(max)");
  }
  if (name == "VARBINARY") {
    return varbinary(type);
  }
  if (name == "JSON") {
    return "NVARCHAR(max)";
  }
  return {};
}

}  // namespace

std::optional<std::string> type_name(const SqlType& type, const Dialect& dialect) {
  if (type.vendor == "mssql" || type.kind == TypeKind::vendor) {  // others' go by their name
    return vendor_type_name(type);
  }
  const Capabilities& can = dialect.capabilities();
  const bool has_date = can.server_version.major >= 10;  // DATE and TIME came with 2008
  const bool is_modern = can.deprecate_large_types;
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::match:
      return "BIT";
    case TypeKind::float_:
    case TypeKind::sql_float:
      return with_precision("FLOAT", type);
    case TypeKind::string:
    case TypeKind::enum_:
    case TypeKind::sql_varchar:
      return string_type("VARCHAR", type, "(max)");
    case TypeKind::unicode:
    case TypeKind::sql_nvarchar:
      return string_type("NVARCHAR", type, "(max)");
    case TypeKind::sql_char:
      return string_type("CHAR", type);
    case TypeKind::sql_nchar:
      return string_type("NCHAR", type);
    case TypeKind::sql_text:
      return string_type("TEXT", type);
    case TypeKind::text:
      return is_modern ? string_type("VARCHAR", type, "(max)") : string_type("TEXT", type);
    case TypeKind::unicode_text:
      return is_modern ? string_type("NVARCHAR", type, "(max)") : string_type("NTEXT", type);
    case TypeKind::date:
      return has_date ? "DATE" : "DATETIME";
    case TypeKind::time:
      return has_date ? "TIME" : "DATETIME";
    case TypeKind::datetime:
      return type.timezone ? "DATETIMEOFFSET" : "DATETIME";
    case TypeKind::large_binary:
      return is_modern ? string_type("VARBINARY", type, "(max)") : "IMAGE";
    case TypeKind::sql_varbinary:
      return varbinary(type);
    case TypeKind::json:
      return "NVARCHAR(max)";
    case TypeKind::uuid:
      return type.is_native ? "UNIQUEIDENTIFIER" : "";
    default:
      return {};
  }
}

}  // namespace azoth::mssql
