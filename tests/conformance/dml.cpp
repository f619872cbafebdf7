// SPDX-License-Identifier: MIT
// INSERT, UPDATE and DELETE.
#include "conformance/statement_parts.hpp"
#include <azoth/sql/expression.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

// The key of a column of the target, or nothing where another thing is set: a column of another
// table, an element of an array.
std::optional<std::string> key_of(Builder& b, const Ref& table, const Json& key) {
  if (!is_node(key)) {
    return std::string(bare(plain_name(key)));
  }
  const Ref node = b.node(key);
  if (node->kind() == Kind::column && as<ColumnNode>(node).owner == table.get()) {
    return as<ColumnNode>(node).key();
  }
  if (node->kind() == Kind::column_clause) {
    return as<ColumnClause>(node).name;
  }
  return {};
}

Ref assignment(Builder& b, const Ref& table, const Json& pair) {
  const std::optional<std::string> key = key_of(b, table, pair[0]);
  Ref value = is_node(pair[1]) ? b.node(pair[1]) : Ref();
  if (!value && key && as<FromNode>(table).find(*key)) {
    return sql::assignment(table, *key, Literal(value_of(pair[1])));
  }
  value = value ? std::move(value) : bind(Literal(value_of(pair[1])), {}, nullptr);
  return key ? make_node<Assignment>(*key, std::move(value))
             : make_node<Assignment>(b.node(pair[0]), std::move(value));
}

void append_assignments(Builder& b, Ref& statement, const Json& tree, const char* name) {
  const Ref table = as<Statement>(statement).table;
  if (const Json* values = find(tree, name)) {
    for (const Json& pair : *values) {
      StatementBuilder::append(statement, Clause::set, assignment(b, table, pair));
    }
  }
}

// A row as pairs, or as a tuple in the order of the table's columns.
Ref row_of(Builder& b, const Ref& table, const Json& row) {
  allow(row, {"pairs", "tuple"});
  Refs assignments;
  if (const Json* pairs = find(row, "pairs")) {
    for (const Json& pair : *pairs) {
      assignments.push_back(assignment(b, table, pair));
    }
  } else {
    const auto specs = as<FromNode>(table).specs();
    for (const Json& value : row["tuple"]) {
      if (assignments.size() == specs.size()) {
        throw CannotBuild("a row with more values than columns");
      }
      assignments.push_back(assignment(b, table, {specs[assignments.size()].key, value}));
    }
  }
  return make_node<ValuesRow>(std::move(assignments));
}

void append_rows(Builder& b, Ref& statement, const Json& tree) {
  if (const Json* calls = find(tree, "multi_values")) {
    for (const Json& rows : *calls) {
      for (const Json& row : rows) {
        StatementBuilder::append(
            statement, Clause::values_row, row_of(b, as<Statement>(statement).table, row));
      }
    }
  }
}

void set_flag(Ref& statement, const Json& tree, const char* name, Flag which) {
  if (flag(tree, name)) {
    StatementBuilder::set_flag(statement, which);
  }
}

void append_dialect_options(Ref& statement, const Json& tree) {
  if (const Json* options = find(tree, "dialect_options")) {
    for (const auto& [name, value] : options->items()) {
      StatementBuilder::append(
          statement,
          Clause::statement_option,
          make_node<sql::StatementOption>(
              name, value.is_string() ? value.get<std::string>() : value.dump()));
    }
  }
}

// What all three have.
Ref begin(Builder& b, Kind kind, const Json& tree) {
  Ref statement = StatementBuilder::make(kind, b.node(tree["table"]));
  append(b, statement, Clause::where, tree, "where");
  append(b, statement, Clause::returning, tree, "returning");
  append(b, statement, Clause::cte, tree, "ctes");
  append(b, statement, Clause::return_default, tree, "return_defaults_columns");
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append_hints(b, statement, tree);
  append_dialect_options(statement, tree);
  set_flag(statement, tree, "inline", Flag::is_inline);
  set_flag(statement, tree, "return_defaults", Flag::returns_defaults);
  if (const Json* values = find(tree, "values"); values && values->empty()) {
    StatementBuilder::set_flag(statement, Flag::empty_values);
  }
  return statement;
}

Ref insert(Builder& b, const Json& tree) {
  allow(tree,
        {"table",
         "values",
         "multi_values",
         "returning",
         "return_defaults",
         "return_defaults_columns",
         "inline",
         "select_names",
         "select",
         "include_defaults",
         "prefixes",
         "hints",
         "ctes",
         "dialect_options",
         "post_values_clause"});
  Ref statement = begin(b, Kind::insert, tree);
  append_assignments(b, statement, tree, "values");
  append_rows(b, statement, tree);
  if (const Json* names = find(tree, "select_names")) {
    for (const Json& name : *names) {
      const auto key = key_of(b, as<Statement>(statement).table, name);
      StatementBuilder::append(statement,
                               Clause::set,
                               key ? make_node<Assignment>(*key, sql::null())
                                   : make_node<Assignment>(b.node(name), sql::null()));
    }
  }
  append_one(b, statement, Clause::from_select, tree, "select");
  if (!flag(tree, "include_defaults", true)) {
    StatementBuilder::set_flag(statement, Flag::no_select_defaults);
  }
  append_one(b, statement, Clause::post_values, tree, "post_values_clause");
  return statement;
}

Ref update(Builder& b, const Json& tree) {
  allow(tree,
        {"table",
         "values",
         "multi_values",
         "ordered_values",
         "preserve_parameter_order",
         "where",
         "returning",
         "return_defaults",
         "return_defaults_columns",
         "inline",
         "prefixes",
         "hints",
         "ctes",
         "dialect_options"});
  Ref statement = begin(b, Kind::update, tree);
  append_assignments(b, statement, tree, "values");
  append_rows(b, statement, tree);
  append_assignments(b, statement, tree, "ordered_values");
  if (find(tree, "ordered_values") || flag(tree, "preserve_parameter_order")) {
    StatementBuilder::set_flag(statement, Flag::ordered_values);
  }
  return statement;
}

Ref delete_statement(Builder& b, const Json& tree) {
  allow(tree, {"table", "where", "returning", "prefixes", "hints", "ctes", "dialect_options"});
  return begin(b, Kind::delete_, tree);
}

constexpr std::array makers{
    Maker{"Insert", &insert},
    Maker{"postgresql.Insert", &insert},
    Maker{"mysql.Insert", &insert},
    Maker{"sqlite.Insert", &insert},
    Maker{"Update", &update},
    Maker{"Delete", &delete_statement},
};

}  // namespace

std::span<const Maker> dml_makers() {
  return makers;
}

}  // namespace azoth::conformance
