// SPDX-License-Identifier: MIT
// The erased house behind the typed doors: functions that make expression nodes with types
// resolved, negations applied and parentheses in place. Everything the typed layer can say is said
// through these; programs that assemble statements from data call them directly.
#pragma once
#include <azoth/sql/node.hpp>
#include <azoth/sql/operators.hpp>
#include <azoth/types/value.hpp>

#include <initializer_list>
#include <optional>
#include <span>

namespace azoth::sql {

/// Makes a bind parameter with a unique name (`name_1`); without a base name it is called `param`.
Ref bind(const Literal& value, std::string_view name = {}, TypePtr type = nullptr);
/// Makes a named parameter whose value may be given at execution; `required` when it has none of
/// its own.
Ref bindparam(std::string_view name, TypePtr type);
Ref bindparam(std::string_view name, const Literal& value, TypePtr type = nullptr);
/// Makes a parameter that renders as a list.
Ref expanding(std::span<const Literal> values, std::string_view name, TypePtr type, Op op);

const Ref& null();
const Ref& true_();
const Ref& false_();
/// Raw SQL; `:name` is a parameter unless escaped as `\:name`.
Ref text(std::string_view sql, TypePtr type = nullptr);
Ref column(std::string_view name, TypePtr type = nullptr);
Ref literal_column(std::string_view sql, TypePtr type = nullptr);

/// Compares: `=` and `!=` with NULL become IS and IS NOT; a literal is bound under the name and
/// type of the other side.
Ref compare(Op op, Ref&& left, Ref&& right);
Ref compare(Op op, Ref&& left, const Literal& right);
/// `literal op element` reads as `element mirrored-op literal`, as SQLAlchemy's reflected operators
/// do.
Ref compare_reversed(Op op, const Literal& left, Ref&& right);

/// Arithmetic and concatenation; `+` on text is `||`. The result's type follows from the operands.
Ref arithmetic(Op op, Ref&& left, Ref&& right);
Ref arithmetic(Op op, Ref&& left, const Literal& right);
Ref arithmetic_reversed(Op op, const Literal& left, Ref&& right);
Ref negative(Ref&& element);

/// What a custom operator needs to know; see `custom`.
struct CustomOperator {
  std::string_view text;           ///< rendered between its operands
  int precedence = 0;              ///< as in the table of operators: `*` has 8, `=` has 5
  bool is_comparison = false;      ///< the result is a condition
  bool is_self_precedent = false;  ///< a chain of it needs no parentheses
  bool is_eager = false;           ///< in parentheses within another operator
  TypePtr type = nullptr;          ///< of the result; default: that of the left side
};

/// `left text right`, with an operator that the database knows and Azoth does not.
Ref custom(const CustomOperator& op, Ref&& left, Ref&& right);
Ref custom(const CustomOperator& op, Ref&& left, const Literal& right);

/// What a custom operator of one operand needs to know: either of the texts is given.
struct CustomUnaryOperator {
  std::string_view op = {};        ///< rendered before the operand
  std::string_view modifier = {};  ///< rendered behind it
  int precedence = 0;              ///< as in the table of operators
  TypePtr type = nullptr;          ///< of the result; default: that of the operand
};

/// `op element` or `element modifier`. @throws CompileError when both are given, or none
Ref custom(const CustomUnaryOperator& op, Ref&& element);
/// `left[right]` of arrays; of JSON, the element at a key or index.
Ref getitem(Ref&& left, Ref&& right, TypePtr type);
Ref slice(Ref start, Ref stop, Ref step = {});
/// `left COLLATE "name"`.
Ref collate(Ref&& left, std::string_view collation);
/// `MATCH`, full text search by database.
Ref match(Ref&& left, Ref&& right, std::vector<TypeOption> words = {});
/// Regular expressions by database; `flags` may be empty.
Ref regexp_match(Ref&& left, Ref&& pattern, std::string_view flags = {});
Ref regexp_replace(Ref&& left, Ref&& pattern, Ref&& replacement, std::string_view flags = {});
/// `ANY (element)` and `ALL (element)`, by operator.
Ref collection_aggregate(Op op, Ref&& element);

Ref conjunction(Op op, Ref&& a, Ref&& b);  ///< and_, or_ of two; flattens chains
Ref conjunction(Op op, Refs clauses);      ///< of many; true/false short-circuit as SQLAlchemy does
Ref negate(Ref&& element);  ///< the operator's own negation where it has one, else NOT
Ref between(Ref&& element, const Literal& low, const Literal& high);
Ref between(Ref&& element, Ref&& low, Ref&& high);
Ref like(Op op, Ref&& element, const Literal& pattern, std::string_view escape = {});
enum class LikeForm : std::uint8_t { startswith, endswith, contains };
/// `element LIKE '%' || other || '%'` and its kin.
Ref like_form(LikeForm form, Ref&& element, const Literal& other, bool autoescape);
Ref in(Op op, Ref&& element, std::span<const Literal> values);
Ref in_select(Op op, Ref&& element, const Ref& select);
Ref is(Op op, Ref&& element, Ref&& other);

Ref label(Ref&& element, std::string_view name);
Ref label_reference(std::string_view name);
Ref unary_postfix(Op op, Ref&& element);  ///< asc, desc, nulls_first, nulls_last
Ref distinct(Ref&& element);
Ref cast(Ref&& element, TypePtr type);
Ref type_coerce(Ref&& element, TypePtr type);
Ref extract(std::string_view field, Ref&& element);
Ref case_(Ref subject, Refs whens, Ref otherwise);
Ref tuple(Refs elements);
/// A function call; `type` null: the known function's own type (count: Integer, max: its
/// argument's), else unknown.
Ref function(std::string_view name, Refs arguments, TypePtr type = nullptr);
/// The last name of a function with packages: `fn` of `pkg.sub.fn`.
std::string_view function_name(std::string_view dotted);
/// Gives all functions of this name that are made later, and are not given another, a type.
/// Thread-safe.
void register_function(std::string_view name, TypePtr type);
Ref over(Ref&& element, Refs partition_by, Refs order_by);
/// With a frame; counts of rows are negative for PRECEDING, 0 for the current row, no value for
/// UNBOUNDED.
Ref over(Ref&& element,
         Refs partition_by,
         Refs order_by,
         FrameKind frame,
         std::optional<std::int64_t> from,
         std::optional<std::int64_t> to);
Ref within_group(Ref&& element, Refs order_by);
Ref filter(Ref&& function, Ref&& criterion);
Ref exists(const Ref& select);
Ref scalar_select(const Ref& select);

/// Makes an element a condition: a boolean column becomes AsBoolean where needed. @throws
/// ArgumentError for a select or FROM element.
Ref as_condition(Ref&& element);
/// Returns `element` in parentheses if it needs them under `outer`.
Ref self_group(Ref element, Op outer);
Ref self_group(Ref element, const Precedence& outer);
/// Returns the operator at the root of an element (`none` for columns, functions and the like).
Op root_operator(const Ref& element);
/// The same with what decides on parentheses, of custom operators too.
Precedence root_precedence(const Ref& element);
/// Returns the name a bind parameter beside this element takes: the column's key, the function's
/// name, or empty.
std::string_view bind_name(const Ref& element);

/// Throws ArgumentError (89ve) for a select where a column or a FROM element is expected.
void refuse_statement(const Ref& element);

/// Refers to FROM elements.
Ref alias(const Ref& from, std::string_view name = {});
Ref subquery(const Ref& statement, std::string_view name = {});
Ref cte(const Ref& statement, std::string_view name, bool recursive);
Ref join(
    const Ref& left, const Ref& right, Ref onclause = {}, bool outer = false, bool full = false);

}  // namespace azoth::sql
