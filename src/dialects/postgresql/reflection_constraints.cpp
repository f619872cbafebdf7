// SPDX-License-Identifier: MIT
// Keys, constraints and indexes, as PostgreSQL's catalogs tell them. Each question is one query for
// all tables; a table without an answer is one row of NULLs.
#include "dialects/postgresql/reflection_constraints.hpp"

#include "dialects/postgresql/reflection_queries.hpp"

#include <algorithm>

namespace azoth::postgresql {
namespace {

// A row for each column of a key. Fields that old versions do not have are read by way of JSON.
#define AZOTH_KEYS(contype)                                                                 \
  AZOTH_RELATIONS                                                                           \
  "SELECT r.relname, con.conname, a.attname, d.description, con.condeferrable,"             \
  " con.condeferred, (to_jsonb(i) ->> 'indnullsnotdistinct')::bool,"                        \
  " (SELECT pg_catalog.string_agg(ia.attname, chr(1) ORDER BY x.ord)"                       \
  "  FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY x(attnum, ord)"                       \
  "  JOIN pg_catalog.pg_attribute ia ON ia.attrelid = i.indrelid AND ia.attnum = x.attnum"  \
  "  WHERE x.ord > i.indnkeyatts)"                                                          \
  " FROM r LEFT JOIN pg_catalog.pg_constraint con"                                          \
  " ON con.conrelid = r.oid AND con.contype = '" contype                                    \
  "'"                                                                                       \
  " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = con.conindid"                         \
  " LEFT JOIN LATERAL pg_catalog.unnest(con.conkey) WITH ORDINALITY k(attnum, ord) ON true" \
  " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.attnum"      \
  " LEFT JOIN pg_catalog.pg_description d ON d.objoid = con.oid AND d.objsubid = 0"         \
  " AND d.classoid = 'pg_catalog.pg_constraint'::regclass"                                  \
  " ORDER BY r.relname, con.conname, k.ord"

constexpr const char* foreign_keys_query = AZOTH_RELATIONS
    "SELECT r.relname, con.conname, a.attname, fn.nspname, fc.relname,"
    " pg_catalog.pg_table_is_visible(fc.oid), fa.attname, con.confupdtype::text,"
    " con.confdeltype::text, con.confmatchtype::text, con.condeferrable, con.condeferred,"
    " con.convalidated, d.description,"
    " (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(sa.attname), ', ' ORDER BY sa.attnum)"
    "  FROM pg_catalog.pg_attribute sa WHERE sa.attrelid = con.conrelid"
    "  AND to_jsonb(con) -> 'confdelsetcols' @> to_jsonb(sa.attnum))"
    " FROM r LEFT JOIN pg_catalog.pg_constraint con"
    " ON con.conrelid = r.oid AND con.contype = 'f' AND NOT EXISTS"
    // what a reference to a partitioned table has for each of its partitions
    " (SELECT 1 FROM pg_catalog.pg_constraint p"
    "  WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid)"
    " LEFT JOIN LATERAL unnest(con.conkey, con.confkey)"
    " WITH ORDINALITY k(attnum, fattnum, ord) ON true"
    " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.attnum"
    " LEFT JOIN pg_catalog.pg_class fc ON fc.oid = con.confrelid"
    " LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace"
    " LEFT JOIN pg_catalog.pg_attribute fa ON fa.attrelid = fc.oid AND fa.attnum = k.fattnum"
    " LEFT JOIN pg_catalog.pg_description d ON d.objoid = con.oid AND d.objsubid = 0"
    " AND d.classoid = 'pg_catalog.pg_constraint'::regclass"
    " ORDER BY r.relname, con.conname, k.ord";

constexpr const char* checks_query = AZOTH_RELATIONS
    "SELECT r.relname, con.conname, pg_catalog.pg_get_expr(con.conbin, con.conrelid),"
    " con.convalidated, d.description"
    " FROM r LEFT JOIN pg_catalog.pg_constraint con"
    " ON con.conrelid = r.oid AND con.contype = 'c'"
    " LEFT JOIN pg_catalog.pg_description d ON d.objoid = con.oid AND d.objsubid = 0"
    " AND d.classoid = 'pg_catalog.pg_constraint'::regclass"
    " ORDER BY r.relname, con.conname";

constexpr const char* indexes_query = AZOTH_RELATIONS
    "SELECT r.relname, ic.relname, i.indisunique, a.attname,"
    " pg_catalog.pg_get_indexdef(i.indexrelid, k.ord::int, true), k.ord <= i.indnkeyatts,"
    " i.indoption[k.ord - 1]::int, am.amname, oc.opcname,"
    " pg_catalog.pg_get_expr(i.indpred, i.indrelid),"
    " pg_catalog.array_to_string(ic.reloptions, chr(1)), con.conname,"
    " (to_jsonb(i) ->> 'indnullsnotdistinct')::bool, d.description"
    " FROM r LEFT JOIN pg_catalog.pg_index i ON i.indrelid = r.oid AND NOT i.indisprimary"
    " LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid"
    " LEFT JOIN pg_catalog.pg_am am ON am.oid = ic.relam"
    " LEFT JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY k(attnum, ord) ON true"
    " LEFT JOIN pg_catalog.pg_attribute a"
    " ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0"
    " LEFT JOIN pg_catalog.pg_opclass oc"
    " ON k.ord <= i.indnkeyatts AND oc.oid = i.indclass[k.ord - 1] AND NOT oc.opcdefault"
    " LEFT JOIN pg_catalog.pg_constraint con ON con.conrelid = i.indrelid"
    " AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')"
    " LEFT JOIN pg_catalog.pg_description d ON d.objoid = i.indexrelid AND d.objsubid = 0"
    " AND d.classoid = 'pg_catalog.pg_class'::regclass"
    " ORDER BY r.relname, ic.relname, k.ord";

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; !text.empty() && at <= text.size();) {
    const std::size_t end = std::min(text.find('\1', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

OptionValue list_of(const std::vector<std::string>& names) {
  return OptionValue(std::vector<OptionValue>(names.begin(), names.end()));
}

// Of ON UPDATE and ON DELETE; NO ACTION goes without saying.
std::string action_of(const std::string& letter) {
  return letter == "c"   ? "CASCADE"
         : letter == "n" ? "SET NULL"
         : letter == "d" ? "SET DEFAULT"
         : letter == "r" ? "RESTRICT"
                         : "";
}

void add_options(ReflectedForeignKey& key, const Row& row) {
  const auto add = [&](const char* name, std::string value) {
    if (!value.empty()) {
      key.options.emplace_back(name, std::move(value));
    }
  };
  add("onupdate", action_of(text_of(row[7])));
  const std::string columns = text_of(row[14]);
  add("ondelete", action_of(text_of(row[8])) + (columns.empty() ? "" : " (" + columns + ")"));
  add("deferrable", flag_of(row[10]) ? "true" : "");
  add("initially", flag_of(row[11]) ? "DEFERRED" : "");
  add("match", text_of(row[9]) == "f" ? "FULL" : text_of(row[9]) == "p" ? "PARTIAL" : "");
  add("postgresql_not_valid", flag_of(row[12]) ? "" : "true");
}

}  // namespace

ByTable<ReflectedPrimaryKey> primary_keys(Connection& c, const TableFilter& tables) {
  ByTable<ReflectedPrimaryKey> keys;
  for (const Row& row : c.exec_driver_sql(AZOTH_KEYS("p"), filter_parameters(tables))) {
    ReflectedPrimaryKey& key = keys[text_of(row[0])];
    if (!row[1].is_null()) {
      key.name = text_of(row[1]);
      key.comment = optional_text(row[3]);
      key.constrained_columns.push_back(text_of(row[2]));
    }
  }
  return keys;
}

ByTable<std::vector<ReflectedUniqueConstraint>> unique_constraints(Connection& c,
                                                                   const TableFilter& tables) {
  ByTable<std::vector<ReflectedUniqueConstraint>> all;
  for (const Row& row : c.exec_driver_sql(AZOTH_KEYS("u"), filter_parameters(tables))) {
    auto& uniques = all[text_of(row[0])];
    if (row[1].is_null()) {
      continue;
    }
    if (uniques.empty() || uniques.back().name != text_of(row[1])) {
      ReflectedUniqueConstraint& unique = uniques.emplace_back();
      unique.name = text_of(row[1]);
      unique.comment = optional_text(row[3]);
      if (flag_of(row[4])) {
        unique.deferrable = true;
        unique.initially = flag_of(row[5]) ? "DEFERRED" : "";
      }
      if (flag_of(row[6])) {
        unique.dialect_options.push_back({"postgresql_nulls_not_distinct", true});
      }
      if (!row[7].is_null()) {
        unique.dialect_options.push_back({"postgresql_include", list_of(split(text_of(row[7])))});
      }
    }
    uniques.back().column_names.push_back(text_of(row[2]));
  }
  return all;
}

ByTable<std::vector<ReflectedForeignKey>> foreign_keys(Connection& c, const TableFilter& tables) {
  ByTable<std::vector<ReflectedForeignKey>> all;
  for (const Row& row : c.exec_driver_sql(foreign_keys_query, filter_parameters(tables))) {
    auto& keys = all[text_of(row[0])];
    if (row[1].is_null()) {
      continue;
    }
    if (keys.empty() || keys.back().name != text_of(row[1])) {
      ReflectedForeignKey& key = keys.emplace_back();
      key.name = text_of(row[1]);
      key.referred_table = text_of(row[4]);
      // What is found without a schema is called so, unless its schema is the one asked for.
      const std::string schema = text_of(row[3]);
      key.referred_schema = flag_of(row[5]) && schema != tables.schema ? "" : schema;
      key.comment = optional_text(row[13]);
      add_options(key, row);
    }
    keys.back().constrained_columns.push_back(text_of(row[2]));
    keys.back().referred_columns.push_back(text_of(row[6]));
  }
  return all;
}

ByTable<std::vector<ReflectedCheckConstraint>> check_constraints(Connection& c,
                                                                 const TableFilter& tables) {
  ByTable<std::vector<ReflectedCheckConstraint>> all;
  for (const Row& row : c.exec_driver_sql(checks_query, filter_parameters(tables))) {
    auto& checks = all[text_of(row[0])];
    if (row[1].is_null()) {
      continue;
    }
    ReflectedCheckConstraint& check = checks.emplace_back();
    check.name = text_of(row[1]);
    check.sqltext = without_outer_parentheses(text_of(row[2]));
    check.comment = optional_text(row[4]);
    if (!flag_of(row[3])) {
      check.dialect_options.push_back({"postgresql_not_valid", true});
    }
  }
  return all;
}

namespace {

// What belongs to the index and not to one of its parts.
ReflectedIndex index_of(const Row& row) {
  ReflectedIndex index{.name = text_of(row[1]), .unique = flag_of(row[2])};
  DialectOptions& options = index.dialect_options;
  if (text_of(row[7]) != "btree") {
    options.push_back({"postgresql_using", text_of(row[7])});
  }
  if (!row[9].is_null()) {
    options.push_back({"postgresql_where", text_of(row[9])});
  }
  if (!row[10].is_null()) {
    std::vector<OptionValue::Pair> storage;
    for (const std::string& option : split(text_of(row[10]))) {
      const std::size_t equals = option.find('=');
      storage.emplace_back(option.substr(0, equals), OptionValue(option.substr(equals + 1)));
    }
    options.push_back({"postgresql_with", OptionValue(std::move(storage))});
  }
  index.duplicates_constraint = optional_text(row[11]);
  if (flag_of(row[12])) {
    options.push_back({"postgresql_nulls_not_distinct", true});
  }
  index.comment = optional_text(row[13]);
  return index;
}

// The bits of pg_index.indoption.
std::vector<std::string> sorting_of(std::int64_t bits) {
  const bool is_descending = (bits & 1) != 0, has_nulls_first = (bits & 2) != 0;
  std::vector<std::string> words;
  if (is_descending) {
    words.emplace_back("desc");
  }
  if (is_descending != has_nulls_first) {
    words.emplace_back(has_nulls_first ? "nulls_first" : "nulls_last");
  }
  return words;
}

// What is known of an index when all its rows have been read.
struct Parts {
  std::vector<std::string> texts, included;
  std::vector<OptionValue::Pair> operator_classes;
  bool has_expression = false;

  void give_to(ReflectedIndex& index) {
    if (has_expression) {
      index.expressions = std::move(texts);
    }
    if (!included.empty()) {
      index.dialect_options.push_back({"postgresql_include", list_of(included)});
    }
    if (!operator_classes.empty()) {
      index.dialect_options.push_back({"postgresql_ops", OptionValue(std::move(operator_classes))});
    }
    *this = Parts();
  }
};

}  // namespace

ByTable<std::vector<ReflectedIndex>> indexes(Connection& c, const TableFilter& tables) {
  ByTable<std::vector<ReflectedIndex>> all;
  ReflectedIndex* index = nullptr;
  std::string table;
  Parts parts;
  for (const Row& row : c.exec_driver_sql(indexes_query, filter_parameters(tables))) {
    auto& of_table = all[text_of(row[0])];
    if (row[1].is_null()) {
      continue;
    }
    if (index == nullptr || table != text_of(row[0]) || index->name != text_of(row[1])) {
      if (index != nullptr) {
        parts.give_to(*index);
      }
      table = text_of(row[0]);
      index = &of_table.emplace_back(index_of(row));
    }
    if (!flag_of(row[5])) {
      parts.included.push_back(text_of(row[3]));
      continue;
    }
    const bool is_column = !row[3].is_null();
    const std::string text = text_of(row[is_column ? 3 : 4]);
    index->column_names.push_back(is_column ? text : "");
    parts.texts.push_back(text);
    parts.has_expression = parts.has_expression || !is_column;
    if (const auto words = sorting_of(row[6].get<std::int64_t>()); !words.empty()) {
      index->column_sorting[text] = words;
    }
    if (!row[8].is_null()) {
      parts.operator_classes.emplace_back(text, OptionValue(text_of(row[8])));
    }
  }
  if (index != nullptr) {
    parts.give_to(*index);
  }
  return all;
}

}  // namespace azoth::postgresql
