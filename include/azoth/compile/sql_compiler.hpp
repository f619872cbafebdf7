// SPDX-License-Identifier: MIT
// SqlCompiler turns one statement into text, bind slots and result columns. What databases disagree
// on is virtual, listed in the order of rendering, each with the text the default writes. Included
// by dialects; programs compile through `Dialect::compile`.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

namespace sql {
struct NextValue;
struct Savepoint;
struct OnConflict;
struct SequenceNode;
struct OnDuplicateKeyUpdate;
}  // namespace sql

namespace compile {
struct State;
struct Frame;
struct ColumnLabel;
struct LabelName;
struct DmlColumn;
struct DmlPlan;
}  // namespace compile

/// Renders one statement; made for each compilation, used by one thread, once.
///
/// Every `render_...` appends to one buffer (`put`). Whoever needs to know where it stands looks at
/// the frame of the innermost statement, which lives on the C++ stack; there is no bag of options.
class SqlCompiler {
 public:
  SqlCompiler(const Dialect& dialect, const CompileOptions& options);
  virtual ~SqlCompiler();
  SqlCompiler(const SqlCompiler&) = delete;
  SqlCompiler& operator=(const SqlCompiler&) = delete;

  /// Compiles; see `Dialect::compile`.
  Compiled compile(const sql::Ref& statement, const std::vector<const sql::BindParameter*>* binds);
  /// Renders a lone element for DDL: values in place, columns without their table unless asked for.
  std::string ddl_text(const sql::Ref& element, bool includes_table = false);

 protected:
  // What a database may say in its own way, in the order of rendering.

  /// Nothing, or the select that is rendered in place of this one: where rows can only be limited
  /// by a select around it.
  virtual sql::Ref rewritten_select(const sql::Ref& select);
  /// Text directly behind SELECT, made of the hints of FROM elements: Oracle's.
  virtual void render_select_hints(const sql::Statement& select);
  /// Text directly ahead of a FROM element that a hint is given for: `ONLY `.
  virtual std::string_view hint_prefix(const sql::Hint& hint) const;
  /// ` text` behind a FROM element.
  virtual void render_from_hint(const sql::Hint& hint, std::string_view text);
  /// `DISTINCT ` behind SELECT.
  virtual void render_distinct(const sql::Statement& select);
  /// ` FROM DUAL`, where this SELECT cannot do without; else nothing.
  virtual void render_empty_from(const sql::Statement& select);
  /// ` AS `, ahead of the name of a FROM element.
  virtual std::string_view alias_keyword() const;
  /// `a JOIN b ON ...`.
  virtual void render_join(const sql::Join& join);
  /// ` JOIN `.
  virtual std::string_view join_keyword(const sql::Join& join) const;
  /// `WITH ` or `WITH RECURSIVE `.
  virtual std::string_view cte_keyword(bool is_recursive) const;
  /// ` UNION `.
  virtual std::string_view set_operator(sql::SetOp op) const;
  /// ` ORDER BY a, b` of a SELECT or a compound one.
  virtual void render_select_order_by(const sql::Statement& select);
  /// `\n LIMIT :param_1 OFFSET :param_2`.
  virtual void render_row_limit(const sql::Statement& select);
  /// `\n OFFSET :param_1 ROWS\n FETCH FIRST :param_2 ROWS ONLY`.
  virtual void render_fetch(const sql::Statement& select);
  /// ` FOR UPDATE`.
  virtual void render_locking(const sql::Statement& select);
  /// The tables behind UPDATE; `others` are those that criteria and values draw on.
  virtual void render_update_tables(const sql::Statement& update, const sql::Refs& others);
  /// ` FROM b, c` behind SET. @throws CompileError where the database has no such thing.
  virtual void render_update_from(const sql::Statement& update, const sql::Refs& others);
  /// Says whether SET names columns with their tables where there are several.
  virtual bool qualifies_set_columns() const;
  /// The tables behind DELETE FROM, and what follows them. @throws CompileError
  virtual void render_delete_table(const sql::Statement& statement, const sql::Refs& others);
  virtual void render_delete_from(const sql::Statement& statement, const sql::Refs& others);
  /// ` LIMIT 5` of UPDATE and DELETE.
  virtual void render_dml_limit(const sql::Statement& statement);
  /// What an INSERT does with rows that are there already. @throws UnsupportedCompilationError
  virtual void render_post_values(const sql::Ref& clause);
  /// Says whether RETURNING stands ahead of VALUES and WHERE: OUTPUT.
  virtual bool returning_comes_early() const;
  /// ` RETURNING t.id, t.name`.
  virtual void render_returning(const sql::Statement& statement);
  /// `true` or `1`.
  virtual void render_boolean(bool value);
  /// `a IS DISTINCT FROM b`.
  virtual void render_is_distinct_from(const sql::BinaryExpression& expression);
  /// `lower(a) LIKE lower(b)`.
  virtual void render_ilike(const sql::BinaryExpression& expression);
  /// `a LIKE '%' || b || '%'`.
  virtual void render_pattern(const sql::BinaryExpression& expression);
  /// Any operator between two operands; the hooks above and below are for some of them.
  virtual void render_binary(const sql::BinaryExpression& expression);
  /// `-a`, `NOT a`, `a DESC`.
  virtual void render_unary(const sql::UnaryExpression& expression);
  /// `a MATCH b`.
  virtual void render_match(const sql::BinaryExpression& expression);
  /// Only some databases have regular expressions. @throws CompileError
  virtual void render_regexp_match(const sql::BinaryExpression& expression);
  virtual void render_regexp_replace(const sql::BinaryExpression& expression);
  /// `a[b]` of arrays and of JSON. @throws UnsupportedCompilationError
  virtual void render_getitem(const sql::BinaryExpression& expression);
  /// `start:stop`.
  virtual void render_slice(const sql::Slice& slice);
  /// A function's call; see also the two below.
  virtual void render_function(const sql::Function& function);
  /// `(f(x)).name`.
  virtual void render_function_column(const sql::FunctionColumn& column);
  /// A function's call in FROM.
  virtual void render_table_function_call(const sql::Ref& function);
  /// The whole of a table valued alias as a column: its name.
  virtual void render_table_valued_column(const sql::TableValuedColumn& column);
  /// The next value of a sequence. @throws CompileError
  virtual void render_next_value(const sql::NextValue& next);
  /// `SAVEPOINT name`, `ROLLBACK TO SAVEPOINT name`, `RELEASE SAVEPOINT name`.
  virtual void render_savepoint(const sql::Savepoint& savepoint);
  /// What no other renderer knows: nodes of one database.
  virtual void render_other(const sql::Ref& node);
  /// Text directly behind a bound value of that type: `::INTEGER[]`; mostly nothing.
  virtual std::string value_suffix(TypePtr type) const;
  /// `CAST(a AS t)`.
  virtual void render_cast(const sql::Cast& cast);
  /// `EXTRACT(field FROM a)`.
  virtual void render_extract(const sql::Extract& extract);
  /// The function's own word in this database, with its parentheses, or empty for the plain call.
  virtual std::string_view bare_function(const sql::Function& function) const;
  /// The name of a function in this database: `length` for `char_length`.
  virtual std::string_view function_name(const sql::Function& function) const;

  // What every renderer needs.

  /// Appends the text of any element, FROM element or statement.
  void render(const sql::Ref& node);
  /// Appends an element, in parentheses if it has an operator at its root.
  void render_grouped(const sql::Ref& node);
  /// Appends both sides with a text between them, and what belongs to LIKE behind. An eager
  /// operator stands in parentheses wherever it is an operand.
  void render_operands(const sql::BinaryExpression& expression,
                       std::string_view text,
                       bool is_eager = false);
  /// Appends elements separated by commas.
  void render_list(const sql::Refs& nodes, std::string_view separator = ", ");
  /// Appends an element as a condition: booleans are compared where the database has none.
  void render_condition(const sql::Ref& node);
  /// Returns a hint's text with the name of its FROM element.
  std::string hint_text(const sql::Hint& hint);
  /// Says whether the statement returns rows: the program asked for them, or the engine needs them.
  bool returns_rows(const sql::Statement& statement) const;
  /// The columns of RETURNING, and of the rows. @throws CompileError where the database has none.
  void render_returned_columns(const sql::Statement& statement, bool with_labels = true);
  /// Has the columns of a FROM element written as those of something of another name.
  void rename_owner(const sql::Ref& from, std::string_view name);
  /// Appends a bind parameter that receives a value.
  void render_out_parameter(std::string_view name, TypePtr type);
  /// ` RETURNING id, name`, for databases that do not qualify columns there.
  void render_unqualified_returning(const sql::Statement& statement);
  /// ` ESCAPE '/'`, of LIKE and its kin.
  void render_escape(const sql::BinaryExpression& expression);
  /// ` ORDER BY a, b` or ` GROUP BY a, b`, or nothing.
  void render_order_by(const sql::Statement& statement, sql::Clause clause);
  /// Appends the name of a FROM element, a table's with its schema.
  void put_owner(const sql::Node& from);
  /// Appends any FROM element.
  void render_from_element(const sql::Ref& from);
  /// Says whether the statement being rendered stands in another one.
  bool is_subquery() const;
  /// ` OF a, b`: the tables that the elements of FOR UPDATE are of, or nothing.
  void render_locked_tables(const sql::ForUpdate& lock);
  /// ` ON CONFLICT (a) DO UPDATE SET ...`; the values of an index's criteria may stand in place.
  void render_on_conflict(const sql::OnConflict& clause, bool literal_where);
  /// ` ON DUPLICATE KEY UPDATE ...`.
  void render_on_duplicate_key(const sql::OnDuplicateKeyUpdate& clause);
  /// Appends a bind parameter whose value is put into the text when the statement is executed.
  void render_literally(const sql::Ref& bind);
  /// Has a bind parameter rendered like that wherever it is met.
  void execute_literally(const sql::Ref& bind);
  /// Appends an integer as a bind parameter with a value of its own.
  void render_constant(std::int64_t value);

  void put(std::string_view text) { text_.append(text); }

  /// Returns text that the program gave, percent signs doubled where the database needs it.
  std::string raw_text(std::string_view text) const;

  void put_raw(std::string_view text) {
    dialect_.capabilities().double_percents ? put(raw_text(text)) : put(text);
  }

  void put(char c) { text_.push_back(c); }

  /// Appends the name that qualifies the columns of a FROM element; a table's with its schema.

  void put_identifier(std::string_view name) { dialect_.append_identifier(text_, name); }

  /// Appends the name of a sequence with its schema.
  void put_sequence(const sql::SequenceNode& sequence);

  /// Adds a warning, emitted once per compilation.
  void warn(std::string message);

  const Dialect& dialect() const { return dialect_; }

 private:
  // render_select.cpp
  void render_select(const sql::Ref& ref, bool in_from, bool is_member);
  void render_prefixes(const sql::Statement& statement);
  void render_columns(compile::Frame& frame);
  void render_column(const compile::ColumnLabel& column, bool in_from, bool is_of_row);
  void render_from(const compile::Frame& frame);
  void render_where(const sql::Statement& statement, std::string_view keyword, sql::Clause clause);
  void render_criteria(const sql::Ref& select);
  void render_ordered(const sql::Ref& node);
  void render_compound(const sql::Ref& ref, bool in_from, bool is_member);
  void render_textual(const sql::Ref& ref);
  void render_independent_ctes(const sql::Statement& statement);
  void render_statement_hints(const sql::Statement& statement);
  void render_statement(const sql::Ref& ref, bool in_from);
  void render_unlabelled(const sql::Ref& element);
  ResultColumn result_column(const compile::ColumnLabel& column);
  void record(const compile::ColumnLabel& column);
  void put_name(const compile::LabelName& name);

  // render_from.cpp
  void render_alias(const sql::Alias& alias);
  void render_values(const sql::Values& values);
  void render_table_function(const sql::Alias& alias);
  const sql::Hint* hint_of(const sql::Node& from) const;
  void render_hint_of(const sql::Node& from);
  const sql::Node& shown(const sql::Node& table);

  // render_ctes.cpp
  void render_cte(const sql::Alias& cte);
  void render_cte_body(const sql::Alias& cte, const compile::LabelName& name, std::size_t level);
  void prepend_ctes(std::size_t text_begin, std::size_t slots_begin, bool with_members);
  void put_schema(std::string_view schema);
  void put_plain_schema(std::string_view schema);

  // render_dml.cpp
  void render_insert(const sql::Statement& insert, bool in_from);
  void render_inserted(const sql::Ref& select, bool in_from);
  void render_update(const sql::Statement& update);
  void render_delete(const sql::Statement& statement);
  void render_insert_values(const sql::Statement& insert);
  void render_insert_select(const sql::Statement& insert, const sql::Ref& select, bool in_from);
  void render_select_with_defaults(const sql::Ref& select,
                                   const std::vector<const compile::DmlColumn*>& added);
  void render_dml_value(const compile::DmlColumn& column, std::string_view name);
  void render_set_target(const sql::Statement& update,
                         const compile::DmlColumn& column,
                         bool is_qualified);
  void put_column_names(const std::vector<compile::DmlColumn>& columns);
  void adopt(compile::DmlPlan& plan);
  void render_early_returning(const sql::Statement& statement);
  void render_late_returning(const sql::Statement& statement);

  // render_upsert.cpp
  void render_conflict_target(const sql::OnConflict& clause, bool literal_where);

  // render_elements.cpp
  void render_column_node(const sql::ColumnNode& column);
  void render_label(const sql::Label& label);
  void render_label_reference(const sql::LabelReference& reference);
  void render_case(const sql::Case& element);
  void render_when(const sql::Ref& when, bool is_condition);
  void render_text(const sql::TextClause& text);
  void render_placeholder();
  void render_asbool(const sql::AsBoolean& element);
  void render_subselect(const sql::Ref& statement);

  // render_operators.cpp
  void render_custom(const sql::BinaryExpression& expression);
  void render_in(const sql::BinaryExpression& expression);
  void render_clause_list(const sql::ClauseList& list);

  // render_functions.cpp
  void render_function_name(const sql::Function& function);
  void render_over(const sql::Over& over);
  void render_frame_end(const sql::FrameEnd& end);
  void render_within_group(const sql::WithinGroup& group);
  void render_filter(const sql::FunctionFilter& filter);

  // render_binds.cpp
  void render_around(const sql::Node& around, base::FunctionRef<void()> inner);
  void render_value(TypePtr type, base::FunctionRef<void()> value);
  bool render_as_selected(const sql::Ref& element);
  std::pair<std::string, std::string> item_wrapping(TypePtr type);
  void render_bind(const sql::BindParameter& bind, TypePtr type);
  void render_slot(BindSlot&& slot);
  void render_crud_bind(const sql::BindParameter& bind,
                        std::string_view key,
                        std::string_view name,
                        TypePtr type);
  void render_crud_value(const compile::DmlColumn& column, std::string_view name);
  void render_bind_literal(const sql::BindParameter& bind, TypePtr type);
  void render_expanded(const sql::BindParameter& bind, std::string_view name);
  bool is_executed_literally(const sql::BindParameter& bind) const;
  BindSlot slot_of(const sql::BindParameter& bind, std::string_view name);
  std::uint32_t named_bind(const sql::BindParameter& bind);
  void claim_crud_name(std::string_view name, bool is_unique);
  std::uint32_t ordinal_of(const sql::BindParameter& bind);
  void share_named_values();
  void number_placeholders();

  std::string text_;
  const Dialect& dialect_;
  const CompileOptions& options_;
  std::unique_ptr<compile::State> state_;
};

}  // namespace azoth
