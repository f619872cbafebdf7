// SPDX-License-Identifier: MIT
// What a dialect's compiler makes of a statement: text, the layout of its bind parameters and the
// columns of its rows. Immutable and shared between threads once in the cache; holds no values but
// constants.
#pragma once
#include <azoth/sql/node.hpp>
#include <azoth/sql/operators.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace azoth {

/// One bind parameter of the compiled text, in the order of the placeholders.
class ValueFunction;

struct BindSlot {
  static constexpr std::uint32_t constant = std::numeric_limits<std::uint32_t>::max();
  enum class Mode : std::uint8_t { plain, expanding, literal_execute };

  std::uint32_t ordinal = constant;  ///< place in the walk over the statement's bind parameters
                                     ///< (`sql::collect_binds`), or `constant`
  Mode mode = Mode::plain;
  bool required = false;              ///< its value must be given at execution
  bool is_out = false;                ///< receives a value: RETURNING ... INTO
  bool is_quoted = false;             ///< its name stands in quotes
  bool is_default = false;            ///< a column's default takes the place of a value
  bool as_literals = false;           ///< of `expanding`: the values are put into the text
  sql::Op expand_op = sql::Op::none;  ///< of `expanding`: `in` or `not_in`
  TypePtr type = nullptr;
  std::string name;  ///< as rendered: `name_1`
  std::string key;  ///< the name under which execution parameters give its value: a column key or a
                    ///< bindparam() name
  std::string item_prefix, item_suffix;  ///< of `expanding`: around each value
  Value value;                           ///< of constants
  /// Of a column's default that a function makes: called once a row; it belongs to the table.
  const ValueFunction* generator = nullptr;
  std::uint32_t text_offset = 0;  ///< of `expanding` and `literal_execute`: where the token
                                  ///< `[POSTCOMPILE_name]` stands in the text
  std::uint32_t text_length = 0;
};

/// One column of the rows that the statement returns.
struct ResultColumn {
  std::string name;  ///< the label or column name, the key of dynamic rows; of text(): empty
  TypePtr type = nullptr;
  sql::Ref element;  ///< the expression in the columns clause, for access by column object
};

/// Says what executing the statement does, as far as the engine must know.
enum class StatementKind : std::uint8_t { select, insert, update, delete_, ddl, text };

struct Compiled {
  std::string text;
  std::vector<BindSlot> slots;
  /// Parameters without a placeholder: `render_postcompile` has put their values into the text.
  std::vector<BindSlot> placed;
  std::vector<ResultColumn>
      columns;  ///< empty when no rows are returned, or when they are not known (text)
  std::vector<ResultColumn> cte_columns;  ///< what INSERT, UPDATE, DELETE within CTEs return;
                                          ///< SQLAlchemy lists them behind those of the rows
  std::string refusal;  ///< why the engine does not execute it though it has a text; mostly empty
  StatementKind kind = StatementKind::select;
  bool has_post_compile =
      false;  ///< some slot is expanding or literal_execute: the text is completed at execution
  bool checks_values = false;  ///< some slot has a type that does not send all values as they are
  bool is_textual = false;     ///< the columns of the rows are taken from the driver
  bool is_cacheable = true;    ///< false for DDL and multi-row VALUES: logged as [no key]
  sql::Ref table;              ///< target of INSERT, UPDATE, DELETE
  bool has_returning = false;
  /// INSERT, UPDATE: the parameters of columns whose defaults the client computes ahead (mostly
  /// their keys, `key_m1` in later rows), and the keys of those whose values the database makes, to
  /// be selected afterwards.
  std::vector<std::string> prefetch, postfetch;
  bool has_implicit_returning = false;  ///< RETURNING of what the program did not ask for
  bool fetches_lastrowid = false;       ///< the driver tells the new key
  /// INSERT ... VALUES with one row: where the row's parenthesised tuple stands in the text, so
  /// that the engine can repeat it for many rows a statement; all slots then lie inside it. Length
  /// 0: the statement cannot be repeated.
  std::uint32_t values_offset = 0, values_length = 0;
  std::vector<std::string>
      warnings;  ///< found while compiling (FROM linting); emitted once per compilation
};

}  // namespace azoth
