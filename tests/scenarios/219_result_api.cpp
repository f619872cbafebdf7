// SPDX-License-Identifier: MIT
// All that a result can do with its rows.
using namespace azoth;

AZOTH_SCENARIO("219", "Result API") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String()),
           Column("k", types::Integer())});
  const Any id = t.c("id"), name = t.c("name"), k = t.c("k");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& c) {
      ParamsList sets;
      for (int i = 1; i < 8; ++i) {
        sets.push_back({{"id", i}, {"name", "n" + std::to_string(i)}, {"k", i % 2}});
      }
      c.execute(insert(t), sets);
    });
    return made;
  });
  Connection conn = engine.connect();
  {
    const rec::Quiet silence;
    conn.autobegin();
  }
  const Select<> q = select(t).order_by(id);
  const auto ex = [&](const auto& statement) {
    return rec::quiet([&] { return Result<>(conn.run(statement.node())); });
  };

  rec::step("fetching");
  Result<> r = ex(q);
  rec::show("keys", r.keys());
  rec::show("fetchone", r.fetchone());
  rec::show("fetchmany(2)", r.fetchmany(2));
  rec::show("first of the rest closes", r.first());
  rec::attempt("fetchone after first", [&] { r.fetchone(); });
  r = ex(q);
  std::vector<Value> ids;
  for (const Row& row : r) {
    ids.push_back(row["id"]);
    if (ids.size() == 2) {
      break;
    }
  }
  rec::show("iterate two", ids);
  r.fetchone();
  ids.clear();
  for (const Row& row : r.all()) {
    ids.push_back(row["id"]);
  }
  rec::show("all of the rest", ids);
  rec::show("closed", r.closed());
  rec::show("all again", r.all());
  r = ex(q);
  r.close();
  rec::attempt("after close", [&] { r.all(); });
  rec::step("shapes");
  rec::show("scalars", ex(q).scalars().all());
  rec::show("scalars(1)", ex(q).scalars("name").fetchmany(2));
  rec::show("mappings", ex(q).mappings().first()->items());
  std::vector<std::vector<std::string>> keys;
  for (const RowMapping& row : ex(q.limit(1)).mappings().all()) {
    keys.push_back(row.keys());
  }
  rec::show("mappings all keys", keys);
  rec::show("columns", ex(q).columns({"name", 0}).fetchmany(1));
  rec::show("columns by object", ex(q).columns({k}).first());
  std::vector<std::size_t> sizes;
  for (const std::vector<Row>& rows : ex(q).partitions(3)) {
    sizes.push_back(rows.size());
  }
  rec::show("partitions", sizes);
  rec::show("unique", ex(select(k).order_by(id)).unique().all());
  rec::show("unique scalars", ex(select(k).order_by(id)).scalars().unique().all());
  rec::show("scalar", ex(q).scalar());
  rec::show("scalar_one", ex(select(name).where(id == 3)).scalar_one());
  rec::attempt("one of many", [&] { ex(q).one(); });
  rec::attempt("scalars of an unknown column", [&] { ex(q).scalars("nope"); });
  FrozenResult frozen = ex(q.limit(2)).freeze();
  rec::show("freeze twice", std::tuple(frozen().all().size(), frozen().first()));
  std::vector<std::tuple<std::int64_t, std::string, std::int64_t>> tuples;
  for (const Row& row : ex(q.limit(1))) {
    tuples.push_back(row.as<std::int64_t, std::string, std::int64_t>());
  }
  rec::show("tuples", tuples);
  rec::step("no rows");
  rec::show("first", ex(select(t).where(id == 99)).first());
  rec::step("DML results");
  r = ex(insert(t).values({{"id", 50}, {"name", "x"}}));
  rec::show("returns_rows", r.returns_rows());
  rec::show("rowcount", r.rowcount());
  rec::show("inserted_primary_key", rec::Values{r.inserted_primary_key()});
  rec::show("lastrowid", r.lastrowid());
  rec::attempt("all() of an INSERT", [&] { r.all(); });
  r = ex(update(t).where(id < 4).values({{"k", 9}}));
  rec::show("update rowcount", r.rowcount());
  rec::show("last_updated_params", r.cursor().last_updated_params());
  r = ex(delete_(t).where(k == 9));
  rec::show("delete rowcount", r.rowcount());
  r = ex(insert(t));
  rec::show("insert defaults", rec::Values{r.inserted_primary_key()});
  rec::attempt("inserted_primary_key of an UPDATE",
               [&] { ex(update(t).values({{"k", 1}})).inserted_primary_key(); });
  rec::step("duplicate keys");
  r = ex(text("select 1 as a, 2 as a"));
  rec::show("keys", r.keys());
  const Row row = r.one();
  rec::show("row", row);
  rec::show("row.a", row["a"]);
  conn.close();
}
