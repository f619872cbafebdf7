// SPDX-License-Identifier: MIT
// Indexes, and the keys and unique constraints that they are.
#include "dialects/mysql/reflection_question.hpp"

#include <span>

namespace azoth::mysql {
namespace {

/// One column of an index.
struct IndexRow {
  std::string table, index, column, expression, type;
  bool unique = false, is_descending = false;
  std::int64_t length = 0;
  std::optional<std::string> comment;
};

// The rows of all indexes, PRIMARY among them, in order. Each table is in the answer.
ByTable<std::vector<IndexRow>> index_rows(const Question& question) {
  ByTable<std::vector<IndexRow>> all;
  for (const auto& [name, table] : question.tables()) {
    auto& rows = all[name];
    if (!table.is_temporary) {
      continue;
    }
    const auto shown = question.show("SHOW INDEX FROM ", name);
    for (const Row& row : *shown) {
      rows.push_back({.table = name,
                      .index = text_of(row[2]),
                      .column = text_of(row[4]),
                      .expression = {},
                      .type = text_of(row[10]),
                      .unique = number_of(row[1]) == 0,
                      .is_descending = text_of(row[5]) == "D",
                      .length = number_of(row[7]),
                      .comment = text_unless_empty(row[12])});
    }
  }
  const std::string expression = question.is_mariadb() ? "NULL" : "expression";
  for (const Row& row :
       question.ask("SELECT table_name, index_name, column_name, " + expression +
                        ", index_type, non_unique, collation, sub_part, index_comment"
                        " FROM information_schema.statistics WHERE ",
                    "table_schema",
                    "table_name",
                    " ORDER BY table_name, non_unique, index_name, seq_in_index")) {
    const auto found = all.find(text_of(row[0]));
    if (found != all.end()) {
      found->second.push_back({.table = found->first,
                               .index = text_of(row[1]),
                               .column = text_of(row[2]),
                               .expression = text_of(row[3]),
                               .type = text_of(row[4]),
                               .unique = number_of(row[5]) == 0,
                               .is_descending = text_of(row[6]) == "D",
                               .length = number_of(row[7]),
                               .comment = text_unless_empty(row[8])});
    }
  }
  return all;
}

ReflectedIndex index_of(std::span<const IndexRow> rows, const Question& question) {
  const IndexRow& first = rows.front();
  ReflectedIndex index{.name = first.index, .unique = first.unique};
  index.comment = first.comment;
  const bool is_special = first.type == "FULLTEXT" || first.type == "SPATIAL";
  index.type = is_special ? first.type : first.unique ? "UNIQUE" : "";
  std::vector<OptionValue::Pair> lengths;
  bool has_expression = false;
  for (const IndexRow& row : rows) {
    const bool is_expression = row.column.empty() && !row.expression.empty();
    has_expression = has_expression || is_expression;
    const std::string part = is_expression ? "(" + row.expression + ")" : row.column;
    index.column_names.push_back(row.column);
    index.expressions.push_back(part);
    if (row.length > 0 && !is_special) {
      lengths.emplace_back(row.column, OptionValue(row.length));
    }
    if (row.is_descending) {
      index.column_sorting[part] = {"desc"};
    }
  }
  if (!has_expression) {
    index.expressions.clear();
  }
  if (is_special) {
    index.dialect_options.push_back({question.option("prefix"), first.type});
  }
  if (!lengths.empty()) {
    index.dialect_options.push_back({question.option("length"), OptionValue(std::move(lengths))});
  }
  return index;
}

// Calls `take` with the rows of each index but the primary key.
template <class Take>
void each_index(const std::vector<IndexRow>& rows, Take take) {
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end].index == rows[begin].index) {
      ++end;
    }
    if (rows[begin].index != "PRIMARY") {
      take(std::span(rows).subspan(begin, end - begin));
    }
    begin = end;
  }
}

}  // namespace

ByTable<ReflectedPrimaryKey> reflected_primary_keys(const Question& question) {
  ByTable<ReflectedPrimaryKey> keys;
  for (const auto& [table, rows] : index_rows(question)) {
    ReflectedPrimaryKey& key = keys[table];
    for (const IndexRow& row : rows) {
      if (row.index == "PRIMARY") {
        key.constrained_columns.push_back(row.column);
      }
    }
  }
  return keys;
}

ByTable<std::vector<ReflectedIndex>> reflected_indexes(const Question& question) {
  ByTable<std::vector<ReflectedIndex>> all;
  for (const auto& [table, rows] : index_rows(question)) {
    auto& indexes = all[table];
    each_index(rows, [&](std::span<const IndexRow> index) {
      indexes.push_back(index_of(index, question));
    });
  }
  return all;
}

ByTable<std::vector<ReflectedUniqueConstraint>> reflected_uniques(const Question& question) {
  ByTable<std::vector<ReflectedUniqueConstraint>> all;
  for (const auto& [table, rows] : index_rows(question)) {
    auto& uniques = all[table];
    each_index(rows, [&](std::span<const IndexRow> index) {
      if (index.front().unique) {
        ReflectedUniqueConstraint& unique = uniques.emplace_back();
        unique.name = index.front().index;
        unique.duplicates_index = unique.name;
        unique.comment = index.front().comment;
        for (const IndexRow& row : index) {
          unique.column_names.push_back(row.column);
        }
      }
    });
  }
  return all;
}

}  // namespace azoth::mysql
