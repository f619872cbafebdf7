// SPDX-License-Identifier: MIT
// What stands behind parameters and options: small lookups and checks.
#include <azoth/base/error.hpp>
#include <azoth/engine/options.hpp>
#include <azoth/engine/params.hpp>

namespace azoth {

Params& Params::set(std::string_view name, const Literal& value) {
  for (Item& item : items_) {
    if (item.first == name) {
      item.second = Value(value);
      return *this;
    }
  }
  items_.emplace_back(std::string(name), Value(value));
  return *this;
}

Params& Params::set(std::string_view name, std::vector<Value> list) {
  for (auto& [known, held] : lists_) {
    if (known == name) {
      held = std::move(list);
      return *this;
    }
  }
  lists_.emplace_back(std::string(name), std::move(list));
  return *this;
}

const std::vector<Value>* Params::find_list(std::string_view name) const {
  for (const auto& [known, list] : lists_) {
    if (known == name) {
      return &list;
    }
  }
  return nullptr;
}

const Value* Params::find(std::string_view name) const {
  for (const Item& item : items_) {
    if (item.first == name) {
      return &item.second;
    }
  }
  return nullptr;
}

Echo::Echo(const char* word) : level_(2) {
  if (std::string_view(word) != "debug") {
    throw ArgumentError("echo is '" + std::string(word) + "'; expected true, false or \"debug\"");
  }
}

}  // namespace azoth
