// SPDX-License-Identifier: MIT
// Names that the compiler makes up: numbers for anonymous ones, and the labels of a columns clause
// by SQLAlchemy's rules. It renders nothing.
#pragma once
#include "compile/flat_index.hpp"
#include <azoth/sql/name.hpp>
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
  bool is_raw = false;          ///< of literal columns: text that is never quoted
  bool is_truncatable = false;  ///< made up of others, and shortened when it is too long
  bool is_alias = false;        ///< of a FROM element

  explicit operator bool() const { return !base.empty(); }

  bool operator==(const LabelName& other) const {
    return sql::bare(base) == sql::bare(other.base) && identity == other.identity;
  }
};

/// What a name is of; names of each kind are shortened with a counter of their own.
enum class NameKind : std::uint8_t { column, alias, bind };

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
  LabelName exported{};      ///< as which a select outside knows it; mostly the same
};

/// Makes and remembers the names of one compilation. A column of a subquery has no name of its own
/// where the subquery makes it up; it is asked of the very labels that the subquery renders, so
/// that both agree.
class Names {
 public:
  /// Returns the labels of a select's columns; of a compound select, those of its first member.
  const std::vector<ColumnLabel>& labels_of(const sql::Ref& statement);
  /// Returns the labels of other columns.
  std::vector<ColumnLabel> label(const sql::Refs& columns, sql::LabelStyle style);
  /// Returns the name a column of a FROM element is rendered by.
  LabelName of(const sql::ColumnNode& column);
  /// Returns the name that a label is rendered by.
  LabelName of(const sql::Label& label);
  /// Returns the word that an anonymous label of this element starts with: `count`, `id`, `anon`.
  std::string_view base_of(const sql::Node& element);
  /// Returns the text of a name without its mark, numbering it when it is new and shortening it
  /// when it is too long.
  std::string text(const LabelName& name);
  /// Returns the whole of it, however long.
  std::string whole_text(const LabelName& name);
  /// The same of a bind parameter.
  std::string bind_text(const LabelName& name);
  /// Returns a name that is longer than the database allows with its end replaced by a counter.
  std::string shortened(NameKind kind, std::string name);

  /// The greatest length of names that may be shortened.
  std::size_t label_length = 9999;

  /// Keeps a text for as long as the compilation lasts.
  const std::string& keep(std::string text) { return arena_.emplace_back(std::move(text)); }

  /// Numbers a name ahead of what is rendered next.
  void number(const LabelName& name) {
    if (name.identity) {
      anonymous_.number(name.identity, name.base);
    }
  }

 private:
  struct Labels {
    const sql::Node* statement;
    std::vector<ColumnLabel> labels;
  };

  struct Shortened {
    NameKind kind;
    std::string name, text;
  };

  AnonymousNames anonymous_;
  std::vector<Shortened> shortened_;
  std::uint32_t counters_[3] = {};
  std::deque<std::string> arena_;
  std::deque<Labels> labels_;
};

/// Returns the name of a FROM element: a table's, an alias', or that of an anonymous alias.
LabelName from_name(const sql::Node& from);

}  // namespace azoth::compile
