// SPDX-License-Identifier: MIT
// Oracle: what it can do, and its compilers.
#include "dialects/oracle/oracle_dialect.hpp"
#include <azoth/dialects/oracle.hpp>

namespace azoth {

namespace {

constexpr Capabilities oracle_capabilities{
    .paramstyle = ParamStyle::named,
    .native_interval = true,
    .insert_returning = true,  // RETURNING ... INTO
    .update_returning = true,
    .delete_returning = true,
    .default_values = false,
    .default_metavalue = true,
    .empty_insert = false,
    .sequences = true,
    .identity_columns = true,
    .comments = true,
    .lastrowid = false,
    .simple_order_by_label = false,
    .cte_follows_insert = true,
    .name_normalize = true,
    .max_identifier_length = 128,
    .quoted_parameters = true,
};

// Unquoted names are upper case in the catalogue.
std::string catalogue_name(std::string_view name, const Dialect& dialect) {
  const bool is_quoted = dialect.quote(name).front() == '"';
  std::string out = "'";
  for (char c : name) {
    out.append(c == '\'' ? 2 : 1, !is_quoted && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return out += "'";
}

class OracleDialect final : public Dialect {
 public:
  explicit OracleDialect(const Capabilities& capabilities = oracle_capabilities)
      : Dialect(capabilities) {}

  std::string_view name() const override { return "oracle"; }

  bool is_reserved(std::string_view word) const override { return oracle::is_reserved_word(word); }

  bool is_illegal_initial(char c) const override { return c == '_' || c == '$'; }

  // Reserved words and what is no plain word cannot stand behind the colon as they are.
  bool quotes_parameter(std::string_view name) const override {
    return capabilities().quoted_parameters && oracle::is_unusual_name(name);
  }

  std::string empty_set(TypePtr) const override { return "SELECT 1 FROM DUAL WHERE 1!=1"; }

  std::vector<std::string> has_table_queries(std::string_view table,
                                             std::string_view schema) const override {
    const std::string owner =
        schema.empty() ? "SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')" : catalogue_name(schema, *this);
    return {"SELECT table_name FROM all_tables WHERE table_name = " + catalogue_name(table, *this) +
            " AND owner = " + owner};
  }

 protected:
  std::string render_type(const SqlType& type) const override {
    auto name = oracle::type_name(type, *this);
    return name ? *std::move(name) : Dialect::render_type(type);
  }

  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return oracle::make_sql_compiler(*this, options);
  }

  std::unique_ptr<DdlCompiler> make_ddl_compiler() const override {
    return oracle::make_ddl_compiler(*this);
  }
};

}  // namespace

std::unique_ptr<Dialect> oracle::make_dialect(const Capabilities& capabilities) {
  return std::make_unique<OracleDialect>(capabilities);
}

const Dialect& oracle_dialect() {
  static const OracleDialect dialect;
  return dialect;
}

}  // namespace azoth
