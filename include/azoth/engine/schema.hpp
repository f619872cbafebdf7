// SPDX-License-Identifier: MIT
// Creating and dropping tables in a database, in the order of their dependencies. The DDL's text is
// the dialect's; the events around it are in sql/schema_events.hpp.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/sql/schema_events.hpp>
#include <azoth/sql/table.hpp>

#include <vector>

namespace azoth {

/// Options of create_all, drop_all, create and drop.
struct SchemaOptions {
  bool checkfirst = true;  ///< ask the database for each table first, and pass over those that are
                           ///< there (or not there)
  std::vector<Table> tables{};  ///< only these; empty: all of the MetaData
};

/// Creates the tables and their indexes, referenced tables first. With an engine in a transaction
/// of its own. @throws DBAPIError
void create_all(const MetaData& metadata, const Engine& engine, const SchemaOptions& options = {});
void create_all(const MetaData& metadata,
                Connection& connection,
                const SchemaOptions& options = {});
/// The same for whatever takes the statements; asks nothing first.
void create_all(const MetaData& metadata,
                DdlConnection& connection,
                const SchemaOptions& options = {});

/// Drops the tables, referencing tables first.
void drop_all(const MetaData& metadata, const Engine& engine, const SchemaOptions& options = {});
void drop_all(const MetaData& metadata, Connection& connection, const SchemaOptions& options = {});
void drop_all(const MetaData& metadata,
              DdlConnection& connection,
              const SchemaOptions& options = {});

/// Creates one table with its indexes, or drops it.
void create(const Table& table, Connection& connection, bool checkfirst = false);
void drop(const Table& table, Connection& connection, bool checkfirst = false);

/// Says whether the database has a table of that name.
bool has_table(Connection& connection, std::string_view name, std::string_view schema = {});

/// Hands DDL to `executor` in place of a database: what `create_mock_engine` makes.
class MockConnection final : public DdlConnection {
 public:
  using Executor = base::FunctionRef<void(const sql::Ref&)>;

  /// Both must outlive this object.
  MockConnection(const Dialect& dialect, Executor executor)
      : dialect_(dialect), executor_(executor) {}

  void execute(const sql::Ref& statement) override { executor_(statement); }

  const Dialect& dialect() const override { return dialect_; }

 private:
  const Dialect& dialect_;
  Executor executor_;
};

}  // namespace azoth
