// SPDX-License-Identifier: MIT
// create_all and drop_all: which tables there are, and the events around each. What is executed for
// them, in which order, is sql/ddl.hpp's.
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/schema.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/sequence_node.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {
namespace {

using SchemaEvent = event::Event<void(const SchemaTarget&, DdlConnection&)>;
using Nodes = std::vector<const sql::TableNode*>;

/// DDL that a connection executes.
class ExecutedDdl final : public DdlConnection {
 public:
  explicit ExecutedDdl(Connection& connection) : connection_(connection) {}

  void execute(const sql::Ref& statement) override { connection_.execute(statement); }

  const Dialect& dialect() const override { return connection_.dialect(); }

  Connection* connection() override { return &connection_; }

 private:
  Connection& connection_;
};

// The tables that are there, or that are not, in order of declaration.
Nodes tables_to_change(const MetaData& metadata,
                       Connection& connection,
                       const SchemaOptions& options,
                       bool present) {
  Nodes wanted;
  for (const Table& table : options.tables.empty() ? metadata.tables() : options.tables) {
    const auto& node = sql::as<sql::TableNode>(table.node());
    if (!options.checkfirst || has_table(connection, node.name, node.schema) == present) {
      wanted.push_back(&node);
    }
  }
  return wanted;
}

// Calls `change` for the enumerations of the tables' columns that are types of their own, and there
// or not.
template <class F>
void change_enums(const Nodes& tables, Connection& connection, bool present, F&& change) {
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

Nodes all_tables(const MetaData& metadata, const SchemaOptions& options) {
  Nodes wanted;
  for (const Table& table : options.tables.empty() ? metadata.tables() : options.tables) {
    wanted.push_back(&sql::as<sql::TableNode>(table.node()));
  }
  return wanted;
}

void tell(const sql::TableNode& node, const SchemaEvent& event, DdlConnection& connection) {
  if (node.dispatch->is_used()) {
    const Table table{sql::Ref(&node)};
    node.dispatch->fire(event, SchemaTarget{&table, nullptr}, connection);
  }
}

void tell(const MetaData* metadata, const SchemaEvent& event, DdlConnection& connection) {
  if (metadata != nullptr) {
    metadata->dispatch().fire(event, SchemaTarget{nullptr, metadata}, connection);
  }
}

// Sequences that the database has, and that are not only for those which number keys in no other
// way.
void add_sequence(sql::Refs& out, const sql::Ref& sequence, const Dialect& dialect) {
  const Capabilities& can = dialect.capabilities();
  const bool is_left_out =
      can.sequences_optional && sql::as<sql::SequenceNode>(sequence).is_optional;
  if (can.sequences && !is_left_out && std::find(out.begin(), out.end(), sequence) == out.end()) {
    out.push_back(sequence);
  }
}

sql::Refs sequences_of(const sql::TableNode& table, const Dialect& dialect) {
  sql::Refs out;
  for (const sql::ColumnInfo& column : table.columns) {
    if (column.options.sequence) {
      add_sequence(out, column.options.sequence->node(), dialect);
    }
  }
  return out;
}

// Those of the MetaData that no column has.
sql::Refs loose_sequences(const MetaData* metadata, const Nodes& tables, const Dialect& dialect) {
  sql::Refs out;
  if (metadata != nullptr) {
    for (const sql::Ref& sequence : metadata->state()->sequences) {
      add_sequence(out, sequence, dialect);
    }
  }
  for (const sql::TableNode* table : tables) {
    for (const sql::Ref& owned : sequences_of(*table, dialect)) {
      std::erase(out, owned);
    }
  }
  return out;
}

// A table is created by its CREATE TABLE and what follows up to the next one's.
void create_tables(const MetaData* metadata, const Nodes& tables, DdlConnection& connection) {
  tell(metadata, event::before_create, connection);
  for (const sql::Ref& sequence : loose_sequences(metadata, tables, connection.dialect())) {
    connection.execute(sql::create_sequence(sequence));
  }
  const sql::TableNode* current = nullptr;
  const auto finish = [&] {
    if (current != nullptr) {
      tell(*current, event::after_create, connection);
    }
    current = nullptr;
  };
  for (const sql::Ref& statement :
       sql::create_all_statements(tables, connection.dialect().capabilities().alter)) {
    if (statement->kind() != sql::Kind::create_index) {
      finish();
    }
    if (statement->kind() == sql::Kind::create_table) {
      current = &sql::as<sql::TableNode>(sql::as<sql::CreateTable>(statement).table);
      tell(*current, event::before_create, connection);
      for (const sql::Ref& sequence : sequences_of(*current, connection.dialect())) {
        connection.execute(sql::create_sequence(sequence));
      }
    }
    connection.execute(statement);
  }
  finish();
  tell(metadata, event::after_create, connection);
}

void drop_tables(const MetaData* metadata, const Nodes& tables, DdlConnection& connection) {
  tell(metadata, event::before_drop, connection);
  for (const sql::Ref& statement :
       sql::drop_all_statements(tables, connection.dialect().capabilities().alter)) {
    const sql::TableNode* node =
        statement->kind() == sql::Kind::drop_table
            ? &sql::as<sql::TableNode>(sql::as<sql::DropTable>(statement).table)
            : nullptr;
    if (node != nullptr) {
      tell(*node, event::before_drop, connection);
    }
    connection.execute(statement);
    if (node != nullptr) {
      tell(*node, event::after_drop, connection);
    }
  }
  for (const sql::TableNode* table : tables) {
    for (const sql::Ref& sequence : sequences_of(*table, connection.dialect())) {
      connection.execute(sql::drop_sequence(sequence));
    }
  }
  for (const sql::Ref& sequence : loose_sequences(metadata, tables, connection.dialect())) {
    connection.execute(sql::drop_sequence(sequence));
  }
  tell(metadata, event::after_drop, connection);
}

}  // namespace

void DDL::operator()(const SchemaTarget& target, DdlConnection& connection) const {
  if (dialect_.empty() || dialect_ == connection.dialect().name()) {
    connection.execute(
        sql::ddl(text_, target.table != nullptr ? target.table->node() : sql::Ref(), context_));
  }
}

bool has_table(Connection& connection, std::string_view name, std::string_view schema) {
  for (const std::string& query : connection.dialect().has_table_queries(name, schema)) {
    if (connection.exec_driver_sql(query).first()) {
      return true;
    }
  }
  return false;
}

void create_all(const MetaData& metadata, Connection& connection, const SchemaOptions& options) {
  const Nodes tables = tables_to_change(metadata, connection, options, false);
  change_enums(tables, connection, false, [&](TypePtr type) {
    connection.execute(sql::create_enum_type(type));
  });
  ExecutedDdl ddl(connection);
  create_tables(&metadata, tables, ddl);
}

void create_all(const MetaData& metadata, DdlConnection& connection, const SchemaOptions& options) {
  create_tables(&metadata, all_tables(metadata, options), connection);
}

void create_all(const MetaData& metadata, const Engine& engine, const SchemaOptions& options) {
  engine.begin([&](Connection& connection) { create_all(metadata, connection, options); });
}

void drop_all(const MetaData& metadata, Connection& connection, const SchemaOptions& options) {
  ExecutedDdl ddl(connection);
  const Nodes tables = tables_to_change(metadata, connection, options, true);
  drop_tables(&metadata, tables, ddl);
  change_enums(tables, connection, true, [&](TypePtr type) {
    connection.execute(sql::drop_enum_type(type));
  });
}

void drop_all(const MetaData& metadata, DdlConnection& connection, const SchemaOptions& options) {
  drop_tables(&metadata, all_tables(metadata, options), connection);
}

void drop_all(const MetaData& metadata, const Engine& engine, const SchemaOptions& options) {
  engine.begin([&](Connection& connection) { drop_all(metadata, connection, options); });
}

void create(const Table& table, Connection& connection, bool checkfirst) {
  const auto& node = sql::as<sql::TableNode>(table.node());
  if (!checkfirst || !has_table(connection, node.name, node.schema)) {
    ExecutedDdl ddl(connection);
    create_tables(nullptr, {&node}, ddl);
  }
}

void drop(const Table& table, Connection& connection, bool checkfirst) {
  const auto& node = sql::as<sql::TableNode>(table.node());
  if (!checkfirst || has_table(connection, node.name, node.schema)) {
    ExecutedDdl ddl(connection);
    drop_tables(nullptr, {&node}, ddl);
  }
}

}  // namespace azoth
