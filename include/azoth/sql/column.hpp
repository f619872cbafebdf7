// SPDX-License-Identifier: MIT
// Columns of a table as a program declares them; plain values until they are given to a Table.
#pragma once
#include <azoth/sql/constraint.hpp>
#include <azoth/sql/sequence.hpp>
#include <azoth/types/value.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azoth {

/// Whether the database generates values of an integer primary key; `automatic`: when it is the
/// only key column and has no foreign key; `ignore_fk`: when it is the only key column.
enum class AutoIncrement : std::uint8_t { automatic, always, never, ignore_fk };

/// What a function that makes a column's default is told of the row that is written.
class DefaultContext {
 public:
  /// Returns the value that the row has in the column of that key, as given or as its own default
  /// made it; NULL when it has none (yet).
  virtual Value current_parameter(std::string_view key) const = 0;

 protected:
  ~DefaultContext() = default;
};

/// A function of the program that makes a value: anything that is called without arguments, or with
/// a `const DefaultContext&`. May be empty; copies share the function.
class ValueFunction {
 public:
  ValueFunction() = default;

  template <class F>
    requires(std::is_invocable_r_v<Value, const F&> && !std::same_as<F, ValueFunction>)
  ValueFunction(F function)
      : state_(std::make_shared<const F>(std::move(function))),
        call_([](const void* f, const DefaultContext&) {
          return Value((*static_cast<const F*>(f))());
        }) {}

  template <class F>
    requires(std::is_invocable_r_v<Value, const F&, const DefaultContext&> &&
             !std::same_as<F, ValueFunction>)
  ValueFunction(F function)
      : state_(std::make_shared<const F>(std::move(function))),
        call_([](const void* f, const DefaultContext& context) {
          return Value((*static_cast<const F*>(f))(context));
        }) {}

  explicit operator bool() const { return call_ != nullptr; }

  Value operator()(const DefaultContext& context) const { return call_(state_.get(), context); }

 private:
  std::shared_ptr<const void> state_;
  Value (*call_)(const void*, const DefaultContext&) = nullptr;
};

/// Declares a column that the database computes: GENERATED ALWAYS AS.
struct Computed {
  explicit Computed(std::string_view text, std::optional<bool> is_persisted = {});

  explicit Computed(sql::Ref element, std::optional<bool> is_persisted = {})
      : sqltext(std::move(element)), persisted(is_persisted) {}

  sql::Ref sqltext;
  std::optional<bool> persisted;  ///< STORED or VIRTUAL; without a value the database's choice
};

/// The keyword arguments of `Column`.
struct ColumnOptions {
  bool primary_key = false;
  /// Default: not nullable exactly when part of the primary key, or an identity.
  std::optional<bool> nullable{};
  bool unique = false;
  bool index = false;
  AutoIncrement autoincrement = AutoIncrement::automatic;
  std::optional<ForeignKey> foreign_key{};
  std::optional<Value> default_{};              ///< a value used when an INSERT gives none
  sql::Ref default_expression{};                ///< or a SQL expression
  ValueFunction default_function{};             ///< or what a function returns for each row
  std::optional<Sequence> sequence{};           ///< or a sequence's next value
  std::optional<std::string> server_default{};  ///< a string rendered as a literal in DDL
  sql::Ref server_default_expression{};         ///< or text()/an expression
  bool has_fetched_default = false;             ///< or something the program does not know
  std::optional<Value> onupdate{};              ///< a value set when an UPDATE gives none
  sql::Ref onupdate_expression{};               ///< or a SQL expression
  ValueFunction onupdate_function{};            ///< or what a function returns
  bool has_server_onupdate = false;             ///< the database changes the value at an UPDATE
  std::optional<Computed> computed{};
  std::optional<Identity> identity{};
  std::string key{};  ///< name in the program; default: the name
  std::optional<std::string> comment{};
  bool system = false;  ///< the database has it of itself: no DDL
  DialectOptions dialect_options{};
  std::vector<Constraint> constraints{};  ///< CHECK constraints within the column's definition

  bool has_server_default() const {
    return server_default || server_default_expression || has_fetched_default || computed ||
           identity;
  }
};

/// Declares one column of a table; a plain value until it is given to `Table`.
struct Column {
  Column(std::string_view column_name, TypePtr column_type);
  Column(std::string_view column_name, TypePtr column_type, ColumnOptions column_options);

  std::string name;
  TypePtr type;
  ColumnOptions options;
};

}  // namespace azoth
