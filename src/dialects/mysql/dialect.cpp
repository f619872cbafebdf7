// SPDX-License-Identifier: MIT
// MySQL and MariaDB: what they can do, and their compilers.
#include "dialects/mysql/mysql_dialect.hpp"
#include <azoth/dialects/mysql.hpp>

namespace azoth {

namespace {

constexpr Capabilities capabilities_of(bool mariadb) {
  return {
      .paramstyle = ParamStyle::format,
      .native_enum = true,
      .default_metavalue = true,
      .empty_insert = true,
      .multivalues_insert = true,
      .comments = true,
      .inline_comments = true,
      .cte_follows_insert = true,
      .double_percents = true,
      .backslash_escapes = true,
      .open_quote = '`',
      .close_quote = '`',
      .max_identifier_length = 255,
      .max_index_name_length = 64,
      .max_constraint_name_length = 64,
      .is_mariadb = mariadb,
  };
}

class MysqlDialect final : public Dialect {
 public:
  MysqlDialect(const Capabilities& capabilities, std::string_view name)
      : Dialect(capabilities), name_(name) {}

  std::string_view name() const override { return name_; }

  bool is_reserved(std::string_view word) const override {
    return mysql::is_reserved_word(word, capabilities_.is_mariadb);
  }

  // There are no booleans, but words for them.
  std::string render_literal(const Literal& value, TypePtr type) const override {
    if (value.kind() == ValueKind::boolean) {
      return value.boolean() ? "true" : "false";
    }
    return Dialect::render_literal(value, type);
  }

  std::string empty_set(TypePtr type) const override {
    const std::size_t columns = type->kind == TypeKind::tuple ? type->elements.size() : 1;
    std::string inner, outer;
    for (std::size_t i = 0; i < columns; ++i) {
      const std::string name = "_in_" + std::to_string(i);
      inner += (i == 0 ? "1 AS " : ", 1 AS ") + name;
      outer += (i == 0 ? "" : ", ") + name;
    }
    return "SELECT " + outer + " FROM (SELECT " + inner + ") as _empty_set WHERE 1!=1";
  }

  std::vector<std::string> has_table_queries(std::string_view table,
                                             std::string_view schema) const override {
    const std::string owner =
        schema.empty() ? std::string("DATABASE()") : literal(schema, types::String());
    return {"SELECT 1 FROM information_schema.tables WHERE table_schema = " + owner +
            " AND table_name = " + literal(table, types::String())};
  }

  std::vector<std::string> two_phase_statements(TwoPhaseStep step,
                                                std::string_view xid) const override {
    const std::string quoted = literal(xid, types::String());
    switch (step) {
      case TwoPhaseStep::begin:
        return {"XA BEGIN " + quoted};
      case TwoPhaseStep::prepare:
        return {"XA END " + quoted, "XA PREPARE " + quoted};
      case TwoPhaseStep::commit:
        return {"XA END " + quoted, "XA PREPARE " + quoted, "XA COMMIT " + quoted};
      case TwoPhaseStep::rollback:
        return {"XA END " + quoted, "XA ROLLBACK " + quoted};
      case TwoPhaseStep::commit_prepared:
        return {"XA COMMIT " + quoted};
      case TwoPhaseStep::rollback_prepared:
        return {"XA ROLLBACK " + quoted};
      case TwoPhaseStep::recover:
        return {"XA RECOVER"};
    }
    return {};
  }

 protected:
  std::string render_type(const SqlType& type) const override {
    std::string text = mysql::type_text(*this, type);
    return text.empty() ? Dialect::render_type(type) : text;
  }

  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return mysql::make_sql_compiler(*this, options);
  }

  std::unique_ptr<DdlCompiler> make_ddl_compiler() const override {
    return mysql::make_ddl_compiler(*this);
  }

 private:
  std::string_view name_;
};

}  // namespace

std::unique_ptr<Dialect> mysql::make_dialect(const Capabilities& capabilities, bool as_mariadb) {
  return std::make_unique<MysqlDialect>(capabilities, as_mariadb ? "mariadb" : "mysql");
}

std::unique_ptr<Dialect> mysql::make_dialect(const Capabilities& capabilities) {
  return make_dialect(capabilities, capabilities.is_mariadb);
}

const Dialect& mysql_dialect() {
  static const MysqlDialect dialect(capabilities_of(false), "mysql");
  return dialect;
}

const Dialect& mariadb_dialect() {
  static const MysqlDialect dialect(capabilities_of(true), "mariadb");
  return dialect;
}

}  // namespace azoth
