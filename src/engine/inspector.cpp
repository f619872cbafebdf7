// SPDX-License-Identifier: MIT
// Asks through the dialect's Reflection and keeps the answers.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/engine/reflection.hpp>

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

std::string full_name(std::string_view schema, std::string_view name) {
  return (schema.empty() ? "" : std::string(schema) + ".") + std::string(name);
}

// What tells filters apart; names cannot contain the separators.
std::string key_of(std::string_view what, const TableFilter& tables) {
  std::string key(what);
  key += '\0' + tables.schema + '\0' + static_cast<char>('0' + static_cast<int>(tables.kind)) +
         static_cast<char>('0' + static_cast<int>(tables.scope));
  if (tables.names) {
    for (const std::string& name : *tables.names) {
      key += '\0' + name;
    }
  } else {
    key += '*';
  }
  return key;
}

TableFilter one_table(std::string_view name, std::string_view schema) {
  return {.schema = std::string(schema),
          .names = {{std::string(name)}},
          .kind = ObjectKind::any,
          .scope = ObjectScope::any};
}

}  // namespace

ByTable<std::optional<std::string>> Reflection::table_comments(Connection& c,
                                                               const TableFilter&) const {
  throw InvalidRequestError("Tables have no comments on " + std::string(c.dialect().name()));
}

ByTable<DialectOptions> Reflection::table_options(Connection&, const TableFilter& tables) const {
  ByTable<DialectOptions> none;
  for (const std::string& name : tables.names.value_or(Names())) {
    none[name];
  }
  return none;
}

Reflection::Names Reflection::materialized_view_names(Connection&, std::string_view) const {
  return {};
}

Reflection::Names Reflection::temp_table_names(Connection&) const {
  return {};
}

Reflection::Names Reflection::temp_view_names(Connection&) const {
  return {};
}

Reflection::Names Reflection::sequence_names(Connection&, std::string_view) const {
  return {};
}

Reflection::Names Reflection::foreign_table_names(Connection&, std::string_view) const {
  return {};
}

std::vector<ReflectedEnum> Reflection::enums(Connection&, std::string_view) const {
  return {};
}

std::vector<ReflectedDomain> Reflection::domains(Connection&, std::string_view) const {
  return {};
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
  State(const Engine& of, Connection* on)
      : engine(of), connection(on), reflection(find_reflection(of.dialect().name())) {}

  /// Returns what is known under the key, or asks.
  template <class Ask>
  auto cached(const std::string& key, Ask ask) {
    using T = std::invoke_result_t<Ask, Connection&>;
    const auto found = answers.find(key);
    if (found != answers.end()) {
      return std::any_cast<T>(found->second);
    }
    T answer;
    if (connection != nullptr) {
      answer = ask(*connection);
    } else {
      Connection own = engine.connect();
      answer = ask(own);
    }
    answers.emplace(key, answer);
    return answer;
  }

  template <class Ask>
  auto cached(std::string_view what, std::string_view name, std::string_view schema, Ask ask) {
    return cached(std::string(what) + '\0' + std::string(name) + '\0' + std::string(schema), ask);
  }

  template <class T>
  using Question = T (Reflection::*)(Connection&, const TableFilter&) const;

  /// Asks about all tables of a filter.
  template <class T>
  T multi(std::string_view what, Question<T> question, const TableFilter& tables) {
    return cached(key_of(what, tables),
                  [&](Connection& c) { return (reflection.*question)(c, tables); });
  }

  /// Asks about one table. @throws NoSuchTableError
  template <class T>
  T single(std::string_view what,
           Question<ByTable<T>> question,
           std::string_view table,
           std::string_view schema) {
    ByTable<T> answer = multi(what, question, one_table(table, schema));
    const auto found = answer.find(table);
    if (found == answer.end()) {
      throw NoSuchTableError(full_name(schema, table));
    }
    return std::move(found->second);
  }

  using List = Names (Reflection::*)(Connection&, std::string_view) const;

  Names names(std::string_view what, List list, std::string_view schema) {
    return cached(what, {}, schema, [&](Connection& c) { return (reflection.*list)(c, schema); });
  }

  Engine engine;
  Connection* connection;
  const Reflection& reflection;
  std::map<std::string, std::any> answers;
};

Inspector::Inspector(const Engine& engine) : state_(std::make_shared<State>(engine, nullptr)) {}

Inspector::Inspector(Connection& connection)
    : state_(std::make_shared<State>(connection.engine(), &connection)) {}

Inspector inspect(const Engine& engine) {
  return Inspector(engine);
}

Inspector inspect(Connection& connection) {
  return Inspector(connection);
}

void Inspector::clear_cache() {
  state_->answers.clear();
}

bool Inspector::has_comments() const {
  return state_->reflection.has_comments();
}

// --- names ---

Inspector::Names Inspector::get_table_names(std::string_view schema) const {
  return state_->names("tables", &Reflection::table_names, schema);
}

Inspector::Names Inspector::get_view_names(std::string_view schema) const {
  return state_->names("views", &Reflection::view_names, schema);
}

Inspector::Names Inspector::get_materialized_view_names(std::string_view schema) const {
  return state_->names("materialized_views", &Reflection::materialized_view_names, schema);
}

Inspector::Names Inspector::get_foreign_table_names(std::string_view schema) const {
  return state_->names("foreign_tables", &Reflection::foreign_table_names, schema);
}

Inspector::Names Inspector::get_sequence_names(std::string_view schema) const {
  return state_->names("sequences", &Reflection::sequence_names, schema);
}

Inspector::Names Inspector::get_temp_table_names() const {
  return state_->cached("temp_tables",
                        [&](Connection& c) { return state_->reflection.temp_table_names(c); });
}

Inspector::Names Inspector::get_temp_view_names() const {
  return state_->cached("temp_views",
                        [&](Connection& c) { return state_->reflection.temp_view_names(c); });
}

Inspector::Names Inspector::get_schema_names() const {
  return state_->cached("schemas",
                        [&](Connection& c) { return state_->reflection.schema_names(c); });
}

std::string Inspector::default_schema_name() const {
  return state_->cached("default_schema",
                        [&](Connection& c) { return state_->reflection.default_schema_name(c); });
}

Inspector::Names Inspector::get_sorted_table_names(std::string_view schema) const {
  Names left = get_table_names(schema), sorted;
  const auto keys_of = get_multi_foreign_keys({.schema = std::string(schema)});
  while (!left.empty()) {
    const auto waits = [&](const std::string& name) {
      const auto found = keys_of.find(name);
      return found != keys_of.end() &&
             std::any_of(
                 found->second.begin(), found->second.end(), [&](const ReflectedForeignKey& key) {
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

bool Inspector::has_table(std::string_view name, std::string_view schema) const {
  return state_->cached("has_table", name, schema, [&](Connection& c) {
    return state_->reflection.has_table(c, name, schema);
  });
}

bool Inspector::has_sequence(std::string_view name, std::string_view schema) const {
  const Names names = get_sequence_names(schema);
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Inspector::has_schema(std::string_view name) const {
  const Names names = get_schema_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Inspector::has_index(std::string_view table,
                          std::string_view index,
                          std::string_view schema) const {
  if (!has_table(table, schema)) {
    return false;
  }
  const auto indexes = get_indexes(table, schema);
  return std::any_of(
      indexes.begin(), indexes.end(), [&](const ReflectedIndex& i) { return i.name == index; });
}

std::vector<ReflectedEnum> Inspector::get_enums(std::string_view schema) const {
  return state_->cached(
      "enums", {}, schema, [&](Connection& c) { return state_->reflection.enums(c, schema); });
}

std::vector<ReflectedDomain> Inspector::get_domains(std::string_view schema) const {
  return state_->cached(
      "domains", {}, schema, [&](Connection& c) { return state_->reflection.domains(c, schema); });
}

std::string Inspector::get_view_definition(std::string_view view, std::string_view schema) const {
  return state_->cached("view", view, schema, [&](Connection& c) {
    return state_->reflection.view_definition(c, view, schema);
  });
}

// --- parts of tables ---

#define AZOTH_ABOUT_TABLES(T, single_name, multi_name, question)                    \
  T Inspector::single_name(std::string_view table, std::string_view schema) const { \
    return state_->single<T>(#question, &Reflection::question, table, schema);      \
  }                                                                                 \
  ByTable<T> Inspector::multi_name(const TableFilter& tables) const {               \
    return state_->multi<ByTable<T>>(#question, &Reflection::question, tables);     \
  }
AZOTH_ABOUT_TABLES(std::vector<ReflectedColumn>, get_columns, get_multi_columns, columns)
AZOTH_ABOUT_TABLES(ReflectedPrimaryKey, get_pk_constraint, get_multi_pk_constraint, primary_keys)
AZOTH_ABOUT_TABLES(std::vector<ReflectedForeignKey>,
                   get_foreign_keys,
                   get_multi_foreign_keys,
                   foreign_keys)
AZOTH_ABOUT_TABLES(std::vector<ReflectedIndex>, get_indexes, get_multi_indexes, indexes)
AZOTH_ABOUT_TABLES(std::vector<ReflectedUniqueConstraint>,
                   get_unique_constraints,
                   get_multi_unique_constraints,
                   unique_constraints)
AZOTH_ABOUT_TABLES(std::vector<ReflectedCheckConstraint>,
                   get_check_constraints,
                   get_multi_check_constraints,
                   check_constraints)
AZOTH_ABOUT_TABLES(std::optional<std::string>,
                   get_table_comment,
                   get_multi_table_comment,
                   table_comments)
AZOTH_ABOUT_TABLES(DialectOptions, get_table_options, get_multi_table_options, table_options)
#undef AZOTH_ABOUT_TABLES

}  // namespace azoth
