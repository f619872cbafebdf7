// SPDX-License-Identifier: MIT
// Rows as tuples with names, and as maps.
using namespace azoth;

AZOTH_SCENARIO("034", "Row is a named tuple; mapping access through _mapping") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String()),
           Column("count", types::Integer())});
  const Any id = t.c("id"), name = t.c("name"), count = t.c("count");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      conn.execute(insert(t), ParamsList{{{"id", 1}, {"name", "ed"}, {"count", 9}}});
    });
    return made;
  });

  Connection conn = engine.connect();
  const Select<> people = select(id, name, func::upper(name).label("up"));
  Row row = conn.execute(people).one();
  const std::tuple same(1, "ed", "ED");
  rec::step("tuple");
  rec::show("row", row);
  rec::show("row[0]", row[0]);
  rec::show("row[-1]", row[-1]);
  rec::show("row[0:2]", rec::Values{row.slice(0, 2)});
  rec::show("len", row.size());
  rec::show("equals tuple", row == same);
  rec::show("less than", row < std::tuple(2, "", ""));
  const auto [i, n, u] = row.as<int, std::string, std::string>();
  rec::show("unpacked", std::tuple(i, n, u));
  rec::show("index('ed')", row.index("ed"));

  rec::step("membership is of values");
  rec::show("'ed' in row", row.contains("ed"));
  rec::show("'name' in row", row.contains("name"));
  rec::show("1 in row", row.contains(1));

  rec::step("named");
  rec::show("row.name", row["name"]);
  rec::show("row.up", row["up"]);
  rec::show("_fields", rec::names(row.keys()));
  rec::show("_asdict", row.mapping().items());
  rec::attempt("row.nothere", [&] { row["nothere"]; });
  rec::attempt("row[5]", [&] { row[5]; });

  rec::step("_mapping");
  const RowMapping mp = row.mapping();
  rec::show("['name']", mp["name"]);
  rec::show("[t.c.name]", mp[name]);
  rec::show("keys", mp.keys());
  rec::show("values", mp.values());
  std::vector<std::pair<std::string, Value>> items = mp.items();
  rec::show("items", std::vector<std::tuple<std::string, Value>>(items.begin(), items.end()));
  rec::show("'name' in", mp.contains("name"));
  rec::show("t.c.id in", mp.contains(id));
  rec::show("t.c.count in", mp.contains(count));
  rec::show("as dict", mp.items());
  rec::attempt("['nothere']", [&] { mp["nothere"]; });
  rec::attempt("[column not selected]", [&] { mp[count]; });

  rec::step("a column called like a tuple method");
  row = conn.execute(Select<>(select(count))).one();
  rec::show("row._mapping['count']", row.mapping()["count"]);
  rec::show("row.count is the value", row["count"] == Value(9));

  rec::step("single column");
  row = conn.execute(Select<>(select(id))).one();
  rec::show("row", row);
}
