// SPDX-License-Identifier: MIT
// What every result can do with its rows, whatever they are (tuples, dynamic rows, values of one
// column), and ScalarResult. The results themselves are in result.hpp.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/engine/cursor_result.hpp>
#include <azoth/engine/result_filters.hpp>
#include <azoth/types/cpp_type.hpp>

#include <iterator>
#include <optional>
#include <utility>

namespace azoth {

struct AnyType;

/// Says what an element of a typed row is for a column of the statement: the C++ type itself,
/// `Value` for untyped columns.
template <class C>
struct RowElement {
  using type = C;
};

template <>
struct RowElement<AnyType> {
  using type = Value;
};

namespace detail {
[[noreturn]] void throw_no_result_found();
[[noreturn]] void throw_multiple_results_found(bool none_allowed);

template <class T>
struct Stripped {
  using type = T;
};

template <class T>
struct Stripped<std::optional<T>> {
  using type = T;
};
/// Holds "no row" and NULL alike, as scalar() returns them.
template <class T>
using Nullable = std::optional<typename Stripped<T>::type>;

/// Gives a result its methods; `Derived` has `bool fetch(RowT&)`, which fills the row it is given,
/// and `void close()`.
template <class Derived, class RowT>
class ResultMethods {
 public:
  using row_type = RowT;

  /// Goes over the rows that are left; each row is overwritten by the next, so copy what is to
  /// stay.
  class iterator {
   public:
    using value_type = RowT;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    AZOTH_INLINE explicit iterator(Derived& result) : result_(&result) { ++*this; }

    AZOTH_INLINE RowT& operator*() { return row_; }

    RowT* operator->() { return &row_; }

    AZOTH_INLINE iterator& operator++() {
      if (!result_->fetch(row_)) {
        result_ = nullptr;
      }
      return *this;
    }

    void operator++(int) { ++*this; }

    AZOTH_INLINE bool operator==(std::default_sentinel_t) const { return result_ == nullptr; }

   private:
    Derived* result_;
    RowT row_{};
  };

  AZOTH_INLINE iterator begin() { return iterator(self()); }

  AZOTH_INLINE std::default_sentinel_t end() const { return {}; }

  /// Returns the rows that are left and closes the result.
  std::vector<RowT> all() {
    std::vector<RowT> rows;
    while (self().fetch(rows.emplace_back())) {
    }
    rows.pop_back();
    return rows;
  }

  /// Returns at most `count` further rows.
  std::vector<RowT> fetchmany(std::size_t count) {
    std::vector<RowT> rows;
    while (rows.size() < count) {
      if (!self().fetch(rows.emplace_back())) {
        rows.pop_back();
        break;
      }
    }
    return rows;
  }

  std::vector<RowT> fetchall() { return all(); }

  /// Hands the rows over but those that are like one before; this result is then closed.
  auto unique() { return UniqueResult<Derived>(std::move(self())); }

  /// The same by what `key(row)` returns.
  template <class F>
  auto unique(F key) {
    return UniqueByKey<Derived, F>(std::move(self()), std::move(key));
  }

  /// Hands the rows over as lists of `size`; this result is then closed.
  auto partitions(std::size_t size) { return Partitions<Derived>(std::move(self()), size); }

  std::optional<RowT> fetchone() {
    std::optional<RowT> row(std::in_place);
    if (!self().fetch(*row)) {
      row.reset();
    }
    return row;
  }

  /// Returns the first row, or nothing; closes the result.
  std::optional<RowT> first() {
    std::optional<RowT> row = fetchone();
    self().close();
    return row;
  }

  /// Returns the one row and closes the result. @throws NoResultFound, MultipleResultsFound
  RowT one() {
    std::optional<RowT> row = at_most_one(false);
    if (!row) {
      throw_no_result_found();
    }
    return std::move(*row);
  }

  /// Returns the one row, or nothing; closes the result. @throws MultipleResultsFound
  std::optional<RowT> one_or_none() { return at_most_one(true); }

 private:
  AZOTH_INLINE Derived& self() { return static_cast<Derived&>(*this); }

  std::optional<RowT> at_most_one(bool none_allowed) {
    std::optional<RowT> row = fetchone();
    RowT second{};
    const bool several = row && self().fetch(second);
    self().close();
    if (several) {
      throw_multiple_results_found(none_allowed);
    }
    return row;
  }
};
}  // namespace detail

/// The first column of a result's rows, as values. Move-only.
template <class T>
class ScalarResult : public detail::ResultMethods<ScalarResult<T>, T> {
 public:
  explicit ScalarResult(CursorResult&& cursor, std::uint32_t column = 0)
      : cursor_(std::move(cursor)) {
    if (cursor_.returns_rows()) {
      reader_ = cursor_.reader(column, CppType<T>::cell());
    }
  }

  /// Of values that are there already.
  explicit ScalarResult(std::vector<T> values) : values_(std::move(values)), holds_values_(true) {}

  bool fetch(T& value) {
    if (holds_values_) {
      if (next_ == values_.size()) {
        return false;
      }
      value = values_[next_++];
      return true;
    }
    if (!cursor_.next()) {
      return false;
    }
    cursor_.read(reader_, &value);
    return true;
  }

  void close() {
    cursor_.close();
    next_ = values_.size();
  }

 private:
  CursorResult cursor_;
  ColumnReader reader_;
  std::vector<T> values_;
  std::size_t next_ = 0;
  bool holds_values_ = false;
};

}  // namespace azoth
