// SPDX-License-Identifier: MIT
// Constraints and indexes: how they are declared, and how they enter a table.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/naming.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth {

namespace {

Constraint made(ConstraintKind kind, ConstraintName&& name, ConstraintOptions&& options) {
  Constraint c{.kind = kind, .name = std::move(name)};
  c.deferrable = options.deferrable;
  c.initially = std::move(options.initially);
  c.dialect_options = std::move(options.dialect_options);
  c.is_inline = options.is_inline;
  return c;
}

}  // namespace

Constraint PrimaryKeyConstraint(std::vector<std::string> columns,
                                ConstraintName name,
                                ConstraintOptions options) {
  Constraint c = made(ConstraintKind::primary_key, std::move(name), std::move(options));
  c.columns = std::move(columns);
  return c;
}

Constraint UniqueConstraint(std::vector<std::string> columns,
                            ConstraintName name,
                            ConstraintOptions options) {
  Constraint c = made(ConstraintKind::unique, std::move(name), std::move(options));
  c.columns = std::move(columns);
  return c;
}

Constraint CheckConstraint(sql::Ref sqltext, ConstraintName name, ConstraintOptions options) {
  Constraint c = made(ConstraintKind::check, std::move(name), std::move(options));
  c.sqltext = std::move(sqltext);
  return c;
}

Constraint CheckConstraint(std::string_view sqltext,
                           ConstraintName name,
                           ConstraintOptions options) {
  return CheckConstraint(sql::text(sqltext), std::move(name), std::move(options));
}

Constraint TypeBoundConstraint(std::string column, ConstraintName name) {
  Constraint c = made(ConstraintKind::check, std::move(name), {});
  c.columns = {std::move(column)};
  c.is_type_bound = true;
  return c;
}

Constraint ForeignKeyConstraint(std::vector<std::string> columns,
                                std::vector<RefColumn> refcolumns,
                                ForeignKey actions) {
  Constraint c{.kind = ConstraintKind::foreign_key, .name = std::move(actions.name)};
  c.columns = std::move(columns);
  c.refcolumns = std::move(refcolumns);
  c.ondelete = std::move(actions.ondelete);
  c.onupdate = std::move(actions.onupdate);
  c.match = std::move(actions.match);
  c.use_alter = actions.use_alter;
  c.link_to_name = actions.link_to_name;
  c.deferrable = actions.deferrable;
  c.initially = std::move(actions.initially);
  c.dialect_options = std::move(actions.dialect_options);
  return c;
}

Constraint ExcludeConstraint(std::vector<ExcludeElement> elements, ExcludeOptions options) {
  Constraint c{.kind = ConstraintKind::exclude, .name = std::move(options.name)};
  c.elements = std::move(elements);
  c.using_ = std::move(options.using_);
  c.where = std::move(options.where);
  c.deferrable = options.deferrable;
  c.initially = std::move(options.initially);
  c.is_inline = options.is_inline;
  return c;
}

Column::Column(std::string_view column_name, TypePtr column_type)
    : name(column_name), type(column_type) {}

Column::Column(std::string_view column_name, TypePtr column_type, ColumnOptions column_options)
    : name(column_name), type(column_type), options(std::move(column_options)) {}

Computed::Computed(std::string_view text, std::optional<bool> is_persisted)
    : sqltext(sql::text(text)), persisted(is_persisted) {}

namespace sql {

namespace {

// Replaces the columns of one table, by columns of `stand_in` or by lone ones.
class WithoutTable final : public ChildMap {
 public:
  WithoutTable(const TableNode& table, std::vector<std::string>* keys, Ref stand_in)
      : table_(table), keys_(keys), stand_in_(std::move(stand_in)) {}

  Ref operator()(const Ref& child) override {
    if (!child) {
      return child;
    }
    if (child->kind() != Kind::column || as<ColumnNode>(child).owner != &table_) {
      return child->map_children(*this);
    }
    const std::uint32_t place = as<ColumnNode>(child).index;
    const ColumnInfo& column = table_.columns[place];
    if (keys_) {
      keys_->push_back(column.key);
    }
    return stand_in_ ? as<TableClause>(stand_in_).column(place)
                     : make_node<ColumnClause>(column.name, column.type);
  }

 private:
  const TableNode& table_;
  std::vector<std::string>* keys_;
  Ref stand_in_;
};

// The element with columns of a table of the same name, which the table can keep.
Ref with_stand_in(const Ref& element, const TableNode& table) {
  if (!element) {
    return element;
  }
  std::vector<ColumnSpec> specs;
  for (const ColumnInfo& c : table.columns) {
    specs.push_back({c.name, c.key, c.type, {}});
  }
  WithoutTable map(
      table, nullptr, make_node<TableClause>(table.name, table.schema, std::move(specs)));
  return map(element);
}

OptionValue without_table(const OptionValue& value, const TableNode& table) {
  switch (value.form()) {
    case OptionValue::Form::element:
      return without_table(value.element(), table);
    case OptionValue::Form::list: {
      std::vector<OptionValue> list;
      for (const OptionValue& item : value.list()) {
        list.push_back(without_table(item, table));
      }
      return list;
    }
    default:
      return value;
  }
}

void release(DialectOptions& options, const TableNode& table) {
  for (azoth::DialectOption& option : options) {
    option.value = without_table(option.value, table);
  }
}

// A column of the table itself is kept by its key.
void release(IndexElement& element, const TableNode& table, std::vector<std::string>& keys) {
  if (!element.expression) {
    keys.push_back(element.column);
    return;
  }
  if (element.expression->kind() == Kind::column &&
      as<ColumnNode>(element.expression).owner == &table) {
    element = table.columns[as<ColumnNode>(element.expression).index].key;
    keys.push_back(element.column);
    return;
  }
  std::vector<std::string> inside;
  element.expression = without_table(element.expression, table, &inside);
  keys.insert(keys.end(), inside.begin(), inside.begin() + (inside.empty() ? 0 : 1));
}

std::uint32_t position(const TableNode& table, const std::string& key, std::string_view what) {
  if (const int i = table.position_of(key); i >= 0) {
    return static_cast<std::uint32_t>(i);
  }
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
    if (bare(table.columns[i].name) == bare(key)) {
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

// A column that is given as such: its table is kept when it cannot be found by name.
Target target_of(const TableNode& table, ForeignKeyInfo& key, const Ref& column) {
  if (column->kind() != Kind::column || as<ColumnNode>(column).owner->kind() != Kind::table) {
    throw ArgumentError("A foreign key refers to a column of a table, not to another expression.");
  }
  const auto& node = as<ColumnNode>(column);
  const auto& target = static_cast<const TableNode&>(*node.owner);
  if (&target != &table && target.metadata.lock() != table.metadata.lock()) {
    key.target = Ref(&target);
  }
  const ColumnInfo& info = target.columns[node.index];
  return {target.schema, target.name, key.options.link_to_name ? info.name : info.key};
}

void add_target(const TableNode& table, ForeignKeyInfo& key, const RefColumn& target) {
  const std::string& own = table.columns[key.columns[key.target_columns.size()]].key;
  Target t =
      target.column ? target_of(table, key, target.column) : split_target(target.target, own);
  const auto metadata = table.metadata.lock();
  if (!target.column && t.schema.empty() && metadata) {
    t.schema = metadata->schema;
  }
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

void set_primary_key(TableNode& table, std::vector<std::uint32_t> positions) {
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
  table.has_implicit_primary_key = false;
}

void add_foreign_key(TableNode& table, Constraint&& c, std::vector<std::uint32_t>&& columns) {
  if (c.columns.size() != c.refcolumns.size()) {
    throw ArgumentError(
        "ForeignKeyConstraint number of constrained columns must match the number of "
        "referenced columns.");
  }
  ForeignKeyInfo key;
  key.columns = std::move(columns);
  key.is_inline = c.is_inline;
  key.options = {std::move(c.ondelete),
                 std::move(c.onupdate),
                 std::move(c.name),
                 c.use_alter,
                 c.deferrable,
                 std::move(c.initially),
                 std::move(c.match),
                 c.link_to_name,
                 std::move(c.dialect_options)};
  for (const RefColumn& target : c.refcolumns) {
    add_target(table, key, target);
  }
  const auto place = static_cast<std::uint32_t>(table.foreign_keys.size());
  table.constraint_order.push_back({ConstraintKind::foreign_key, place});
  table.foreign_keys.push_back(std::move(key));
}

}  // namespace

Ref without_table(const Ref& element, const TableNode& table, std::vector<std::string>* keys) {
  return WithoutTable(table, keys, {})(element);
}

namespace {

// The type's own constraint is there already: now it has its place and name.
bool place_type_bound(TableNode& table, const Constraint& c) {
  const auto found =
      std::find_if(table.constraints.begin(), table.constraints.end(), [&](const Constraint& o) {
        return o.is_type_bound && o.columns == c.columns;
      });
  if (!c.is_type_bound || found == table.constraints.end()) {
    return false;
  }
  found->name = c.name;
  found->is_inline = c.is_inline;
  auto& order = table.constraint_order;
  const auto place = static_cast<std::uint32_t>(found - table.constraints.begin());
  const auto at = std::find_if(order.begin(), order.end(), [&](const ConstraintPlace& p) {
    return p.kind == ConstraintKind::check && p.place == place;
  });
  std::rotate(at, at + 1, order.end());
  return true;
}

}  // namespace

void append_constraint(TableNode& table, Constraint c) {
  static constexpr std::string_view names[] = {"PrimaryKeyConstraint",
                                               "UniqueConstraint",
                                               "CheckConstraint",
                                               "ForeignKeyConstraint",
                                               "ExcludeConstraint"};
  std::vector<std::uint32_t> positions;
  for (std::string& key : c.columns) {
    positions.push_back(position(table, key, names[static_cast<std::size_t>(c.kind)]));
    key = table.columns[positions.back()].key;
  }
  release(c.dialect_options, table);
  if (c.kind == ConstraintKind::foreign_key) {
    return add_foreign_key(table, std::move(c), std::move(positions));
  }
  if (c.kind == ConstraintKind::primary_key) {
    if (!positions.empty()) {
      set_primary_key(table, std::move(positions));
    }  // else it says more of what the columns declare
    table.primary_key_constraint = std::move(c);
    return;
  }
  if (place_type_bound(table, c)) {
    return;
  }
  if (c.sqltext) {
    c.sqltext = without_table(c.sqltext, table, &c.columns);
  }
  for (ExcludeElement& e : c.elements) {
    release(e.element, table, c.columns);
  }
  c.where = with_stand_in(c.where, table);
  const auto place = static_cast<std::uint32_t>(table.constraints.size());
  table.constraint_order.push_back({c.kind, place});
  table.constraints.push_back(std::move(c));
}

void append_index(TableNode& table, Index index) {
  std::vector<std::string> keys;
  for (IndexElement& element : index.columns) {
    if (!element.expression) {
      element.column = table.columns[position(table, element.column, "Index")].key;
    }
    release(element, table, keys);
  }
  release(index.dialect_options, table);
  index.name = index_name(table, index.name, keys);
  table.indexes.push_back(std::move(index));
}

}  // namespace sql

}  // namespace azoth
