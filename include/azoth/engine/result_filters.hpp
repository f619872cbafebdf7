// SPDX-License-Identifier: MIT
// What results of every kind can be turned into: unique rows, and lists of some rows at a time.
// They take the result over and read it as they are read.
#pragma once
#include <azoth/types/value.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth {

class Row;

namespace detail {

template <class Derived, class RowT>
class ResultMethods;

/// Remembers rows by what they hold.
class SeenRows {
 public:
  SeenRows();
  SeenRows(SeenRows&&) noexcept;
  SeenRows& operator=(SeenRows&&) noexcept;
  ~SeenRows();
  /// Says whether these are the first such values.
  bool is_new(const Literal* values, std::size_t count);
  bool is_new(const Row& row);

  template <class... T>
  bool is_new(const std::tuple<T...>& row) {
    return std::apply(
        [this](const T&... each) {
          const Literal values[] = {Literal(each)..., Literal(std::nullopt)};
          return is_new(values, sizeof...(T));
        },
        row);
  }

  template <class T>
    requires std::is_constructible_v<Literal, const T&>
  bool is_new(const T& value) {
    const Literal literal(value);
    return is_new(&literal, 1);
  }

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The rows of a result that differ from all before them.
template <class R>
class UniqueResult : public ResultMethods<UniqueResult<R>, typename R::row_type> {
 public:
  explicit UniqueResult(R&& result) : result_(std::move(result)) {}

  bool fetch(typename R::row_type& row) {
    while (result_.fetch(row)) {
      if (seen_.is_new(row)) {
        return true;
      }
    }
    return false;
  }

  void close() { result_.close(); }

 private:
  R result_;
  SeenRows seen_;
};

/// The rows of a result whose keys differ from those of all before them.
template <class R, class F>
class UniqueByKey : public ResultMethods<UniqueByKey<R, F>, typename R::row_type> {
 public:
  UniqueByKey(R&& result, F key) : result_(std::move(result)), key_(std::move(key)) {}

  bool fetch(typename R::row_type& row) {
    while (result_.fetch(row)) {
      if (seen_.is_new(key_(row))) {
        return true;
      }
    }
    return false;
  }

  void close() { result_.close(); }

 private:
  R result_;
  F key_;
  SeenRows seen_;
};

/// Lists of `size` rows each, the last one perhaps shorter.
template <class R>
class Partitions {
 public:
  using value_type = std::vector<typename R::row_type>;

  Partitions(R&& result, std::size_t size) : result_(std::move(result)), size_(size) {}

  class iterator {
   public:
    explicit iterator(Partitions& all) : all_(&all) { ++*this; }

    const value_type& operator*() const { return rows_; }

    iterator& operator++() {
      rows_ = all_->result_.fetchmany(all_->size_);
      return *this;
    }

    void operator++(int) { ++*this; }

    bool operator==(std::default_sentinel_t) const { return rows_.empty(); }

   private:
    Partitions* all_;
    value_type rows_;
  };

  iterator begin() { return iterator(*this); }

  std::default_sentinel_t end() const { return {}; }

 private:
  R result_;
  std::size_t size_;
};

}  // namespace detail
}  // namespace azoth
