// SPDX-License-Identifier: MIT
// Schema objects: sequences, tables, constraints and indexes. Columns stand in schema_columns.cpp.
#include "conformance/builder.hpp"
#include "conformance/schema_parts.hpp"

#include <algorithm>
#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

std::vector<std::string> names(const Json& list) {
  std::vector<std::string> out;
  for (const Json& name : list) {
    out.push_back(plain_name(name));
  }
  return out;
}

std::optional<bool> optional_flag(const Json& tree, const char* name) {
  const Json* value = find(tree, name);
  return value && !value->is_null() ? std::optional(flag(tree, name)) : std::nullopt;
}

std::optional<std::int64_t> optional_number(const Json& tree, const char* name) {
  const Json* value = find(tree, name);
  return value && !value->is_null() ? std::optional(value->get<std::int64_t>()) : std::nullopt;
}

}  // namespace

OptionValue option_value(Builder& b, const Json& tree) {
  if (is_node(tree)) {
    return b.node(tree);
  }
  for (const char* tag : {"$list", "$tuple", "$set"}) {
    if (const Json* items = tree.is_object() ? find(tree, tag) : nullptr) {
      std::vector<OptionValue> list;
      for (const Json& item : *items) {
        list.push_back(option_value(b, item));
      }
      return list;
    }
  }
  if (const Json* pairs = tree.is_object() ? find(tree, "$dict") : nullptr) {
    std::vector<OptionValue::Pair> out;
    for (const Json& pair : *pairs) {
      out.emplace_back(plain_name(pair[0]), option_value(b, pair[1]));
    }
    return out;
  }
  return tree.is_object() && tree.contains("$quoted") ? OptionValue(plain_name(tree))
                                                      : OptionValue(value_of(tree));
}

DialectOptions dialect_options(Builder& b, const Json& tree) {
  DialectOptions out;
  if (const Json* options = find(tree, "dialect_options")) {
    for (const auto& [name, value] : options->items()) {
      out.push_back({name, option_value(b, value)});
    }
  }
  return out;
}

IdentityOptions identity_options(const Json& tree) {
  return {.start = optional_number(tree, "start"),
          .increment = optional_number(tree, "increment"),
          .minvalue = optional_number(tree, "minvalue"),
          .maxvalue = optional_number(tree, "maxvalue"),
          .nominvalue = optional_flag(tree, "nominvalue"),
          .nomaxvalue = optional_flag(tree, "nomaxvalue"),
          .cycle = optional_flag(tree, "cycle"),
          .cache = optional_number(tree, "cache"),
          .order = optional_flag(tree, "order")};
}

ConstraintName constraint_name(const Json& tree) {
  const Json* name = find(tree, "name");
  if (!name || name->is_null()) {
    return {};
  }
  if (name->is_object() && name->contains("$conv")) {
    return conv(plain_name((*name)["$conv"]));
  }
  return plain_name(*name);
}

namespace {

Constraint key_constraint(Builder& b, const Json& tree, ConstraintKind kind) {
  allow(tree,
        {"name",
         "columns",
         "from_column_flag",
         "implicit",
         "deferrable",
         "initially",
         "dialect_options",
         "inline"});
  Constraint out;
  out.kind = kind;
  if (!flag(tree, "implicit")) {
    out.columns = names(tree["columns"]);
  }
  out.dialect_options = dialect_options(b, tree);
  return out;
}

Constraint check_constraint(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "sqltext",
         "type_bound",
         "column",
         "deferrable",
         "initially",
         "dialect_options",
         "inline"});
  if (flag(tree, "type_bound")) {
    const Json& column = tree["column"];
    return TypeBoundConstraint(plain_name(is_node(column) ? column["$col"] : column));
  }
  Constraint out = CheckConstraint(b.node(tree["sqltext"]));
  out.dialect_options = dialect_options(b, tree);
  return out;
}

Constraint foreign_key_constraint(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "columns",
         "refcolumns",
         "onupdate",
         "ondelete",
         "match",
         "use_alter",
         "link_to_name",
         "deferrable",
         "initially",
         "dialect_options",
         "inline"});
  Constraint out;
  out.kind = ConstraintKind::foreign_key;
  out.columns = names(tree["columns"]);
  for (const Json& target : tree["refcolumns"]) {
    out.refcolumns.push_back(is_node(target) ? RefColumn(b.node(target))
                                             : RefColumn(plain_name(target)));
  }
  out.onupdate = text(tree, "onupdate");
  out.ondelete = text(tree, "ondelete");
  out.match = text(tree, "match");
  out.use_alter = flag(tree, "use_alter");
  out.link_to_name = flag(tree, "link_to_name");
  out.dialect_options = dialect_options(b, tree);
  return out;
}

// Operator classes are given to columns and labels by their keys.
std::string key_of(const Json& tree) {
  for (const char* attribute : {"$col", "key", "name"}) {
    if (const Json* key = tree.is_object() ? find(tree, attribute) : nullptr) {
      return plain_name(*key);
    }
  }
  return {};
}

Constraint exclude_constraint(Builder& b, const Json& tree) {
  allow(tree, {"name", "elements", "using", "where", "ops", "deferrable", "initially", "inline"});
  OptionValue classes = tree.contains("ops") ? option_value(b, tree["ops"]) : OptionValue();
  std::vector<ExcludeElement> elements;
  for (const Json& pair : tree["elements"]) {
    const OptionValue* op = classes.find(key_of(b.definition(pair[0])));
    elements.push_back(
        {is_node(pair[0]) ? IndexElement(b.node(pair[0])) : IndexElement(plain_name(pair[0])),
         pair[1].get<std::string>(),
         op ? op->text() : std::string()});
  }
  Constraint out = ExcludeConstraint(std::move(elements), {.where = b.optional(tree, "where")});
  if (const Json* method = find(tree, "using")) {
    out.using_ = method->get<std::string>();
  }
  return out;
}

Constraint made_constraint(Builder& b, const Json& tree) {
  const std::string kind = text(tree, "class");
  if (kind == "PrimaryKeyConstraint") {
    return key_constraint(b, tree, ConstraintKind::primary_key);
  }
  if (kind == "UniqueConstraint") {
    return key_constraint(b, tree, ConstraintKind::unique);
  }
  if (kind == "CheckConstraint") {
    return check_constraint(b, tree);
  }
  if (kind == "ForeignKeyConstraint") {
    return foreign_key_constraint(b, tree);
  }
  if (kind == "postgresql.ExcludeConstraint") {
    return exclude_constraint(b, tree);
  }
  throw CannotBuild("constraint " + kind);
}

}  // namespace

Constraint constraint(Builder& b, const Json& tree) {
  Constraint out = made_constraint(b, tree);
  out.name = constraint_name(tree);
  out.deferrable = optional_flag(tree, "deferrable");
  out.initially = text(tree, "initially");
  out.is_inline = flag(tree, "inline", true);
  return out;
}

Index index(Builder& b, const Json& tree) {
  allow(tree, {"name", "expressions", "unique", "from_column_flag", "dialect_options"});
  Index out;
  out.name = constraint_name(tree);
  for (const Json& expression : tree["expressions"]) {
    out.columns.push_back(b.node(expression));
  }
  out.is_unique = flag(tree, "unique");
  out.dialect_options = dialect_options(b, tree);
  return out;
}

namespace {

TableOptions table_options(Builder& b, const Json& tree) {
  TableOptions out;
  const Json* schema = find(tree, "schema");
  out.schema = schema && !schema->is_null() ? plain_name(*schema) : std::string();
  if (const Json* prefixes = find(tree, "prefixes")) {
    out.prefixes = names(*prefixes);
  }
  if (const Json* comment = find(tree, "comment"); comment && !comment->is_null()) {
    out.comment = comment->get<std::string>();
  }
  out.implicit_returning = flag(tree, "implicit_returning", true);
  out.dialect_options = dialect_options(b, tree);
  return out;
}

std::uint32_t last_place(const TableNode& table, const Constraint& constraint) {
  const ConstraintKind kind = constraint.kind;
  if (kind == ConstraintKind::primary_key) {
    return 0;
  }
  return table.constraint_order.back().place;
}

// Constraints and indexes may speak of the table's columns, so it must be there first.
Ref table(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "schema",
         "metadata",
         "columns",
         "constraints",
         "indexes",
         "prefixes",
         "comment",
         "implicit_returning",
         "dialect_options"});
  std::vector<Column> columns;
  for (const Json& item : tree["columns"]) {
    columns.push_back(column(b, item));
  }
  Table made(plain_name(tree["name"]),
             b.metadata(tree["metadata"]),
             std::move(columns),
             {},
             {},
             table_options(b, tree));
  b.note_node(tree, made.node());
  const auto& node = as<TableNode>(made.node());
  if (const Json* list = find(tree, "constraints")) {
    for (const Json& item : *list) {
      Constraint part = constraint(b, item);
      made.append_constraint(part);
      b.note_part(item, {made.node(), false, part.kind, last_place(node, part)});
    }
  }
  if (const Json* list = find(tree, "indexes")) {
    for (const Json& item : *list) {
      made.append_index(index(b, item));
      b.note_part(item, {made.node(), true, {}, node.indexes.size() - 1});
    }
  }
  return made.node();
}

Ref sequence(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "schema",
         "metadata",
         "start",
         "increment",
         "minvalue",
         "maxvalue",
         "nominvalue",
         "nomaxvalue",
         "cycle",
         "cache",
         "order",
         "data_type",
         "optional"});
  const Json* schema = find(tree, "schema");
  return Sequence(plain_name(tree["name"]),
                  {.options = identity_options(tree),
                   .schema = schema && !schema->is_null() ? plain_name(*schema) : std::string(),
                   .data_type = tree.contains("data_type") ? b.type(tree["data_type"]) : nullptr,
                   .optional = flag(tree, "optional")})
      .node();
}

Ref next_value(Builder& b, const Json& tree) {
  allow(tree, {"sequence", "type"});
  return sql::next_value(b.node(tree["sequence"]), b.type_of(tree));
}

constexpr std::array makers{
    Maker{"NextValue", &next_value},
    Maker{"Table", &table},
    Maker{"Sequence", &sequence},
};

}  // namespace

std::span<const Maker> schema_makers() {
  return makers;
}

}  // namespace azoth::conformance
