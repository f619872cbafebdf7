// SPDX-License-Identifier: MIT
// What one compilation keeps beside its text: slots, names, and the stack of statements being
// rendered. Private to the renderers.
#pragma once
#include "compile/from_list.hpp"
#include "compile/label_names.hpp"
#include <azoth/compile/sql_compiler.hpp>

namespace azoth::compile {

/// One statement being rendered, linked to the one around it.
struct Frame {
  const Frame* outer = nullptr;
  std::size_t depth = 1;  ///< statements around this one, and it
  const sql::Statement* statement = nullptr;
  sql::Refs froms;      ///< as rendered
  Enclosing enclosing;  ///< what statements within this one can correlate to
  const std::vector<ColumnLabel>* columns = nullptr;
  bool in_from = false;
  bool is_of_rows = false;  ///< its columns, or those of its other members, are those of the rows
  bool records = false;     ///< its columns are the columns of the rows
};

/// A common table expression that has been met, by the name under which it is known and the depth
/// of the statement it stands before: 1 for all that do not nest.
struct KnownCte {
  const sql::Alias* cte;
  std::string name;
  std::size_t level;
};

/// One that has been rendered, to stand before a statement.
struct RenderedCte {
  const sql::Alias* cte;
  std::size_t level;
  std::string text;
  std::vector<BindSlot> slots;
};

struct State {
  const std::vector<const sql::BindParameter*>* binds = nullptr;
  std::size_t next_bind = 0;  ///< where the next one is looked for first
  FlatIndex bind_places;      ///< by address, made when looking in order fails
  bool has_bind_places = false;

  Names names;

  struct NamedBind {
    const sql::BindParameter* bind;  ///< null: of a column of INSERT or UPDATE
    std::string name;
    bool is_unique = false;  ///< no other parameter may have its name
  };

  std::vector<NamedBind> named_binds;
  FlatIndex binds_by_address, binds_by_name;
  bool shares_names = false;  ///< two parameters have one name: the later one's value counts

  std::vector<BindSlot> slots;
  std::vector<BindSlot> placed;  ///< parameters whose values `render_postcompile` put into the text
  std::vector<ResultColumn> columns;
  std::vector<ResultColumn> cte_columns;  ///< of what INSERT, UPDATE, DELETE return within others
  std::string refusal;                    ///< why the statement cannot be executed
  std::vector<RenderedCte> ctes;
  std::vector<KnownCte> known_ctes;
  const sql::Alias* visiting_cte = nullptr;  ///< the innermost one that is being rendered
  std::vector<std::string> warnings;
  sql::Refs kept;  ///< statements that are rendered in place of others
  std::vector<const sql::Node*> executed_literally;  ///< bind parameters, beside those that say so

  std::vector<std::pair<const sql::Node*, sql::Ref>> shown_as;  ///< aliases in place of tables

  const Frame* frame = nullptr;
  bool quotes_value = false;  ///< the value of a column has its name in quotes, as the column has
  bool in_columns = false;    ///< of the columns clause of the innermost select
  bool is_lateral = false;    ///< the next select in FROM sees what stands beside it
  bool in_binary = false;     ///< an operand is being rendered
  bool marks_placeholder = false;  ///< a type's expression is being rendered
  std::size_t slots_at_placeholder = 0;
  bool is_wrapped = false;             ///< values get nothing more around them
  bool includes_table = true;          ///< columns are written `table.column`
  const sql::Node* renamed = nullptr;  ///< the columns of this FROM element are those of `new_name`
  std::string_view new_name;
  bool renders_literals = false;
  const sql::Alias* inserted = nullptr;      ///< its columns are written VALUES(x)
  const sql::Node* label_as_name = nullptr;  ///< this label is referred to by its name
  bool is_cacheable = true;
  std::vector<std::string> prefetch, postfetch;
  sql::Refs implicit_returning;
  bool fetches_lastrowid = false;
  std::uint32_t values_offset = 0, values_length = 0;
};

/// Says whether an element gets parentheses where nothing but itself is expected: as the condition
/// of CASE, as the value of an assignment. Those with an operator at their root do.
bool has_operator(const sql::Node& element);

/// Sets a variable until the end of the block.
template <class T>
class Setting {
 public:
  Setting(T& variable, T value) : variable_(variable), before_(variable) { variable = value; }

  ~Setting() { variable_ = before_; }

  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace azoth::compile
