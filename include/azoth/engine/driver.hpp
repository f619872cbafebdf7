// SPDX-License-Identifier: MIT
// The vendor boundary: what an engine asks of a database's client library. Drivers move statements,
// values and rows; they know nothing of statements as trees. One driver connection, with everything
// got from it, belongs to one thread at a time.
#pragma once
#include <azoth/base/function_ref.hpp>
#include <azoth/fwd.hpp>
#include <azoth/types/cpp_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azoth {

class DriverCursor;

/// Tells a reader which column it reads and where the value goes.
struct ColumnReader {
  /// Moves one column of the current row to `target`; false when the value has another type than
  /// the cell, or is NULL in a cell that is not optional (the caller then asks
  /// `DriverCursor::explain` for the error).
  using Function = bool (*)(DriverCursor& cursor, const ColumnReader& reader, void* target);
  Function read = nullptr;
  std::uint32_t column = 0;
  std::uint32_t offset = 0;  ///< of the target in the object or tuple the row is read into
  CellType cell;
  TypePtr type = nullptr;  ///< the SQL type, for scale and the like
};

/// One prepared statement with its bound values and its current row.
class DriverCursor {
 public:
  virtual ~DriverCursor() = default;
  virtual int parameter_count() const = 0;
  /// Binds the parameter at `index` (from 0). Text and bytes are not copied: they must live until
  /// the next `reset`.
  /// @throws InterfaceError when the driver cannot carry the kind, DataError when the value is out
  /// of its range.
  virtual void bind(int index, const Literal& value, TypePtr type) = 0;
  /// Binds an array of `count` values of the type; false when the driver has no form for them. The
  /// values are copied.
  virtual bool bind_array(int index,
                          std::size_t count,
                          base::FunctionRef<Literal(std::size_t)> value_at,
                          TypePtr type);
  /// Says whether the rows of the next execution are fetched one by one, rather than all at first;
  /// drivers for which both are the same do nothing. Forgotten by `reset`.
  virtual void stream_results(bool streams);
  /// Advances to the next row, executing the statement at the first call; false at the end. @throws
  /// DBAPIError
  virtual bool step() = 0;
  /// Sends the execution and does not wait for its end, so that many are on their way at once;
  /// false where that cannot be (the driver, the statement, or values that need another
  /// preparation): it is then to be stepped, behind `await_sent`. Only of statements without rows.
  /// @throws DBAPIError
  virtual bool send_ahead();
  /// Waits for the executions that were sent; returns the sum of their affected rows. @throws
  /// DBAPIError for the first that failed; those behind it were not executed.
  virtual std::int64_t await_sent();
  /// Ends the execution and forgets the bound values; the statement can be bound and run again.
  /// Never throws.
  virtual void reset() noexcept = 0;
  virtual int column_count() const = 0;
  virtual std::string column_name(int column) const = 0;
  /// Returns the function that reads cells of this type; called once a compiled statement and
  /// column.
  ColumnReader::Function reader(const CellType& cell, TypePtr type) const;
  /// Reads one column of the current row where the C++ type is not known, guided by the SQL type.
  /// @throws DataError, and what the type throws for a value that is none of its own
  Value value(int column, TypePtr type);

  /// Tells by which rules types make their values (`Dialect::result_value`); a cursor that is not
  /// told leaves them as the driver reads them.
  void use(const Dialect& dialect) { dialect_ = &dialect; }

  /// Throws the error for a column that a reader refused; `where` names it ("column
  /// user_account.id").
  [[noreturn]] virtual void explain(const ColumnReader& reader, std::string_view where) = 0;
  virtual std::int64_t affected_rows() const = 0;

 protected:
  /// `reader` and `value` for types that leave what is read as it is.
  virtual ColumnReader::Function choose_reader(const CellType& cell, TypePtr type) const = 0;
  virtual Value read_value(int column, TypePtr type) = 0;

 private:
  static bool read_processed(DriverCursor& cursor, const ColumnReader& reader, void* target);
  const Dialect* dialect_ = nullptr;
};

/// One connection of the vendor's library.
class DriverConnection {
 public:
  virtual ~DriverConnection() = default;  ///< closes

  /// Returns a cursor for the text, prepared or from the connection's cache of prepared statements;
  /// given back when the handle dies.
  struct Release {
    void operator()(DriverCursor* cursor) const noexcept;
    DriverConnection* connection;
  };

  using CursorHandle = std::unique_ptr<DriverCursor, Release>;
  virtual CursorHandle prepare(
      std::string_view sql,
      std::size_t hash) = 0;  ///< `hash` is `hash_of(sql)`, kept by who runs a text often

  CursorHandle prepare(std::string_view sql) { return prepare(sql, hash_of(sql)); }

  static std::size_t hash_of(std::string_view sql);
  /// Runs statements that have no parameters and return nothing (BEGIN, PRAGMA, SAVEPOINT).
  virtual void execute_plain(std::string_view sql) = 0;
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
  virtual bool in_transaction() const = 0;
  /// Runs a statement that must not stand in a transaction: COMMIT PREPARED, XA COMMIT.
  virtual void execute_outside_transaction(std::string_view sql);
  /// Takes over that a statement has ended the transaction, and not commit() or rollback().
  virtual void transaction_ended() noexcept;
  /// Sets what transactions are from the next one on; without a value the database's default. Does
  /// nothing where the database has no such settings.
  virtual void set_transaction_options(std::optional<bool> readonly,
                                       std::optional<bool> deferrable);
  /// The key that the last INSERT generated, where the database has such a notion.
  virtual std::int64_t last_insert_id() const = 0;
  /// Says whether a multi-row INSERT into `table` gives contiguous generated keys, for `rows`
  /// further rows, inside the current write transaction.
  virtual bool has_contiguous_keys(std::string_view schema,
                                   std::string_view table,
                                   std::string_view key,
                                   std::size_t rows) = 0;
  /// The last key of a multi-row INSERT of `rows` rows whose keys are contiguous; `last_insert_id`
  /// unless the database tells the first one there.
  virtual std::int64_t last_of_contiguous_keys(std::size_t rows) const;
  virtual std::size_t max_parameters() const = 0;
  /// Says whether one INSERT of many rows costs less than a statement a row.
  virtual bool prefers_rows_together() const;
  /// How many rows the connection has inserted, changed or deleted in its life; nothing where the
  /// driver does not count. An INSERT that has failed has had no effect when it has not grown.
  virtual std::optional<std::int64_t> changed_rows() const;
  static constexpr std::size_t any_size = static_cast<std::size_t>(-1);
  /// How many bytes of values statements of many rows should have at most.
  virtual std::size_t max_statement_size() const;
  virtual bool is_usable() const = 0;  ///< false once an error has invalidated the connection
  /// Sets the isolation level of the connection; `AUTOCOMMIT` makes begin, commit and rollback do
  /// nothing.
  /// @throws ArgumentError naming the valid levels.
  virtual void set_isolation_level(std::string_view level) = 0;
  virtual bool is_autocommit() const = 0;
  /// Asks the database to break off what the connection executes, which then fails; may be called
  /// from any thread while the connection lives. @throws OperationalError, NotSupportedError
  virtual void cancel();
  /// Returns the level that is set, `AUTOCOMMIT` among them; empty where the driver does not tell.
  virtual std::string isolation_level();
  /// Returns a parameter in the form in which `bind` sends it.
  virtual Value sent(const Literal& value, TypePtr type) const;
  /// Appends a parameter to a log line in the form in which `bind` sends it.
  virtual void append_repr(std::string& out, const Literal& value, TypePtr type) const = 0;

 protected:
  friend struct Release;
  virtual void give_back(DriverCursor* cursor) noexcept = 0;
};

/// Opens connections of one vendor library.
class Driver {
 public:
  virtual ~Driver() = default;
  virtual std::string_view name() const = 0;  ///< as in error texts: `sqlite3`
  virtual std::unique_ptr<DriverConnection> connect(const URL& url,
                                                    const EngineOptions& options) = 0;
  virtual std::string server_version(DriverConnection& connection) = 0;
  /// Returns the dialect for the server that an engine's first connection has reached: that of the
  /// URL's scheme, or one for the kind, version and settings of the server. It must live as long as
  /// the program. @throws InvalidRequestError for a server of another kind than the scheme says.
  virtual const Dialect& dialect_of(DriverConnection& connection, const Dialect& of_scheme);
  /// Says whether all users of an engine must share one connection, because each further one would
  /// see another database (in memory).
  virtual bool shares_one_connection(const URL& url, const EngineOptions& options) const = 0;
};

}  // namespace azoth
