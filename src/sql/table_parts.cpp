// SPDX-License-Identifier: MIT
// The parts of tables, as programs ask for them.
#include "sql/lineage.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/column_collection.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/table_parts.hpp>

#include <algorithm>

namespace azoth {

namespace {

const sql::TableNode& node_of(const Table& table) {
  return sql::as<sql::TableNode>(table.node());
}

const sql::ColumnNode& column_of(const Any& column) {
  if (column.node()->kind() != sql::Kind::column) {
    throw ArgumentError("A column of a table is expected, got another expression.");
  }
  return sql::as<sql::ColumnNode>(column.node());
}

const sql::TableNode& owner_of(const sql::ColumnNode& column) {
  if (column.owner->kind() != sql::Kind::table) {
    throw ArgumentError("Column '" + column.name() +
                        "' is of an alias or a subquery; a column of a table is expected.");
  }
  return static_cast<const sql::TableNode&>(*column.owner);
}

std::string target_text(const sql::ForeignKeyInfo& key, std::size_t place) {
  return sql::full_name(key.target_schema, key.target_table) + "." + key.target_columns[place];
}

Constraint declaration_of(const sql::TableNode& table, const sql::ForeignKeyInfo& key) {
  Constraint c{.kind = ConstraintKind::foreign_key, .name = key.options.name};
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    c.columns.push_back(table.columns[key.columns[i]].key);
    c.refcolumns.emplace_back(target_text(key, i));
  }
  c.ondelete = key.options.ondelete;
  c.onupdate = key.options.onupdate;
  c.match = key.options.match;
  c.use_alter = key.options.use_alter;
  c.link_to_name = key.options.link_to_name;
  c.deferrable = key.options.deferrable;
  c.initially = key.options.initially;
  c.is_inline = key.is_inline;
  c.dialect_options = key.options.dialect_options;
  return c;
}

}  // namespace

std::string Table::fullname() const {
  return node_of(*this).fullname();
}

ColumnCollection Table::primary_key() const {
  std::vector<ColumnCollection::Item> items;
  for (const std::uint32_t place : node_of(*this).primary_key) {
    items.emplace_back(node_of(*this).columns[place].key, node_of(*this).column(place));
  }
  return ColumnCollection(std::move(items));
}

std::vector<ForeignKeyElement> Table::foreign_keys() const {
  std::vector<ForeignKeyElement> elements;
  const auto& keys = node_of(*this).foreign_keys;
  for (std::uint32_t key = 0; key < keys.size(); ++key) {
    for (std::uint32_t place = 0; place < keys[key].columns.size(); ++place) {
      elements.emplace_back(*this, key, place);
    }
  }
  return elements;
}

std::vector<Constraint> Table::constraints() const {
  const sql::TableNode& table = node_of(*this);
  Constraint primary_key = table.primary_key_constraint;
  primary_key.kind = ConstraintKind::primary_key;
  primary_key.columns.clear();
  for (const std::uint32_t place : table.primary_key) {
    primary_key.columns.push_back(table.columns[place].key);
  }
  std::vector<Constraint> all{std::move(primary_key)};
  for (const sql::ConstraintPlace& at : table.constraint_order) {
    all.push_back(at.kind == ConstraintKind::foreign_key
                      ? declaration_of(table, table.foreign_keys[at.place])
                      : table.constraints[at.place]);
  }
  return all;
}

const std::vector<Index>& Table::indexes() const {
  return node_of(*this).indexes;
}

Any ForeignKeyElement::parent() const {
  const sql::TableNode& table = node_of(table_);
  return Any(table.column(table.foreign_keys[key_].columns[place_]));
}

Any ForeignKeyElement::column() const {
  const sql::TableNode& table = node_of(table_);
  const sql::ForeignKeyInfo& key = table.foreign_keys[key_];
  const sql::TableNode& target = sql::resolve(table, key);
  const int place = sql::referred_position(target, key, place_);
  return Any(target.column(static_cast<std::size_t>(place)));
}

std::string ForeignKeyElement::target_fullname() const {
  return target_text(node_of(table_).foreign_keys[key_], place_);
}

std::string column_name(const Any& column) {
  return column_of(column).name();
}

std::string column_key(const Any& column) {
  return column_of(column).key();
}

std::string column_fullname(const Any& column) {
  const sql::ColumnNode& node = column_of(column);
  return sql::name_of_from(sql::Ref(node.owner)) + "." + node.name();
}

Table table_of(const Any& column) {
  return Table(sql::Ref(&owner_of(column_of(column))));
}

bool references(const Any& column, const Any& referred) {
  const std::vector<ForeignKeyElement> keys = table_of(column).foreign_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const ForeignKeyElement& key) {
    return key.parent().node() == column.node() && key.column().node() == referred.node();
  });
}

std::string repr(const Any& column) {
  const sql::ColumnNode& node = column_of(column);
  const sql::TableNode& table = owner_of(node);
  const sql::ColumnInfo& info = table.columns[node.index];
  std::string text = "Column('" + info.name + "', " + azoth::repr(info.type);
  for (const sql::ForeignKeyInfo& key : table.foreign_keys) {
    const auto at = std::find(key.columns.begin(), key.columns.end(), node.index);
    if (at != key.columns.end()) {
      const auto place = static_cast<std::size_t>(at - key.columns.begin());
      text += ", ForeignKey('" + target_text(key, place) + "')";
    }
  }
  text += ", table=<" + table.name + ">";
  text += info.key == info.name ? "" : ", key='" + info.key + "'";
  text += info.options.primary_key ? ", primary_key=True" : "";
  text += info.is_nullable ? "" : ", nullable=False";
  text += info.options.comment ? ", comment='" + *info.options.comment + "'" : "";
  return text + ")";
}

std::string_view class_name(ConstraintKind kind) {
  static constexpr std::string_view names[] = {"PrimaryKeyConstraint",
                                               "UniqueConstraint",
                                               "CheckConstraint",
                                               "ForeignKeyConstraint",
                                               "ExcludeConstraint"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace azoth
