// SPDX-License-Identifier: MIT
// INSERT of many rows by statements whose parameters are arrays, one for each value of a row:
//   INSERT INTO t (a) SELECT p0 FROM unnest($1::TEXT[]) WITH ORDINALITY AS imp_sen(p0, sen_counter)
//   ORDER BY sen_counter RETURNING id
// One prepared statement serves any number of rows, and the server neither parses nor plans a list
// of thousands of tuples, as it would for VALUES (...), (...). ORDER BY makes the database number
// the rows in the order of the sets; it inserts and returns them one after the other in that order.
#include "engine/row_batches.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>

namespace azoth::detail {
namespace {

constexpr std::size_t batch_rows = 8192;

// One statement, with the rows from `first` on.
struct ArrayBatch {
  ManyContext& context;
  const std::string& text;
  std::size_t first, count;
  bool wants_keys;

  void log(std::size_t batches) const {
    const std::size_t number = first / batch_rows + 1;
    const std::string place =
        " " + std::to_string(number) + "/" + std::to_string(batches) + " (ordered)";
    context.origin = number == 1 ? context.origin : ExecutionContext::Origin::next_batch;
    context.log(
        text,
        [&](std::string& out) { append_parameters(out); },
        number == 1 ? " (insertmanyvalues)" + place : place);
  }

  void append_parameters(std::string& out) const {
    append_sets(
        out, count, [&](std::string& o, std::size_t i) { context.append_set(o, first + i); });
  }

  bool bind(DriverCursor& cursor) const {
    for (std::size_t i = 0; i < context.key_of_slot.size(); ++i) {
      const auto value_at = [&](std::size_t row) { return context.value_at(first + row, i); };
      if (!cursor.bind_array(static_cast<int>(i), count, value_at, context.slot(i).type)) {
        return false;
      }
    }
    return true;
  }

  std::vector<std::int64_t> fetch_keys(DriverCursor& cursor, bool has_row) const {
    std::vector<std::int64_t> keys;
    keys.reserve(count);
    ColumnReader reader;
    reader.cell = CppType<std::int64_t>::cell();
    reader.type = types::BigInteger();
    reader.read = cursor.reader(reader.cell, reader.type);
    for (; has_row; has_row = cursor.step()) {
      if (!reader.read(cursor, reader, &keys.emplace_back())) {
        cursor.explain(reader, "the generated key");
      }
    }
    if (keys.size() != count) {
      throw InvalidRequestError("The INSERT of " + std::to_string(count) + " rows returned " +
                                std::to_string(keys.size()) +
                                " keys; a trigger or rule of the table has left out rows. Insert "
                                "them one by one");
    }
    return keys;
  }
};

}  // namespace

std::size_t insert_from_arrays(ManyContext& context,
                               std::string_view key,
                               OnGeneratedKey on_key,
                               std::int64_t& affected) {
  if (!is_repeatable(context)) {
    return 0;
  }
  ConnectionState& state = context.state;
  const std::string text = state.state->dialect.load()->insert_from_arrays(context.compiled(), key);
  if (text.empty()) {
    return 0;
  }
  state.ensure_transaction();
  const std::size_t total = context.sets.size();
  for (std::size_t first = 0; first < total; first += batch_rows) {
    const ArrayBatch batch{context, text, first, std::min(batch_rows, total - first), !key.empty()};
    try {
      auto cursor = state.prepare(text);
      if (!batch.bind(*cursor)) {
        return first;
      }
      const Announcement announced(
          state,
          text,
          batch.count,
          context.key_of_slot.size(),
          true,
          [&](std::size_t set, std::size_t i) { return context.sent_at(first + set, i); });
      if (state.is_logging()) {
        batch.log((total + batch_rows - 1) / batch_rows);
      }
      const bool has_row = cursor->step();
      announced.executed();
      affected += std::max<std::int64_t>(cursor->affected_rows(), 0);
      if (!batch.wants_keys) {
        continue;
      }
      std::size_t set = first;
      for (const std::int64_t generated : batch.fetch_keys(*cursor, has_row)) {
        on_key(set++, generated);
      }
    } catch (const DBAPIError& error) {
      state.rethrow(error, context.error_context(text, [&](std::string& out) {
        batch.append_parameters(out);
      }));
    }
  }
  return total;
}

}  // namespace azoth::detail
