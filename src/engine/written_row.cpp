// SPDX-License-Identifier: MIT
// What a result tells of the row that an INSERT or UPDATE wrote: key, parameters, defaults.
#include <azoth/base/error.hpp>
#include <azoth/engine/cursor_result.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth {

void CursorResult::require(StatementKind kind, const char* construct) const {
  if (!entry_ || entry_->compiled.kind != kind) {
    throw InvalidRequestError(std::string("Statement is not ") + construct +
                              " expression construct.");
  }
}

const std::vector<Value>& CursorResult::inserted_primary_key() const {
  if (is_many_) {
    throw InvalidRequestError(
        "This statement was an executemany call; if primary key returning is supported, please use "
        ".inserted_primary_key_rows.");
  }
  require(StatementKind::insert, "an insert()");
  if (!has_inserted_key_) {
    throw InvalidRequestError("Statement is not an insert() expression construct.");
  }
  return inserted_key_;
}

std::vector<std::pair<std::string, Value>> CursorResult::last_params() const {
  if (is_many_ || !pin_) {
    throw InvalidRequestError(
        "The parameters of the last row are kept for statements with one parameter set only");
  }
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(pin_, binds);
  std::vector<std::pair<std::string, Value>> params;
  for (const BindSlot& slot : entry_->compiled.slots) {
    const Value* given = params_ ? params_->find(slot.key) : nullptr;
    const auto made = std::find_if(generated_.begin(), generated_.end(), [&](const auto& item) {
      return item.first == slot.name;
    });
    if (given != nullptr) {
      params.emplace_back(slot.name, *given);
    } else if (made != generated_.end()) {
      params.push_back(*made);
    } else {
      params.emplace_back(
          slot.name, slot.ordinal == BindSlot::constant ? slot.value : binds[slot.ordinal]->value);
    }
  }
  return params;
}

std::vector<std::pair<std::string, Value>> CursorResult::last_inserted_params() const {
  require(StatementKind::insert, "an insert()");
  return last_params();
}

std::vector<std::pair<std::string, Value>> CursorResult::last_updated_params() const {
  require(StatementKind::update, "an update()");
  return last_params();
}

const std::vector<std::string>& CursorResult::postfetch_cols() const {
  if (entry_ && entry_->compiled.kind != StatementKind::update) {
    require(StatementKind::insert, "an insert() or update()");
  }
  return entry_->compiled.postfetch;
}

const std::vector<std::string>& CursorResult::prefetch_cols() const {
  if (entry_ && entry_->compiled.kind != StatementKind::update) {
    require(StatementKind::insert, "an insert() or update()");
  }
  return entry_->compiled.prefetch;
}

}  // namespace azoth
