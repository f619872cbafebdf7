// SPDX-License-Identifier: MIT
// Names that the compiler makes up: numbers for anonymous ones, and the labels of a columns clause
// by SQLAlchemy's rules. It renders nothing.
#pragma once
#include "compile/flat_index.hpp"
#include <azoth/sql/statement.hpp>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::compile {

/// A name, made up or not: `base`, or `base_N` when `identity` is set; N counts the identities of
/// one base in order of first rendering. A column that is repeated has the base `id_`, so that its
/// names read `id__1`. An empty base: no name.
struct LabelName {
  std::string_view base;
  const void* identity = nullptr;

  explicit operator bool() const { return !base.empty(); }

  bool operator==(const LabelName&) const = default;
};

/// Numbers the anonymous names of one compilation. The bases must outlive it.
class AnonymousNames {
 public:
  /// Returns the number of a name, the next one of its base when it is new.
  std::uint32_t number(const void* identity, std::string_view base);

 private:
  struct Entry {
    const void* identity;
    std::string_view base;
    std::uint32_t number;
  };

  struct Counter {
    std::string_view base;
    std::uint32_t last;
  };

  std::vector<Entry> entries_;
  std::vector<Counter> counters_;
  FlatIndex by_identity_, by_base_;
};

/// One column of a columns clause and what it is called.
struct ColumnLabel {
  sql::Ref element;
  LabelName name;            ///< as which the row knows it; none for text()
  bool is_labelled = false;  ///< rendered as `element AS name`
};

/// What lives as long as one compilation.
struct NameStore {
  AnonymousNames anonymous;
  std::deque<std::string> arena;  ///< names that had to be put together
};

/// Names the columns of a select.
std::vector<ColumnLabel> label_columns(const sql::Refs& columns,
                                       sql::LabelStyle style,
                                       NameStore& store);

/// Returns the name of a FROM element: a table's, an alias', or that of an anonymous alias.
LabelName from_name(const sql::Node& from);

/// Returns the name a column of a FROM element is rendered by; anonymous for unnamed columns of
/// subqueries.
LabelName column_name(const sql::ColumnNode& column);

/// Returns the word that an anonymous label of this element starts with: `count`, `id`, `anon`.
std::string_view anonymous_base(const sql::Node& element);

}  // namespace azoth::compile
