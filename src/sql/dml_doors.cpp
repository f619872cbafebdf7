// SPDX-License-Identifier: MIT
// The bodies behind the doors of INSERT, UPDATE and DELETE (assign.hpp, dml.hpp).
#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {

sql::Ref Assign::node(const sql::Ref& table) const {
  if (!column_) {
    return value_ ? sql::assignment(table, key_, value_)
                  : sql::assignment(table, key_, Literal(plain_));
  }
  const bool is_own = column_->kind() == sql::Kind::column &&
                      sql::as<sql::ColumnNode>(column_).owner == table.get();
  sql::Ref value = value_ ? value_ : sql::bind(Literal(plain_), {}, column_->type());
  if (is_own) {
    return sql::make_node<sql::Assignment>(sql::as<sql::ColumnNode>(column_).key(),
                                           std::move(value));
  }
  return sql::make_node<sql::Assignment>(column_, std::move(value));
}

sql::Ref Assign::upsert_node(const sql::Ref& table) const {
  const std::string_view key = column_ && column_->kind() == sql::Kind::column
                                   ? std::string_view(sql::as<sql::ColumnNode>(column_).key())
                                   : key_;
  return value_ ? sql::assignment(table, key, value_)
                : sql::upsert_assignment(table, key, Literal(plain_));
}

namespace detail {

namespace {

// The key of the table's column that a name, an attribute or a column means.
std::string key_of(const sql::Ref& table, const sql::Ref& item) {
  std::string key;
  if (item->kind() == sql::Kind::label_reference) {
    key = sql::as<sql::LabelReference>(item).name;
  } else if (item->kind() == sql::Kind::column) {
    key = sql::as<sql::ColumnNode>(item).key();
  }
  if (!static_cast<const sql::FromNode&>(*table).find(key)) {
    throw CompileError("Unconsumed column names: " + key);
  }
  return key;
}

}  // namespace

const sql::Ref& target_of(const sql::Ref& statement) {
  return sql::as<sql::Statement>(statement).table;
}

sql::Ref from_select(const sql::Ref& insert,
                     std::initializer_list<OrderItem> columns,
                     const sql::Ref& select,
                     bool include_defaults) {
  sql::Ref out = insert;
  for (const OrderItem& column : columns) {
    sql::StatementBuilder::append(
        out,
        sql::Clause::set,
        sql::make_node<sql::Assignment>(key_of(target_of(insert), column.node()), sql::null()));
  }
  sql::StatementBuilder::append(out, sql::Clause::from_select, select);
  return include_defaults ? out : with_flag(std::move(out), sql::Flag::no_select_defaults);
}

sql::Ref returning_defaults(const sql::Ref& statement, std::initializer_list<OrderItem> columns) {
  sql::Ref out = with_flag(statement, sql::Flag::returns_defaults);
  const auto& table = static_cast<const sql::FromNode&>(*target_of(statement));
  for (const OrderItem& column : columns) {
    sql::StatementBuilder::append(
        out, sql::Clause::return_default, table.find(key_of(target_of(statement), column.node())));
  }
  return out;
}

sql::Ref with_dialect_option(const sql::Ref& statement,
                             std::string_view name,
                             const Literal& value) {
  if (name.find('_') == std::string_view::npos) {
    throw ArgumentError(
        "Keywords in a dialect option must be named in the format "
        "<dialectname>_<argument name>, got '" +
        std::string(name) + "'");
  }
  return with_part(
      statement,
      sql::Clause::statement_option,
      sql::make_node<sql::StatementOption>(
          name, value.kind() == ValueKind::text ? std::string(value.text()) : repr(value)));
}

}  // namespace detail
}  // namespace azoth
