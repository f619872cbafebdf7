// SPDX-License-Identifier: MIT
// Bytes, UUIDs and what types are called.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

namespace {

Bytes bytes(std::initializer_list<unsigned char> values) {
  Bytes out;
  for (unsigned char value : values) {
    out.push_back(std::byte{value});
  }
  return out;
}

std::vector<TypePtr> common_types() {
  namespace t = azoth::types;
  return {t::SmallInteger(), t::Integer(),  t::BigInteger(),   t::Numeric(),       t::Numeric(8),
          t::Numeric(8, 3),  t::Float(),    t::Float(24),      t::String(),        t::String(5),
          t::Text(),         t::Text(20),   t::Unicode(5),     t::UnicodeText(),   t::CHAR(3),
          t::NCHAR(3),       t::VARCHAR(7), t::LargeBinary(),  t::LargeBinary(10), t::Boolean(),
          t::Date(),         t::DateTime(), t::DateTime(true), t::Time(),          t::Interval()};
}

// The name of a type in a database, or why it has none.
std::string name_in(const Dialect& dialect, TypePtr type) {
  try {
    return dialect.type_name(type);
  } catch (const Error& error) {
    return std::string(error.class_name()) + ": " + error.what();
  }
}

}  // namespace

AZOTH_SCENARIO("210", "LargeBinary, Uuid, String lengths, Unicode, type names") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("b", types::LargeBinary()),
           Column("u", types::Uuid()),
           Column("us", types::Uuid(false))});
  const Any id = t.c("id"), b = t.c("b"), u = t.c("u");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    return made;
  });
  {
    Connection conn = engine.connect();
    rec::step("binary");
    const Bytes abc = bytes({0x00, 0xff, 'a', 'b', 'c'});
    conn.execute(insert(t).values({{"id", 1}, {"b", abc}}));
    rec::show("b", conn.execute(select(b)).scalar());
    rec::show("compare", conn.execute(select(id).where(b == abc)).scalars().all());
    rec::attempt("str for bytes",
                 [&] { conn.execute(insert(t).values({{"id", 2}, {"b", "text"}})); });
    rec::step("uuid");
    const Uuid uuid = *Uuid::parse("12345678-1234-5678-1234-567812345678");
    conn.execute(insert(t).values({{"id", 5}, {"u", uuid}, {"us", uuid.to_string()}}));
    rec::show("stored", conn.execute(text("select u, us from t where id=5")).one());
    rec::show("loaded", conn.execute(select(u, t.c("us")).where(id == 5)).one());
    rec::show("compare", conn.execute(select(id).where(u == uuid)).scalars().all());
    rec::attempt("wrong", [&] { conn.execute(insert(t).values({{"id", 6}, {"u", "nope"}})); });
    str("literal", select(id).where(u == uuid), {.literal_binds = true});
  }
  rec::step("names by dialect");
  for (TypePtr type : common_types()) {
    std::vector<std::string> row{printing_dialect().type_name(type)};
    for (const char* name : {"sqlite", "postgresql", "mysql", "oracle", "mssql"}) {
      row.push_back(name_in(dialect(name), type));
    }
    rec::show(repr(type), row);
  }
  rec::step("repr and missing type");
  rec::attempt("NullType column", [] {
    MetaData other;
    str("create",
        azoth::sql::create_table(Table("q", other, {Column("x", types::null_type())}).node()));
  });
}
