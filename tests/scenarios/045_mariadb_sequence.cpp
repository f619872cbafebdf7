// SPDX-License-Identifier: MIT
// Sequences by database and server version.
using namespace azoth;
using rec::str;

namespace {

std::unique_ptr<Dialect> maria(int major, int minor, bool is_mariadb) {
  const char* name = is_mariadb ? "mariadb" : "mysql";
  Capabilities can = dialect(name).capabilities();
  can.server_version = {major, minor, 0};
  can.sequences = is_mariadb && can.server_version >= ServerVersion{10, 3, 0};
  return make_dialect(name, can);
}

}  // namespace

AZOTH_SCENARIO("045", "Sequences on MariaDB 10.3: DDL and INSERT by dialect and server version") {
  const auto maria3 = maria(10, 3, true), maria2 = maria(10, 2, true), mysql8 = maria(8, 0, false);
  MetaData m;
  Sequence plain_seq("plain_seq", {.options = {.start = 1}});
  Sequence some_seq("some_seq", {.optional = true});
  const TypePtr number = types::Integer(), words = types::String(10);
  Table plain(
      "plain",
      m,
      {Column("id", number, {.primary_key = true, .sequence = plain_seq}), Column("x", words)});
  Table opt(
      "some_table",
      m,
      {Column("id", number, {.primary_key = true, .sequence = some_seq}), Column("x", words)});
  Sequence loose("loose_seq", m, {.options = {.start = 5, .increment = 10}});

  for (const auto& [label, d] :
       std::vector<std::pair<const char*, const Dialect*>>{{"mariadb 10.3", maria3.get()},
                                                           {"mariadb 10.2", maria2.get()},
                                                           {"mysql 8", mysql8.get()},
                                                           {"postgresql", &dialect("postgresql")},
                                                           {"oracle", &dialect("oracle")},
                                                           {"mssql", &dialect("mssql")},
                                                           {"sqlite", &dialect("sqlite")}}) {
    const Dialect& on = *d;
    rec::step(label);
    rec::show("supports_sequences", on.capabilities().sequences);
    const auto show = [&](const azoth::sql::Ref& ddl) { rec::ddl(ddl, on); };
    MockConnection conn(on, show);
    create_all(m, conn);
    drop_all(m, conn);
    const std::vector<std::string> given{"x"};
    str("insert", insert(plain), {.dialect = &on, .column_keys = given});
    str("insert optional", insert(opt), {.dialect = &on, .column_keys = given});
    str("next_value", select(loose.next_value()), {.dialect = &on});
    str("insert with next_value",
        insert(plain).values({{"id", loose.next_value()}, {"x", "a"}}),
        {.dialect = &on});
  }
}
