// SPDX-License-Identifier: MIT
// Makes what INSERT does with rows that are there already.
#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/upsert.hpp>

namespace azoth {

namespace sql {

Ref with_post_values(Ref insert, Ref part) {
  StatementBuilder::remove(insert, Clause::post_values);
  StatementBuilder::append(insert, Clause::post_values, std::move(part));
  return insert;
}

Ref upsert_assignment(const Ref& table, std::string_view key, const Literal& value) {
  const auto& target = as<FromNode>(table);
  for (const ColumnSpec& column : target.specs()) {
    if (column.key == key) {
      return make_node<Assignment>(key, bind(value, "param", column.type));
    }
  }
  return make_node<Assignment>(key, bind(value, "param"));
}

}  // namespace sql

namespace detail {

namespace {

const sql::Ref& table_of(const sql::Ref& insert) {
  return sql::as<sql::Statement>(insert).table;
}

sql::OnConflict* fresh_conflict(bool does_update, const ConflictTarget& target) {
  if (!target.constraint.empty() && !target.index_elements.empty()) {
    throw ArgumentError("'constraint' and 'index_elements' are mutually exclusive");
  }
  auto* node = new sql::OnConflict(does_update);
  node->constraint = target.constraint;
  for (const ConflictColumn& column : target.index_elements) {
    node->index_elements.push_back(column.node());
  }
  if (target.index_where) {
    node->index_where = Predicate(*target.index_where).release();
  }
  return node;
}

sql::Refs assignments(const sql::Ref& table, std::initializer_list<Assign> set) {
  if (set.size() == 0) {
    throw ArgumentError("set parameter must not be empty");
  }
  sql::Refs out;
  for (const Assign& assign : set) {
    assign.each([&](const Assign& one) { out.push_back(one.upsert_node(table)); });
  }
  return out;
}

}  // namespace

sql::Ref on_conflict_do_nothing(const sql::Ref& insert, const ConflictTarget& target) {
  sql::OnConflict* node = fresh_conflict(false, target);
  sql::Ref part = sql::Ref::adopt(node);
  sql::seal(*node);
  return sql::with_post_values(insert, std::move(part));
}

sql::Ref on_conflict_do_update(const sql::Ref& insert,
                               const ConflictTarget& target,
                               std::initializer_list<Assign> set,
                               std::optional<Predicate> where) {
  if (target.constraint.empty() && target.index_elements.empty()) {
    throw ArgumentError(
        "Either constraint or index_elements, but not both, must be specified unless DO NOTHING");
  }
  sql::OnConflict* node = fresh_conflict(true, target);
  sql::Ref part = sql::Ref::adopt(node);
  node->set = assignments(table_of(insert), set);
  if (where) {
    node->where = std::move(*where).release();
  }
  sql::seal(*node);
  return sql::with_post_values(insert, std::move(part));
}

sql::Ref on_duplicate_key_update(const sql::Ref& insert, std::initializer_list<Assign> set) {
  const sql::Ref& table = table_of(insert);
  auto* node = new sql::OnDuplicateKeyUpdate(sql::alias(table, "inserted"));
  sql::Ref part = sql::Ref::adopt(node);
  node->set = assignments(table, set);
  sql::seal(*node);
  return sql::with_post_values(insert, std::move(part));
}

}  // namespace detail

}  // namespace azoth
