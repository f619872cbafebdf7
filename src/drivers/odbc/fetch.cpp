// SPDX-License-Identifier: MIT
// Rows on their way from the driver: blocks, cells that are asked for, and rows that are kept since
// something else is to be executed.
#include "drivers/odbc/connection.hpp"

#include <algorithm>
#include <utility>

namespace azoth::drivers::odbc {

bool OdbcCursor::fetch() {
  if (row_ + 1 < fetched_) {
    ++row_;
    return true;
  }
  row_ = 0;
  fetched_ = 0;
  SQLRETURN code = SQL_ERROR;
  {
    const OdbcConnection::Running running(connection_, statement_);
    code = SQLFetch(statement_);
  }
  if (code == SQL_NO_DATA) {
    end_rows();
    return false;
  }
  check_rows(code);
  ask_long_cells();
  return true;
}

// A row of a block may have failed although the others have not.
void OdbcCursor::check_rows(SQLRETURN code) {
  const auto end = statuses_.begin() +
                   static_cast<std::ptrdiff_t>(std::min<std::size_t>(fetched_, statuses_.size()));
  const bool is_failed =
      !SQL_SUCCEEDED(code) || (code == SQL_SUCCESS_WITH_INFO && block_ > 1 &&
                               std::find(statuses_.begin(), end, SQL_ROW_ERROR) != end);
  if (is_failed) {
    fail("SQLFetch");
  }
  fetched_ = std::max<SQLULEN>(fetched_, 1);
}

void OdbcCursor::ask_long_cells() {
  if (block_ > 1) {
    return;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    column.is_long = false;
    if (!column.is_bound) {
      ask_cell(i);
      continue;
    }
    const SQLLEN length = column.lengths[0];
    const std::size_t end = column.c_type == SQL_C_WCHAR  ? sizeof(SQLWCHAR)
                            : column.c_type == SQL_C_CHAR ? 1
                                                          : 0;
    const bool is_cut = column.may_be_cut && length != SQL_NULL_DATA &&
                        (length < 0 || static_cast<std::size_t>(length) + end > column.width);
    if (is_cut) {
      ask_cell(i);
    }
  }
}

// The pieces of a text each end with a NUL, which is no part of it.
void OdbcCursor::ask_cell(std::size_t at) {
  constexpr std::size_t first_room = 4096;
  Column& column = columns_[at];
  const auto number = static_cast<SQLUSMALLINT>(at + 1);
  const std::size_t end = column.c_type == SQL_C_WCHAR  ? sizeof(SQLWCHAR)
                          : column.c_type == SQL_C_CHAR ? 1
                                                        : 0;
  std::string& out = column.long_cell;
  std::size_t size = 0;
  column.is_long = true;
  const SQLLEN known = column.is_bound ? column.lengths[0] : 0;
  out.resize(known > 0 ? static_cast<std::size_t>(known) + end
                       : std::max(first_room, column.width));
  for (;;) {
    SQLLEN length = 0;
    const std::size_t room = out.size() - size;
    const SQLRETURN code = SQLGetData(
        statement_, number, column.c_type, out.data() + size, static_cast<SQLLEN>(room), &length);
    if (code == SQL_NO_DATA) {
      break;
    }
    if (!SQL_SUCCEEDED(code)) {
      fail("SQLGetData");
    }
    if (length == SQL_NULL_DATA) {
      column.lengths[0] = SQL_NULL_DATA;
      return;
    }
    const bool is_all = length >= 0 && static_cast<std::size_t>(length) + end <= room;
    size += is_all ? static_cast<std::size_t>(length) : room - end;
    if (is_all) {
      break;
    }
    const std::size_t left = length > 0 ? static_cast<std::size_t>(length) - (room - end) : size;
    out.resize(size + left + end);
  }
  out.resize(size);
  column.lengths[0] = static_cast<SQLLEN>(size);
}

void OdbcCursor::end_rows() noexcept {
  has_rows_ = false;
  fetched_ = 0;
  connection_.remove_open(this);
}

OdbcCursor::KeptRow OdbcCursor::keep_row() const {
  KeptRow row;
  for (std::uint32_t i = 0; i < columns_.size(); ++i) {
    Cell found;
    row.emplace_back();
    if (cell(i, found)) {
      row.back().emplace(found.data, found.size);
    }
  }
  return row;
}

bool OdbcCursor::kept_cell(std::uint32_t column, Cell& out) const {
  const std::optional<std::string>& held = shown_[column];
  if (!held) {
    return false;
  }
  out = {&columns_[column], held->data(), held->size()};
  return true;
}

void OdbcCursor::buffer_rest() {
  KeptRow current;
  if (fetched_ > 0) {
    current = keep_row();
  } else {
    current.resize(columns_.size());
  }
  std::deque<KeptRow> rest;
  while (fetch()) {
    rest.push_back(keep_row());
  }
  SQLFreeStmt(statement_, SQL_CLOSE);
  shown_ = std::move(current);
  kept_ = std::move(rest);
  is_kept_ = true;
  has_rows_ = true;
}

bool OdbcCursor::fetch_kept() {
  if (kept_.empty()) {
    has_rows_ = false;
    return false;
  }
  shown_ = std::move(kept_.front());
  kept_.pop_front();
  return true;
}

}  // namespace azoth::drivers::odbc
