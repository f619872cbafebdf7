// SPDX-License-Identifier: MIT
// What PostgreSQL says of its tables: queries of its catalogs, one a question. Types stand in
// reflection_types.cpp, constraints and indexes in reflection_constraints.cpp.
#include "dialects/postgresql/reflection_constraints.hpp"
#include "dialects/postgresql/reflection_queries.hpp"
#include "dialects/postgresql/reflection_types.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql.hpp>

namespace azoth {
namespace postgresql {

namespace {

constexpr const char* columns_query = AZOTH_RELATIONS
    "SELECT r.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), e.oid,"
    " e.typtype::text, a.attnotnull, a.attgenerated::text, a.attidentity::text,"
    " pg_catalog.pg_get_expr(ad.adbin, ad.adrelid), d.description, co.collname, s.seqstart,"
    " s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle"
    " FROM r LEFT JOIN pg_catalog.pg_attribute a"
    " ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
    " LEFT JOIN pg_catalog.pg_type e ON e.oid ="
    " CASE WHEN t.typcategory = 'A' AND t.typtype <> 'd' THEN t.typelem ELSE t.oid END"
    " LEFT JOIN pg_catalog.pg_collation co"
    " ON co.oid = a.attcollation AND a.attcollation <> t.typcollation"
    " LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = r.oid AND ad.adnum = a.attnum"
    " LEFT JOIN pg_catalog.pg_description d ON d.objoid = r.oid AND d.objsubid = a.attnum"
    " AND d.classoid = 'pg_catalog.pg_class'::regclass"
    " LEFT JOIN pg_catalog.pg_depend dep ON a.attidentity <> '' AND dep.refobjid = r.oid"
    " AND dep.refobjsubid = a.attnum AND dep.deptype = 'i'"
    " AND dep.classid = 'pg_catalog.pg_class'::regclass"
    " AND dep.refclassid = 'pg_catalog.pg_class'::regclass"
    " LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = dep.objid"
    " ORDER BY r.relname, a.attnum";

Identity identity_of(const Row& row) {
  Identity identity{.always = text_of(row[7]) == "a"};
  if (!row[11].is_null()) {
    identity.options = {.start = row[11].get<std::int64_t>(),
                        .increment = row[12].get<std::int64_t>(),
                        .minvalue = row[13].get<std::int64_t>(),
                        .maxvalue = row[14].get<std::int64_t>(),
                        .cycle = flag_of(row[16]),
                        .cache = row[15].get<std::int64_t>()};
  }
  return identity;
}

// A default of a sequence's next value makes the column one that the database numbers. The sequence
// is called with the schema that was asked for.
void add_default(ReflectedColumn& column, std::string text, const std::string& schema) {
  const std::size_t begin = text.find("nextval('");
  const std::size_t end = begin == text.npos ? begin : text.find('\'', begin + 9);
  if (end != text.npos) {
    const bool is_integer = column.type->kind == TypeKind::sql_integer ||
                            column.type->kind == TypeKind::sql_bigint ||
                            column.type->kind == TypeKind::sql_smallint;
    column.autoincrement = is_integer;
    if (!schema.empty() && text.substr(begin, end - begin).find('.') == text.npos) {
      text.insert(begin + 9, "\"" + schema + "\".");
    }
  }
  column.default_ = std::move(text);
}

ReflectedColumn column_of(const Row& row, UserTypes& types, const std::string& schema) {
  ReflectedColumn column;
  column.name = text_of(row[1]);
  column.type =
      types.type_of(text_of(row[2]), row[3].get<std::int64_t>(), text_of(row[4]), column.name);
  if (!row[10].is_null()) {
    column.type = with_collation(column.type, text_of(row[10]));
  }
  column.nullable = !flag_of(row[5]);
  column.autoincrement = false;
  if (!text_of(row[6]).empty()) {
    column.computed = {text_of(row[8]), text_of(row[6]) == "s"};
  } else if (!row[8].is_null()) {
    add_default(column, text_of(row[8]), schema);
  }
  if (!text_of(row[7]).empty()) {
    column.identity = identity_of(row);
    column.autoincrement = true;
  }
  column.comment = optional_text(row[9]);
  return column;
}

class PostgresqlReflection final : public Reflection {
 public:
  Names table_names(Connection& c, std::string_view schema) const override {
    return names(c, "{r,p}", schema, "{f}");
  }

  Names view_names(Connection& c, std::string_view schema) const override {
    return names(c, "{v}", schema, "{f}");
  }

  Names materialized_view_names(Connection& c, std::string_view schema) const override {
    return names(c, "{m}", schema, "{f}");
  }

  Names foreign_table_names(Connection& c, std::string_view schema) const override {
    return names(c, "{f}", schema, "{f}");
  }

  Names sequence_names(Connection& c, std::string_view schema) const override {
    return names(c, "{S}", schema, "{t,f}");
  }

  Names temp_table_names(Connection& c) const override { return names(c, "{r,p}", "", "{t}"); }

  Names temp_view_names(Connection& c) const override { return names(c, "{v}", "", "{t}"); }

  bool has_table(Connection& c, std::string_view table, std::string_view schema) const override {
    const TableFilter filter{.schema = std::string(schema),
                             .names = {{std::string(table)}},
                             .kind = ObjectKind::any,
                             .scope = ObjectScope::any};
    return !c.exec_driver_sql(AZOTH_RELATIONS "SELECT relname FROM r", filter_parameters(filter))
                .all()
                .empty();
  }

  ByTable<std::vector<ReflectedColumn>> columns(Connection& c,
                                                const TableFilter& tables) const override {
    // All rows first: user types are asked for while they are read.
    const std::vector<Row> rows = c.exec_driver_sql(columns_query, filter_parameters(tables)).all();
    ByTable<std::vector<ReflectedColumn>> all;
    UserTypes types(c);
    for (const Row& row : rows) {
      auto& of_table = all[text_of(row[0])];
      if (!row[1].is_null()) {
        of_table.push_back(column_of(row, types, tables.schema));
      }
    }
    return all;
  }

  ByTable<ReflectedPrimaryKey> primary_keys(Connection& c,
                                            const TableFilter& tables) const override {
    return postgresql::primary_keys(c, tables);
  }

  ByTable<std::vector<ReflectedForeignKey>> foreign_keys(Connection& c,
                                                         const TableFilter& tables) const override {
    return postgresql::foreign_keys(c, tables);
  }

  ByTable<std::vector<ReflectedIndex>> indexes(Connection& c,
                                               const TableFilter& tables) const override {
    return postgresql::indexes(c, tables);
  }

  ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(
      Connection& c, const TableFilter& tables) const override {
    return postgresql::unique_constraints(c, tables);
  }

  ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(
      Connection& c, const TableFilter& tables) const override {
    return postgresql::check_constraints(c, tables);
  }

  bool has_comments() const override { return true; }

  ByTable<std::optional<std::string>> table_comments(Connection& c,
                                                     const TableFilter& tables) const override {
    ByTable<std::optional<std::string>> comments;
    for (const Row& row :
         c.exec_driver_sql(AZOTH_RELATIONS "SELECT r.relname, d.description FROM r LEFT JOIN"
                                           " pg_catalog.pg_description d ON d.objoid = r.oid AND"
                                           " d.objsubid = 0 AND d.classoid ="
                                           " 'pg_catalog.pg_class'::regclass",
                           filter_parameters(tables))) {
      comments[text_of(row[0])] = optional_text(row[1]);
    }
    return comments;
  }

  ByTable<DialectOptions> table_options(Connection& c, const TableFilter& tables) const override {
    ByTable<DialectOptions> all;
    for (const Row& row : c.exec_driver_sql(
             AZOTH_RELATIONS
             "SELECT r.relname, CASE WHEN r.kind = 'p' THEN pg_catalog.pg_get_partkeydef(r.oid)"
             " END, ts.spcname, p.relname FROM r"
             " LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = r.reltablespace"
             " LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = r.oid"
             " LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind <> 'p'"
             " ORDER BY r.relname, i.inhseqno",
             filter_parameters(tables))) {
      DialectOptions& options = all[text_of(row[0])];
      if (!row[1].is_null()) {
        options.push_back({"postgresql_partition_by", text_of(row[1])});
      }
      if (!row[2].is_null() && options.empty()) {
        options.push_back({"postgresql_tablespace", text_of(row[2])});
      }
      if (!row[3].is_null()) {
        add_parent(options, text_of(row[3]));
      }
    }
    return all;
  }

  std::string view_definition(Connection& c,
                              std::string_view view,
                              std::string_view schema) const override {
    const TableFilter filter{.schema = std::string(schema),
                             .names = {{std::string(view)}},
                             .kind = ObjectKind::any_view,
                             .scope = ObjectScope::any};
    const auto found =
        c.exec_driver_sql(AZOTH_RELATIONS "SELECT pg_catalog.pg_get_viewdef(r.oid) FROM r",
                          filter_parameters(filter))
            .scalar();
    if (!found) {
      throw NoSuchTableError((schema.empty() ? "" : std::string(schema) + ".") + std::string(view));
    }
    return text_of(*found);
  }

  std::string default_schema_name(Connection& c) const override {
    const auto name = c.exec_driver_sql("SELECT current_schema()::text").scalar();
    return name ? text_of(*name) : std::string();
  }

  Names schema_names(Connection& c) const override {
    Names names;
    for (const Row& row : c.exec_driver_sql("SELECT nspname FROM pg_catalog.pg_namespace"
                                            " WHERE nspname NOT LIKE 'pg~_%' ESCAPE '~'"
                                            " ORDER BY nspname")) {
      names.push_back(text_of(row[0]));
    }
    return names;
  }

  std::vector<ReflectedEnum> enums(Connection& c, std::string_view schema) const override;
  std::vector<ReflectedDomain> domains(Connection& c, std::string_view schema) const override;

 private:
  static Names names(Connection& c,
                     const char* letters,
                     std::string_view schema,
                     const char* temporary) {
    Names names;
    for (const Row& row :
         c.exec_driver_sql(AZOTH_RELATIONS "SELECT relname FROM r ORDER BY relname",
                           {Value(letters),
                            schema.empty() ? Value() : Value(schema),
                            Value(),
                            Value(temporary)})) {
      names.push_back(text_of(row[0]));
    }
    return names;
  }

  static void add_parent(DialectOptions& options, const std::string& name) {
    std::vector<OptionValue> parents;
    if (!options.empty() && options.back().name == "postgresql_inherits") {
      parents = options.back().value.list();
      options.pop_back();
    }
    parents.emplace_back(name);
    options.push_back({"postgresql_inherits", OptionValue(std::move(parents))});
  }
};

// The types of a schema, of all schemas (*), or those that are found without one.
#define AZOTH_OF_SCHEMA                                                      \
  " CASE WHEN $1::text = '*' THEN n.nspname !~ '^(pg_|information_schema$)'" \
  " WHEN $1::text IS NULL THEN pg_catalog.pg_type_is_visible(t.oid)"         \
  " AND n.nspname <> 'pg_catalog' ELSE n.nspname = $1::text END"

}  // namespace

std::vector<ReflectedEnum> PostgresqlReflection::enums(Connection& c,
                                                       std::string_view schema) const {
  std::vector<ReflectedEnum> enums;
  for (const Row& row : c.exec_driver_sql(
           "SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid), e.enumlabel"
           " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
           " LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid WHERE t.typtype = 'e'"
           " AND" AZOTH_OF_SCHEMA " ORDER BY n.nspname, t.typname, e.enumsortorder",
           {schema.empty() ? Value() : Value(schema)})) {
    if (enums.empty() || enums.back().name != text_of(row[0]) ||
        enums.back().schema != text_of(row[1])) {
      enums.push_back({text_of(row[0]), text_of(row[1]), flag_of(row[2])});
    }
    if (!row[3].is_null()) {
      enums.back().labels.push_back(text_of(row[3]));
    }
  }
  return enums;
}

std::vector<ReflectedDomain> PostgresqlReflection::domains(Connection& c,
                                                           std::string_view schema) const {
  const std::vector<Row> rows =
      c.exec_driver_sql(
           "SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid),"
           " pg_catalog.format_type(t.typbasetype, t.typtypmod), b.oid, b.typtype::text,"
           " t.typnotnull, t.typdefault, co.collname, con.conname,"
           " pg_catalog.pg_get_expr(con.conbin, 0)"
           " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
           " JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype"
           " JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN base.typcategory = 'A'"
           " AND base.typtype <> 'd' THEN base.typelem ELSE base.oid END"
           " LEFT JOIN pg_catalog.pg_collation co"
           " ON co.oid = t.typcollation AND t.typcollation <> base.typcollation"
           " LEFT JOIN pg_catalog.pg_constraint con ON con.contypid = t.oid AND con.contype = 'c'"
           " WHERE t.typtype = 'd' AND" AZOTH_OF_SCHEMA
           " ORDER BY n.nspname, t.typname, con.conname",
           {schema.empty() ? Value() : Value(schema)})
          .all();
  std::vector<ReflectedDomain> domains;
  UserTypes types(c);
  for (const Row& row : rows) {
    if (domains.empty() || domains.back().name != text_of(row[0]) ||
        domains.back().schema != text_of(row[1])) {
      ReflectedDomain& domain = domains.emplace_back();
      domain.name = text_of(row[0]);
      domain.schema = text_of(row[1]);
      domain.visible = flag_of(row[2]);
      domain.type =
          types.type_of(text_of(row[3]), row[4].get<std::int64_t>(), text_of(row[5]), domain.name);
      domain.nullable = !flag_of(row[6]);
      domain.default_ = optional_text(row[7]);
      domain.collation = optional_text(row[8]);
    }
    if (!row[9].is_null()) {
      domains.back().constraints.push_back(
          {text_of(row[9]), without_outer_parentheses(text_of(row[10]))});
    }
  }
  return domains;
}

}  // namespace postgresql

const Reflection& postgresql_reflection() {
  static const postgresql::PostgresqlReflection reflection;
  return reflection;
}

}  // namespace azoth
