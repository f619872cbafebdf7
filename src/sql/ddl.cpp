// SPDX-License-Identifier: MIT
// How DDL statements are made.
#include <azoth/base/error.hpp>
#include <azoth/sql/ddl.hpp>

#include <algorithm>

namespace azoth::sql {

namespace {

std::uint32_t checked(std::size_t place,
                      std::size_t size,
                      const Ref& table,
                      std::string_view word) {
  if (place >= size) {
    throw ArgumentError("Table '" + as<TableNode>(table).fullname() + "' has " +
                        std::to_string(size) + " " + std::string(word) + ", no number " +
                        std::to_string(place) + "; count from 0.");
  }
  return static_cast<std::uint32_t>(place);
}

Ref constraint_statement(
    Kind kind, const Ref& table, ConstraintKind constraint, std::size_t place, bool cascade) {
  const auto& t = as<TableNode>(table);
  const std::size_t size = constraint == ConstraintKind::foreign_key   ? t.foreign_keys.size()
                           : constraint == ConstraintKind::primary_key ? 1
                                                                       : t.constraints.size();
  return make_node<ConstraintStatement>(
      kind, table, constraint, checked(place, size, table, "such constraints"), cascade);
}

Ref column_statement(Kind kind, const Ref& table, std::size_t column) {
  const std::size_t size = as<TableNode>(table).columns.size();
  return make_node<TableStatement>(
      kind, table, static_cast<std::int32_t>(checked(column, size, table, "columns")));
}

}  // namespace

Ref create_table(const Ref& table, bool if_not_exists, Refs altered) {
  return make_node<CreateTable>(table, if_not_exists, std::move(altered));
}

Ref create_table_with_keys(const Ref& table,
                           const std::vector<std::size_t>& foreign_keys,
                           bool if_not_exists) {
  const std::size_t size = as<TableNode>(table).foreign_keys.size();
  for (std::size_t place : foreign_keys) {
    checked(place, size, table, "foreign keys");
  }
  Refs altered;
  for (std::size_t i = 0; i < size; ++i) {
    if (std::find(foreign_keys.begin(), foreign_keys.end(), i) == foreign_keys.end()) {
      altered.push_back(add_constraint(table, ConstraintKind::foreign_key, i));
    }
  }
  return create_table(table, if_not_exists, std::move(altered));
}

Ref drop_table(const Ref& table, bool if_exists) {
  return make_node<DropTable>(table, if_exists);
}

Ref create_index(const Ref& table, std::size_t index, bool if_not_exists) {
  const std::size_t size = as<TableNode>(table).indexes.size();
  return make_node<IndexStatement>(
      Kind::create_index, table, checked(index, size, table, "indexes"), if_not_exists);
}

Ref create_index(Index index) {
  const Ref table = make_table({}, {}, nullptr, {}, {}, {{std::move(index.name), {}}}, false);
  return create_index(table, 0);
}

Ref drop_index(const Ref& table, std::size_t index, bool if_exists) {
  const std::size_t size = as<TableNode>(table).indexes.size();
  return make_node<IndexStatement>(
      Kind::drop_index, table, checked(index, size, table, "indexes"), if_exists);
}

Ref add_constraint(const Ref& table, ConstraintKind kind, std::size_t place) {
  return constraint_statement(Kind::add_constraint, table, kind, place, false);
}

Ref drop_constraint(const Ref& table, ConstraintKind kind, std::size_t place, bool cascade) {
  return constraint_statement(Kind::drop_constraint, table, kind, place, cascade);
}

Ref create_column(const Ref& table, std::size_t column) {
  return column_statement(Kind::create_column, table, column);
}

Ref create_column(Column column) {
  return create_column(make_table({}, {}, nullptr, {std::move(column)}, {}, {}, false), 0);
}

Ref set_table_comment(const Ref& table) {
  return make_node<TableStatement>(Kind::set_table_comment, table);
}

Ref drop_table_comment(const Ref& table) {
  return make_node<TableStatement>(Kind::drop_table_comment, table);
}

Ref set_column_comment(const Ref& table, std::size_t column) {
  return column_statement(Kind::set_column_comment, table, column);
}

Ref drop_column_comment(const Ref& table, std::size_t column) {
  return column_statement(Kind::drop_column_comment, table, column);
}

Ref create_sequence(const Ref& sequence) {
  return make_node<SequenceStatement>(Kind::create_sequence, sequence);
}

Ref drop_sequence(const Ref& sequence) {
  return make_node<SequenceStatement>(Kind::drop_sequence, sequence);
}

Ref create_schema(std::string_view name, std::optional<bool> quote) {
  return make_node<SchemaStatement>(Kind::create_schema, name, false, quote);
}

Ref drop_schema(std::string_view name, bool cascade, std::optional<bool> quote) {
  return make_node<SchemaStatement>(Kind::drop_schema, name, cascade, quote);
}

Ref create_enum_type(TypePtr type) {
  return make_node<EnumStatement>(Kind::create_enum_type, type);
}

Ref drop_enum_type(TypePtr type) {
  return make_node<EnumStatement>(Kind::drop_enum_type, type);
}

Ref ddl(std::string_view text,
        const Ref& table,
        const std::vector<std::pair<std::string, std::string>>& context) {
  std::string out(text);
  for (const auto& [name, value] : context) {
    std::string escaped;
    for (char c : value) {
      escaped.append(c == '%' ? 2 : 1, c);
    }
    const std::string token = "%(" + name + ")s";
    for (std::size_t at = 0; (at = out.find(token, at)) != std::string::npos;) {
      out.replace(at, token.size(), escaped);
      at += escaped.size();
    }
  }
  return make_node<DdlText>(std::move(out), table);
}

}  // namespace azoth::sql
