// SPDX-License-Identifier: MIT
// create_all and drop_all: which tables, in which order; each table is one statement, its indexes follow it.
#include <azoth/engine/schema.hpp>

#include <azoth/compile/dialect.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {
namespace {

std::vector<const sql::TableNode*> sorted_nodes(const MetaData& metadata) {
  std::vector<const sql::TableNode*> nodes;
  for (const Table& table : metadata.sorted_tables()) {
    nodes.push_back(&sql::as<sql::TableNode>(table.node()));
  }
  return nodes;
}

std::vector<const sql::TableNode*> wanted_nodes(const MetaData& metadata, Connection& connection, SchemaOptions options, bool present) {
  std::vector<const sql::TableNode*> wanted;
  for (const sql::TableNode* node : sorted_nodes(metadata)) {
    if (!options.checkfirst || has_table(connection, node->name, node->schema) == present) {
      wanted.push_back(node);
    }
  }
  return wanted;
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
  for (const sql::TableNode* node : wanted_nodes(metadata, connection, options, false)) {
    const sql::Ref table(node);
    connection.execute(sql::create_table(table));
    for (std::size_t i = 0; i < node->indexes.size(); ++i) {
      connection.execute(sql::create_index(table, i));
    }
  }
}

void drop_all(const MetaData& metadata, Connection& connection, SchemaOptions options) {
  const auto nodes = wanted_nodes(metadata, connection, options, true);
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    connection.execute(sql::drop_table(sql::Ref(*node)));
  }
}

void create_all(const MetaData& metadata, const Engine& engine, SchemaOptions options) {
  engine.begin([&](Connection& connection) { create_all(metadata, connection, options); });
}

void drop_all(const MetaData& metadata, const Engine& engine, SchemaOptions options) {
  engine.begin([&](Connection& connection) { drop_all(metadata, connection, options); });
}

}  // namespace azoth
