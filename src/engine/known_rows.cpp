// SPDX-License-Identifier: MIT
// Rows that were read before, as a result: those of several executions that belong together, in an
// order of their own. The statement is compiled for the names and types of its columns only.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <utility>

namespace azoth {

namespace {

class KnownRows final : public DriverCursor {
 public:
  KnownRows(std::vector<std::vector<Value>> rows, std::size_t columns)
      : rows_(std::move(rows)), columns_(columns) {}

  int parameter_count() const override { return 0; }

  void bind(int, const Literal&, TypePtr) override {}

  bool step() override { return next_ < rows_.size() && ++next_ != 0; }

  void reset() noexcept override { next_ = rows_.size(); }

  int column_count() const override { return static_cast<int>(columns_); }

  std::string column_name(int) const override { return {}; }

  void explain(const ColumnReader& reader, std::string_view where) override {
    DBAPIErrorInfo info;
    info.driver = "azoth";
    info.message = std::string(where) + " has the value " + repr(Literal(at(reader.column))) +
                   ", which its member can't hold";
    throw DataError(std::move(info));
  }

  std::int64_t affected_rows() const override { return static_cast<std::int64_t>(rows_.size()); }

 protected:
  ColumnReader::Function choose_reader(const CellType&, TypePtr) const override { return &read; }

  Value read_value(int column, TypePtr) override { return at(static_cast<std::size_t>(column)); }

 private:
  static bool read(DriverCursor& cursor, const ColumnReader& reader, void* target) {
    const Value& value = static_cast<KnownRows&>(cursor).at(reader.column);
    if (value.is_null() && !reader.cell.optional) {
      return false;
    }
    try {
      store_cell(reader.cell, target, value);
    } catch (const ArgumentError&) {
      return false;
    }
    return true;
  }

  const Value& at(std::size_t column) const { return rows_[next_ - 1][column]; }

  std::vector<std::vector<Value>> rows_;
  std::size_t columns_;
  std::size_t next_ = 0;
};

// The columns of an INSERT's table: it is compiled as if all were given.
std::vector<std::string> names_of_all(const sql::Ref& statement) {
  std::vector<std::string> names;
  if (statement->kind() == sql::Kind::insert) {
    const sql::Ref& table = sql::as<sql::Statement>(statement).table;
    for (const sql::ColumnSpec& column : sql::as<sql::FromNode>(table).specs()) {
      names.push_back(column.key);
    }
    std::sort(names.begin(), names.end());
  }
  return names;
}

}  // namespace

CursorResult Connection::known_rows(const sql::Ref& statement,
                                    std::vector<std::vector<Value>> rows,
                                    const ExecutionOptions& options) {
  ExecutionOptions own = options;
  own.use_cache = false;  // the plan gets readers of this cursor, not of the driver's
  detail::ExecutionContext context(open_state(), statement, own);
  context.find_entry(names_of_all(statement), false);
  const std::size_t columns = context.compiled().columns.size();
  for (const std::vector<Value>& row : rows) {
    if (row.size() != columns) {
      throw InvalidRequestError("The statement returns " + std::to_string(columns) +
                                " columns; a row of " + std::to_string(row.size()) +
                                " values is none of its rows");
    }
  }
  DriverConnection::CursorHandle cursor(new KnownRows(std::move(rows), columns), {nullptr});
  const bool has_row = cursor->step();
  return context.finish(std::move(cursor), has_row, Params());
}

}  // namespace azoth
