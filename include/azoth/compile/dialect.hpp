// SPDX-License-Identifier: MIT
// How one database speaks SQL: declared capabilities and the factories of its compilers. A dialect
// holds no connection and includes no vendor header, so any statement can be printed for any
// database anywhere. Immutable and shared between threads.
#pragma once
#include <azoth/compile/compiled.hpp>
#include <azoth/fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// How placeholders are written: `:name`, `%(name)s`, `%s`, `?`, `:1`, `$1`.
enum class ParamStyle : std::uint8_t { named, pyformat, format, qmark, numeric, numeric_dollar };

/// A server's version; unknown when `major` is negative.
struct ServerVersion {
  int major = -1, minor = 0, patch = 0;

  bool is_known() const { return major >= 0; }

  auto operator<=>(const ServerVersion&) const = default;
};

/// What a database can do and how it behaves. Each dialect has its own; a copy with other values
/// makes a dialect for another version or setting (`make_dialect`).
struct Capabilities {
  ParamStyle paramstyle = ParamStyle::named;
  ServerVersion server_version{};
  bool native_boolean = false;           ///< true/false as literals and conditions
  bool native_enum = false;              ///< an ENUM type
  bool native_uuid = false;              ///< a type for Uuid
  bool native_interval = false;          ///< a type for Interval
  bool boolean_check_constraint = true;  ///< Boolean(create_constraint) makes a CHECK
  bool insert_returning = false, update_returning = false, delete_returning = false;
  bool implicit_returning = false;  ///< a one-row INSERT fetches the new key by RETURNING
  bool default_values = false;      ///< INSERT ... DEFAULT VALUES
  bool default_metavalue = false;   ///< VALUES (DEFAULT)
  bool empty_insert = true;         ///< INSERT ... () VALUES ()
  bool multivalues_insert = false;
  bool sequences = false;
  bool sequences_optional = false;  ///< `optional` sequences are left out
  bool preexecute_autoincrement_sequences = false;
  bool identity_columns = false;
  bool comments = false;
  bool inline_comments = false;  ///< written within CREATE TABLE
  bool alter = true;             ///< ALTER TABLE ADD/DROP CONSTRAINT
  bool savepoints = true;
  bool lastrowid = true;              ///< the driver tells the key of the last INSERT
  bool tuple_in_values = false;       ///< IN (VALUES (...)) for tuples
  bool simple_order_by_label = true;  ///< ORDER BY may name a label of the columns clause
  bool right_nested_joins = true;
  bool cte_follows_insert = false;  ///< INSERT INTO t WITH ...
  bool for_update_of = false;
  bool ansi_bind_rules = false;    ///< values in the columns clause are rendered in place
  bool double_percents = false;    ///< percent signs of names and texts are doubled
  bool backslash_escapes = false;  ///< string literals escape backslashes
  bool name_normalize = false;     ///< unquoted names are upper case in the database
  char open_quote = '"', close_quote = '"';
  std::uint16_t max_identifier_length = 9999;
  std::uint16_t max_index_name_length = 0;       ///< 0: as identifiers
  std::uint16_t max_constraint_name_length = 0;  ///< 0: as identifiers
  std::uint16_t label_length = 0;                ///< 0: as identifiers

  // of one database only
  bool is_mariadb = false;
  bool use_ansi = true;                 ///< Oracle: JOIN, not (+)
  bool optimize_limits = false;         ///< Oracle: FIRST_ROWS hints
  bool quoted_parameters = false;       ///< Oracle: unusual names of bind parameters in quotes
  bool use_nchar_for_unicode = false;   ///< Oracle
  bool offset_fetch = false;            ///< SQL Server: OFFSET ... FETCH, not ROW_NUMBER
  bool deprecate_large_types = false;   ///< SQL Server: VARCHAR(max), not TEXT
  bool legacy_schema_aliasing = false;  ///< SQL Server
  bool native_datetime = false;         ///< SQLite: the driver stores dates and times
  bool array_casts = false;        ///< PostgreSQL: `%(x)s::INTEGER[]`, as drivers need for arrays
  bool index_concurrently = true;  ///< PostgreSQL: CREATE/DROP INDEX CONCURRENTLY
};

/// From one schema to another; see `CompileOptions`.
struct SchemaTranslation {
  std::optional<std::string> from, to;
};

class Dialect;

/// What the caller of a compiler may set.
struct CompileOptions {
  bool literal_binds = false;       ///< render values in place
  bool render_postcompile = false;  ///< expand IN lists with the values in the statement
  bool literal_execute = false;     ///< put the values of all parameters into the text at execution
  /// INSERT, UPDATE: keys of the columns that parameter sets give. Given but empty: none, so that
  /// an INSERT without values renders DEFAULT VALUES; not given: a statement without values names
  /// all.
  std::optional<std::vector<std::string>> column_keys{};
  bool for_executemany = false;
  bool lint_froms = false;  ///< look for cartesian products; what is found stands in `warnings`
  /// Schemas of tables and sequences to be written as others; no value: that of those without one.
  /// Without `render_schema_translate` each is written as a token, `__[SCHEMA_name]`.
  std::optional<std::vector<SchemaTranslation>> schema_translate_map{};
  bool render_schema_translate = false;
  std::string default_schema_name{};  ///< written where the map says that there is no schema
};

/// Appends the schema of a table and a dot, translated as the options say; nothing without one.
/// @throws CompileError for brackets in a name, and where the default schema is asked for and not
/// known.
void append_table_schema(std::string& out,
                         std::string_view schema,
                         const Dialect& dialect,
                         const CompileOptions& options);

class SqlCompiler;
class DdlCompiler;

namespace sql {
struct BindParameter;
}

/// What can be done with a two-phase transaction; `commit` and `rollback` are for one that is not
/// prepared.
enum class TwoPhaseStep : std::uint8_t {
  begin,
  prepare,
  commit,
  rollback,
  commit_prepared,
  rollback_prepared,
  recover  ///< asks for those that are prepared
};

/// Speaks one database's SQL.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view name() const = 0;  ///< `sqlite`, `default`

  const Capabilities& capabilities() const { return capabilities_; }

  /// Compiles a statement. `binds` is what `sql::collect_binds` found in the statement as the
  /// program built it; parameters of the text that are not among them become constants. @throws
  /// CompileError
  Compiled compile(const sql::Ref& statement,
                   const CompileOptions& options = {},
                   const std::vector<const sql::BindParameter*>* binds = nullptr) const;

  /// Quotes an identifier where the database needs it.
  /// @throws IdentifierError for an empty name, NUL or invalid UTF-8, or when too long.
  std::string quote(std::string_view identifier) const;
  /// Appends the identifier, quoted where the database needs it. @throws IdentifierError as
  /// `quote`.
  void append_identifier(std::string& out, std::string_view identifier) const;
  /// Renders a value as SQL text of its type, safe in this database.
  /// @throws CompileError when the type has no literal form; what the processors of a user's type
  /// throw.
  std::string literal(const Literal& value, TypePtr type) const;
  /// Returns a value of the type as the driver is to send it: converted by the processors of users'
  /// types, to what the database stores, checked. Values of which `SqlType::is_unchanged` is true
  /// need not come here.
  /// @throws TypeError, ValueError, LookupError for a value that the type does not take; what
  /// processors throw.
  Value bind_value(const Literal& value, TypePtr type) const;
  /// Returns a value that the driver has read from a column of the type as programs see it. Only
  /// types with `SqlType::changes_results` need it. @throws LookupError, ValueError for a value
  /// that is none of the type; what processors throw.
  Value result_value(Value value, TypePtr type) const;
  /// Returns the type whose values the driver moves: variants and decorators that do nothing to
  /// values are resolved.
  TypePtr value_type(TypePtr type) const;
  /// Renders a type in DDL and CAST. @throws CompileError for the unknown type and for those that
  /// the database does not have.
  std::string type_name(TypePtr type) const;
  /// Says whether the lower-case word must be quoted as a name.
  virtual bool is_reserved(std::string_view word) const;
  /// Says whether a name that begins with this letter, `_` or `$` must be quoted; digits and `$`
  /// always must.
  virtual bool is_illegal_initial(char c) const;
  /// Appends the name of a schema in front of a table; SQL Server's may name a database too.
  /// @throws IdentifierError as `quote`.
  virtual void append_schema(std::string& out, std::string_view schema) const;
  /// Says whether a bind parameter of this name is written `:"name"`.
  virtual bool quotes_parameter(std::string_view name) const;
  /// What the list of IN or NOT IN without elements renders inside its parentheses; `columns` is 1
  /// but for tuples.
  virtual std::string empty_in_list(sql::Op op, std::size_t columns) const;
  /// A query without rows: what any other list without elements renders inside its parentheses.
  virtual std::string empty_set(TypePtr type) const;
  /// Makes of a compiled INSERT of one row one of many, whose parameters are arrays of the values
  /// of each slot; with RETURNING of the column `key` if that is not empty, rows in the order of
  /// the arrays. Empty: the database has no such form, or not for these types.
  virtual std::string insert_from_arrays(const Compiled& insert, std::string_view key) const;
  /// The statements that ask for a table, in turn: it is there when one of them returns a row.
  /// SQLite: `PRAGMA main.table_info("t")`, then `PRAGMA temp.table_info("t")`; with a schema only
  /// that.
  virtual std::vector<std::string> has_table_queries(std::string_view table,
                                                     std::string_view schema) const = 0;
  /// The statement that returns a row when a type of that name is there; empty where enumerations
  /// are no types of their own.
  virtual std::string has_type_query(std::string_view type, std::string_view schema) const;
  /// The statements of a step of a two-phase transaction, in turn; none where it is what a plain
  /// transaction does. @throws InvalidRequestError when the database has no such transactions
  virtual std::vector<std::string> two_phase_statements(TwoPhaseStep step,
                                                        std::string_view xid) const;

 protected:
  /// `literal` for a type that is neither a variant nor a decorator.
  virtual std::string render_literal(const Literal& value, TypePtr type) const;
  /// `bind_value` for a type that is neither a variant nor a decorator, and a value that is not
  /// NULL.
  virtual Value stored_value(const Literal& value, const SqlType& type) const;

  explicit Dialect(const Capabilities& capabilities) : capabilities_(capabilities) {}

  /// Renders a type that is neither a variant nor a decorator.
  virtual std::string render_type(const SqlType& type) const;
  virtual std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const;
  virtual std::unique_ptr<DdlCompiler> make_ddl_compiler() const;
  friend class DdlCompiler;
  Capabilities capabilities_;
};

/// Returns the dialect without a backend, which prints statements with named parameters.
const Dialect& default_dialect();
/// Returns the dialect for reading: like the default one, and with a text for what only some
/// databases have.
const Dialect& printing_dialect();

/// Makes a dialect without a backend that can do what `capabilities` say.
std::unique_ptr<Dialect> make_default_dialect(const Capabilities& capabilities, bool for_printing);

/// Renders a statement or a lone element for reading: values as parameters unless the options say
/// otherwise.
std::string to_string(const sql::Ref& statement,
                      const Dialect& dialect = printing_dialect(),
                      const CompileOptions& options = {});

/// `VARCHAR(30)`: a type's word with its length, or precision and scale, where they are given.
std::string type_with_length(std::string_view word, std::int32_t length);
std::string type_with_scale(std::string_view word, const SqlType& type);

/// Completes the text of a compiled statement whose IN lists and literal-execute parameters depend
/// on the values of this execution. `values[i]` are the values of slot i: one, or the list of an
/// expanding slot, rows of tuples one after the other; `flat` receives the positional values, and
/// `types` their types. Where placeholders are numbered, those of lists come last.
std::string expand(const Compiled& compiled,
                   const Dialect& dialect,
                   const std::vector<std::vector<Literal>>& values,
                   std::vector<Literal>& flat,
                   std::vector<TypePtr>* types = nullptr);

}  // namespace azoth
