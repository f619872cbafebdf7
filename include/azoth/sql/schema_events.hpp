// SPDX-License-Identifier: MIT
// The events of creating and dropping tables, what listeners to them are called with, and DDL(), a
// listener that executes a text. Who creates and drops is in engine/schema.hpp.
#pragma once
#include <azoth/base/event.hpp>
#include <azoth/fwd.hpp>
#include <azoth/sql/node.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Where DDL goes: a connection, or whatever a program makes of the statements.
class DdlConnection {
 public:
  virtual ~DdlConnection() = default;
  virtual void execute(const sql::Ref& statement) = 0;
  virtual const Dialect& dialect() const = 0;

  /// The connection behind it, or null.
  virtual Connection* connection() { return nullptr; }
};

/// What is created or dropped: one table, or (then `table` is null) those of a MetaData.
struct SchemaTarget {
  const Table* table = nullptr;
  const MetaData* metadata = nullptr;
};

namespace event {

inline constexpr Event<void(const SchemaTarget&, DdlConnection&)> before_create{"before_create"};
inline constexpr Event<void(const SchemaTarget&, DdlConnection&)> after_create{"after_create"};
inline constexpr Event<void(const SchemaTarget&, DdlConnection&)> before_drop{"before_drop"};
inline constexpr Event<void(const SchemaTarget&, DdlConnection&)> after_drop{"after_drop"};

}  // namespace event

/// A DDL text as a listener: `event::listen(table, event::after_create, DDL("CREATE TRIGGER ... ON
/// %(table)s ..."))`. Tokens are `table`, `schema` and `fullname` of the table, and those of the
/// context; `%%` is a percent sign.
class DDL {
 public:
  using Context = std::vector<std::pair<std::string, std::string>>;

  explicit DDL(std::string_view text, Context context = {})
      : text_(text), context_(std::move(context)) {}

  /// Executes it for databases of this name only.
  DDL execute_if(std::string_view dialect) const;

  /// Executes it when `condition(target, connection)` holds.
  template <class F>
  auto execute_if(F condition) const
    requires requires(const SchemaTarget& t, DdlConnection& c) { bool(condition(t, c)); }
  {
    return [self = *this, condition](const SchemaTarget& target, DdlConnection& connection) {
      if (condition(target, connection)) {
        self(target, connection);
      }
    };
  }

  void operator()(const SchemaTarget& target, DdlConnection& connection) const;

 private:
  std::string text_, dialect_;
  Context context_;
};

}  // namespace azoth
