// SPDX-License-Identifier: MIT
// Tables, and the checks of their declaration.
#include <azoth/base/error.hpp>
#include <azoth/base/event.hpp>
#include <azoth/sql/name.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <atomic>

namespace azoth {

namespace sql {
namespace {

std::atomic<std::uint64_t> next_table_id{1};

std::vector<ColumnSpec> specs_of(const std::vector<ColumnInfo>& columns) {
  std::vector<ColumnSpec> specs;
  for (const ColumnInfo& c : columns) {
    specs.push_back({c.name, c.key, c.type, {}});
  }
  return specs;
}

void refuse_duplicate(const std::vector<ColumnInfo>& columns,
                      std::string ColumnInfo::* field,
                      std::string_view word,
                      const std::string& value,
                      std::string_view table) {
  if (std::any_of(
          columns.begin(), columns.end(), [&](const ColumnInfo& c) { return c.*field == value; })) {
    throw DuplicateColumnError("A column with " + std::string(word) + " '" + value +
                               "' is already present in table '" + std::string(table) + "'.");
  }
}

std::vector<ColumnInfo> describe(std::string_view table, std::vector<Column> columns) {
  std::vector<ColumnInfo> out;
  for (Column& c : columns) {
    std::string key(bare(c.options.key.empty() ? c.name : c.options.key));
    ColumnInfo info{c.name, std::move(key), c.type, std::move(c.options), true};
    refuse_duplicate(out, &ColumnInfo::name, "name", info.name, table);
    refuse_duplicate(out, &ColumnInfo::key, "key", info.key, table);
    info.is_nullable =
        info.options.nullable.value_or(!info.options.primary_key && !info.options.identity);
    out.push_back(std::move(info));
  }
  return out;
}

// Says whether a database can number a column of this type.
bool is_numbered(TypePtr type) {
  static constexpr std::string_view words[] = {
      "TINYINT", "MEDIUMINT", "NUMBER", "DOUBLE_PRECISION"};
  return type->is_numeric() ||
         (type->kind == TypeKind::vendor &&
          std::find(std::begin(words), std::end(words), type->name) != std::end(words));
}

void check_autoincrement(const TableNode& table) {
  const ColumnInfo* found = nullptr;
  for (std::uint32_t i : table.primary_key) {
    const ColumnInfo& c = table.columns[i];
    if (c.options.autoincrement != AutoIncrement::always) {
      continue;
    }
    if (!is_numbered(c.type)) {
      throw ArgumentError("Column type " + repr(c.type) + " on column '" + table.name + "." +
                          c.name + "' is not compatible with autoincrement=True");
    }
    if (found) {
      throw ArgumentError("Only one Column may be marked autoincrement=True, found both " + c.name +
                          " and " + found->name + ".");
    }
    found = &c;
  }
}

// A type with a CHECK constraint, among those that a type stands for.
TypePtr bound_type(TypePtr type) {
  if (type->kind == TypeKind::array) {
    return bound_type(type->elements.front());
  }
  if (type->kind != TypeKind::decorator && type->kind != TypeKind::variant) {
    return type->creates_constraint ? type : nullptr;
  }
  if (const TypePtr found = bound_type(type->elements.front())) {
    return found;
  }
  for (const auto& [dialect, impl] : type->by_dialect) {
    if (const TypePtr found = bound_type(impl)) {
      return found;
    }
  }
  return nullptr;
}

// What a column brings along, in their order: first in the lists of the table, last in the order of
// rendering.
void add_parts_of_column(TableNode& table,
                         std::uint32_t place,
                         const std::vector<Constraint>& constraints) {
  const ColumnInfo& c = table.columns[place];
  if (c.options.primary_key) {
    table.primary_key.push_back(place);
  }
  if (c.options.index) {
    append_index(table, {{}, {c.key}, c.options.unique, {}});
  } else if (c.options.unique) {
    append_constraint(table, UniqueConstraint({c.key}));
  }
  if (c.options.foreign_key) {
    const ForeignKey& key = *c.options.foreign_key;
    append_constraint(
        table,
        ForeignKeyConstraint(
            {c.key}, {key.column ? RefColumn(key.column) : RefColumn(key.target)}, key));
  }
  const TypePtr type = bound_type(c.type);
  const bool is_declared =
      std::any_of(constraints.begin(), constraints.end(), [&](const Constraint& constraint) {
        return constraint.is_type_bound && constraint.columns.front() == c.key;
      });
  if (type && !is_declared) {
    append_constraint(table, TypeBoundConstraint(c.key, type->name));
  }
}

void append_parts(TableNode& table,
                  std::vector<Constraint>&& constraints,
                  std::vector<Index>&& indexes) {
  for (Constraint& c : constraints) {
    append_constraint(table, std::move(c));
  }
  for (Index& i : indexes) {
    append_index(table, std::move(i));
  }
}

// The foreign keys that the column at a place brought along go with it.
void forget_column(TableNode& table, std::uint32_t place) {
  std::erase(table.primary_key, place);
  for (std::uint32_t i = 0; i < table.foreign_keys.size();) {
    if (table.foreign_keys[i].columns != std::vector{place}) {
      ++i;
      continue;
    }
    table.foreign_keys.erase(table.foreign_keys.begin() + i);
    std::erase_if(table.constraint_order, [&](const ConstraintPlace& p) {
      return p.kind == ConstraintKind::foreign_key && p.place == i;
    });
    for (ConstraintPlace& p : table.constraint_order) {
      p.place -= p.kind == ConstraintKind::foreign_key && p.place > i ? 1 : 0;
    }
  }
}

void extend(TableNode& table,
            const TableOptions& options,
            std::vector<Column>&& columns,
            std::vector<Constraint>&& constraints,
            std::vector<Index>&& indexes) {
  for (ColumnInfo& info : describe(table.name, std::move(columns))) {
    add_parts_of_column(table, table.put_column(std::move(info)), constraints);
  }
  append_parts(table, std::move(constraints), std::move(indexes));
  check_autoincrement(table);
  if (!options.prefixes.empty()) {
    table.options.prefixes = options.prefixes;
  }
  if (options.comment) {
    table.options.comment = options.comment;
  }
  for (const DialectOption& option : options.dialect_options) {
    std::erase_if(table.options.dialect_options,
                  [&](const DialectOption& old) { return old.name == option.name; });
    table.options.dialect_options.push_back(option);
  }
}

// Returns the table that the MetaData holds, when it is to be used.
Ref existing_table(const TableOptions& options,
                   const MetaDataState* metadata,
                   std::string_view schema,
                   std::string_view name,
                   bool declares) {
  if (options.keep_existing && options.extend_existing) {
    throw ArgumentError("keep_existing and extend_existing are mutually exclusive.");
  }
  const TableNode* existing = metadata ? metadata->find(schema, name) : nullptr;
  if (existing && declares && !options.keep_existing && !options.extend_existing) {
    throw InvalidRequestError("Table '" + full_name(schema, name) +
                              "' is already defined for this MetaData instance.  Specify "
                              "'extend_existing=True' to redefine options and columns on an "
                              "existing Table object.");
  }
  return Ref(existing);
}

}  // namespace

TableNode::TableNode(std::string_view n, const TableOptions& o, std::vector<ColumnInfo> c)
    : NodeOf(Kind::table),
      name(n),
      schema(o.schema.value_or(std::string())),
      id(next_table_id.fetch_add(1)),
      columns(std::move(c)),
      options(o),
      dispatch(std::make_shared<event::Dispatch>()) {
  set_specs(specs_of(columns));
}

int TableNode::autoincrement_column() const {
  for (std::uint32_t i : primary_key) {
    if (columns[i].options.autoincrement == AutoIncrement::always) {
      return static_cast<int>(i);
    }
  }
  if (primary_key.size() != 1) {
    return -1;
  }
  const ColumnInfo& c = columns[primary_key.front()];
  const bool has_default = c.options.default_ || c.options.default_expression ||
                           c.options.default_function ||
                           (c.options.has_server_default() && !c.options.identity);
  const bool is_foreign =
      c.options.autoincrement != AutoIncrement::ignore_fk &&
      std::any_of(foreign_keys.begin(), foreign_keys.end(), [&](const ForeignKeyInfo& k) {
        return std::find(k.columns.begin(), k.columns.end(), primary_key.front()) !=
               k.columns.end();
      });
  return is_numbered(c.type) && !has_default && !is_foreign &&
                 c.options.autoincrement != AutoIncrement::never
             ? static_cast<int>(primary_key.front())
             : -1;
}

int TableNode::position_of(std::string_view key) const {
  const auto found = std::find_if(
      columns.begin(), columns.end(), [&](const ColumnInfo& c) { return c.key == bare(key); });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

TableNode::~TableNode() {
  for (const ColumnNode* column : replaced) {
    NodeAccess::delete_member(column);
  }
}

std::uint32_t TableNode::put_column(ColumnInfo column) {
  ColumnSpec spec{column.name, column.key, column.type, {}};
  const int found = position_of(column.key);
  if (found < 0) {
    refuse_duplicate(columns, &ColumnInfo::name, "name", column.name, name);
    columns.push_back(std::move(column));
    append_spec(std::move(spec));
    return static_cast<std::uint32_t>(columns.size() - 1);
  }
  const auto place = static_cast<std::uint32_t>(found);
  forget_column(*this, place);
  columns[place] = std::move(column);
  if (const ColumnNode* old = replace_spec(place, std::move(spec))) {
    replaced.push_back(old);
  }
  return place;
}

Ref make_table(std::string_view name,
               const TableOptions& options,
               const std::shared_ptr<MetaDataState>& metadata,
               std::vector<Column> columns,
               std::vector<Constraint> constraints,
               std::vector<Index> indexes,
               bool eternal) {
  TableOptions own = options;
  if (!own.schema && metadata) {
    own.schema = metadata->schema;
  }
  const std::string schema = own.schema.value_or(std::string());
  const bool declares = eternal || !columns.empty() || !constraints.empty() || !indexes.empty();
  if (Ref existing = existing_table(own, metadata.get(), schema, name, declares)) {
    if (own.extend_existing) {
      extend(const_cast<TableNode&>(as<TableNode>(existing)),
             own,
             std::move(columns),
             std::move(constraints),
             std::move(indexes));
    }
    return existing;
  }
  auto* table = new TableNode(name, own, describe(name, std::move(columns)));
  Ref ref = Ref::adopt(table);
  table->metadata = metadata;
  for (std::uint32_t i = 0; i < table->columns.size(); ++i) {
    add_parts_of_column(*table, i, constraints);
  }
  std::vector<ConstraintPlace> of_columns = std::move(table->constraint_order);
  table->constraint_order.clear();
  append_parts(*table, std::move(constraints), std::move(indexes));
  table->constraint_order.insert(
      table->constraint_order.end(), of_columns.begin(), of_columns.end());
  check_autoincrement(*table);
  seal(*table);
  if (eternal) {
    NodeAccess::set_eternal(*table);
  }
  if (metadata) {
    metadata->tables.push_back(ref);
  }
  return ref;
}

}  // namespace sql

Table::Table(std::string_view name,
             const MetaData& metadata,
             std::vector<Column> columns,
             std::vector<Constraint> constraints,
             std::vector<Index> indexes,
             std::string_view schema)
    : Table(name,
            metadata,
            std::move(columns),
            std::move(constraints),
            std::move(indexes),
            schema.empty() ? TableOptions{} : TableOptions{.schema = std::string(schema)}) {}

Table::Table(std::string_view name,
             const MetaData& metadata,
             std::vector<Column> columns,
             std::vector<Constraint> constraints,
             std::vector<Index> indexes,
             TableOptions options)
    : node_(sql::make_table(name,
                            options,
                            metadata.state(),
                            std::move(columns),
                            std::move(constraints),
                            std::move(indexes),
                            false)) {}

const std::string& Table::name() const {
  return sql::as<sql::TableNode>(node_).name;
}

void Table::append_constraint(Constraint constraint) {
  sql::append_constraint(const_cast<sql::TableNode&>(sql::as<sql::TableNode>(node_)),
                         std::move(constraint));
}

void Table::append_index(Index index) {
  sql::append_index(const_cast<sql::TableNode&>(sql::as<sql::TableNode>(node_)), std::move(index));
}

}  // namespace azoth
