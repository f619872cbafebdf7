// SPDX-License-Identifier: MIT
// COPY. Rows are gathered in chunks, which libpq sends while further ones are made.
#include "drivers/libpq/connection.hpp"
#include "drivers/libpq/text_format.hpp"
#include "drivers/libpq/wire.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/drivers/libpq/copy.hpp>

#include <charconv>
#include <cstring>

namespace azoth {
namespace drivers::libpq {

std::int64_t LibpqConnection::copy_in(const std::string& sql,
                                      base::FunctionRef<bool(std::string&)> next) {
  constexpr std::size_t chunk_size = 65536;
  make_ready();
  ResultHandle begun(PQexec(connection_, sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
    check(begun);
    throw_driver_error(DBAPIErrorKind::programming, "the statement is no COPY ... FROM STDIN");
  }
  std::string chunk;
  const auto send = [&] {
    const bool is_sent =
        PQputCopyData(connection_, chunk.data(), static_cast<int>(chunk.size())) == 1;
    chunk.clear();
    return is_sent;
  };
  try {
    bool is_sent = true;
    while (is_sent && next(chunk)) {
      is_sent = chunk.size() < chunk_size || send();
    }
    static_cast<void>(is_sent && !chunk.empty() && send());  // the end tells what went wrong
  } catch (...) {
    PQputCopyEnd(connection_, "the program gave up");
    while (ResultHandle(PQgetResult(connection_))) {
    }
    throw;
  }
  PQputCopyEnd(connection_, nullptr);
  return end_copy();
}

std::int64_t LibpqConnection::copy_out(const std::string& sql,
                                       base::FunctionRef<void(std::string_view)> take) {
  make_ready();
  ResultHandle begun(PQexec(connection_, sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_OUT) {
    check(begun);
    throw_driver_error(DBAPIErrorKind::programming, "the statement is no COPY ... TO STDOUT");
  }
  const auto next = [&](char*& row) { return PQgetCopyData(connection_, &row, 0); };
  char* row = nullptr;
  for (int size = next(row); size > 0; size = next(row)) {
    const std::unique_ptr<char, decltype(&PQfreemem)> kept(row, &PQfreemem);
    try {
      take({row, static_cast<std::size_t>(size)});
    } catch (...) {
      for (char* rest = nullptr; next(rest) > 0; PQfreemem(rest)) {
      }
      while (ResultHandle(PQgetResult(connection_))) {
      }
      throw;
    }
  }
  return end_copy();
}

std::int64_t LibpqConnection::end_copy() {
  std::int64_t rows = 0;
  ResultHandle failed;
  while (ResultHandle result{PQgetResult(connection_)}) {
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
      const char* count = PQcmdTuples(result.get());
      std::from_chars(count, count + std::strlen(count), rows);
    } else if (!failed) {
      failed = std::move(result);
    }
  }
  if (failed || !is_usable()) {
    throw_result_error(connection_, failed.get());
  }
  return rows;
}

namespace {

LibpqConnection& driver_of(DriverConnection& connection) {
  auto* own = dynamic_cast<LibpqConnection*>(&connection);
  if (own == nullptr) {
    throw InvalidRequestError(
        "COPY needs a connection of the libpq driver; this one is of another driver");
  }
  return *own;
}

// A value as the text format writes it; the delimiter is a tab.
void append_value(std::string& out, const Literal& value) {
  if (value.is_null()) {
    out += "\\N";
    return;
  }
  for (const char c : text_of(value)) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
}

/// Writes rows to the chunk, and counts their values.
class Rows final : public azoth::libpq::CopyRow {
 public:
  Rows(const azoth::libpq::CopyTarget& target, std::vector<Oid> types)
      : target_(target), types_(std::move(types)) {
    if (is_binary()) {
      chunk_.assign("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    }
  }

  bool next(std::string& chunk, base::FunctionRef<bool(CopyRow&)> fill) {
    chunk += chunk_;
    chunk_.clear();
    ++row_;
    values_ = 0;
    out_ = &chunk;
    if (is_binary()) {
      begin_ = chunk.size();
      put(static_cast<std::int16_t>(target_.columns.size()));
    }
    const bool has_row = fill(*this);
    if (!has_row) {
      end(chunk);
      return false;
    }
    if (values_ != target_.columns.size()) {
      throw_driver_error(DBAPIErrorKind::data,
                         "row " + std::to_string(row_) + " of COPY has " + std::to_string(values_) +
                             " values, and there are " + std::to_string(target_.columns.size()) +
                             " columns");
    }
    if (!is_binary()) {
      chunk += '\n';
    }
    return true;
  }

  CopyRow& add(const Literal& value) override {
    if (is_binary()) {
      add_binary(value);
    } else {
      *out_ += values_ == 0 ? "" : "\t";
      append_value(*out_, value);
    }
    ++values_;
    return *this;
  }

 private:
  bool is_binary() const { return target_.format == azoth::libpq::CopyFormat::binary; }

  void end(std::string& chunk) {
    if (values_ != 0) {
      throw_driver_error(DBAPIErrorKind::data,
                         "row " + std::to_string(row_) +
                             " of COPY has values, and its function returned false; return true "
                             "for each row, and false behind the last");
    }
    if (is_binary()) {
      chunk.resize(begin_);
      put(std::int16_t{-1});
    }
  }

  template <std::integral I>
  void put(I value) {
    char bytes[sizeof(I)];
    out_->append(bytes, static_cast<std::size_t>(put_wire(bytes, value) - bytes));
  }

  void add_binary(const Literal& value) {
    if (value.is_null()) {
      return put(std::int32_t{-1});
    }
    if (values_ >= types_.size()) {
      return;  // told at the end of the row
    }
    parameter_.value = value;
    if (!encode(parameter_, types_[values_]) || parameter_.format == 0) {
      throw_driver_error(DBAPIErrorKind::data,
                         "column " + target_.columns[values_] + " of row " + std::to_string(row_) +
                             " of COPY cannot hold " + repr(value) + " (" +
                             std::string(name_of(value.kind())) +
                             ") in the binary format; give a value of its type, or use "
                             "CopyFormat::text");
    }
    put(static_cast<std::int32_t>(parameter_.length));
    out_->append(parameter_.data, static_cast<std::size_t>(parameter_.length));
  }

  const azoth::libpq::CopyTarget& target_;
  std::vector<Oid> types_;
  std::string chunk_;  // the header, until the first row
  std::string* out_ = nullptr;
  Parameter parameter_;
  std::size_t row_ = 0, values_ = 0, begin_ = 0;
};

std::vector<Oid> column_types(LibpqConnection& connection,
                              const std::string& columns,
                              const std::string& table) {
  const std::string name = connection.new_statement_name();
  const ResultHandle description =
      connection.prepare_named(name, "SELECT " + columns + " FROM " + table, {});
  connection.close_later(name);
  std::vector<Oid> types;
  for (int i = 0; i < PQnfields(description.get()); ++i) {
    types.push_back(PQftype(description.get(), i));
  }
  return types;
}

}  // namespace
}  // namespace drivers::libpq

namespace libpq {

using namespace drivers::libpq;

std::int64_t copy_in(Connection& connection,
                     std::string_view sql,
                     base::FunctionRef<bool(std::string&)> next) {
  std::int64_t rows = 0;
  connection.run_driver(sql, [&](DriverConnection& driver) {
    rows = driver_of(driver).copy_in(std::string(sql), next);
  });
  return rows;
}

std::int64_t copy_in(Connection& connection,
                     const CopyTarget& target,
                     base::FunctionRef<bool(CopyRow&)> next) {
  const Dialect& dialect = connection.dialect();
  std::string table = target.schema.empty() ? "" : dialect.quote(target.schema) + ".";
  table += dialect.quote(target.table);
  std::string columns;
  for (const std::string& column : target.columns) {
    columns += (columns.empty() ? "" : ", ") + dialect.quote(column);
  }
  if (columns.empty()) {
    throw ArgumentError("COPY into " + table + " names no columns; give those that rows fill");
  }
  const bool is_binary = target.format == CopyFormat::binary;
  const std::string sql = "COPY " + table + " (" + columns + ") FROM STDIN" +
                          (is_binary ? " WITH (FORMAT binary)" : "");
  std::int64_t count = 0;
  connection.run_driver(sql, [&](DriverConnection& driver) {
    LibpqConnection& own = driver_of(driver);
    Rows rows(target, is_binary ? column_types(own, columns, table) : std::vector<Oid>());
    count = own.copy_in(sql, [&](std::string& chunk) { return rows.next(chunk, next); });
  });
  return count;
}

std::int64_t copy_in(Connection& connection, const CopyTarget& target, const ParameterSets& rows) {
  std::size_t set = 0;
  return copy_in(connection, target, [&](CopyRow& row) {
    if (set == rows.size()) {
      return false;
    }
    for (std::size_t i = 0; i < target.columns.size(); ++i) {
      row.add(rows.value(set, i));
    }
    ++set;
    return true;
  });
}

std::int64_t copy_out(Connection& connection,
                      std::string_view sql,
                      base::FunctionRef<void(std::string_view)> take) {
  std::int64_t rows = 0;
  connection.run_driver(sql, [&](DriverConnection& driver) {
    rows = driver_of(driver).copy_out(std::string(sql), take);
  });
  return rows;
}

}  // namespace libpq
}  // namespace azoth
