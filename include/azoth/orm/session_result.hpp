// SPDX-License-Identifier: MIT
// Rows of a Session that hold entities. A result loads its rows when the first is asked for (or in
// batches, with yield_per), runs the loaders of its options over each batch, and then hands rows
// out; it keeps what it holds alive. Statements without entities give the plain Result of
// engine/result.hpp.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/orm/row_buffer.hpp>

namespace azoth {

/// The first column of the rows: handles of entities, or values.
template <class C>
class SessionScalars
    : public detail::ResultMethods<SessionScalars<C>, typename orm::SessionElement<C>::type> {
 public:
  using Element = typename orm::SessionElement<C>::type;
  using Methods = detail::ResultMethods<SessionScalars<C>, Element>;
  using Buffer = orm::RowBuffer<std::conditional_t<Mapped<C>, ptr<orm::Object>, Element>>;

  explicit SessionScalars(Buffer buffer) : buffer_(std::move(buffer)) {}

  AZOTH_INLINE explicit SessionScalars(orm::LoadedRows rows) : buffer_(std::move(rows)) {}

  bool fetch(Element& element) {
    if constexpr (Mapped<C>) {
      ptr<orm::Object> object;
      const bool is_row = buffer_.fetch(object, &orm::read_first_entity);
      element = Element(std::move(object));
      return is_row;
    } else {
      return buffer_.fetch(element, &read);
    }
  }

  /// Returns the elements that are left and closes the result.
  std::vector<Element> all() {
    if constexpr (Mapped<C>) {
      std::vector<ptr<orm::Object>> objects = buffer_.all(&orm::read_first_entity);
      return std::vector<Element>(std::make_move_iterator(objects.begin()),
                                  std::make_move_iterator(objects.end()));
    } else {
      return buffer_.all(&read);
    }
  }

  /// Returns the first element, or nothing; closes the result. Needs no unique().
  std::optional<Element> first() {
    buffer_.allow_repeats();
    return Methods::first();
  }

  /// Drops repeated objects; required where joined collections multiply rows.
  SessionScalars& unique() & {
    buffer_.unique();
    return *this;
  }

  /// The same of a temporary, whose rows a loop may go over: `for (auto u :
  /// s.scalars(q).unique())`.
  SessionScalars unique() && {
    buffer_.unique();
    return std::move(*this);
  }

  /// Reads the rows that follow in batches of `rows`.
  SessionScalars yield_per(std::size_t rows) && {
    buffer_.rows().yield_per(rows);
    return std::move(*this);
  }

  using Methods::partitions;

  /// Hands the elements over as lists of as many as yield_per says.
  auto partitions() { return Methods::partitions(buffer_.rows().batch_size()); }

  void close() { buffer_.close(); }

 private:
  static Element read(orm::LoadedRows& rows) { return orm::read_element<C>(rows, 0); }

  Buffer buffer_;
};

/// Rows with entities: tuples of handles and values.
template <class... C>
class SessionResult
    : public detail::ResultMethods<SessionResult<C...>,
                                   std::tuple<typename orm::SessionElement<C>::type...>> {
 public:
  using Row = std::tuple<typename orm::SessionElement<C>::type...>;
  using Methods = detail::ResultMethods<SessionResult<C...>, Row>;

  explicit SessionResult(orm::LoadedRows rows) : buffer_(std::move(rows)) {}

  bool fetch(Row& row) { return buffer_.fetch(row, &read); }

  /// Returns the rows that are left and closes the result.
  std::vector<Row> all() { return buffer_.all(&read); }

  /// Returns the first row, or nothing; closes the result. Needs no unique().
  std::optional<Row> first() {
    buffer_.allow_repeats();
    return Methods::first();
  }

  /// Drops repeated rows; required where joined collections multiply rows.
  SessionResult& unique() & {
    buffer_.unique();
    return *this;
  }

  SessionResult unique() && {
    buffer_.unique();
    return std::move(*this);
  }

  /// Hands the rows over as their first column; this result is then spent.
  SessionScalars<std::tuple_element_t<0, std::tuple<C...>>> scalars() {
    using First = SessionScalars<std::tuple_element_t<0, std::tuple<C...>>>;
    return First(typename First::Buffer(std::move(buffer_.rows()), buffer_.is_unique()));
  }

  /// Returns the first column of the first row: a handle (empty when there is no row) or an
  /// optional value; closes the result.
  auto scalar() { return nullable_first(first()); }

  /// Returns the first column of the one row. @throws NoResultFound, MultipleResultsFound
  auto scalar_one() { return std::get<0>(Methods::one()); }

  auto scalar_one_or_none() { return nullable_first(Methods::one_or_none()); }

  /// The names of the columns and classes of a row, in order.
  std::vector<std::string> keys() const { return buffer_.rows().keys(); }

  SessionResult yield_per(std::size_t rows) && {
    buffer_.rows().yield_per(rows);
    return std::move(*this);
  }

  void close() { buffer_.close(); }

 private:
  static auto nullable_first(std::optional<Row> row) {
    using First = std::tuple_element_t<0, Row>;
    if constexpr (Mapped<std::tuple_element_t<0, std::tuple<C...>>>) {
      return row ? std::get<0>(std::move(*row)) : First();
    } else {
      return row ? detail::Nullable<First>(std::get<0>(std::move(*row)))
                 : detail::Nullable<First>();
    }
  }

  static Row read(orm::LoadedRows& rows) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return Row{orm::read_element<C>(rows, I)...};
    }(std::index_sequence_for<C...>{});
  }

  orm::RowBuffer<Row> buffer_;
};

}  // namespace azoth
