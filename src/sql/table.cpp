// SPDX-License-Identifier: MIT
// Schema objects and the checks of their declaration.
#include <azoth/base/error.hpp>
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

void refuse_duplicate(const std::vector<ColumnInfo>& columns,
                      std::string ColumnInfo::* field,
                      std::string_view word,
                      const std::string& value,
                      std::string_view table) {
  if (std::any_of(
          columns.begin(), columns.end(), [&](const ColumnInfo& c) { return c.*field == value; })) {
    throw ArgumentError("A column with " + std::string(word) + " '" + value +
                        "' is already present in table '" + std::string(table) +
                        "'. Give each column of a table a " + std::string(word) + " of its own.");
  }
}

std::vector<ColumnInfo> describe(std::string_view table, std::vector<Column> columns) {
  std::vector<ColumnInfo> out;
  for (Column& c : columns) {
    ColumnInfo info{
        c.name, c.options.key.empty() ? c.name : c.options.key, c.type, std::move(c.options), true};
    refuse_duplicate(out, &ColumnInfo::name, "name", info.name, table);
    refuse_duplicate(out, &ColumnInfo::key, "key", info.key, table);
    info.is_nullable = info.options.nullable.value_or(!info.options.primary_key);
    out.push_back(std::move(info));
  }
  return out;
}

std::uint32_t position(const TableNode& table, const std::string& key, std::string_view what) {
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].key == key || table.columns[i].name == key) {
      return i;
    }
  }
  throw ArgumentError("Can't create " + std::string(what) + " on table '" + table.name +
                      "': no column named '" + key + "' is present.");
}

struct Target {
  std::string schema, table, column;
};

// `table.column`, `schema.table.column`, or `table` alone: the column is then called as `own` is.
Target split_target(const std::string& target, const std::string& own) {
  const auto last = target.rfind('.');
  if (target.empty() || last == 0 || last == target.size() - 1) {
    throw ArgumentError("Invalid foreign key column specification: '" + target +
                        "'; expected 'table.column' or 'schema.table.column'.");
  }
  if (last == std::string::npos) {
    return {{}, target, own};
  }
  const std::string table = target.substr(0, last);
  const auto dot = table.rfind('.');
  return dot == std::string::npos
             ? Target{{}, table, target.substr(last + 1)}
             : Target{table.substr(0, dot), table.substr(dot + 1), target.substr(last + 1)};
}

void add_target(const TableNode& table, ForeignKeyInfo& key, const std::string& target) {
  const std::string& own = table.columns[key.columns[key.target_columns.size()]].key;
  Target t = split_target(target, own);
  if (key.target_columns.empty()) {
    key.target_schema = std::move(t.schema);
    key.target_table = std::move(t.table);
  } else if (t.table != key.target_table || t.schema != key.target_schema) {
    std::string columns;
    for (std::uint32_t i : key.columns) {
      columns += (columns.empty() ? "" : ", ") + table.columns[i].key;
    }
    throw ArgumentError(
        "ForeignKeyConstraint on " + table.fullname() + "(" + columns +
        ") refers to multiple remote tables: " + full_name(key.target_schema, key.target_table) +
        " and " + full_name(t.schema, t.table));
  }
  key.target_columns.push_back(std::move(t.column));
}

std::string quoted_list(const TableNode& table, const std::vector<std::uint32_t>& columns) {
  std::string out;
  for (std::uint32_t i : columns) {
    out += (out.empty() ? "'" : ", '") + table.columns[i].name + "'";
  }
  return out;
}

void set_primary_key(TableNode& table, std::vector<std::uint32_t> positions, std::string name) {
  table.primary_key_name = std::move(name);
  const std::vector<std::uint32_t>& marked = table.primary_key;
  if (!marked.empty() &&
      !std::is_permutation(marked.begin(), marked.end(), positions.begin(), positions.end())) {
    const std::string given = quoted_list(table, positions);
    warn(WarningCategory::sa_warning,
         "Table '" + table.name + "' specifies columns " + quoted_list(table, marked) +
             " as primary_key=True, not matching locally specified columns " + given +
             "; setting the current primary key columns to " + given +
             ". This warning may become an exception in a future release");
  }
  for (std::uint32_t p : positions) {
    table.columns[p].options.primary_key = true;
    table.columns[p].is_nullable = table.columns[p].options.nullable.value_or(false);
  }
  table.primary_key = std::move(positions);
}

bool is_integer(TypePtr type) {
  return type->kind == TypeKind::integer || type->kind == TypeKind::small_integer ||
         type->kind == TypeKind::big_integer;
}

void check_autoincrement(const TableNode& table) {
  const ColumnInfo* found = nullptr;
  for (std::uint32_t i : table.primary_key) {
    const ColumnInfo& c = table.columns[i];
    if (c.options.autoincrement != AutoIncrement::always) {
      continue;
    }
    if (!is_integer(c.type)) {
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

void add_constraint(TableNode& table, Constraint&& c) {
  static constexpr std::string_view names[] = {
      "PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKeyConstraint"};
  std::vector<std::uint32_t> positions;
  for (const std::string& key : c.columns) {
    positions.push_back(position(table, key, names[static_cast<std::size_t>(c.kind)]));
  }
  switch (c.kind) {
    case ConstraintKind::primary_key:
      if (!positions.empty()) {
        set_primary_key(table, std::move(positions), std::move(c.name));
      } else {
        table.primary_key_name = std::move(c.name);  // names what the columns declare
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
        add_target(table, key, target);
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
  const bool has_default = c.options.default_ || c.options.default_expression ||
                           c.options.server_default || c.options.server_default_expression;
  const bool is_foreign =
      std::any_of(foreign_keys.begin(), foreign_keys.end(), [&](const ForeignKeyInfo& k) {
        return std::find(k.columns.begin(), k.columns.end(), primary_key.front()) !=
               k.columns.end();
      });
  return is_integer(c.type) && !has_default && !is_foreign &&
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
    throw InvalidRequestError("Table '" + full_name(schema, name) +
                              "' is already defined for this MetaData instance. Declare it once, "
                              "or use another MetaData.");
  }
  auto* table = new TableNode(name, schema, describe(name, std::move(columns)));
  Ref ref = Ref::adopt(table);
  table->metadata = metadata;
  for (std::uint32_t i = 0; i < table->columns.size(); ++i) {
    const ColumnInfo& c = table->columns[i];
    if (c.options.primary_key) {
      table->primary_key.push_back(i);
    }
    if (c.options.foreign_key) {
      const ForeignKey& f = *c.options.foreign_key;
      ForeignKeyInfo key{f.name, {i}, {}, {}, {}, f.ondelete, f.onupdate, f.use_alter};
      add_target(*table, key, f.target);
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
      position(*table, key, "Index");
    }
    table->indexes.push_back(std::move(i));
  }
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
  std::vector<std::string> names;  // of those on cycles
  for (const sql::TableNode* t : nodes) {
    if (std::any_of(cyclic.begin(), cyclic.end(), [&](const sql::ForeignKeyInfo* key) {
          return !key->use_alter && key >= t->foreign_keys.data() &&
                 key < t->foreign_keys.data() + t->foreign_keys.size();
        })) {
      names.push_back(t->fullname());
    }
  }
  if (!names.empty()) {
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) {
      list += (list.empty() ? "" : ", ") + name;
    }
    warn(WarningCategory::sa_warning,
         "Cannot correctly sort tables; there are unresolvable cycles between tables \"" + list +
             "\", which is usually caused by mutually dependent foreign key constraints.  Foreign "
             "key constraints involving these tables will not be considered; this warning may "
             "raise an error in a future release.");
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
