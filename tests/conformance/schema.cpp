// SPDX-License-Identifier: MIT
// Schema objects: tables with their columns, constraints and indexes.
#include "conformance/builder.hpp"

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

void read_default(Builder& b, const Json& tree, ColumnOptions& options) {
  const Json& generator = b.definition(tree);
  if (text(generator, "class") != "ColumnDefault") {
    throw CannotBuild("default " + text(generator, "class"));
  }
  allow(generator, {"arg"});
  if (is_node(generator["arg"])) {
    options.default_expression = b.node(generator["arg"]);
  } else {
    options.default_ = value_of(generator["arg"]);
  }
}

void read_onupdate(const Json& generator, ColumnOptions& options) {
  if (text(generator, "class") != "ColumnDefault") {
    throw CannotBuild("onupdate " + text(generator, "class"));
  }
  allow(generator, {"arg"});
  if (is_node(generator["arg"])) {
    throw CannotBuild("onupdate of an expression");
  }
  options.onupdate = value_of(generator["arg"]);
}

void read_server_default(Builder& b, const Json& generator, ColumnOptions& options) {
  if (text(generator, "class") != "DefaultClause") {
    throw CannotBuild("server_default " + text(generator, "class"));
  }
  if (is_node(generator["arg"])) {
    options.server_default_expression = b.node(generator["arg"]);
  } else {
    options.server_default = generator["arg"].get<std::string>();
  }
}

Column column(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "key",
         "type",
         "primary_key",
         "nullable",
         "autoincrement",
         "default",
         "onupdate",
         "server_default",
         "comment"});
  ColumnOptions options;
  options.primary_key = flag(tree, "primary_key");
  if (const Json* nullable = find(tree, "nullable")) {
    options.nullable = nullable->get<bool>();
  }
  if (const Json* autoincrement = find(tree, "autoincrement")) {
    if (!autoincrement->is_boolean()) {
      throw CannotBuild("autoincrement " + autoincrement->dump());
    }
    options.autoincrement =
        autoincrement->get<bool>() ? AutoIncrement::always : AutoIncrement::never;
  }
  if (const Json* generator = find(tree, "default")) {
    read_default(b, *generator, options);
  }
  if (const Json* generator = find(tree, "onupdate")) {
    read_onupdate(*generator, options);
  }
  if (const Json* generator = find(tree, "server_default")) {
    read_server_default(b, *generator, options);
  }
  options.comment = text(tree, "comment");
  if (const Json* key = find(tree, "key")) {
    options.key = plain_name(*key);
  }
  return Column(plain_name(tree["name"]), b.type_of(tree), std::move(options));
}

std::vector<std::string> names(const Json& list) {
  std::vector<std::string> out;
  for (const Json& name : list) {
    if (is_node(name)) {
      throw CannotBuild("foreign key to a column object");
    }
    out.push_back(plain_name(name));
  }
  return out;
}

std::string optional_name(const Json& tree) {
  const Json* name = find(tree, "name");
  return name && !name->is_null() ? plain_name(*name) : std::string();
}

Constraint constraint(Builder& b, const Json& tree) {
  const std::string kind = text(tree, "class");
  Constraint out;
  out.name = optional_name(tree);
  if (kind == "PrimaryKeyConstraint") {
    allow(tree, {"name", "columns"});
    out.kind = ConstraintKind::primary_key;
    out.columns = names(tree["columns"]);
  } else if (kind == "UniqueConstraint") {
    allow(tree, {"name", "columns", "from_column_flag"});
    out.kind = ConstraintKind::unique;
    out.columns = names(tree["columns"]);
  } else if (kind == "CheckConstraint") {
    allow(tree, {"name", "sqltext"});
    out.kind = ConstraintKind::check;
    out.sqltext = b.node(tree["sqltext"]);
  } else if (kind == "ForeignKeyConstraint") {
    allow(tree,
          {"name",
           "columns",
           "refcolumns",
           "onupdate",
           "ondelete",
           "use_alter",
           "link_to_name",
           "inline"});
    out.kind = ConstraintKind::foreign_key;
    out.columns = names(tree["columns"]);
    out.refcolumns = names(tree["refcolumns"]);
    out.onupdate = text(tree, "onupdate");
    out.ondelete = text(tree, "ondelete");
    out.use_alter = flag(tree, "use_alter");
  } else {
    throw CannotBuild("constraint " + kind);
  }
  return out;
}

Index index(const Json& tree) {
  allow(tree, {"name", "expressions", "unique", "from_column_flag"});
  Index out;
  out.name = optional_name(tree);
  for (const Json& expression : tree["expressions"]) {
    if (!expression.contains("$col")) {
      throw CannotBuild("index of an expression");
    }
    out.columns.push_back(plain_name(expression["$col"]));
  }
  out.is_unique = flag(tree, "unique");
  return out;
}

std::string optional_schema(const Json& tree) {
  const Json* schema = find(tree, "schema");
  return schema ? plain_name(*schema) : std::string();
}

// Where each part stands is told by its place among those of its kind.
void note_parts(Builder& b, const Json& tree, const Ref& table) {
  std::size_t foreign_keys = 0, constraints = 0, indexes = 0;
  if (const Json* list = find(tree, "constraints")) {
    for (const Json& item : *list) {
      SchemaPart part{table, false, constraint(b, item).kind, 0};
      part.place = part.kind == ConstraintKind::foreign_key   ? foreign_keys++
                   : part.kind == ConstraintKind::primary_key ? 0
                                                              : constraints++;
      b.note_part(item, std::move(part));
    }
  }
  if (const Json* list = find(tree, "indexes")) {
    for (const Json& item : *list) {
      b.note_part(item, {table, true, {}, indexes++});
    }
  }
}

Ref table(Builder& b, const Json& tree) {
  allow(tree, {"name", "schema", "metadata", "columns", "constraints", "indexes"});
  std::vector<Column> columns;
  for (const Json& item : tree["columns"]) {
    columns.push_back(column(b, item));
  }
  std::vector<Constraint> constraints;
  if (const Json* list = find(tree, "constraints")) {
    for (const Json& item : *list) {
      constraints.push_back(constraint(b, item));
    }
  }
  std::vector<Index> indexes;
  if (const Json* list = find(tree, "indexes")) {
    for (const Json& item : *list) {
      indexes.push_back(index(item));
    }
  }
  Table made(plain_name(tree["name"]),
             b.metadata(tree["metadata"]),
             std::move(columns),
             std::move(constraints),
             std::move(indexes),
             optional_schema(tree));
  note_parts(b, tree, made.node());
  return made.node();
}

constexpr std::array makers{
    Maker{"Table", &table},
};

}  // namespace

std::span<const Maker> schema_makers() {
  return makers;
}

}  // namespace azoth::conformance
