// SPDX-License-Identifier: MIT
// Tables made from what a database says of them. All tables of a schema are asked for together, and
// those that they refer to behind them, so that the number of questions does not grow with the
// number of tables.
#include <azoth/base/error.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <set>

namespace azoth {
namespace {

using Names = std::vector<std::string>;

// Text from a database has no parameters: a colon before a word is escaped.
std::string without_parameters(const std::string& text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_cast = (i > 0 && text[i - 1] == ':') || text.substr(i, 2) == "::";
    escaped += text[i] == ':' && !is_cast ? "\\:" : text.substr(i, 1);
  }
  return escaped;
}

sql::Ref sql_of(const std::string& text) {
  return sql::text(without_parameters(text));
}

ColumnOptions options_of(const ReflectedColumn& column) {
  ColumnOptions options;
  options.nullable = column.nullable;
  options.comment = column.comment;
  if (column.autoincrement && !column.identity) {
    options.autoincrement = *column.autoincrement ? AutoIncrement::always : AutoIncrement::never;
  }
  if (column.computed) {
    options.computed = Computed(sql_of(column.computed->sqltext), column.computed->persisted);
  } else if (column.identity) {
    options.identity = column.identity;
  } else if (column.default_) {
    options.server_default_expression = sql_of(*column.default_);
  }
  for (const std::string& check : column.checks) {
    options.constraints.push_back(CheckConstraint(sql_of(check)));
  }
  return options;
}

Constraint foreign_key_of(const ReflectedForeignKey& key) {
  std::vector<RefColumn> targets;
  for (const std::string& column : key.referred_columns) {
    targets.emplace_back(sql::full_name(key.referred_schema, key.referred_table) + "." + column);
  }
  ForeignKey actions;
  actions.name = ConstraintName(key.name.value_or(""));
  actions.link_to_name = true;
  for (const auto& [option, value] : key.options) {
    if (option == "ondelete") {
      actions.ondelete = value;
    } else if (option == "onupdate") {
      actions.onupdate = value;
    } else if (option == "deferrable") {
      actions.deferrable = value == "true";
    } else if (option == "initially") {
      actions.initially = value;
    } else if (option == "match") {
      actions.match = value;
    } else {
      actions.dialect_options.push_back({option, value == "true"});
    }
  }
  return ForeignKeyConstraint(key.constrained_columns, std::move(targets), actions);
}

// postgresql_where comes as text, and columns of expressions too.
Index index_of(const ReflectedIndex& index) {
  Index made{ConstraintName(index.name), {}, index.unique, index.dialect_options};
  for (DialectOption& option : made.dialect_options) {
    if (option.name.ends_with("_where")) {
      option.value = OptionValue(sql_of(option.value.text()));
    }
  }
  for (std::size_t i = 0; i < index.column_names.size(); ++i) {
    const std::string& name = index.column_names[i];
    const std::string& part = name.empty() ? index.expressions[i] : name;
    const auto sorting = index.column_sorting.find(part);
    if (sorting == index.column_sorting.end()) {
      made.columns.push_back(name.empty() ? IndexElement(sql_of(part)) : IndexElement(name));
      continue;
    }
    sql::Ref element = name.empty() ? sql_of(part) : sql::column(name);
    for (const std::string& word : sorting->second) {
      element = sql::unary_postfix(word == "desc"          ? sql::Op::desc
                                   : word == "nulls_first" ? sql::Op::nulls_first
                                                           : sql::Op::nulls_last,
                                   std::move(element));
    }
    made.columns.emplace_back(element);
  }
  return made;
}

// The answers about the tables of one schema.
struct Answers {
  Answers(const Inspector& inspector, const TableFilter& tables)
      : columns(inspector.get_multi_columns(tables)),
        primary_keys(inspector.get_multi_pk_constraint(tables)),
        foreign_keys(inspector.get_multi_foreign_keys(tables)),
        indexes(inspector.get_multi_indexes(tables)),
        uniques(inspector.get_multi_unique_constraints(tables)),
        checks(inspector.get_multi_check_constraints(tables)),
        options(inspector.get_multi_table_options(tables)) {
    if (inspector.has_comments()) {
      comments = inspector.get_multi_table_comment(tables);
    }
  }

  ByTable<std::vector<ReflectedColumn>> columns;
  ByTable<ReflectedPrimaryKey> primary_keys;
  ByTable<std::vector<ReflectedForeignKey>> foreign_keys;
  ByTable<std::vector<ReflectedIndex>> indexes;
  ByTable<std::vector<ReflectedUniqueConstraint>> uniques;
  ByTable<std::vector<ReflectedCheckConstraint>> checks;
  ByTable<DialectOptions> options;
  ByTable<std::optional<std::string>> comments{};
};

std::vector<Constraint> constraints_of(const std::string& name, Answers& from) {
  std::vector<Constraint> constraints;
  const ReflectedPrimaryKey& key = from.primary_keys[name];
  if (!key.constrained_columns.empty()) {
    constraints.push_back(
        PrimaryKeyConstraint(key.constrained_columns, ConstraintName(key.name.value_or(""))));
  }
  for (const ReflectedForeignKey& foreign : from.foreign_keys[name]) {
    constraints.push_back(foreign_key_of(foreign));
  }
  for (const ReflectedUniqueConstraint& unique : from.uniques[name]) {
    if (!unique.duplicates_index) {
      constraints.push_back(UniqueConstraint(unique.column_names,
                                             ConstraintName(unique.name.value_or("")),
                                             {.deferrable = unique.deferrable,
                                              .initially = unique.initially,
                                              .dialect_options = unique.dialect_options}));
    }
  }
  for (const ReflectedCheckConstraint& check : from.checks[name]) {
    constraints.push_back(CheckConstraint(sql_of(check.sqltext),
                                          ConstraintName(check.name.value_or("")),
                                          {.dialect_options = check.dialect_options}));
  }
  return constraints;
}

void declare(const std::string& name,
             const std::string& schema,
             const MetaData& metadata,
             Answers& from) {
  std::vector<Column> columns;
  for (const ReflectedColumn& column : from.columns[name]) {
    columns.emplace_back(column.name, column.type, options_of(column));
  }
  std::vector<Index> indexes;
  for (const ReflectedIndex& index : from.indexes[name]) {
    if (!index.duplicates_constraint) {
      indexes.push_back(index_of(index));
    }
  }
  TableOptions options;
  options.schema = schema;
  options.comment = from.comments[name];
  options.dialect_options = from.options[name];
  Table(name,
        metadata,
        std::move(columns),
        constraints_of(name, from),
        std::move(indexes),
        std::move(options));
}

using BySchema = std::map<std::string, std::set<std::string>>;

// Declares the tables, and in further rounds those that they refer to.
void load(BySchema wanted,
          const MetaData& metadata,
          const Inspector& inspector,
          TableFilter filter,
          bool resolve_fks) {
  while (!wanted.empty()) {
    BySchema referred;
    for (auto& [schema, names] : wanted) {
      std::erase_if(names, [&, &in = schema](const std::string& name) {
        return metadata.contains(sql::full_name(in, name));
      });
      if (names.empty()) {
        continue;
      }
      filter.schema = schema;
      filter.names = Names(names.begin(), names.end());
      Answers answers(inspector, filter);
      for (const std::string& name : names) {
        if (!answers.columns.contains(name)) {
          throw NoSuchTableError(sql::full_name(schema, name));
        }
        declare(name, schema, metadata, answers);
        for (const ReflectedForeignKey& key : answers.foreign_keys[name]) {
          referred[key.referred_schema].insert(key.referred_table);
        }
      }
    }
    wanted = resolve_fks ? std::move(referred) : BySchema();
    filter.kind = ObjectKind::any;
    filter.scope = ObjectScope::any;
  }
}

Table autoload_with(const Inspector& inspector,
                    std::string_view name,
                    const MetaData& metadata,
                    std::string_view given) {
  const std::string schema(given.empty() ? std::string_view(metadata.state()->schema) : given);
  load({{schema, {std::string(name)}}},
       metadata,
       inspector,
       {.kind = ObjectKind::any, .scope = ObjectScope::any},
       true);
  return metadata.table(sql::full_name(schema, name));
}

void reflect_with(const Inspector& inspector, const MetaData& metadata, ReflectOptions options) {
  if (options.schema.empty()) {
    options.schema = metadata.state()->schema;
  }
  Names found = inspector.get_table_names(options.schema);
  TableFilter filter{.kind = ObjectKind::table};
  if (options.views) {
    for (const Names& views : {inspector.get_view_names(options.schema),
                               inspector.get_materialized_view_names(options.schema)}) {
      found.insert(found.end(), views.begin(), views.end());
    }
    filter.kind = ObjectKind::any;
  }
  const std::set<std::string> there(found.begin(), found.end());
  std::set<std::string> wanted(options.only.begin(), options.only.end());
  std::string missing;
  for (const std::string& name : options.only) {
    if (!there.contains(name)) {
      missing += (missing.empty() ? "" : ", ") + name;
    }
  }
  if (!missing.empty()) {
    throw InvalidRequestError(
        "Could not reflect: requested table(s) not available in " +
        (options.schema.empty() ? "the database" : "schema '" + options.schema + "'") + ": (" +
        missing + ")");
  }
  load({{options.schema, options.only.empty() ? there : wanted}},
       metadata,
       inspector,
       filter,
       options.resolve_fks);
}

}  // namespace

Table autoload(std::string_view name,
               const MetaData& metadata,
               const Engine& engine,
               std::string_view schema) {
  return autoload_with(Inspector(engine), name, metadata, schema);
}

Table autoload(std::string_view name,
               const MetaData& metadata,
               Connection& connection,
               std::string_view schema) {
  return autoload_with(Inspector(connection), name, metadata, schema);
}

void reflect(const MetaData& metadata, const Engine& engine, const ReflectOptions& options) {
  reflect_with(Inspector(engine), metadata, options);
}

void reflect(const MetaData& metadata, Connection& connection, const ReflectOptions& options) {
  reflect_with(Inspector(connection), metadata, options);
}

void reflect(const MetaData& metadata, const Engine& engine, std::string_view schema) {
  reflect(metadata, engine, ReflectOptions{.schema = std::string(schema)});
}

}  // namespace azoth
