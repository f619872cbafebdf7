// SPDX-License-Identifier: MIT
// The bodies behind the typed doors (expr.hpp, condition.hpp, select.hpp, dml.hpp).
#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/visitors.hpp>

namespace azoth {
namespace detail {

sql::Ref in_values(sql::Op op, const sql::Ref& element, const Literal* values, std::size_t count) {
  return sql::in(op, sql::Ref(element), {values, count});
}

sql::Ref in_values(sql::Op op, const sql::Ref& element, const std::vector<Value>& values) {
  const std::vector<Literal> literals(values.begin(), values.end());
  return sql::in(op, sql::Ref(element), literals);
}

namespace {
std::string name_of(const sql::Ref& from) {
  switch (from->kind()) {
    case sql::Kind::table:
      return "table '" + sql::as<sql::TableNode>(from).name + "'";
    case sql::Kind::table_clause:
      return "table '" + sql::as<sql::TableClause>(from).name + "'";
    default:
      break;
  }
  if (!sql::is_alias(from->kind())) {
    return "a FROM element";
  }
  const std::string& name = sql::as<sql::Alias>(from).name;
  return name.empty() ? "an anonymous subquery or alias" : "'" + name + "'";
}
}  // namespace

sql::Ref table_column(const sql::Ref& from, std::string_view key, TypePtr expected) {
  const sql::Ref column = static_cast<const sql::FromNode&>(*from).find(key);
  if (!column) {
    throw NoSuchColumnError("There is no column '" + std::string(key) + "' in " + name_of(from) +
                            "; its columns are found by their keys");
  }
  const TypeFamily family = column->type()->family();
  if (expected->kind != TypeKind::null && family != TypeFamily::unknown &&
      family != expected->family()) {
    throw ArgumentError("Column '" + std::string(key) + "' of " + name_of(from) + " has the type " +
                        repr(column->type()) + ", which the C++ type asked for (" + repr(expected) +
                        ") cannot hold; ask for another type or cast()");
  }
  return column;
}

sql::Ref corresponding(const sql::Ref& from, const sql::Ref& element) {
  sql::Ref column = static_cast<const sql::FromNode&>(*from).corresponding(element);
  if (!column) {
    throw InvalidRequestError("The expression has no corresponding column in " + name_of(from) +
                              "; select it there first");
  }
  return column;
}

const sql::Ref& entity_from(const sql::Ref& entity) {
  return sql::as<sql::Entity>(entity).from;
}

sql::Ref aliased_from(const sql::Ref& entity, std::string_view name) {
  const sql::Ref& from = entity_from(entity);
  if (from->kind() != sql::Kind::join) {
    return sql::alias(from, name);
  }
  sql::Ref select = sql::StatementBuilder::make(sql::Kind::select);
  sql::StatementBuilder::set_label_style(select, sql::LabelStyle::tablename_plus_col);
  sql::StatementBuilder::append(select, sql::Clause::column, from);
  return sql::subquery(select, name);
}

void append_result_key(sql::Ref& select, std::string_view key) {
  std::size_t count = 0;
  sql::as<sql::Statement>(select).each(sql::Clause::column, [&](const sql::Ref&) { ++count; });
  sql::StatementBuilder::append(
      select, sql::Clause::option, sql::make_node<sql::ResultKey>(count - 1, key));
}

sql::Ref adapted(const sql::Ref& from, const sql::Ref& column, bool on_names) {
  if (column->kind() == sql::Kind::label) {  // an expression of the class
    return sql::ClauseAdapter(from).traverse(column);
  }
  const auto& node = static_cast<const sql::FromNode&>(*from);
  sql::Ref found = node.corresponding(column);
  if (!found && on_names) {
    found = node.find(sql::as<sql::ColumnNode>(column).name());
  }
  return found ? found : corresponding(from, column);  // which refuses it
}

sql::Ref aliased_entity(const sql::Ref& entity, const sql::Ref& alias, bool adapt_on_names) {
  const auto& e = sql::as<sql::Entity>(entity);
  const auto& from = static_cast<const sql::FromNode&>(*alias);
  sql::Refs columns;
  for (const sql::Ref& c : e.columns) {
    if (c->kind() == sql::Kind::label) {  // an expression of the class
      columns.push_back(sql::ClauseAdapter(alias).traverse(c));
      continue;
    }
    sql::Ref column = from.corresponding(c);
    if (!column && adapt_on_names) {
      column = from.find(sql::as<sql::ColumnNode>(c).name());
    }
    if (column) {
      columns.push_back(std::move(column));
    }
  }
  return sql::make_node<sql::Entity>(
      alias,
      std::move(columns),
      e.mapper,
      e.criteria ? sql::ClauseAdapter(alias).traverse(e.criteria) : sql::Ref(),
      e.name);
}

sql::Ref compound(sql::SetOp op, std::initializer_list<sql::Ref> members) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::compound_select);
  sql::StatementBuilder::set_set_op(s, op);
  for (const sql::Ref& m : members) {
    sql::StatementBuilder::append(s, sql::Clause::member, m);
  }
  return s;
}

Select<> compound(sql::SetOp op, std::initializer_list<Select<>> members) {
  sql::Ref s = compound(op, std::initializer_list<sql::Ref>{});
  for (const Select<>& m : members) {
    sql::StatementBuilder::append(s, sql::Clause::member, m.node());
  }
  return Select<>(std::move(s));
}

sql::Ref dml(sql::Kind kind, const sql::Ref& table) {
  return sql::StatementBuilder::make(kind, table);
}

sql::Ref entity_dml(sql::Kind kind, const sql::Ref& table, const sql::Ref& entity) {
  sql::Ref statement = dml(kind, table);
  sql::StatementBuilder::append(statement, sql::Clause::option, entity);
  return statement;
}

void append_values(sql::Ref& statement, std::initializer_list<Assign> values) {
  if (values.size() == 0) {
    sql::StatementBuilder::set_flag(statement, sql::Flag::empty_values);
  }
  const sql::Ref table = sql::as<sql::Statement>(statement).table;
  for (const Assign& a : values) {
    a.each([&](const Assign& one) {
      sql::StatementBuilder::append(statement, sql::Clause::set, one.node(table));
    });
  }
}

void append_rows(sql::Ref& statement, std::initializer_list<std::initializer_list<Assign>> rows) {
  const sql::Ref table = sql::as<sql::Statement>(statement).table;
  for (const auto& row : rows) {
    sql::Refs assignments;
    for (const Assign& a : row) {
      a.each([&](const Assign& one) { assignments.push_back(one.node(table)); });
    }
    sql::StatementBuilder::append(
        statement, sql::Clause::values_row, sql::make_node<sql::ValuesRow>(std::move(assignments)));
  }
}

}  // namespace detail

namespace sql {

Ref row_limit(std::int64_t rows) {
  if (rows < 0) {
    throw ArgumentError("LIMIT and OFFSET need a number of rows that is not negative, got " +
                        std::to_string(rows));
  }
  auto* node = new BindParameter("param", types::Integer(), Literal(rows));
  Ref ref = Ref::adopt(node);
  node->is_row_limit = true;
  seal(*node);
  return ref;
}

Ref fetch(std::int64_t rows, bool with_ties, bool percent) {
  return make_node<Fetch>(row_limit(rows), with_ties, percent);
}

Ref for_update(bool nowait, bool read, bool skip_locked, bool key_share) {
  auto* node = new ForUpdate;
  Ref ref = Ref::adopt(node);
  node->is_nowait = nowait;
  node->is_read = read;
  node->is_skip_locked = skip_locked;
  node->is_key_share = key_share;
  seal(*node);
  return ref;
}

Ref join_step(Ref left, Ref target, Ref onclause, bool outer, bool full) {
  return make_node<JoinStep>(std::move(left), std::move(target), std::move(onclause), outer, full);
}

namespace {
Ref target_column(const Ref& table, std::string_view key) {
  const Ref column = static_cast<const FromNode&>(*table).find(key);
  if (!column) {
    throw CompileError("Unconsumed column names: " + std::string(key));
  }
  return column;
}
}  // namespace

Ref assignment(const Ref& table, std::string_view key, Ref value) {
  target_column(table, key);
  return make_node<Assignment>(key, std::move(value));
}

Ref assignment(const Ref& table, std::string_view key, const Literal& value) {
  const Ref column = target_column(table, key);
  return make_node<Assignment>(key, bind(value, {}, column->type()));
}

}  // namespace sql

Any Table::c(std::string_view key) const {
  return Any(detail::table_column(node_, key, types::null_type()));
}

ColumnCollection Table::columns() const {
  return detail::columns_of(node_);
}

Expr<bool> and_(Predicate a, Predicate b) {
  return Expr<bool>(
      sql::conjunction(sql::Op::and_, std::move(a).release(), std::move(b).release()));
}

Expr<bool> or_(Predicate a, Predicate b) {
  return Expr<bool>(sql::conjunction(sql::Op::or_, std::move(a).release(), std::move(b).release()));
}

Expr<bool> not_(Predicate a) {
  return Expr<bool>(sql::negate(std::move(a).release()));
}

Any desc(OrderItem item) {
  return Any(sql::unary_postfix(sql::Op::desc, sql::Ref(item.node())));
}

Any asc(OrderItem item) {
  return Any(sql::unary_postfix(sql::Op::asc, sql::Ref(item.node())));
}

Any nulls_first(OrderItem item) {
  return Any(sql::unary_postfix(sql::Op::nulls_first, sql::Ref(item.node())));
}

Any nulls_last(OrderItem item) {
  return Any(sql::unary_postfix(sql::Op::nulls_last, sql::Ref(item.node())));
}

Any literal(const Value& value, TypePtr type) {
  return Any(sql::make_node<sql::BindParameter>("param", type, value));
}

Expr<bool> true_() {
  return Expr<bool>(sql::true_());
}

Expr<bool> false_() {
  return Expr<bool>(sql::false_());
}

From alias(const From& from, std::string_view name) {
  return From(sql::alias(from.node(), name));
}

TextStatement text(std::string_view sql_text) {
  return TextStatement(sql::text(sql_text));
}

namespace func {

Expr<std::int64_t> count() {
  return Expr<std::int64_t>(sql::function("count", {sql::literal_column("*")}, types::Integer()));
}

Expr<DateTime> now() {
  return Expr<DateTime>(sql::function("now", {}));
}

Expr<DateTime> current_timestamp() {
  return Expr<DateTime>(sql::function("current_timestamp", {}));
}

Expr<Date> current_date() {
  return Expr<Date>(sql::function("current_date", {}));
}

Expr<std::int64_t> row_number() {
  return detail::known<std::int64_t>("row_number");
}

Expr<std::int64_t> rank() {
  return detail::known<std::int64_t>("rank");
}

Expr<std::int64_t> dense_rank() {
  return detail::known<std::int64_t>("dense_rank");
}

}  // namespace func
}  // namespace azoth
