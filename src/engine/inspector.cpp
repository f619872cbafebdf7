// SPDX-License-Identifier: MIT
// Asks through the dialect's Reflection and keeps the answers.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/sql/expression.hpp>

#include <algorithm>
#include <any>
#include <map>
#include <mutex>

namespace azoth {
namespace {

struct Known {
  std::mutex mutex;
  std::map<std::string, const Reflection*, std::less<>> reflections;

  static Known& instance() {
    static Known& known = *new Known;
    return known;
  }
};

}  // namespace

std::optional<std::string> Reflection::table_comment(Connection& c,
                                                     std::string_view,
                                                     std::string_view) const {
  throw InvalidRequestError("Tables have no comments on " + std::string(c.dialect().name()));
}

bool register_reflection(std::string_view dialect, const Reflection& reflection) {
  Known& known = Known::instance();
  const std::lock_guard lock(known.mutex);
  known.reflections.insert_or_assign(std::string(dialect), &reflection);
  return true;
}

const Reflection& find_reflection(std::string_view dialect) {
  Known& known = Known::instance();
  const std::lock_guard lock(known.mutex);
  const auto found = known.reflections.find(dialect);
  if (found == known.reflections.end()) {
    throw NoInspectionAvailable("Databases of the dialect '" + std::string(dialect) +
                                "' cannot be inspected: no reflection is registered for it");
  }
  return *found->second;
}

struct Inspector::State {
  explicit State(const Engine& of) : engine(of), reflection(find_reflection(of.dialect().name())) {}

  /// Returns what is known under the key, or asks.
  template <class Ask>
  auto cached(std::string_view what, std::string_view name, std::string_view schema, Ask ask) {
    using T = std::invoke_result_t<Ask, Connection&>;
    const std::string key =
        std::string(what) + '\0' + std::string(name) + '\0' + std::string(schema);
    const auto found = answers.find(key);
    if (found != answers.end()) {
      return std::any_cast<T>(found->second);
    }
    Connection connection = engine.connect();
    T answer = ask(connection);
    answers.emplace(key, answer);
    return answer;
  }

  Engine engine;
  const Reflection& reflection;
  std::map<std::string, std::any> answers;
};

Inspector::Inspector(const Engine& engine) : state_(std::make_shared<State>(engine)) {}

Inspector inspect(const Engine& engine) {
  return Inspector(engine);
}

void Inspector::clear_cache() {
  state_->answers.clear();
}

std::vector<std::string> Inspector::get_table_names(std::string_view schema) const {
  return state_->cached("tables", {}, schema, [&](Connection& c) {
    return state_->reflection.table_names(c, schema);
  });
}

std::vector<std::string> Inspector::get_view_names(std::string_view schema) const {
  return state_->cached(
      "views", {}, schema, [&](Connection& c) { return state_->reflection.view_names(c, schema); });
}

bool Inspector::has_table(std::string_view name, std::string_view schema) const {
  return state_->cached("has_table", name, schema, [&](Connection& c) {
    return state_->reflection.has_table(c, name, schema);
  });
}

std::vector<ReflectedColumn> Inspector::get_columns(std::string_view table,
                                                    std::string_view schema) const {
  return state_->cached("columns", table, schema, [&](Connection& c) {
    return state_->reflection.columns(c, table, schema);
  });
}

ReflectedPrimaryKey Inspector::get_pk_constraint(std::string_view table,
                                                 std::string_view schema) const {
  return state_->cached("pk", table, schema, [&](Connection& c) {
    return state_->reflection.primary_key(c, table, schema);
  });
}

std::vector<ReflectedForeignKey> Inspector::get_foreign_keys(std::string_view table,
                                                             std::string_view schema) const {
  return state_->cached("fks", table, schema, [&](Connection& c) {
    return state_->reflection.foreign_keys(c, table, schema);
  });
}

std::vector<ReflectedIndex> Inspector::get_indexes(std::string_view table,
                                                   std::string_view schema) const {
  return state_->cached("indexes", table, schema, [&](Connection& c) {
    return state_->reflection.indexes(c, table, schema);
  });
}

std::vector<ReflectedUniqueConstraint> Inspector::get_unique_constraints(
    std::string_view table, std::string_view schema) const {
  return state_->cached("uniques", table, schema, [&](Connection& c) {
    return state_->reflection.unique_constraints(c, table, schema);
  });
}

std::vector<ReflectedCheckConstraint> Inspector::get_check_constraints(
    std::string_view table, std::string_view schema) const {
  return state_->cached("checks", table, schema, [&](Connection& c) {
    return state_->reflection.check_constraints(c, table, schema);
  });
}

std::string Inspector::get_view_definition(std::string_view view, std::string_view schema) const {
  return state_->cached("view", view, schema, [&](Connection& c) {
    return state_->reflection.view_definition(c, view, schema);
  });
}

std::optional<std::string> Inspector::get_table_comment(std::string_view table,
                                                        std::string_view schema) const {
  return state_->cached("comment", table, schema, [&](Connection& c) {
    return state_->reflection.table_comment(c, table, schema);
  });
}

std::vector<std::string> Inspector::get_sorted_table_names(std::string_view schema) const {
  std::vector<std::string> left = get_table_names(schema), sorted;
  while (!left.empty()) {
    const auto waits = [&](const std::string& name) {
      const auto keys = get_foreign_keys(name, schema);
      return std::any_of(keys.begin(), keys.end(), [&](const ReflectedForeignKey& key) {
        return key.referred_table != name &&
               std::find(left.begin(), left.end(), key.referred_table) != left.end();
      });
    };
    auto next = std::find_if_not(left.begin(), left.end(), waits);
    next = next == left.end() ? left.begin() : next;  // a cycle is entered somewhere
    sorted.push_back(*next);
    left.erase(next);
  }
  return sorted;
}

namespace {

ColumnOptions options_of(const ReflectedColumn& column) {
  ColumnOptions options;
  options.primary_key = column.primary_key > 0;
  options.nullable = column.nullable;
  if (column.computed) {
    options.computed = Computed(*column.computed);
  } else if (column.default_) {
    options.server_default_expression = sql::text(*column.default_);
  }
  return options;
}

Constraint foreign_key_of(const ReflectedForeignKey& key) {
  std::vector<RefColumn> targets;
  const std::string table =
      (key.referred_schema.empty() ? "" : key.referred_schema + ".") + key.referred_table;
  for (const std::string& column : key.referred_columns) {
    targets.emplace_back(table + "." + column);
  }
  ForeignKey actions;
  actions.name = ConstraintName(key.name.value_or(""));
  for (const auto& [option, value] : key.options) {
    if (option == "ondelete") {
      actions.ondelete = value;
    } else if (option == "onupdate") {
      actions.onupdate = value;
    } else if (option == "deferrable") {
      actions.deferrable = value == "true";
    } else if (option == "initially") {
      actions.initially = value;
    }
  }
  return ForeignKeyConstraint(key.constrained_columns, std::move(targets), actions);
}

Table load(std::string_view name,
           const MetaData& metadata,
           const Inspector& inspector,
           std::string_view schema) {
  const std::string full = (schema.empty() ? "" : std::string(schema) + ".") + std::string(name);
  if (metadata.contains(full)) {
    return metadata.table(full);
  }
  std::vector<Column> columns;
  for (const ReflectedColumn& column : inspector.get_columns(name, schema)) {
    columns.emplace_back(column.name, column.type, options_of(column));
  }
  std::vector<Constraint> constraints;
  const auto keys = inspector.get_foreign_keys(name, schema);
  for (const ReflectedForeignKey& key : keys) {
    constraints.push_back(foreign_key_of(key));
  }
  for (const ReflectedUniqueConstraint& unique : inspector.get_unique_constraints(name, schema)) {
    constraints.push_back(
        UniqueConstraint(unique.column_names, ConstraintName(unique.name.value_or(""))));
  }
  for (const ReflectedCheckConstraint& check : inspector.get_check_constraints(name, schema)) {
    constraints.push_back(CheckConstraint(check.sqltext, ConstraintName(check.name.value_or(""))));
  }
  std::vector<Index> indexes;
  for (const ReflectedIndex& index : inspector.get_indexes(name, schema)) {
    indexes.push_back({ConstraintName(index.name),
                       {index.column_names.begin(), index.column_names.end()},
                       index.unique});
  }
  Table table(
      name, metadata, std::move(columns), std::move(constraints), std::move(indexes), schema);
  for (const ReflectedForeignKey& key : keys) {
    load(key.referred_table, metadata, inspector, key.referred_schema);
  }
  return table;
}

}  // namespace

Table autoload(std::string_view name,
               const MetaData& metadata,
               const Engine& engine,
               std::string_view schema) {
  return load(name, metadata, Inspector(engine), schema);
}

void reflect(const MetaData& metadata, const Engine& engine, std::string_view schema) {
  const Inspector inspector(engine);
  for (const std::string& name : inspector.get_table_names(schema)) {
    load(name, metadata, inspector, schema);
  }
}

}  // namespace azoth
