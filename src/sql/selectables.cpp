// SPDX-License-Identifier: MIT
// The bodies behind the doors of windows, VALUES, samples and functions that return rows.
#include <azoth/base/error.hpp>
#include <azoth/sql/selectables.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth {

namespace {

// Columns as others describe them: by name and type.
std::vector<sql::ColumnSpec> specs_of(std::span<const Any> columns) {
  std::vector<sql::ColumnSpec> specs;
  for (const Any& column : columns) {
    if (column.node()->kind() != sql::Kind::column_clause) {
      throw ArgumentError(
          "Columns of a FROM element are described by column<T>(\"name\"), got another expression");
    }
    const std::string& name = sql::as<sql::ColumnClause>(column.node()).name;
    specs.push_back({name, std::string(sql::bare(name)), column.node()->type(), {}});
  }
  return specs;
}

std::vector<std::vector<Value>> values_of(
    std::initializer_list<std::initializer_list<Literal>> rows) {
  std::vector<std::vector<Value>> out;
  for (const auto& row : rows) {
    out.emplace_back(row.begin(), row.end());
  }
  return out;
}

}  // namespace

From table(std::string_view name, std::initializer_list<Any> columns, std::string_view schema) {
  return From(
      sql::make_node<sql::TableClause>(name, schema, specs_of({columns.begin(), columns.size()})));
}

Values Values::data(const std::vector<std::vector<Value>>& rows) const {
  Values out = *this;
  out.rows_.insert(out.rows_.end(), rows.begin(), rows.end());
  out.made_ = {};
  return out;
}

Values Values::data(std::initializer_list<std::initializer_list<Literal>> rows) const {
  return data(values_of(rows));
}

Values Values::lateral() const {
  Values out = *this;
  out.is_lateral_ = true;
  out.made_ = {};
  return out;
}

Values Values::alias(std::string_view name) const {
  Values out = *this;
  out.name_ = name;
  out.made_ = {};
  return out;
}

From Values::from() const {
  if (!made_) {
    std::vector<sql::ColumnSpec> specs = specs_of(columns_);
    sql::Refs rows;
    for (const std::vector<Value>& row : rows_) {
      sql::Refs items;
      for (const Value& value : row) {
        const std::size_t place = items.size();
        items.push_back(
            sql::bind(Literal(value), {}, place < specs.size() ? specs[place].type : nullptr));
      }
      rows.push_back(sql::tuple(std::move(items)));
    }
    made_ = sql::make_node<sql::Values>(
        name_, std::move(specs), std::move(rows), literal_binds_, is_lateral_);
  }
  return From(made_);
}

From tablesample(const From& table, Any method, SampleOptions options) {
  auto* details = new sql::AliasDetails;
  sql::Ref ref = sql::Ref::adopt(details);
  details->sampling = std::move(method).release();
  details->seed = options.seed ? options.seed->node() : sql::Ref();
  seal(*details);
  return From(sql::make_node<sql::Alias>(
      sql::Kind::table_sample, table.node(), options.name, false, std::move(ref)));
}

From tablesample(const From& table, double percent, SampleOptions options) {
  return tablesample(table, func::call("system", percent), std::move(options));
}

From table_valued(Any function, std::initializer_list<Any> columns, TableValuedOptions options) {
  auto* details = new sql::AliasDetails;
  sql::Ref ref = sql::Ref::adopt(details);
  for (const sql::ColumnSpec& spec : specs_of({columns.begin(), columns.size()})) {
    details->columns.push_back({spec.name, {}, 0});
    details->column_types.push_back(spec.type);
  }
  sql::Ref element = std::move(function).release();
  if (!options.with_ordinality.empty()) {
    details->columns.push_back({std::string(options.with_ordinality), {}, 0});
    details->column_types.push_back(types::Integer());
    auto* counted = new sql::Function(sql::as<sql::Function>(element));
    element = sql::Ref::adopt(counted);
    counted->with_ordinality = true;
    seal(*counted);
  }
  details->joins_implicitly = options.joins_implicitly;
  details->renders_columns = options.render_derived || options.with_types;
  details->renders_column_types = options.with_types;
  details->is_lateral = options.lateral;
  seal(*details);
  return From(sql::make_node<sql::Alias>(
      sql::Kind::table_valued_alias, std::move(element), options.name, false, std::move(ref)));
}

Any column_valued(Any function, std::string_view name) {
  const TypePtr type = function.node()->type();
  sql::Ref alias = sql::make_node<sql::Alias>(
      sql::Kind::table_valued_alias, std::move(function).release(), name);
  return Any(sql::make_node<sql::TableValuedColumn>(std::move(alias), type));
}

namespace {

Expr<bool> in_tuples(sql::Op op,
                     const sql::Ref& tuple,
                     const std::vector<std::vector<Value>>& rows) {
  const std::size_t width = sql::as<sql::ClauseList>(tuple).clauses.size();
  std::vector<Literal> flat;
  for (const std::vector<Value>& row : rows) {
    if (row.size() != width) {
      throw ArgumentError("A row of in() has " + std::to_string(row.size()) +
                          " values, the tuple has " + std::to_string(width));
    }
    flat.insert(flat.end(), row.begin(), row.end());
  }
  return Expr<bool>(sql::in(op, sql::Ref(tuple), flat));
}

}  // namespace

Expr<bool> Tuple::in(const std::vector<std::vector<Value>>& rows) const {
  return in_tuples(sql::Op::in, node(), rows);
}

Expr<bool> Tuple::in(std::initializer_list<std::initializer_list<Literal>> rows) const {
  return in_tuples(sql::Op::in, node(), values_of(rows));
}

Expr<bool> Tuple::not_in(std::initializer_list<std::initializer_list<Literal>> rows) const {
  return in_tuples(sql::Op::not_in, node(), values_of(rows));
}

Any any_(Any element) {
  return Any(sql::collection_aggregate(sql::Op::any_, std::move(element).release()));
}

Any all_(Any element) {
  return Any(sql::collection_aggregate(sql::Op::all_, std::move(element).release()));
}

namespace detail {

sql::Ref try_cast(sql::Ref element, TypePtr type) {
  return sql::make_node<sql::Cast>(std::move(element), type, sql::Kind::try_cast);
}

sql::Ref window(const sql::Ref& function, const WindowOptions& options) {
  if (options.rows && options.range) {
    throw ArgumentError("'range_' and 'rows' are mutually exclusive");
  }
  sql::Refs partition_by, order_by;
  for (const OrderItem& item : options.partition_by) {
    partition_by.push_back(item.node());
  }
  for (const OrderItem& item : options.order_by) {
    order_by.push_back(item.node());
  }
  if (!options.rows && !options.range) {
    return sql::over(sql::Ref(function), std::move(partition_by), std::move(order_by));
  }
  const Frame& frame = options.rows ? *options.rows : *options.range;
  return sql::over(sql::Ref(function),
                   std::move(partition_by),
                   std::move(order_by),
                   options.rows ? sql::FrameKind::rows : sql::FrameKind::range,
                   frame.from,
                   frame.to);
}

sql::Ref order_within(const sql::Ref& function, std::initializer_list<OrderItem> order_by) {
  sql::Refs nodes;
  for (const OrderItem& item : order_by) {
    nodes.push_back(item.node());
  }
  return sql::within_group(sql::Ref(function), std::move(nodes));
}

}  // namespace detail
}  // namespace azoth
