// SPDX-License-Identifier: MIT
// IN lists of any length and the statement cache.
using namespace azoth;

AZOTH_SCENARIO("009", "One compiled statement serves IN lists of different lengths") {
  rec::capture_logging();
  MetaData m;
  Table a("a",
          m,
          {Column("id", types::Integer(), {.primary_key = true}), Column("data", types::String())});
  const Any id = a.c("id");
  Engine engine = rec::quiet([&] {
    Engine made = rec::engine();
    create_all(m, made);
    made.begin([&](Connection& conn) {
      ParamsList sets;
      for (int i = 1; i < 6; ++i) {
        sets.push_back({{"id", i}});
      }
      conn.execute(insert(a), sets);
    });
    return made;
  });
  engine.clear_compiled_cache();
  using Ids = std::vector<Value>;
  const auto find = [&](const Ids& ids) { return select(id).where(id.in(ids)).order_by(id); };

  Connection conn = engine.connect();
  rec::step("lists of length 3, 1, 0, 5");
  for (const Ids& ids : {Ids{1, 2, 3}, Ids{2}, Ids{}, Ids{1, 2, 3, 4, 5}}) {
    rec::show("rows", conn.execute(find(ids)).scalars().all());
  }
  rec::show("entries in the cache", engine.cache_statistics().size);

  rec::step("a None inside the list");
  rec::show("rows", conn.execute(find({1, null})).scalars().all());

  rec::step("IN and NOT IN are different statements");
  rec::show("rows", conn.execute(select(id).where(id.not_in({1, 2})).order_by(id)).scalars().all());
  rec::show("entries in the cache", engine.cache_statistics().size);

  rec::step("two lists swapping lengths");
  for (const auto& [x, y] : {std::pair(Ids{1, 2}, Ids{3}), std::pair(Ids{1}, Ids{2, 3, 4})}) {
    auto q = select(id).where(id.in(x) || id.in(y)).order_by(id);
    rec::show("rows", conn.execute(q).scalars().all());
  }
}
