// SPDX-License-Identifier: MIT
// Parameters given at execution: one set of names with values, or a list of sets (executemany).
// Plain data.
#pragma once
#include <azoth/types/value.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Holds one parameter set: `{{"name", "spongebob"}, {"id", 1}}`.
class Params {
 public:
  using Item = std::pair<std::string, Value>;
  Params() = default;

  Params(std::initializer_list<Item> items) : items_(items) {}

  /// Takes a vector (a template, so that braces never mean one).
  template <std::same_as<std::vector<Item>> V>
  explicit Params(V items) : items_(std::move(items)) {}

  /// Sets the value of a name, new or present.
  Params& set(std::string_view name, const Literal& value);
  /// Sets the list of an IN parameter.
  Params& set(std::string_view name, std::vector<Value> list);
  /// Returns the list of a name, or null when the set has no list of that name.
  const std::vector<Value>* find_list(std::string_view name) const;
  /// Returns the value of a name, or null when the set has no such name.
  const Value* find(std::string_view name) const;

  bool empty() const { return items_.empty() && lists_.empty(); }

  std::size_t size() const { return items_.size(); }

  /// Goes over the names with one value.
  auto begin() const { return items_.begin(); }

  auto end() const { return items_.end(); }

  const std::vector<std::pair<std::string, std::vector<Value>>>& lists() const { return lists_; }

 private:
  std::vector<Item> items_;
  std::vector<std::pair<std::string, std::vector<Value>>> lists_;
};

/// Holds many parameter sets: `{{{"name", "a"}}, {{"name", "b"}}}`. All sets have the names of the
/// first. (A list of one set in braces is read as the set itself; write `ParamsList{...}` where a
/// list of one is meant.)
class ParamsList {
 public:
  ParamsList() = default;

  ParamsList(std::initializer_list<Params> sets) : sets_(sets) {}

  template <std::same_as<std::vector<Params>> V>
  explicit ParamsList(V sets) : sets_(std::move(sets)) {}

  void push_back(Params set) { sets_.push_back(std::move(set)); }

  bool empty() const { return sets_.empty(); }

  std::size_t size() const { return sets_.size(); }

  const Params& operator[](std::size_t i) const { return sets_[i]; }

  auto begin() const { return sets_.begin(); }

  auto end() const { return sets_.end(); }

 private:
  std::vector<Params> sets_;
};

/// Gives parameter values of many sets without holding them: what a flush implements over its
/// objects. Text and bytes that a literal views must stay until the call that takes the sets
/// returns.
class ParameterSets {
 public:
  virtual std::size_t size() const = 0;
  /// Returns the value of the key at position `key` in the list of keys that goes with the sets.
  virtual Literal value(std::size_t set, std::size_t key) const = 0;

 protected:
  ~ParameterSets() = default;
};

}  // namespace azoth
