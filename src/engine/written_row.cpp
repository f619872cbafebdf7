// SPDX-License-Identifier: MIT
// What a result tells of the row that an INSERT or UPDATE wrote: key, parameters, defaults.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/cursor_result.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

namespace detail {

// The key's columns are those of the program's values, of a RETURNING that the compiler added, or
// the one that the driver tells. A RETURNING of the program's own has them in its rows.
void ExecutionContext::note_inserted_key(CursorResult& result,
                                         const Params& params,
                                         DriverCursor* returned) const {
  const Compiled& form = compiled();
  if (form.has_returning && !state.state->dialect.load()->capabilities().lastrowid) {
    return;
  }
  const auto& table = sql::as<sql::TableNode>(form.table);
  for (std::size_t i = 0; i < entry->key_slots.size(); ++i) {
    Value key;
    if (const std::int32_t at = entry->key_slots[i]; at >= 0) {
      const BindSlot& bound = slot(static_cast<std::size_t>(at));
      const Value* given = params.find(bound.key);
      key = given != nullptr ? *given : Value(own_value(bound));
    }
    const sql::Ref column = table.column(table.primary_key[i]);
    for (std::size_t k = 0; returned != nullptr && k < form.columns.size(); ++k) {
      if (form.has_implicit_returning && form.columns[k].element.get() == column.get()) {
        key = returned->value(static_cast<int>(k), form.columns[k].type);
      }
    }
    if (key.is_null() && (entry->key_slots[i] < 0 || entry->key_slots.size() == 1) &&
        !form.has_implicit_returning) {
      key = Value(Literal(result.lastrowid_));
    }
    result.inserted_key_.push_back(std::move(key));
  }
  result.has_inserted_key_ = true;
}

}  // namespace detail

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
