// SPDX-License-Identifier: MIT
// SQL Server: what it can do, and its compilers.
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/dialects/mssql.hpp>

namespace azoth {

namespace {

constexpr Capabilities mssql_capabilities{
    .paramstyle = ParamStyle::named,
    .native_uuid = true,
    .boolean_check_constraint = false,
    .insert_returning = true,  // OUTPUT
    .update_returning = true,
    .delete_returning = true,
    .implicit_returning = true,
    .default_values = true,
    .empty_insert = false,
    .sequences = true,
    .sequences_optional = true,
    .open_quote = '[',
    .close_quote = ']',
    .max_identifier_length = 128,
};

// SQL Server writes Unicode as N'text'.
bool is_unicode(const SqlType& type) {
  switch (type.kind) {
    case TypeKind::unicode:
    case TypeKind::unicode_text:
    case TypeKind::sql_nvarchar:
    case TypeKind::sql_nchar:
      return true;
    default:
      return type.vendor == "mssql" && type.name == "NTEXT";
  }
}

class MssqlDialect final : public Dialect {
 public:
  explicit MssqlDialect(const Capabilities& capabilities = mssql_capabilities)
      : Dialect(capabilities) {}

  std::string_view name() const override { return "mssql"; }

  std::string render_literal(const Literal& value, TypePtr type) const override {
    const bool is_moment = value.kind() == ValueKind::date || value.kind() == ValueKind::datetime;
    if (is_moment && capabilities().ansi_bind_rules) {
      return "'" +
             (value.kind() == ValueKind::date ? value.date().to_string()
                                              : value.datetime().to_string()) +
             "'";
    }
    const bool is_national =
        value.kind() == ValueKind::text && is_unicode(*type) && !capabilities().ansi_bind_rules;
    return (is_national ? "N" : "") + Dialect::render_literal(value, type);
  }

  bool is_reserved(std::string_view word) const override { return mssql::is_reserved_word(word); }

  void append_schema(std::string& out, std::string_view schema) const override {
    mssql::append_schema(out, schema, *this);
  }

  std::string empty_set(TypePtr) const override { return "SELECT 1 WHERE 1!=1"; }

  std::vector<std::string> has_table_queries(std::string_view table,
                                             std::string_view schema) const override {
    const auto text = [&](std::string_view name) { return literal(name, types::Unicode()); };
    const std::string owner = schema.empty() ? "SCHEMA_NAME()" : text(schema);
    return {"SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = " + text(table) +
            " AND TABLE_SCHEMA = " + owner};
  }

 protected:
  std::string render_type(const SqlType& type) const override {
    auto name = mssql::type_name(type, *this);
    return name ? *std::move(name) : Dialect::render_type(type);
  }

  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return mssql::make_sql_compiler(*this, options);
  }

  std::unique_ptr<DdlCompiler> make_ddl_compiler() const override {
    return mssql::make_ddl_compiler(*this);
  }
};

}  // namespace

std::unique_ptr<Dialect> mssql::make_dialect(const Capabilities& capabilities) {
  return std::make_unique<MssqlDialect>(capabilities);
}

const Dialect& mssql_dialect() {
  static const MssqlDialect dialect;
  return dialect;
}

}  // namespace azoth
