// SPDX-License-Identifier: MIT
// Rows that are still on the connection, because they are streamed, or belong to the further
// results of a procedure, which nobody reads. The server takes no other command meanwhile: what is
// wanted of them is then kept here, the rest thrown away.
#include "drivers/mariadb/connection.hpp"

#include <utility>

namespace azoth::drivers::mariadb {

MariadbCursor::KeptRow MariadbCursor::keep_row() const {
  KeptRow row;
  for (const Cell& cell : cells_) {
    row.sizes.push_back(cell.data != nullptr ? cell.size : KeptRow::null);
    if (cell.data != nullptr) {
      row.bytes += cell.view();
    }
  }
  return row;
}

void MariadbCursor::show(const KeptRow& row) {
  const auto* at = reinterpret_cast<const unsigned char*>(row.bytes.data());
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const bool is_null = row.sizes[i] == KeptRow::null;
    cells_[i].data = is_null ? nullptr : at;
    cells_[i].size = is_null ? 0 : row.sizes[i];
    at += cells_[i].size;
  }
}

void MariadbCursor::buffer_rest() {
  connection_.set_stream(nullptr);
  kept_names_.clear();
  for (int i = 0; i < column_count(); ++i) {
    kept_names_.push_back(column_name(i));
  }
  is_kept_ = true;
  shown_ = keep_row();
  int code = 0;
  while ((code = mysql_stmt_fetch(statement_)) == 0) {
    kept_.push_back(keep_row());
  }
  if (code != MYSQL_NO_DATA) {
    failure_ = fetch_failure();
  }
  discard_further_results();
  show(shown_);
}

bool MariadbCursor::fetch_kept() {
  if (!kept_.empty()) {
    shown_ = std::move(kept_.front());
    kept_.pop_front();
    show(shown_);
    return true;
  }
  has_rows_ = false;
  if (failure_) {
    connection_.fail(*std::exchange(failure_, std::nullopt));
  }
  return false;
}

// The connector notes an error between rows at the connection only.
Failure MariadbCursor::fetch_failure() const {
  return mysql_stmt_errno(statement_) != 0 ? failure_of(statement_)
                                           : failure_of(connection_.handle());
}

void MariadbCursor::discard_rows() noexcept {
  if (statement_ == nullptr || !is_executed_) {
    return;
  }
  if (connection_.stream() == this) {
    connection_.set_stream(nullptr);
  }
  if (!columns_.empty()) {
    mysql_stmt_free_result(statement_);
  }
  discard_further_results();
}

void MariadbCursor::discard_further_results() noexcept {
  while (mysql_stmt_more_results(statement_) != 0 && mysql_stmt_next_result(statement_) == 0) {
    if (mysql_stmt_field_count(statement_) != 0) {
      mysql_stmt_free_result(statement_);
    }
  }
}

}  // namespace azoth::drivers::mariadb
