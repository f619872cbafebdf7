// SPDX-License-Identifier: MIT
// What MariaDB and MySQL say of their tables. How they are asked stands in reflection_question.cpp,
// columns and indexes in files of their own.
#include "dialects/mysql/reflection_question.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/dialects/mysql.hpp>

namespace azoth {
namespace mysql {
namespace {

// InnoDB tells RESTRICT where nothing was said; NO ACTION is the same.
void add_action(ReflectedForeignKey& key, const char* option, const std::string& rule) {
  if (rule != "RESTRICT" && rule != "NO ACTION") {
    key.options.emplace_back(option, rule);
  }
}

// row_format=DYNAMIC page_compressed=1
void add_options(DialectOptions& options, const Question& question, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string option = text.substr(at, end - at);
    const std::size_t equals = option.find('=');
    if (equals != option.npos) {
      options.push_back(
          {question.option(option.substr(0, equals).c_str()), option.substr(equals + 1)});
    }
    at = end + 1;
  }
}

class MysqlReflection final : public Reflection {
 public:
  Names table_names(Connection& c, std::string_view schema) const override {
    return names(c, schema, "('BASE TABLE', 'SYSTEM VERSIONED')");
  }

  Names view_names(Connection& c, std::string_view schema) const override {
    return names(c, schema, "('VIEW', 'SYSTEM VIEW')");
  }

  Names sequence_names(Connection& c, std::string_view schema) const override {
    return names(c, schema, "('SEQUENCE')");
  }

  bool has_table(Connection& c, std::string_view table, std::string_view schema) const override {
    const TableFilter filter = one(table, schema);
    return !Question(c, filter).tables().empty();
  }

  ByTable<std::vector<ReflectedColumn>> columns(Connection& c,
                                                const TableFilter& tables) const override {
    return reflected_columns(Question(c, tables));
  }

  ByTable<ReflectedPrimaryKey> primary_keys(Connection& c,
                                            const TableFilter& tables) const override {
    return reflected_primary_keys(Question(c, tables));
  }

  ByTable<std::vector<ReflectedIndex>> indexes(Connection& c,
                                               const TableFilter& tables) const override {
    return reflected_indexes(Question(c, tables));
  }

  ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(
      Connection& c, const TableFilter& tables) const override {
    return reflected_uniques(Question(c, tables));
  }

  ByTable<std::vector<ReflectedForeignKey>> foreign_keys(Connection& c,
                                                         const TableFilter& tables) const override {
    const Question question(c, tables);
    auto all = none<std::vector<ReflectedForeignKey>>(question);
    for (const Row& row : question.ask(
             "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema,"
             " k.referenced_table_name, k.referenced_column_name, r.update_rule, r.delete_rule,"
             " k.table_schema FROM information_schema.key_column_usage k"
             " JOIN information_schema.referential_constraints r"
             " ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name"
             " AND r.constraint_name = k.constraint_name"
             " WHERE k.referenced_table_name IS NOT NULL AND ",
             "k.table_schema",
             "k.table_name",
             " ORDER BY k.table_name, k.constraint_name, k.ordinal_position")) {
      const auto table = all.find(text_of(row[0]));
      if (table == all.end()) {
        continue;
      }
      auto& keys = table->second;
      if (keys.empty() || keys.back().name != text_of(row[1])) {
        ReflectedForeignKey& key = keys.emplace_back();
        key.name = text_of(row[1]);
        key.referred_table = text_of(row[4]);
        key.referred_schema = text_of(row[3]) == text_of(row[8]) ? tables.schema : text_of(row[3]);
        add_action(key, "onupdate", text_of(row[6]));
        add_action(key, "ondelete", text_of(row[7]));
      }
      keys.back().constrained_columns.push_back(text_of(row[2]));
      keys.back().referred_columns.push_back(text_of(row[5]));
    }
    return all;
  }

  // MySQL does not say there to which table a check belongs.
  ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(
      Connection& c, const TableFilter& tables) const override {
    const Question question(c, tables);
    auto all = none<std::vector<ReflectedCheckConstraint>>(question);
    const std::string query =
        question.is_mariadb()
            ? "SELECT k.table_name, k.constraint_name, k.check_clause"
              " FROM information_schema.check_constraints k WHERE k.level = 'Table' AND "
            : "SELECT t.table_name, k.constraint_name, k.check_clause"
              " FROM information_schema.check_constraints k"
              " JOIN information_schema.table_constraints t USING (constraint_schema,"
              " constraint_name) WHERE t.constraint_type = 'CHECK' AND ";
    for (const Row& row : question.ask(query,
                                       "k.constraint_schema",
                                       question.is_mariadb() ? "k.table_name" : "t.table_name",
                                       " ORDER BY 1, 2")) {
      const auto table = all.find(text_of(row[0]));
      if (table != all.end()) {
        table->second.push_back({.name = text_of(row[1]), .sqltext = text_of(row[2])});
      }
    }
    return all;
  }

  bool has_comments() const override { return true; }

  ByTable<std::optional<std::string>> table_comments(Connection& c,
                                                     const TableFilter& tables) const override {
    ByTable<std::optional<std::string>> comments;
    for (const auto& [name, table] : Question(c, tables).tables()) {
      const bool has_comment = !table.comment.empty() && !table.is_view();
      comments[name] = has_comment ? std::optional(table.comment) : std::nullopt;
    }
    return comments;
  }

  ByTable<DialectOptions> table_options(Connection& c, const TableFilter& tables) const override {
    const Question question(c, tables);
    ByTable<DialectOptions> all;
    for (const auto& [name, table] : question.tables()) {
      DialectOptions& options = all[name];
      if (table.engine.empty()) {
        continue;
      }
      options.push_back({question.option("engine"), table.engine});
      if (!table.collation.empty()) {
        options.push_back({question.option("default charset"), charset_of(table.collation)});
        options.push_back({question.option("collate"), table.collation});
      }
      add_options(options, question, table.options);
      if (!table.comment.empty()) {
        options.push_back({question.option("comment"), table.comment});
      }
    }
    return all;
  }

  std::string view_definition(Connection& c,
                              std::string_view view,
                              std::string_view schema) const override {
    const TableFilter filter = one(view, schema);
    const auto shown = Question(c, filter).show("SHOW CREATE TABLE ", std::string(view));
    if (!shown || shown->empty()) {
      throw NoSuchTableError((schema.empty() ? "" : std::string(schema) + ".") + std::string(view));
    }
    return text_of(shown->front()[1]);
  }

  std::string default_schema_name(Connection& c) const override {
    const auto name = c.exec_driver_sql("SELECT DATABASE()").scalar();
    return name ? text_of(*name) : std::string();
  }

  Names schema_names(Connection& c) const override {
    Names names;
    for (const Row& row : c.exec_driver_sql(
             "SELECT schema_name FROM information_schema.schemata ORDER BY schema_name")) {
      names.push_back(text_of(row[0]));
    }
    return names;
  }

 private:
  static TableFilter one(std::string_view name, std::string_view schema) {
    return {.schema = std::string(schema),
            .names = {{std::string(name)}},
            .kind = ObjectKind::any,
            .scope = ObjectScope::any};
  }

  static Names names(Connection& c, std::string_view schema, const std::string& types) {
    const TableFilter filter{.schema = std::string(schema)};
    Names names;
    for (const Row& row : Question(c, filter).ask("SELECT table_name FROM information_schema.tables"
                                                  " WHERE table_type IN " +
                                                      types + " AND ",
                                                  "table_schema",
                                                  "table_name",
                                                  " ORDER BY table_name")) {
      names.push_back(text_of(row[0]));
    }
    return names;
  }

  /// An answer that has nothing for each table.
  template <class T>
  static ByTable<T> none(const Question& question) {
    ByTable<T> answer;
    for (const auto& table : question.tables()) {
      answer[table.first];
    }
    return answer;
  }
};

}  // namespace
}  // namespace mysql

const Reflection& mysql_reflection() {
  static const mysql::MysqlReflection reflection;
  return reflection;
}

}  // namespace azoth
