// SPDX-License-Identifier: MIT
// SQLite: what it can do, and its compilers.
#include "dialects/sqlite/sqlite_dialect.hpp"
#include <azoth/base/warning.hpp>
#include <azoth/dialects/sqlite.hpp>

namespace azoth {

namespace {

constexpr Capabilities sqlite_capabilities{
    .paramstyle = ParamStyle::qmark,
    .native_boolean = false,
    .insert_returning = true,  // RETURNING since 3.35
    .update_returning = true,
    .delete_returning = true,
    .default_values = true,
    .empty_insert = false,
    .multivalues_insert = true,
    .sequences = false,
    .alter = false,
    .savepoints = true,
    .lastrowid = true,
    .tuple_in_values = true,
    .simple_order_by_label = true,
    .right_nested_joins = true,
};

std::string table_info(std::string_view schema, const std::string& table) {
  return "PRAGMA " + std::string(schema) + ".table_info(" + table + ")";
}

class SqliteDialect final : public Dialect {
 public:
  explicit SqliteDialect(const Capabilities& capabilities = sqlite_capabilities)
      : Dialect(capabilities) {
    const ServerVersion& version = capabilities.server_version;
    if (version.is_known() && version < ServerVersion{3, 7, 16}) {
      warn(WarningCategory::sa_warning,
           "SQLite version (" + std::to_string(version.major) + ", " +
               std::to_string(version.minor) + ", " + std::to_string(version.patch) +
               ") is older than 3.7.16, and will not support right nested joins, as are sometimes "
               "used in more complex ORM scenarios.  SQLAlchemy 1.4 and above no longer tries to "
               "rewrite these joins.");
    }
  }

  std::string_view name() const override { return "sqlite"; }

  std::string render_literal(const Literal& value, TypePtr type) const override {
    switch (value.kind()) {
      case ValueKind::date:
      case ValueKind::time:
      case ValueKind::datetime:
        return sqlite::temporal_literal(value);
      default:
        return Dialect::render_literal(value, type);
    }
  }

  bool is_reserved(std::string_view word) const override { return sqlite::is_reserved_word(word); }

  std::string empty_in_list(sql::Op, std::size_t columns) const override {
    std::string ones = "1";
    for (std::size_t i = 1; i < columns; ++i) {
      ones += ", 1";
    }
    return "SELECT " + ones + " FROM (SELECT " + ones + ") WHERE 1!=1";
  }

  std::string empty_set(TypePtr type) const override {
    return empty_in_list(sql::Op::none, type->kind == TypeKind::tuple ? type->elements.size() : 1);
  }

  std::vector<std::string> has_table_queries(std::string_view table,
                                             std::string_view schema) const override {
    std::string name = "\"";
    for (char c : table) {
      name.append(c == '"' ? 2 : 1, c);
    }
    name += '"';
    if (!schema.empty()) {
      return {table_info(quote(schema), name)};
    }
    return {table_info("main", name), table_info("temp", name)};
  }

 protected:
  Value stored_value(const Literal& value, const SqlType& type) const override {
    std::optional<Value> stored = sqlite::stored_value(value, type);
    return stored ? *std::move(stored) : Dialect::stored_value(value, type);
  }

  std::string render_type(const SqlType& type) const override {
    std::string text = sqlite::type_text(type);
    return text.empty() ? Dialect::render_type(type) : text;
  }

  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return sqlite::make_sql_compiler(*this, options);
  }

  std::unique_ptr<DdlCompiler> make_ddl_compiler() const override {
    return sqlite::make_ddl_compiler(*this);
  }
};

}  // namespace

std::unique_ptr<Dialect> sqlite::make_dialect(const Capabilities& capabilities) {
  return std::make_unique<SqliteDialect>(capabilities);
}

const Dialect& sqlite_dialect() {
  static const SqliteDialect dialect;
  return dialect;
}

}  // namespace azoth
