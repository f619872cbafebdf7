// SPDX-License-Identifier: MIT
// What stands behind the results of a Session: rows of entities and values, read erased, a batch at
// a time, and buffered until they are handed out. The results themselves stand in
// session_result.hpp.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/comparable.hpp>

#include <iterator>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace azoth {

namespace orm {

class RowLoader;

/// Options of Session::execute and its kin.
struct ExecuteOptions {
  std::size_t yield_per = 0;  ///< rows a batch; 0: all at once
  bool populate_existing =
      false;  ///< overwrite loaded attributes of objects that are in the session already
  bool autoflush = true;  ///< false: changes are not flushed first
};

/// Reads rows of a statement with entities: erased, a row at a time. Internal.
class LoadedRows {
 public:
  explicit LoadedRows(std::unique_ptr<RowLoader> loader);
  LoadedRows(LoadedRows&&) noexcept;
  LoadedRows& operator=(LoadedRows&&) noexcept;
  ~LoadedRows();
  /// Begins a batch; a boundary of the session. False when there are no more rows.
  bool begin_batch();
  /// Advances within the batch.
  bool next();
  /// Runs the loaders of the options over the objects of the batch.
  void finish_batch();
  /// The object of an entity column of the current row; null where an outer join found none.
  Object* entity(std::size_t output) const;
  /// Reads another column of the current row.
  void read(std::size_t output, const CellType& cell, void* target);
  /// True when joined collections multiply rows, so that unique() must be asked for.
  bool needs_unique() const;
  [[noreturn]] static void throw_needs_unique();
  [[noreturn]] static void throw_closed();
  /// Sets the number of rows of the batches that follow.
  void yield_per(std::size_t rows);
  std::size_t batch_size() const;
  /// The names of the columns and classes of a row.
  std::vector<std::string> keys() const;
  void close() noexcept;

 private:
  std::unique_ptr<RowLoader> loader_;
};

template <class C>
struct SessionElement {
  using type = typename RowElement<C>::type;
};

template <Mapped C>
struct SessionElement<C> {
  using type = ptr<C>;
};

template <class C>
typename SessionElement<C>::type read_element(LoadedRows& rows, std::size_t output) {
  if constexpr (Mapped<C>) {
    return ptr<C>(rows.entity(output));
  } else {
    typename SessionElement<C>::type value{};
    rows.read(output, CppType<typename SessionElement<C>::type>::cell(), &value);
    return value;
  }
}

inline ptr<Object> read_first_entity(LoadedRows& rows) {
  return ptr<Object>(rows.entity(0));
}

template <class T>
std::size_t hash_element(const T& value) {
  if constexpr (requires { std::hash<T>{}(value); }) {
    return std::hash<T>{}(value);
  } else {
    return 0;
  }  // told apart by comparing
}

template <class... T>
std::size_t hash_element(const std::tuple<T...>& row) {
  std::size_t hash = 0;
  std::apply(
      [&](const T&... element) {
        ((hash = (hash ^ hash_element(element)) * 0x9E3779B97F4A7C15u), ...);
      },
      row);
  return hash;
}

// Remembers rows by their hashes, for unique().
class SeenRows {
 public:
  /// Adds row number `row`, one more than the last one; false (and not added) when `is_same(other)`
  /// holds for an earlier one.
  bool insert(std::size_t hash, base::FunctionRef<bool(std::size_t other)> is_same);
  void clear();

 private:
  void grow();
  std::vector<std::size_t> hashes_;  // by row
  std::vector<std::uint32_t>
      places_;  // rows in a hash table; 0 is free, else one more than the row
};

// Batches of ready rows in front of LoadedRows; a `Read` makes a row of the current one.
template <class RowT>
class RowBuffer {
 public:
  using Read = RowT (*)(LoadedRows& rows);

  explicit RowBuffer(LoadedRows rows, bool is_unique = false)
      : rows_(std::move(rows)), is_unique_(is_unique) {}

  bool fetch(RowT& row, Read read) {
    while (place_ == batch_.size()) {
      if (!refill(read)) {
        return false;
      }
    }
    row = std::move(batch_[place_++]);
    return true;
  }

  std::vector<RowT> all(Read read) {
    std::vector<RowT> rows(
        std::make_move_iterator(batch_.begin() + static_cast<std::ptrdiff_t>(place_)),
        std::make_move_iterator(batch_.end()));
    batch_.clear();
    place_ = 0;
    while (refill(read)) {
      if (rows.empty()) {
        rows.swap(batch_);
      } else {
        rows.insert(rows.end(),
                    std::make_move_iterator(batch_.begin()),
                    std::make_move_iterator(batch_.end()));
      }
      batch_.clear();
    }
    return rows;
  }

  void unique() { is_unique_ = true; }

  bool is_unique() const { return is_unique_; }

  /// Lets repeated rows pass where unique() would be required: for the first row only.
  void allow_repeats() { allows_repeats_ = true; }

  void close() {
    rows_.close();
    batch_.clear();
    place_ = 0;
    is_closed_ = true;
  }

  LoadedRows& rows() { return rows_; }

  const LoadedRows& rows() const { return rows_; }

 private:
  bool refill(Read read) {
    if (is_closed_) {
      LoadedRows::throw_closed();
    }
    if (is_failed_ || !rows_.begin_batch()) {
      return false;
    }
    if (rows_.needs_unique() && !is_unique_ && !allows_repeats_) {
      LoadedRows::throw_needs_unique();
    }
    batch_.clear();
    place_ = 0;
    try {
      while (rows_.next()) {
        batch_.push_back(read(rows_));
        if (is_unique_ && is_seen()) {
          batch_.pop_back();
        }
      }
      rows_.finish_batch();
    } catch (...) {  // rows whose loaders have not run are not handed out
      close();
      is_closed_ = false;
      is_failed_ = true;
      throw;
    }
    seen_.clear();
    return true;
  }

  bool is_seen() {
    const RowT& row = batch_.back();
    if (batch_.size() > 1 && batch_[batch_.size() - 2] == row) {
      return true;
    }
    return !seen_.insert(hash_element(row),
                         [&](std::size_t other) { return batch_[other] == row; });
  }

  LoadedRows rows_;
  std::vector<RowT> batch_;
  SeenRows seen_;
  std::size_t place_ = 0;
  bool is_unique_ = false, allows_repeats_ = false, is_closed_ = false, is_failed_ = false;
};

// Entities are buffered without their class: one instantiation, compiled in the library, for all.
extern template class RowBuffer<ptr<Object>>;

}  // namespace orm

}  // namespace azoth
