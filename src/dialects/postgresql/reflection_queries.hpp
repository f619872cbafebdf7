// SPDX-License-Identifier: MIT
// What reflection asks PostgreSQL's catalogs. A query is one text whatever it is asked about, so
// that it is prepared once: the relations are chosen by its parameters (`filter_parameters`).
#pragma once
#include <azoth/engine/reflection.hpp>

#include <string>
#include <string_view>

namespace azoth::postgresql {

/// The relations of a filter, as `r`. $1: letters of kinds, $2: schema or NULL, $3: names or NULL,
/// $4: whether they are temporary.
#define AZOTH_RELATIONS                                                                     \
  "WITH r AS (SELECT c.oid, c.relname, n.nspname, c.reltablespace, c.relkind::text AS kind" \
  " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"    \
  " WHERE c.relkind::text = ANY ($1::text[]) AND CASE WHEN $2::text IS NULL"                \
  " THEN pg_catalog.pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog'"               \
  " ELSE n.nspname = $2::text END AND ($3::text[] IS NULL OR c.relname = ANY ($3::text[]))" \
  " AND (c.relpersistence = 't') = ANY ($4::bool[])) "

/// The values of the parameters above.
std::vector<Value> filter_parameters(const TableFilter& tables);
/// The letters of pg_class.relkind.
std::vector<std::string> letters_of(ObjectKind kind);
/// Writes a list as PostgreSQL reads arrays of text: {"a","b"}.
std::string array_text(const std::vector<std::string>& items);

std::string text_of(const Value& value);
std::optional<std::string> optional_text(const Value& value);
bool flag_of(const Value& value);

/// Strips the parentheses that enclose the whole text.
std::string without_outer_parentheses(std::string text);

}  // namespace azoth::postgresql
