// SPDX-License-Identifier: MIT
// The tables that DDL is rendered of: each kind of default, constraint, index and type once.
#pragma once
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/expression.hpp>

namespace azoth::render_test {

struct DdlTables {
  MetaData metadata;
  sql::Ref user_account, types, address, k, sch, oo, xs, nt;
};

inline sql::Ref table(const MetaData& metadata,
                      std::string_view name,
                      std::vector<Column> columns,
                      std::vector<Constraint> constraints = {},
                      std::vector<Index> indexes = {},
                      std::string_view schema = {}) {
  return Table(
             name, metadata, std::move(columns), std::move(constraints), std::move(indexes), schema)
      .node();
}

inline ForeignKey foreign_key(std::string target,
                              std::string name,
                              std::string ondelete = {},
                              std::string onupdate = {}) {
  ForeignKey key(std::move(target), std::move(ondelete), std::move(onupdate));
  key.name = std::move(name);
  return key;
}

inline ForeignKey altered_foreign_key(std::string target, std::string name) {
  ForeignKey key = foreign_key(std::move(target), std::move(name));
  key.use_alter = true;
  return key;
}

inline DdlTables make_ddl_tables() {
  DdlTables t;
  const MetaData& m = t.metadata;
  t.user_account = table(
      m,
      "user_account",
      {Column("id", types::Integer(), {.primary_key = true}),
       Column("name", types::String(30), {.nullable = false, .unique = true}),
       Column("email", types::String(), {.index = true}),
       Column("s1", types::Integer(), {.server_default = "5"}),
       Column("s2", types::String(), {.server_default = "it's"}),
       Column(
           "s3", types::DateTime(), {.server_default_expression = sql::text("CURRENT_TIMESTAMP")}),
       Column("s4", types::DateTime(), {.server_default_expression = sql::function("now", {})}),
       Column("select", types::Integer(), {.unique = true, .index = true})},
      {CheckConstraint("id > 5"),
       CheckConstraint("id > 6", "ck1"),
       UniqueConstraint({"name", "email"}, "uq1")});
  t.types = table(m,
                  "types",
                  {Column("f", types::Float(53)),
                   Column("b", types::Boolean()),
                   Column("n", types::Numeric(10, 2)),
                   Column("n2", types::Numeric(10)),
                   Column("n3", types::Numeric()),
                   Column("t", types::Text()),
                   Column("t2", types::Text(20)),
                   Column("u", types::Unicode(20)),
                   Column("ut", types::UnicodeText()),
                   Column("bi", types::BigInteger()),
                   Column("si", types::SmallInteger()),
                   Column("d", types::Date()),
                   Column("ti", types::Time(true)),
                   Column("dt", types::DateTime(true)),
                   Column("lb", types::LargeBinary()),
                   Column("lb2", types::LargeBinary(20))});
  t.address =
      table(m,
            "address",
            {Column("id", types::Integer()),
             Column("x", types::Integer()),
             Column("user_id",
                    types::Integer(),
                    {.nullable = false,
                     .foreign_key = foreign_key("user_account.id", "fk1", "CASCADE", "SET NULL")}),
             Column("u2", types::null_type(), {.unique = true, .foreign_key = "user_account.id"})},
            {PrimaryKeyConstraint({"id", "x"}, "pk1"),
             UniqueConstraint({"x"}),
             ForeignKeyConstraint({"id", "x"}, {"k.a", "k.b"})},
            {{"ix_q", {"id", "x"}, true}});
  t.k = table(m,
              "k",
              {Column("a", types::Integer(), {.primary_key = true}),
               Column("b", types::Integer(), {.primary_key = true}),
               Column("self_id",
                      types::null_type(),
                      {.foreign_key = altered_foreign_key("address.id", "fk_z")})});
  t.sch = table(m,
                "sch",
                {Column("id", types::Integer(), {.primary_key = true}),
                 Column("q", types::Integer(), {.index = true}),
                 Column("Up", types::null_type(), {.foreign_key = "other.oo.id"})},
                {},
                {},
                "other");
  t.oo = table(m, "oo", {Column("id", types::Integer(), {.primary_key = true})}, {}, {}, "other");
  t.xs = table(
      m,
      "xs",
      {Column("id", types::null_type(), {.primary_key = true, .foreign_key = "other.oo.id"})});
  t.nt = table(m, "nt", {Column("x", types::null_type())});
  return t;
}

inline const DdlTables& tables() {
  static const DdlTables t = make_ddl_tables();
  return t;
}

}  // namespace azoth::render_test
