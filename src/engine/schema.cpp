// SPDX-License-Identifier: MIT
// create_all and drop_all: which tables there are. What is executed for them, in which order, is
// sql/ddl.hpp's.
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {
namespace {

// The tables that are there, or that are not, in order of declaration.
std::vector<const sql::TableNode*> tables_to_change(const MetaData& metadata,
                                                    Connection& connection,
                                                    SchemaOptions options,
                                                    bool present) {
  std::vector<const sql::TableNode*> wanted;
  for (const Table& table : metadata.tables()) {
    const auto& node = sql::as<sql::TableNode>(table.node());
    if (!options.checkfirst || has_table(connection, node.name, node.schema) == present) {
      wanted.push_back(&node);
    }
  }
  return wanted;
}

using Tables = std::vector<const sql::TableNode*>;

// Calls `change` for the enumerations of the tables' columns that are types of their own, and there
// or not.
template <class F>
void change_enums(const Tables& tables, Connection& connection, bool present, F&& change) {
  const Dialect& dialect = connection.dialect();
  std::vector<TypePtr> seen;
  for (const sql::TableNode* table : tables) {
    for (const sql::ColumnInfo& column : table->columns) {
      TypePtr type = column.type->in_dialect(dialect.name());
      if (type->kind == TypeKind::array) {
        type = type->elements.front()->in_dialect(dialect.name());
      }
      if (type->kind != TypeKind::enum_ || !type->is_native || type->name.empty() ||
          std::find(seen.begin(), seen.end(), type) != seen.end()) {
        continue;
      }
      seen.push_back(type);
      const std::string query = dialect.has_type_query(type->name, type->schema);
      if (!query.empty() && connection.exec_driver_sql(query).first().has_value() == present) {
        change(type);
      }
    }
  }
}

}  // namespace

bool has_table(Connection& connection, std::string_view name, std::string_view schema) {
  for (const std::string& query : connection.dialect().has_table_queries(name, schema)) {
    if (connection.exec_driver_sql(query).first()) {
      return true;
    }
  }
  return false;
}

void create_all(const MetaData& metadata, Connection& connection, SchemaOptions options) {
  const auto tables = tables_to_change(metadata, connection, options, false);
  change_enums(tables, connection, false, [&](TypePtr type) {
    connection.execute(sql::create_enum_type(type));
  });
  for (const sql::Ref& statement :
       sql::create_all_statements(tables, connection.dialect().capabilities().alter)) {
    connection.execute(statement);
  }
}

void drop_all(const MetaData& metadata, Connection& connection, SchemaOptions options) {
  const auto tables = tables_to_change(metadata, connection, options, true);
  for (const sql::Ref& statement :
       sql::drop_all_statements(tables, connection.dialect().capabilities().alter)) {
    connection.execute(statement);
  }
  change_enums(tables, connection, true, [&](TypePtr type) {
    connection.execute(sql::drop_enum_type(type));
  });
}

void create_all(const MetaData& metadata, const Engine& engine, SchemaOptions options) {
  engine.begin([&](Connection& connection) { create_all(metadata, connection, options); });
}

void drop_all(const MetaData& metadata, const Engine& engine, SchemaOptions options) {
  engine.begin([&](Connection& connection) { drop_all(metadata, connection, options); });
}

}  // namespace azoth
