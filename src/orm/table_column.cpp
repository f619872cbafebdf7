// SPDX-License-Identifier: MIT
// The column of a table that a class declares: its SQL type and its options.
#include "orm/mapper_builder.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>

#include <fmt/format.h>

namespace azoth::orm {

TypePtr sized(TypePtr type, const ColumnDeclaration& d) {
  if (d.sql_type) {
    type = d.sql_type();
  }
  if (d.length < 0 && d.precision < 0) {
    return type;
  }
  switch (type->kind) {
    case TypeKind::string:
      return types::String(d.length);
    case TypeKind::text:
      return types::Text(d.length);
    case TypeKind::unicode:
      return types::Unicode(d.length);
    case TypeKind::unicode_text:
      return types::UnicodeText(d.length);
    case TypeKind::large_binary:
      return types::LargeBinary(d.length);
    case TypeKind::numeric:
      return types::Numeric(d.precision, d.scale);
    case TypeKind::float_:
      return types::Float(d.precision);
    default:
      throw ArgumentError(
          fmt::format("Column '{}' is {}, which has neither a length nor a precision; leave "
                      "Length<> and Precision<> out",
                      d.name,
                      repr(type)));
  }
}

namespace {

ColumnOptions options_of(const ColumnDeclaration& d) {
  ColumnOptions o;
  o.primary_key = d.is_primary_key;
  using Nullable = ColumnDeclaration::Nullable;
  o.nullable = d.nullable == Nullable::by_type ? d.cell.optional && !d.is_primary_key
                                               : d.nullable == Nullable::yes;
  o.unique = d.is_unique;
  o.index = d.is_indexed;
  o.autoincrement = static_cast<AutoIncrement>(d.autoincrement);
  if (d.foreign_key.empty() && !(d.ondelete.empty() && d.onupdate.empty())) {
    throw ArgumentError(fmt::format(
        "Column '{}' has OnDelete<> or OnUpdate<> but no ForeignKey<>, whose action it is",
        d.name));
  }
  if (!d.foreign_key.empty()) {
    o.foreign_key =
        ForeignKey(std::string(d.foreign_key), std::string(d.ondelete), std::string(d.onupdate));
  }
  if (d.default_value) {
    o.default_ = d.default_value();
  }
  if (!d.default_sql.empty()) {
    o.default_expression = sql::text(d.default_sql);
  }
  if (d.onupdate_value) {
    o.onupdate = d.onupdate_value();
  }
  if (!d.onupdate_sql.empty()) {
    o.onupdate_expression = sql::text(d.onupdate_sql);
  }
  o.has_server_onupdate = d.has_server_onupdate;
  if (d.has_server_default) {
    o.server_default = std::string(d.server_default);
  }
  o.key = d.name;
  if (!d.comment.empty()) {
    o.comment = d.comment;
  }
  return o;
}

}  // namespace

void add_table_column(MapperBuilder& builder, TypePtr type, const ColumnDeclaration& d) {
  builder.columns.emplace_back(d.column_name.empty() ? d.name : d.column_name, type, options_of(d));
}

}  // namespace azoth::orm
