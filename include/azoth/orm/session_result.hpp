// SPDX-License-Identifier: MIT
// Rows of a Session that hold entities. A result loads its rows when the first is asked for (or in batches, with yield_per), runs the
// loaders of its options over each batch, and then hands rows out; it keeps what it holds alive. Statements without entities give the plain
// Result of engine/result.hpp.
#pragma once
#include <memory>
#include <vector>

#include <azoth/engine/result.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/comparable.hpp>

namespace azoth {

namespace orm {

class RowLoader;

/// Options of Session::execute and its kin.
struct ExecuteOptions {
  std::size_t yield_per = 0;        ///< rows a batch; 0: all at once
  bool populate_existing = false;   ///< overwrite loaded attributes of objects that are in the session already
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
  void close() noexcept;

 private:
  std::unique_ptr<RowLoader> loader_;
};

template <class C> struct SessionElement { using type = typename RowElement<C>::type; };
template <Mapped C> struct SessionElement<C> { using type = ptr<C>; };
template <class C> typename SessionElement<C>::type read_element(LoadedRows& rows, std::size_t output) {
  if constexpr (Mapped<C>) { return ptr<C>(rows.entity(output)); }
  else {
    typename SessionElement<C>::type value{};
    rows.read(output, CppType<typename SessionElement<C>::type>::cell(), &value);
    return value;
  }
}

// Batches of ready rows in front of LoadedRows; `Read` makes a row of the current one.
template <class RowT> class RowBuffer {
 public:
  explicit RowBuffer(LoadedRows rows) : rows_(std::move(rows)) {}
  template <class Read> bool fetch(RowT& row, Read read) {
    while (place_ == batch_.size()) { if (!refill(read)) { return false; } }
    row = std::move(batch_[place_++]);
    return true;
  }
  void unique() { is_unique_ = true; }
  void close() { rows_.close(); batch_.clear(); place_ = 0; is_closed_ = true; }
  LoadedRows& rows() { return rows_; }

 private:
  template <class Read> bool refill(Read read) {
    if (is_closed_ || !rows_.begin_batch()) { return false; }
    if (rows_.needs_unique() && !is_unique_) { LoadedRows::throw_needs_unique(); }
    batch_.clear();
    place_ = 0;
    while (rows_.next()) {
      batch_.push_back(read(rows_));
      if (is_unique_ && is_seen()) { batch_.pop_back(); }
    }
    rows_.finish_batch();
    return true;
  }
  // Joined collections repeat a row in sequence or scattered; small batches are scanned, others remembered by their first object.
  bool is_seen() {
    for (std::size_t i = batch_.size() - 1; i-- > 0;) { if (batch_[i] == batch_.back()) { return true; } if (batch_.size() - i > 64) { break; } }
    return false;
  }
  LoadedRows rows_;
  std::vector<RowT> batch_;
  std::size_t place_ = 0;
  bool is_unique_ = false, is_closed_ = false;
};

}  // namespace orm

/// The first column of the rows: handles of entities, or values.
template <class C> class SessionScalars : public detail::ResultMethods<SessionScalars<C>, typename orm::SessionElement<C>::type> {
 public:
  using Element = typename orm::SessionElement<C>::type;
  explicit SessionScalars(orm::RowBuffer<Element> buffer) : buffer_(std::move(buffer)) {}
  explicit SessionScalars(orm::LoadedRows rows) : buffer_(std::move(rows)) {}
  bool fetch(Element& element) { return buffer_.fetch(element, [](orm::LoadedRows& r) { return orm::read_element<C>(r, 0); }); }
  /// Drops repeated objects; required where joined collections multiply rows.
  SessionScalars& unique() & { buffer_.unique(); return *this; }
  SessionScalars&& unique() && { buffer_.unique(); return std::move(*this); }
  void close() { buffer_.close(); }

 private:
  orm::RowBuffer<Element> buffer_;
};

/// Rows with entities: tuples of handles and values.
template <class... C> class SessionResult : public detail::ResultMethods<SessionResult<C...>, std::tuple<typename orm::SessionElement<C>::type...>> {
 public:
  using Row = std::tuple<typename orm::SessionElement<C>::type...>;
  explicit SessionResult(orm::LoadedRows rows) : buffer_(std::move(rows)) {}
  bool fetch(Row& row) { return buffer_.fetch(row, [](orm::LoadedRows& r) { return read(r, std::index_sequence_for<C...>{}); }); }
  /// Drops repeated rows; required where joined collections multiply rows.
  SessionResult& unique() & { buffer_.unique(); return *this; }
  SessionResult&& unique() && { buffer_.unique(); return std::move(*this); }
  /// Hands the rows over as their first column; this result is then spent.
  SessionScalars<std::tuple_element_t<0, std::tuple<C...>>> scalars() {
    return SessionScalars<std::tuple_element_t<0, std::tuple<C...>>>(std::move(buffer_.rows()));
  }
  void close() { buffer_.close(); }

 private:
  template <std::size_t... I> static Row read(orm::LoadedRows& r, std::index_sequence<I...>) { return Row{orm::read_element<C>(r, I)...}; }
  orm::RowBuffer<Row> buffer_;
};

}  // namespace azoth
