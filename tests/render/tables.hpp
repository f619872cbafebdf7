// SPDX-License-Identifier: MIT
// The tables that rendering tests speak of, with their columns as untyped expressions.
#pragma once
#include <azoth/sql/dml.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/func.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/statement_builder.hpp>
#include <azoth/sql/table.hpp>

namespace azoth::render_test {

inline MetaData metadata;

struct A : Table {
  A()
      : Table("a",
              metadata,
              {Column("id", types::Integer(), {.primary_key = true}),
               Column("x", types::String(30)),
               Column("flag", types::Boolean())}) {}

  Any id = Table::c("id"), x = Table::c("x"), flag = Table::c("flag");
};

struct B : Table {
  B()
      : Table("b",
              metadata,
              {Column("id", types::Integer(), {.primary_key = true}),
               Column("a_id", types::Integer(), {.foreign_key = "a.id"}),
               Column("x", types::Integer()),
               Column("n", types::Numeric(10, 2))}) {}

  Any id = Table::c("id"), a_id = Table::c("a_id"), x = Table::c("x"), n = Table::c("n");
};

struct C : Table {
  C()
      : Table("c",
              metadata,
              {Column("id", types::Integer(), {.primary_key = true}),
               Column("b_id", types::Integer(), {.foreign_key = "b.id"})}) {}

  Any id = Table::c("id"), b_id = Table::c("b_id");
};

struct Lone : Table {
  Lone() : Table("lone", metadata, {Column("id", types::Integer(), {.primary_key = true})}) {}

  Any id = Table::c("id");
};

inline const A a;
inline const B b;
inline const C c;
inline const Lone lone;

}  // namespace azoth::render_test
