// SPDX-License-Identifier: MIT
// Copying a table into another MetaData. Columns keep what they say themselves (an index, a unique
// constraint); everything else is declared anew in the order in which it stands.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/table_parts.hpp>

#include <algorithm>

namespace azoth {

namespace {

using sql::TableNode;

std::vector<Column> columns_of(const TableNode& table) {
  std::vector<Column> columns;
  for (const sql::ColumnInfo& info : table.columns) {
    ColumnOptions options = info.options;
    options.key = info.key;
    options.foreign_key.reset();  // stands among the constraints
    columns.emplace_back(info.name, info.type, std::move(options));
  }
  return columns;
}

// What `Column(..., unique=True)` or `index=True` made, which the copied column makes again.
bool is_of_column(const TableNode& table, const std::vector<std::string>& keys, bool is_index) {
  if (keys.size() != 1) {
    return false;
  }
  const int place = table.position_of(keys.front());
  if (place < 0) {
    return false;
  }
  const ColumnOptions& options = table.columns[static_cast<std::size_t>(place)].options;
  return is_index ? options.index : options.unique && !options.index;
}

std::vector<Constraint> constraints_of(const Table& from,
                                       const TableNode& table,
                                       const std::optional<std::string>& schema) {
  std::vector<Constraint> copies;
  for (Constraint& c : from.constraints()) {
    if (c.kind == ConstraintKind::primary_key) {
      if (table.has_implicit_primary_key && c.name.empty()) {
        continue;
      }
    } else if (c.kind == ConstraintKind::unique && c.name.empty() &&
               is_of_column(table, c.columns, false)) {
      continue;
    } else if (c.is_type_bound) {
      c = TypeBoundConstraint(c.columns.front(), c.name);
    } else if (c.kind == ConstraintKind::exclude) {
      c.columns.clear();  // its elements name them
    }
    copies.push_back(std::move(c));
  }
  if (!schema) {
    return copies;
  }
  auto key = table.constraint_order.begin();
  for (Constraint& c : copies) {
    if (c.kind != ConstraintKind::foreign_key) {
      continue;
    }
    key = std::find_if(key, table.constraint_order.end(), [](const sql::ConstraintPlace& p) {
      return p.kind == ConstraintKind::foreign_key;
    });
    const sql::ForeignKeyInfo& info = table.foreign_keys[(key++)->place];
    for (std::size_t i = 0; info.target_schema == table.schema && i < c.refcolumns.size(); ++i) {
      c.refcolumns[i] = sql::full_name(*schema, info.target_table) + "." + info.target_columns[i];
    }
  }
  return copies;
}

std::vector<Index> indexes_of(const TableNode& table) {
  std::vector<Index> copies;
  for (const Index& index : table.indexes) {
    const bool is_plain = index.columns.size() == 1 && !index.columns.front().expression;
    if (!is_plain || !is_of_column(table, {index.columns.front().column}, true)) {
      copies.push_back(index);
    }
  }
  return copies;
}

}  // namespace

Table Table::to_metadata(const MetaData& metadata, const ToMetaDataOptions& options) const {
  const auto& table = sql::as<TableNode>(node_);
  const std::string& name = options.name.empty() ? table.name : options.name;
  TableOptions copied = table.options;
  copied.schema = options.schema ? *options.schema : table.schema;
  copied.extend_existing = copied.keep_existing = false;
  if (const TableNode* existing = metadata.state()->find(*copied.schema, name)) {
    warn(
        WarningCategory::sa_warning,
        "Table '" + table.fullname() + "' already exists within the given MetaData - not copying.");
    return Table(sql::Ref(existing));
  }
  return Table(name,
               metadata,
               columns_of(table),
               constraints_of(*this, table, options.schema),
               indexes_of(table),
               std::move(copied));
}

}  // namespace azoth
