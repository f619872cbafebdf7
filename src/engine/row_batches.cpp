// SPDX-License-Identifier: MIT
// Many parameter sets in one INSERT. Where nobody asks for keys or rows, it is a faster way to do
// the same as one statement a row, and looks so from outside: one executemany in log and events,
// and when a row is refused, those before it are inserted (where the driver counts changes; else
// those of its statement are not, as with the connectors that Python programs use).
#include "engine/row_batches.hpp"

#include <azoth/compile/dialect.hpp>

#include <bit>

namespace azoth::detail {
namespace {

std::size_t size_of(const Literal& value) {
  constexpr std::size_t largest_number = 40;
  switch (value.kind()) {
    case ValueKind::text:
      return value.text().size();
    case ValueKind::blob:
      return value.blob().size();
    default:
      return largest_number;
  }
}

// The rows of one statement must be those that as many statements would insert: a subquery would
// not see the rows before.
bool can_go_together(const ManyContext& context) {
  const Compiled& form = context.compiled();
  return context.state.driver->prefers_rows_together() && is_repeatable(context) &&
         form.text.find('(', form.values_offset + 1) == form.text.npos;
}

}  // namespace

bool is_repeatable(const ManyContext& context) {
  const Compiled& form = context.compiled();
  return context.sets.size() > 1 && form.kind == StatementKind::insert && form.values_length > 0 &&
         !form.slots.empty() && !form.has_post_compile && !form.has_returning &&
         form.text.starts_with("INSERT") &&  // behind WITH there may be other parameters
         form.text.size() == form.values_offset + form.values_length;
}

std::size_t largest_batch(const ManyContext& context) {
  constexpr std::size_t enough = 1024;
  const std::size_t parameters = std::max<std::size_t>(context.key_of_slot.size(), 1);
  return std::max<std::size_t>(
      std::min(enough, context.state.driver->max_parameters() / parameters), 1);
}

std::size_t rows_that_fit(const ManyContext& context, std::size_t first, std::size_t count) {
  const std::size_t limit = context.state.driver->max_statement_size();
  std::size_t size = 0;
  for (std::size_t row = 0; limit != DriverConnection::any_size && row < count; ++row) {
    for (std::size_t i = 0; i < context.key_of_slot.size(); ++i) {
      size += size_of(context.value_at(first + row, i));
    }
    if (size > limit) {
      return std::bit_floor(std::max<std::size_t>(row, 1));
    }
  }
  return count;
}

std::string repeated_text(const Compiled& compiled, std::size_t rows) {
  const std::string_view text = compiled.text;
  const std::string_view tuple = text.substr(compiled.values_offset, compiled.values_length);
  std::string out(text.substr(0, compiled.values_offset));
  out.reserve(text.size() + rows * (tuple.size() + 2));
  for (std::size_t row = 0; row < rows; ++row) {
    out.append(row == 0 ? "" : ", ").append(tuple);
  }
  return out += text.substr(compiled.values_offset + compiled.values_length);
}

void ManyContext::run_batch(std::size_t first, std::size_t count, DriverCursor& cursor) {
  for (std::size_t row = 0; row < count; ++row) {
    bind(cursor, first + row, row * key_of_slot.size());
  }
  cursor.step();
}

std::size_t ManyContext::insert_together(std::size_t first, std::int64_t& affected) {
  constexpr std::size_t least = 8;
  if (!can_go_together(*this)) {
    return first;
  }
  DriverConnection& driver = *state.driver;
  const std::size_t largest = std::bit_floor(largest_batch(*this));
  DriverConnection::CursorHandle cursor{nullptr, {nullptr}};
  std::size_t prepared = 0;
  while (true) {
    const std::size_t left = std::min(largest, std::bit_floor(sets.size() - first));
    const std::size_t count = left < least ? 0 : rows_that_fit(*this, first, left);
    if (count < least) {
      return first;
    }
    if (count != prepared) {
      cursor = state.prepare(repeated_text(compiled(), count));
      check_count(*cursor, count * key_of_slot.size());
      prepared = count;
    }
    const std::optional<std::int64_t> changes = driver.changed_rows();
    const bool was_in_transaction = driver.in_transaction();
    try {
      run_batch(first, count, *cursor);
    } catch (const DBAPIError&) {
      const bool has_no_effect = changes && driver.changed_rows() == changes &&
                                 driver.in_transaction() == was_in_transaction;
      if (!has_no_effect) {
        throw;
      }
      return first;  // one by one, up to the row that is refused
    }
    affected += std::max<std::int64_t>(cursor->affected_rows(), 0);
    cursor->reset();
    first += count;
  }
}

}  // namespace azoth::detail
