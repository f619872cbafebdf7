// SPDX-License-Identifier: MIT
// The bodies behind the rarer clauses of SELECT (select_clauses.hpp).
#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {

namespace detail {

sql::Ref text_part(std::string_view text, std::string_view dialect) {
  return sql::make_node<sql::TextPart>(sql::text(text), dialect == "*" ? "" : dialect);
}

sql::Ref hint(const sql::Ref& from, std::string_view text, std::string_view dialect) {
  return sql::make_node<sql::Hint>(from, dialect, text);
}

sql::Ref locking(const ForUpdateOptions& options) {
  auto* node = new sql::ForUpdate;
  sql::Ref ref = sql::Ref::adopt(node);
  node->is_nowait = options.nowait;
  node->is_read = options.read;
  node->is_skip_locked = options.skip_locked;
  node->is_key_share = options.key_share;
  for (const From& table : options.of) {
    node->of.push_back(table.node());
  }
  seal(*node);
  return ref;
}

sql::Ref with_parts(sql::Ref statement, sql::Clause clause, std::initializer_list<From> froms) {
  for (const From& from : froms) {
    sql::StatementBuilder::append(statement, clause, from.node());
  }
  return statement;
}

sql::Ref with_parts(sql::Ref statement,
                    sql::Clause clause,
                    std::initializer_list<OrderItem> items) {
  for (const OrderItem& item : items) {
    sql::StatementBuilder::append(statement, clause, item.node());
  }
  return statement;
}

sql::Ref with_part(sql::Ref statement, sql::Clause clause, sql::Ref part) {
  sql::StatementBuilder::append(statement, clause, std::move(part));
  return statement;
}

sql::Ref without(sql::Ref statement, sql::Clause clause) {
  sql::StatementBuilder::remove(statement, clause);
  return statement;
}

sql::Ref with_flag(sql::Ref statement, sql::Flag flag) {
  sql::StatementBuilder::set_flag(statement, flag);
  return statement;
}

sql::Ref with_slice(sql::Ref statement, std::int64_t start, std::int64_t stop) {
  if (start < 0 || stop < start) {
    throw ArgumentError(
        "slice() needs the places of the first row and of the one behind the last, "
        "got " +
        std::to_string(start) + " and " + std::to_string(stop));
  }
  statement = with_part(without(std::move(statement), sql::Clause::limit),
                        sql::Clause::limit,
                        sql::row_limit(stop - start));
  statement = without(std::move(statement), sql::Clause::offset);
  return start == 0 ? statement
                    : with_part(std::move(statement), sql::Clause::offset, sql::row_limit(start));
}

sql::Ref make_cte(const sql::Ref& statement, std::string_view name, CteOptions options) {
  sql::Ref details;
  if (options.nesting) {
    auto* node = new sql::AliasDetails;
    details = sql::Ref::adopt(node);
    node->is_nesting = true;
    seal(*node);
  }
  return sql::make_node<sql::Alias>(
      sql::Kind::cte, statement, name, options.recursive, std::move(details));
}

sql::Ref lateral(const sql::Ref& statement, std::string_view name) {
  return sql::make_node<sql::Alias>(sql::Kind::lateral, statement, name);
}

sql::Ref joined(
    sql::Ref statement, sql::Ref left, const From& f, sql::Ref on, JoinOptions options) {
  sql::Ref step = sql::make_node<sql::JoinStep>(
      std::move(left), f.node(), std::move(on), options.isouter, options.full);
  return with_part(std::move(statement), sql::Clause::join, std::move(step));
}

}  // namespace detail
}  // namespace azoth
