// SPDX-License-Identifier: MIT
// Telling rows apart by what they hold: the kinds and forms of their values as one text.
#include <azoth/engine/dynamic_result.hpp>
#include <azoth/engine/result_filters.hpp>

#include <unordered_set>

namespace azoth::detail {

struct SeenRows::State {
  std::unordered_set<std::string> rows;
};

SeenRows::SeenRows() : state_(std::make_unique<State>()) {}

SeenRows::SeenRows(SeenRows&&) noexcept = default;
SeenRows& SeenRows::operator=(SeenRows&&) noexcept = default;
SeenRows::~SeenRows() = default;

bool SeenRows::is_new(const Literal* values, std::size_t count) {
  std::string key;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = repr(values[i]);
    key += std::to_string(text.size()) + ":" + text;
  }
  return state_->rows.insert(std::move(key)).second;
}

bool SeenRows::is_new(const Row& row) {
  const std::vector<Literal> values(row.begin(), row.end());
  return is_new(values.data(), values.size());
}

}  // namespace azoth::detail
