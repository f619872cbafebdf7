// SPDX-License-Identifier: MIT
// One statement of PostgreSQL: its text, its prepared form on the server, which is made when the
// first values tell the types of its parameters, and the rows of its execution.
#pragma once
#include "drivers/libpq/codec.hpp"
#include "drivers/libpq/error.hpp"

#include <deque>
#include <string>
#include <vector>

namespace azoth::drivers::libpq {

class LibpqConnection;

class LibpqCursor final : public DriverCursor {
 public:
  using Cell = libpq::Cell;

  LibpqCursor(LibpqConnection& connection, std::string_view sql, std::size_t hash);
  ~LibpqCursor() override;
  LibpqCursor(const LibpqCursor&) = delete;
  LibpqCursor& operator=(const LibpqCursor&) = delete;

  int parameter_count() const override { return static_cast<int>(parameters_.size()); }

  void bind(int index, const Literal& value, TypePtr type) override;

  bool bind_array(int index,
                  std::size_t count,
                  base::FunctionRef<Literal(std::size_t)> value_at,
                  TypePtr type) override;

  void stream_results(bool streams) override { streams_ = streams; }

  bool step() override;
  bool send_ahead() override;
  std::int64_t await_sent() override;
  void reset() noexcept override;
  int column_count() const override;
  std::string column_name(int column) const override;
  ColumnReader::Function choose_reader(const CellType& cell, TypePtr type) const override;
  Value read_value(int column, TypePtr type) override;
  [[noreturn]] void explain(const ColumnReader& reader, std::string_view where) override;

  std::int64_t affected_rows() const override { return affected_rows_; }

  /// Gives the cell of the current row; false for NULL.
  bool cell(std::uint32_t column, Cell& out) const {
    const int at = static_cast<int>(column), length = PQgetlength(result_.get(), row_, at);
    if (length == 0 && PQgetisnull(result_.get(), row_, at) != 0) {
      return false;
    }
    out = {PQgetvalue(result_.get(), row_, at),
           static_cast<std::size_t>(length),
           column_types_[column],
           is_text_};
    return true;
  }

  /// Fetches the rows that are still to come, so that the connection can execute something else.
  void buffer_rest() noexcept;

  bool is_text(std::string_view sql, std::size_t hash) const {
    return hash == hash_ && sql == sql_;
  }

  std::size_t hash() const { return hash_; }

  /// Gives up what was prepared for an earlier schema. @throws DBAPIError
  void renew(std::uint64_t schema_version) {
    if (schema_version != schema_version_) {
      prepare_again(schema_version);
    }
  }

  bool is_busy = false;  ///< lent out

 private:
  void prepare();
  void prepare_again(std::uint64_t schema_version);
  bool accepts(std::size_t at) const;
  void forget_prepared() noexcept;
  void encode_all();
  void execute();

  struct PipelineEnd {
    std::int64_t affected = 0;
    bool has_failed = false;
    ResultHandle failure;
  };

  void list_values();
  ResultHandle run();
  PipelineEnd end_pipeline() noexcept;
  ResultHandle first_of_stream();
  bool next_of_stream();
  void take(ResultHandle result);

  LibpqConnection& connection_;
  std::string sql_;
  std::size_t hash_;
  std::string name_;  // of the prepared statement; empty: there is none
  std::vector<Parameter> parameters_;
  std::vector<Oid> announced_types_, parameter_types_, column_types_;
  std::vector<std::string> column_names_;
  std::vector<const char*> values_;  // the parameters as libpq takes them
  std::vector<int> lengths_, formats_;
  std::uint64_t schema_version_;  // when it was prepared
  bool is_encoded_ = true;        // each parameter has the form of its type
  bool is_text_ = false;          // the rows come in the text format
  bool streams_ = false;          // asked for
  bool is_streaming_ = false;
  bool is_executed_ = false;
  ResultHandle result_;
  std::deque<ResultHandle> buffered_;  // rows behind the current one
  int sent_ = 0;                       // executions on their way in a pipeline
  int row_ = 0, rows_ = 0;
  std::int64_t affected_rows_ = -1;
};

}  // namespace azoth::drivers::libpq
