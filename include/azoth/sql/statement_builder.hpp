// SPDX-License-Identifier: MIT
// What the typed statements need of the erased ones, without the nodes' definitions: clauses, and
// functions that append parts.
#pragma once
#include <azoth/sql/expression.hpp>

#include <tuple>

namespace azoth::sql {

enum class Clause : std::uint8_t {
  column,  ///< element, FROM element (all its columns) or Entity
  from,    ///< FROM element
  join,    ///< JoinStep
  where,
  group_by,
  having,
  order_by,
  distinct_on,
  limit,
  offset,      ///< an element, mostly a bind parameter
  fetch,       ///< Fetch
  for_update,  ///< ForUpdate
  prefix,
  suffix,  ///< TextPart
  correlate,
  correlate_except,
  cte,
  option,          ///< LoaderOption and the like: what the ORM adds; the compiler passes over them
  set,             ///< Assignment, of INSERT and UPDATE
  values_row,      ///< ValuesRow, of a multi-row INSERT
  returning,       ///< as `column`
  from_select,     ///< a select, of INSERT ... SELECT
  member,          ///< a select of a compound select
  hint,            ///< Hint, of a FROM element
  statement_hint,  ///< Hint, of the statement
  return_default,  ///< a column whose value the caller wants back
  post_values,     ///< OnConflict, OnDuplicateKey
  statement_option,  ///< StatementOption
  text               ///< TextClause, of text_select
};

/// What is said of a statement by yes or no.
enum class Flag : std::uint8_t {
  no_auto_correlate,   ///< of SELECT
  is_inline,           ///< of INSERT, UPDATE: fetch nothing back
  ordered_values,      ///< of UPDATE: SET in the order given
  returns_defaults,    ///< of INSERT, UPDATE: fetch generated values back
  no_select_defaults,  ///< of INSERT ... SELECT: leave defaults of other columns out
  is_positional,       ///< of text_select: its columns go by place
  empty_values         ///< of INSERT, UPDATE: values() was called with nothing
};

/// How the columns of a SELECT are labelled.
enum class LabelStyle : std::uint8_t { none, tablename_plus_col, disambiguate_only };

/// Which set operation a compound select is.
enum class SetOp : std::uint8_t {
  none,
  union_,
  union_all,
  except,
  except_all,
  intersect,
  intersect_all
};

/// Changes statements: in place when the handle is the only one, else on a copy.
struct StatementBuilder {
  static Ref make(Kind kind, Ref table = {});
  static void append(Ref& statement, Clause clause, Ref node);
  static void remove(Ref& statement, Clause clause);  ///< drops all parts of a clause
  static void set_distinct(Ref& statement);
  static void set_flag(Ref& statement, Flag flag);
  static void set_label_style(Ref& statement, LabelStyle style);
  static void set_set_op(Ref& statement, SetOp op);
};

/// Returns the common table expression that takes the place of `cte`: what that one selects, and
/// `select`. @throws InvalidRequestError when `cte` is none.
Ref restate(const Ref& cte, SetOp op, const Ref& select);
Ref row_limit(std::int64_t rows);  ///< the bind parameter of LIMIT and OFFSET. @throws
                                   ///< ArgumentError for a negative number
/// FETCH FIRST `rows` ROWS. @throws ArgumentError for a negative number
Ref fetch(std::int64_t rows, bool with_ties = false, bool percent = false);
Ref for_update(bool nowait, bool read, bool skip_locked, bool key_share);
Ref join_step(Ref left, Ref target, Ref onclause, bool outer, bool full = false);
Ref assignment(
    const Ref& table,
    std::string_view key,
    Ref value);  ///< @throws CompileError "Unconsumed column names: x" for an unknown key
Ref assignment(const Ref& table, std::string_view key, const Literal& value);
/// A value of ON CONFLICT or ON DUPLICATE KEY UPDATE, which is a parameter of its own (`param_1`).
Ref upsert_assignment(const Ref& table, std::string_view key, const Literal& value);

}  // namespace azoth::sql

namespace azoth::detail {
/// Returns the FROM element of an Entity node.
const sql::Ref& entity_from(const sql::Ref& entity);
/// Returns an alias of it; of a join, a subquery.
sql::Ref aliased_from(const sql::Ref& entity, std::string_view name);
/// Returns the Entity node of the same class over an alias of its table, or over a subquery.
sql::Ref aliased_entity(const sql::Ref& entity, const sql::Ref& alias, bool adapt_on_names = false);
sql::Ref corresponding(const sql::Ref& from, const sql::Ref& element);
/// Names the column that was appended last in the rows that a program sees.
void append_result_key(sql::Ref& select, std::string_view key);
}  // namespace azoth::detail
