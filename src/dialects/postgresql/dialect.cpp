// SPDX-License-Identifier: MIT
// PostgreSQL: what it can do, and its compilers.
#include "dialects/postgresql/postgresql_dialect.hpp"
#include <azoth/base/text.hpp>

namespace azoth {

namespace {

constexpr Capabilities postgresql_capabilities{
    .paramstyle = ParamStyle::pyformat,
    .native_boolean = true,
    .native_enum = true,
    .native_uuid = true,
    .native_interval = true,
    .insert_returning = true,
    .update_returning = true,
    .delete_returning = true,
    .implicit_returning = true,
    .default_values = true,
    .default_metavalue = true,
    .empty_insert = false,
    .multivalues_insert = true,
    .sequences = true,
    .sequences_optional = true,
    .preexecute_autoincrement_sequences = true,
    .identity_columns = true,
    .comments = true,
    .lastrowid = false,
    .double_percents = true,
    .backslash_escapes = true,
    .max_identifier_length = 63,
    .array_casts = true,
};

class PostgresqlDialect final : public Dialect {
 public:
  explicit PostgresqlDialect(const Capabilities& capabilities = postgresql_capabilities)
      : Dialect(capabilities) {}

  std::string_view name() const override { return "postgresql"; }

  bool is_reserved(std::string_view word) const override {
    return postgresql::is_reserved_word(word);
  }

  // Its columns have the types of what is compared.
  std::string empty_set(TypePtr type) const override {
    const auto null_of = [&](TypePtr t) {
      return "CAST(NULL AS " + type_name(t->kind == TypeKind::null ? types::INTEGER() : t) + ")";
    };
    if (type->kind != TypeKind::tuple) {
      return "SELECT " + null_of(type) + " WHERE 1!=1";
    }
    std::string nulls;
    for (TypePtr element : type->elements) {
      nulls += (nulls.empty() ? "" : ", ") + null_of(element);
    }
    return "SELECT " + nulls + " WHERE 1!=1";
  }

  std::string insert_from_arrays(const Compiled& insert, std::string_view key) const override {
    return postgresql::insert_from_arrays(*this, insert, key);
  }

  std::vector<std::string> has_table_queries(std::string_view table,
                                             std::string_view schema) const override {
    const std::string relation = literal(table, types::String());
    return {
        "SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n"
        " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relname = " +
        relation +
        (schema.empty() ? " AND pg_catalog.pg_table_is_visible(c.oid)"
                        : " AND n.nspname = " + literal(schema, types::String()))};
  }

  std::string has_type_query(std::string_view type, std::string_view schema) const override {
    return "SELECT 1 FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n"
           " ON n.oid = t.typnamespace WHERE t.typname = " +
           literal(type, types::String()) +
           (schema.empty() ? " AND pg_catalog.pg_type_is_visible(t.oid)"
                           : " AND n.nspname = " + literal(schema, types::String()));
  }

  std::vector<std::string> two_phase_statements(TwoPhaseStep step,
                                                std::string_view xid) const override {
    const std::string quoted = literal(xid, types::String());
    switch (step) {
      case TwoPhaseStep::prepare:
        return {"PREPARE TRANSACTION " + quoted};
      case TwoPhaseStep::commit_prepared:
        return {"COMMIT PREPARED " + quoted};
      case TwoPhaseStep::rollback_prepared:
        return {"ROLLBACK PREPARED " + quoted};
      case TwoPhaseStep::recover:
        return {"SELECT gid FROM pg_prepared_xacts"};
      default:
        return {};
    }
  }

 protected:
  std::string render_literal(const Literal& value, TypePtr type) const override {
    if (value.kind() == ValueKind::blob) {
      // X'00' is a bit string here; decode() needs no backslash, which may be an escape.
      return "decode(" + Dialect::render_literal(value, type).substr(1) + ", 'hex')";
    }
    if (value.kind() == ValueKind::interval) {
      const auto seconds = static_cast<double>(value.interval().microseconds) / 1e6;
      return "make_interval(secs=>" + base::python_repr(seconds) + ")";
    }
    if (value.kind() == ValueKind::uuid) {
      return "'" + value.uuid().to_string() + "'";
    }
    if (value.kind() != ValueKind::list) {
      return Dialect::render_literal(value, type);
    }
    const bool is_array = type->kind == TypeKind::array;
    std::string out = "ARRAY[";
    for (const Value& item : value.list()) {
      out += out.back() == '[' ? "" : ", ";
      out +=
          literal(item, is_array && item.kind() != ValueKind::list ? type->elements.front() : type);
    }
    return out + "]";
  }

  std::string render_type(const SqlType& type) const override {
    std::string text = postgresql::type_text(*this, type);
    return text.empty() ? Dialect::render_type(type) : text;
  }

  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return postgresql::make_sql_compiler(*this, options);
  }

  std::unique_ptr<DdlCompiler> make_ddl_compiler() const override {
    return postgresql::make_ddl_compiler(*this);
  }
};

}  // namespace

std::unique_ptr<Dialect> postgresql::make_dialect(const Capabilities& capabilities) {
  return std::make_unique<PostgresqlDialect>(capabilities);
}

const Dialect& postgresql_dialect() {
  static const PostgresqlDialect dialect;
  return dialect;
}

}  // namespace azoth
