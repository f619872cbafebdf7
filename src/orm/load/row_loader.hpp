// SPDX-License-Identifier: MIT
// What a SessionResult reads from: one open result with the reader of its entities.
#pragma once
#include "orm/load/row_reader.hpp"
#include <azoth/orm/session_result.hpp>

namespace azoth::orm {

class RowLoader {
 public:
  RowLoader(SessionState& session,
            CursorResult rows,
            const ExecuteOptions& options,
            const sql::Ref& statement = {});

  bool begin_batch();
  bool next();
  void finish_batch();

  Object* entity(std::size_t output) const { return objects_[output]; }

  void read(std::size_t output, const CellType& cell, void* target);

  /// @throws InvalidRequestError when joined lists multiply rows
  void yield_per(std::size_t rows);

  std::size_t batch_size() const { return options_.yield_per; }

  std::vector<std::string> keys() const;

  bool needs_unique() const { return reader_.plan().needs_unique; }

  void close() noexcept { rows_.close(); }

 private:
  SessionState& session_;
  CursorResult rows_;
  RowReader reader_;
  ExecuteOptions options_;
  std::vector<Object*> objects_;       // of the current row, by output
  std::vector<ColumnReader> readers_;  // of other columns, chosen when first read
  std::size_t left_ = 0;               // rows that may still come into the batch
  bool is_done_ = false;
};

}  // namespace azoth::orm
