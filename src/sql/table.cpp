// SPDX-License-Identifier: MIT
// Schema objects: checks of a declaration, resolution of foreign keys, the order of tables.
#include <azoth/base/error.hpp>
#include <azoth/base/topological.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <atomic>

namespace azoth {

Constraint PrimaryKeyConstraint(std::vector<std::string> columns, std::string name) {
  return {
      .kind = ConstraintKind::primary_key, .name = std::move(name), .columns = std::move(columns)};
}

Constraint UniqueConstraint(std::vector<std::string> columns, std::string name) {
  return {.kind = ConstraintKind::unique, .name = std::move(name), .columns = std::move(columns)};
}

Constraint CheckConstraint(std::string_view sqltext, std::string name) {
  return {.kind = ConstraintKind::check, .name = std::move(name), .sqltext = sql::text(sqltext)};
}

Constraint ForeignKeyConstraint(std::vector<std::string> columns,
                                std::vector<std::string> refcolumns,
                                ForeignKey actions) {
  return {.kind = ConstraintKind::foreign_key,
          .name = std::move(actions.name),
          .columns = std::move(columns),
          .refcolumns = std::move(refcolumns),
          .ondelete = std::move(actions.ondelete),
          .onupdate = std::move(actions.onupdate),
          .use_alter = actions.use_alter};
}

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

std::vector<ColumnInfo> describe(std::string_view table, std::vector<Column> columns) {
  std::vector<ColumnInfo> out;
  for (Column& c : columns) {
    if (std::any_of(
            out.begin(), out.end(), [&](const ColumnInfo& o) { return o.name == c.name; })) {
      throw ArgumentError("A column with name '" + c.name + "' is already present in table '" +
                          std::string(table) + "'. Give each column of a table a name of its own.");
    }
    ColumnInfo info{
        c.name, c.options.key.empty() ? c.name : c.options.key, c.type, std::move(c.options), true};
    info.is_nullable = info.options.nullable.value_or(!info.options.primary_key);
    out.push_back(std::move(info));
  }
  return out;
}

std::uint32_t position(const TableNode& table, const std::string& key) {
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].key == key || table.columns[i].name == key) {
      return i;
    }
  }
  throw ArgumentError("Can't create a constraint on table '" + table.name + "': no column named '" +
                      key + "' is present.");
}

// `table.column` or `schema.table.column`
void split_target(const std::string& target, ForeignKeyInfo& key) {
  const auto last = target.rfind('.');
  if (last == std::string::npos || last == 0) {
    throw ArgumentError("Invalid foreign key column specification: '" + target +
                        "'; expected 'table.column' or 'schema.table.column'.");
  }
  const std::string table = target.substr(0, last);
  const auto dot = table.rfind('.');
  key.target_schema = dot == std::string::npos ? std::string() : table.substr(0, dot);
  key.target_table = dot == std::string::npos ? table : table.substr(dot + 1);
  key.target_columns.push_back(target.substr(last + 1));
}

void add_constraint(TableNode& table, Constraint&& c) {
  std::vector<std::uint32_t> positions;
  for (const std::string& key : c.columns) {
    positions.push_back(position(table, key));
  }
  switch (c.kind) {
    case ConstraintKind::primary_key:
      table.primary_key_name = c.name;
      for (std::uint32_t p : positions) {
        table.columns[p].options.primary_key = true;
        table.columns[p].is_nullable = table.columns[p].options.nullable.value_or(false);
      }
      if (!positions.empty()) {
        table.primary_key = positions;
      }
      break;
    case ConstraintKind::foreign_key: {
      if (c.columns.size() != c.refcolumns.size()) {
        throw ArgumentError(
            "ForeignKeyConstraint number of constrained columns must match the number of "
            "referenced columns.");
      }
      ForeignKeyInfo key{std::move(c.name),
                         std::move(positions),
                         {},
                         {},
                         {},
                         std::move(c.ondelete),
                         std::move(c.onupdate),
                         c.use_alter};
      for (const std::string& target : c.refcolumns) {
        split_target(target, key);
      }
      table.foreign_keys.push_back(std::move(key));
      break;
    }
    default:
      table.constraints.push_back(std::move(c));
  }
}

}  // namespace

TableNode::TableNode(std::string_view n, std::string_view sch, std::vector<ColumnInfo> c)
    : NodeOf(Kind::table),
      name(n),
      schema(sch),
      id(next_table_id.fetch_add(1)),
      columns(std::move(c)) {
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
  const bool is_integer = c.type->kind == TypeKind::integer ||
                          c.type->kind == TypeKind::small_integer ||
                          c.type->kind == TypeKind::big_integer;
  const bool has_default = c.options.default_ || c.options.default_expression ||
                           c.options.server_default || c.options.server_default_expression;
  const bool is_foreign =
      std::any_of(foreign_keys.begin(), foreign_keys.end(), [&](const ForeignKeyInfo& k) {
        return std::find(k.columns.begin(), k.columns.end(), primary_key.front()) !=
               k.columns.end();
      });
  return is_integer && !has_default && !is_foreign &&
                 c.options.autoincrement != AutoIncrement::never
             ? static_cast<int>(primary_key.front())
             : -1;
}

const TableNode* MetaDataState::find(std::string_view schema, std::string_view name) const {
  for (const Ref& t : tables) {
    const auto& n = as<TableNode>(t);
    if (n.name == name && n.schema == schema) {
      return &n;
    }
  }
  return nullptr;
}

Ref make_table(std::string_view name,
               std::string_view schema,
               const std::shared_ptr<MetaDataState>& metadata,
               std::vector<Column> columns,
               std::vector<Constraint> constraints,
               std::vector<Index> indexes,
               bool eternal) {
  if (metadata && metadata->find(schema, name)) {
    throw InvalidRequestError("Table '" + std::string(name) +
                              "' is already defined for this MetaData instance. Declare it once, "
                              "or use another MetaData.");
  }
  auto* table = new TableNode(name, schema, describe(name, std::move(columns)));
  Ref ref(table);
  table->metadata = metadata;
  for (std::uint32_t i = 0; i < table->columns.size(); ++i) {
    const ColumnInfo& c = table->columns[i];
    if (c.options.primary_key) {
      table->primary_key.push_back(i);
    }
    if (c.options.foreign_key) {
      const ForeignKey& f = *c.options.foreign_key;
      ForeignKeyInfo key{f.name, {i}, {}, {}, {}, f.ondelete, f.onupdate, f.use_alter};
      split_target(f.target, key);
      table->foreign_keys.push_back(std::move(key));
    }
    if (c.options.unique && !c.options.index) {
      table->constraints.push_back({.kind = ConstraintKind::unique, .columns = {c.key}});
    }
    if (c.options.index) {
      table->indexes.push_back({"ix_" +
                                    (schema.empty() ? std::string() : std::string(schema) + "_") +
                                    table->name + "_" + c.name,
                                {c.key},
                                c.options.unique});
    }
  }
  for (Constraint& c : constraints) {
    add_constraint(*table, std::move(c));
  }
  for (Index& i : indexes) {
    for (const std::string& key : i.columns) {
      position(*table, key);
    }
    table->indexes.push_back(std::move(i));
  }
  seal(*table);
  if (eternal) {
    NodeAccess::set_eternal(*table);
  }
  if (metadata) {
    metadata->tables.push_back(ref);
  }
  return ref;
}

const TableNode& resolve(const TableNode& table, const ForeignKeyInfo& key) {
  const auto metadata = table.metadata.lock();
  const TableNode* target =
      metadata ? metadata->find(key.target_schema, key.target_table) : nullptr;
  const std::string full =
      key.target_schema.empty() ? key.target_table : key.target_schema + "." + key.target_table;
  const std::string& column = table.columns[key.columns.front()].name;
  if (!target) {
    throw NoReferencedTableError("Foreign key associated with column '" + table.fullname() + "." +
                                     column + "' could not find table '" + full +
                                     "' with which to generate a foreign key to target column '" +
                                     key.target_columns.front() + "'",
                                 full);
  }
  for (const std::string& name : key.target_columns) {
    if (!target->find(name)) {
      throw NoReferencedColumnError("Could not initialize target column for ForeignKey '" + full +
                                        "." + name + "' on table '" + table.name + "': table '" +
                                        target->name + "' has no column named '" + name + "'",
                                    full,
                                    name);
    }
  }
  return *target;
}

std::vector<const TableNode*> sort_tables(const std::vector<const TableNode*>& tables,
                                          std::vector<const ForeignKeyInfo*>* cyclic) {
  using namespace base::topological;
  std::vector<const TableNode*> sorted = tables;
  std::sort(sorted.begin(), sorted.end(), [](const TableNode* a, const TableNode* b) {
    return a->fullname() < b->fullname();
  });
  std::vector<Id> ids(sorted.size());
  std::vector<Edge> edges;
  std::vector<const ForeignKeyInfo*> keys;
  for (Id i = 0; i < sorted.size(); ++i) {
    ids[i] = i;
    for (const ForeignKeyInfo& key : sorted[i]->foreign_keys) {
      const auto target = std::find_if(sorted.begin(), sorted.end(), [&](const TableNode* t) {
        return t->name == key.target_table && t->schema == key.target_schema;
      });
      if (target == sorted.end() || *target == sorted[i]) {
        continue;
      }
      if (key.use_alter) {
        if (cyclic) {
          cyclic->push_back(&key);
        }
        continue;
      }
      edges.emplace_back(static_cast<Id>(target - sorted.begin()), i);
      keys.push_back(&key);
    }
  }
  const std::vector<Id> in_cycle = find_cycles(edges, ids);
  if (!in_cycle.empty()) {
    const auto on = [&](Id id) {
      return std::find(in_cycle.begin(), in_cycle.end(), id) != in_cycle.end();
    };
    std::vector<Edge> rest;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (on(edges[e].first) && on(edges[e].second)) {
        if (cyclic) {
          cyclic->push_back(keys[e]);
        }
      } else {
        rest.push_back(edges[e]);
      }
    }
    edges = std::move(rest);
  }
  std::vector<const TableNode*> out;
  for (Id id : sort(edges, ids)) {
    out.push_back(sorted[id]);
  }
  return out;
}

}  // namespace sql

MetaData::MetaData() : state_(std::make_shared<sql::MetaDataState>()) {}

std::vector<Table> MetaData::tables() const {
  std::vector<Table> out;
  for (const sql::Ref& t : state_->tables) {
    out.emplace_back(t);
  }
  return out;
}

std::vector<Table> MetaData::sorted_tables() const {
  std::vector<const sql::TableNode*> nodes;
  for (const sql::Ref& t : state_->tables) {
    nodes.push_back(&sql::as<sql::TableNode>(t));
  }
  std::vector<const sql::ForeignKeyInfo*> cyclic;
  std::vector<Table> out;
  for (const sql::TableNode* t : sql::sort_tables(nodes, &cyclic)) {
    out.emplace_back(sql::Ref(t));
  }
  std::erase_if(cyclic, [](const sql::ForeignKeyInfo* key) { return key->use_alter; });
  if (!cyclic.empty()) {
    warn(WarningCategory::sa_warning,
         "Cannot correctly sort tables; there are unresolvable cycles between tables, which is "
         "usually caused by "
         "mutually dependent foreign key constraints. Foreign key constraints involving these "
         "tables will not be considered.");
  }
  return out;
}

Table MetaData::table(std::string_view name) const {
  const sql::TableNode* t = state_->find({}, name);
  if (!t) {
    throw NoSuchTableError(std::string(name));
  }
  return Table(sql::Ref(t));
}

bool MetaData::contains(std::string_view name) const {
  return state_->find({}, name) != nullptr;
}

Table::Table(std::string_view name,
             const MetaData& metadata,
             std::vector<Column> columns,
             std::vector<Constraint> constraints,
             std::vector<Index> indexes,
             std::string_view schema)
    : node_(sql::make_table(name,
                            schema,
                            metadata.state(),
                            std::move(columns),
                            std::move(constraints),
                            std::move(indexes),
                            false)) {}

const std::string& Table::name() const {
  return sql::as<sql::TableNode>(node_).name;
}

}  // namespace azoth
