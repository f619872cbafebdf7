// SPDX-License-Identifier: MIT
// What SQLite says of its tables: PRAGMAs, and for names of constraints, which they do not tell,
// the text of CREATE TABLE.
#include "dialects/sqlite/create_table_text.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/dialects/sqlite.hpp>
#include <azoth/engine/reflection.hpp>

#include <algorithm>
#include <charconv>

namespace azoth {
namespace {

using sqlite::TableText;

std::string text_of(const Value& value) {
  const auto* text = value.get_if<std::string>();
  return text != nullptr ? *text : std::string();
}

std::int64_t number_of(const Value& value) {
  const auto* number = value.get_if<std::int64_t>();
  return number != nullptr ? *number : 0;
}

// `VARCHAR(20)` or `NUMERIC(8, 2)`; what SQLite does not know has the affinity of its name.
TypePtr type_of(const std::string& declared) {
  const std::size_t open = declared.find('(');
  std::string word = declared.substr(0, open);
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  word.erase(word.find_last_not_of(' ') + 1);
  int numbers[2] = {-1, -1};
  const char* at = declared.c_str() + (open == std::string::npos ? declared.size() : open + 1);
  const char* const end = declared.c_str() + declared.size();
  for (int i = 0; i < 2 && at < end; ++i) {
    while (at < end && (*at < '0' || *at > '9')) {
      ++at;
    }
    at = std::from_chars(at, end, numbers[i]).ptr;
  }
  const auto has = [&](const char* part) { return word.find(part) != std::string::npos; };
  using Make = TypePtr (*)(int, int);
  static const std::pair<const char*, Make> known[] = {
      {"BIGINT", [](int, int) { return types::BIGINT(); }},
      {"BLOB", [](int n, int) { return types::BLOB(n); }},
      {"BOOLEAN", [](int, int) { return types::BOOLEAN(); }},
      {"BOOL", [](int, int) { return types::BOOLEAN(); }},
      {"CHAR", [](int n, int) { return types::CHAR(n); }},
      {"DATE", [](int, int) { return types::DATE(); }},
      {"DATETIME", [](int, int) { return types::DATETIME(); }},
      {"DECIMAL", [](int p, int s) { return types::DECIMAL(p, s); }},
      {"DOUBLE", [](int, int) { return types::DOUBLE(); }},
      {"FLOAT", [](int p, int) { return types::FLOAT(p); }},
      {"INT", [](int, int) { return types::INTEGER(); }},
      {"INTEGER", [](int, int) { return types::INTEGER(); }},
      {"NCHAR", [](int n, int) { return types::NCHAR(n); }},
      {"NUMERIC", [](int p, int s) { return types::NUMERIC(p, s); }},
      {"NVARCHAR", [](int n, int) { return types::NVARCHAR(n); }},
      {"REAL", [](int, int) { return types::REAL(); }},
      {"SMALLINT", [](int, int) { return types::SMALLINT(); }},
      {"TEXT", [](int n, int) { return types::TEXT(n); }},
      {"TIME", [](int, int) { return types::TIME(); }},
      {"TIMESTAMP", [](int, int) { return types::TIMESTAMP(); }},
      {"VARCHAR", [](int n, int) { return types::VARCHAR(n); }}};
  for (const auto& [name, make] : known) {
    if (word == name) {
      return make(numbers[0], numbers[1]);
    }
  }
  if (has("INT")) {
    return types::INTEGER();
  }
  if (has("CHAR") || has("CLOB") || has("TEXT")) {
    return types::TEXT();
  }
  if (has("BLOB") || word.empty()) {
    return types::null_type();
  }
  return has("REAL") || has("FLOA") || has("DOUB") ? types::REAL() : types::NUMERIC();
}

class SqliteReflection final : public Reflection {
 public:
  std::vector<std::string> table_names(Connection& c, std::string_view schema) const override {
    return names(c, "table", schema);
  }

  std::vector<std::string> view_names(Connection& c, std::string_view schema) const override {
    return names(c, "view", schema);
  }

  bool has_table(Connection& c, std::string_view table, std::string_view schema) const override {
    return !pragma(c, "table_info", table, schema).empty();
  }

  ByTable<std::vector<ReflectedColumn>> columns(Connection& c,
                                                const TableFilter& tables) const override {
    return each(c, tables, &columns_of);
  }

  ByTable<ReflectedPrimaryKey> primary_keys(Connection& c,
                                            const TableFilter& tables) const override {
    return each(c, tables, &primary_key_of);
  }

  ByTable<std::vector<ReflectedForeignKey>> foreign_keys(Connection& c,
                                                         const TableFilter& tables) const override {
    return each(c, tables, &foreign_keys_of);
  }

  ByTable<std::vector<ReflectedIndex>> indexes(Connection& c,
                                               const TableFilter& tables) const override {
    return each(c, tables, &indexes_of);
  }

  ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(
      Connection& c, const TableFilter& tables) const override {
    return each(
        c, tables, +[](Connection& on, std::string_view table, std::string_view schema) {
          return parsed(on, table, schema).uniques;
        });
  }

  ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(
      Connection& c, const TableFilter& tables) const override {
    return each(
        c, tables, +[](Connection& on, std::string_view table, std::string_view schema) {
          return parsed(on, table, schema).checks;
        });
  }

  std::string view_definition(Connection& c,
                              std::string_view view,
                              std::string_view schema) const override {
    return master_sql(c, "view", view, schema);
  }

  std::string default_schema_name(Connection&) const override { return "main"; }

  Names schema_names(Connection& c) const override {
    Names names;
    for (const Row& row : c.exec_driver_sql("PRAGMA database_list")) {
      if (text_of(row[1]) != "temp") {
        names.push_back(text_of(row[1]));
      }
    }
    return names;
  }

  Names temp_table_names(Connection& c) const override { return names(c, "table", "temp"); }

  Names temp_view_names(Connection& c) const override { return names(c, "view", "temp"); }

 private:
  // SQLite is asked table by table, which costs no round trip.
  template <class T>
  ByTable<T> each(Connection& c,
                  const TableFilter& tables,
                  T (*ask)(Connection&, std::string_view, std::string_view)) const {
    ByTable<T> answers;
    for (const std::string& name : tables.names ? *tables.names : all_names(c, tables)) {
      try {
        answers.emplace(name, ask(c, name, tables.schema));
      } catch (const NoSuchTableError&) {  // is not in the answer
      }
    }
    return answers;
  }

  static Names all_names(Connection& c, const TableFilter& tables) {
    Names all;
    const auto add = [&](const char* kind, std::string_view schema) {
      const Names more = names(c, kind, schema);
      all.insert(all.end(), more.begin(), more.end());
    };
    for (const auto& [kind, word] :
         {std::pair{ObjectKind::table, "table"}, std::pair{ObjectKind::view, "view"}}) {
      if (includes(tables.kind, kind) && tables.scope != ObjectScope::temporary) {
        add(word, tables.schema);
      }
      if (includes(tables.kind, kind) && tables.scope != ObjectScope::default_) {
        add(word, "temp");
      }
    }
    return all;
  }

  static std::vector<ReflectedColumn> columns_of(Connection& c,
                                                 std::string_view table,
                                                 std::string_view schema) {
    std::vector<ReflectedColumn> columns;
    std::optional<TableText> text;
    for (const Row& row : rows_of(c, "table_xinfo", table, schema)) {
      const std::int64_t hidden = number_of(row["hidden"]);
      if (hidden == 1) {
        continue;
      }
      ReflectedColumn column;
      column.name = text_of(row["name"]);
      column.type = type_of(text_of(row["type"]));
      column.nullable = number_of(row["notnull"]) == 0;
      column.primary_key = static_cast<int>(number_of(row["pk"]));
      if (!row["dflt_value"].is_null()) {
        column.default_ = text_of(row["dflt_value"]);
      }
      if (hidden > 1) {  // a generated column, whose expression only the text tells
        text = text ? text : parsed(c, table, schema);
        if (const auto expression = text->computed(column.name)) {
          column.computed = {*expression, hidden == 3};
        }
      }
      columns.push_back(std::move(column));
    }
    return columns;
  }

  static ReflectedPrimaryKey primary_key_of(Connection& c,
                                            std::string_view table,
                                            std::string_view schema) {
    std::vector<ReflectedColumn> all = columns_of(c, table, schema);
    std::erase_if(all, [](const ReflectedColumn& column) { return column.primary_key == 0; });
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.primary_key < b.primary_key;
    });
    ReflectedPrimaryKey key;
    for (const ReflectedColumn& column : all) {
      key.constrained_columns.push_back(column.name);
    }
    key.name = parsed(c, table, schema).primary_key_name;
    return key;
  }

  static std::vector<ReflectedForeignKey> foreign_keys_of(Connection& c,
                                                          std::string_view table,
                                                          std::string_view schema) {
    const TableText text = parsed(c, table, schema);
    std::vector<ReflectedForeignKey> keys;
    std::int64_t last = -1;
    for (const Row& row : pragma(c, "foreign_key_list", table, schema)) {
      if (keys.empty() || number_of(row["id"]) != last) {
        ReflectedForeignKey& key = keys.emplace_back();
        key.referred_schema = schema;
        key.referred_table = text_of(row["table"]);
        add_action(key, "ondelete", text_of(row["on_delete"]));
        add_action(key, "onupdate", text_of(row["on_update"]));
        last = number_of(row["id"]);
      }
      keys.back().constrained_columns.push_back(text_of(row["from"]));
      if (!row["to"].is_null()) {
        keys.back().referred_columns.push_back(text_of(row["to"]));
      }
    }
    for (ReflectedForeignKey& key : keys) {
      if (key.referred_columns.empty()) {  // the key of the other table is meant
        key.referred_columns = primary_key_of(c, key.referred_table, schema).constrained_columns;
      }
      key.name = text.foreign_key_name(key.constrained_columns, key.referred_table);
    }
    std::reverse(keys.begin(), keys.end());  // SQLite tells the last first
    return keys;
  }

  static std::vector<ReflectedIndex> indexes_of(Connection& c,
                                                std::string_view table,
                                                std::string_view schema) {
    require(c, table, schema);
    std::vector<ReflectedIndex> indexes;
    for (const Row& row : pragma(c, "index_list", table, schema)) {
      ReflectedIndex index{text_of(row["name"]), {}, number_of(row["unique"]) != 0};
      if (index.name.starts_with("sqlite_autoindex")) {
        continue;
      }
      bool has_expression = false;
      for (const Row& part : pragma(c, "index_info", index.name, schema)) {
        has_expression = has_expression || part["name"].is_null();
        index.column_names.push_back(text_of(part["name"]));
      }
      if (has_expression) {
        warn(WarningCategory::sa_warning,
             "Skipped unsupported reflection of expression-based index " + index.name);
      } else {
        indexes.push_back(std::move(index));
      }
    }
    std::sort(indexes.begin(), indexes.end(), [](const auto& a, const auto& b) {
      return a.name < b.name;
    });
    return indexes;
  }

  static std::string quoted(Connection& c, std::string_view name) {
    std::string out = "\"";
    for (const char letter : name) {
      out.append(letter == '"' ? 2 : 1, letter);
    }
    static_cast<void>(c);
    return out + '"';
  }

  static std::string master(Connection& c, std::string_view schema) {
    return schema.empty() ? "sqlite_master" : quoted(c, schema) + ".sqlite_master";
  }

  static std::vector<std::string> names(Connection& c, const char* kind, std::string_view schema) {
    const std::string sql = "SELECT name FROM " + master(c, schema) + " WHERE type='" + kind +
                            "' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name";
    std::vector<std::string> names;
    for (const Row& row : c.exec_driver_sql(sql)) {
      names.push_back(text_of(row[0]));
    }
    return names;
  }

  static std::vector<Row> pragma(Connection& c,
                                 const char* name,
                                 std::string_view table,
                                 std::string_view schema) {
    const auto ask = [&](const std::string& in) {
      return c.exec_driver_sql("PRAGMA " + in + "." + name + "(" + quoted(c, table) + ")").all();
    };
    if (!schema.empty()) {
      return ask(quoted(c, schema));
    }
    std::vector<Row> rows = ask("main");
    return rows.empty() ? ask("temp") : rows;
  }

  static std::vector<Row> rows_of(Connection& c,
                                  const char* name,
                                  std::string_view table,
                                  std::string_view schema) {
    std::vector<Row> rows = pragma(c, name, table, schema);
    if (rows.empty()) {
      throw NoSuchTableError((schema.empty() ? "" : std::string(schema) + ".") +
                             std::string(table));
    }
    return rows;
  }

  static void require(Connection& c, std::string_view table, std::string_view schema) {
    rows_of(c, "table_info", table, schema);
  }

  static std::string master_sql(Connection& c,
                                const char* kind,
                                std::string_view name,
                                std::string_view schema) {
    const auto found = c.exec_driver_sql("SELECT sql FROM " + master(c, schema) +
                                             " WHERE name = ? AND type = '" + kind + "'",
                                         {Value(name)})
                           .scalar();
    if (!found) {
      throw NoSuchTableError((schema.empty() ? "" : std::string(schema) + ".") + std::string(name));
    }
    return text_of(*found);
  }

  static TableText parsed(Connection& c, std::string_view table, std::string_view schema) {
    return sqlite::parse_create_table(master_sql(c, "table", table, schema));
  }

  static void add_action(ReflectedForeignKey& key, const char* option, const std::string& action) {
    if (action != "NO ACTION") {
      key.options.emplace_back(option, action);
    }
  }
};

}  // namespace

const Reflection& sqlite_reflection() {
  static const SqliteReflection reflection;
  return reflection;
}

}  // namespace azoth
