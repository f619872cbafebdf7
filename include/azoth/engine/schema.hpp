// SPDX-License-Identifier: MIT
// Creating and dropping the tables of a MetaData in a database, in the order of their dependencies.
// The DDL's text is the dialect's.
#pragma once
#include <azoth/engine/engine.hpp>
#include <azoth/sql/table.hpp>

namespace azoth {

/// Options of create_all and drop_all.
struct SchemaOptions {
  bool checkfirst = true;  ///< ask the database for each table first, and pass over those that are
                           ///< there (or not there)
};

/// Creates the tables and their indexes, referenced tables first. With an engine in a transaction
/// of its own. @throws DBAPIError
void create_all(const MetaData& metadata, const Engine& engine, SchemaOptions options = {});
void create_all(const MetaData& metadata, Connection& connection, SchemaOptions options = {});

/// Drops the tables, referencing tables first.
void drop_all(const MetaData& metadata, const Engine& engine, SchemaOptions options = {});
void drop_all(const MetaData& metadata, Connection& connection, SchemaOptions options = {});

/// Says whether the database has a table of that name.
bool has_table(Connection& connection, std::string_view name, std::string_view schema = {});

}  // namespace azoth
