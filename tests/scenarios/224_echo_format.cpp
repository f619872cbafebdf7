// SPDX-License-Identifier: MIT
// The lines that an engine logs.
using namespace azoth;

AZOTH_SCENARIO("224", "Echo logging format") {
  MetaData m;
  Table t("t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}), Column("name", types::String())});
  const Any id = t.c("id");
  rec::capture_logging();
  const auto fresh = [&](const EngineOptions& options) {
    Engine made = create_engine("sqlite://", options);
    const rec::Quiet silence;
    create_all(m, made);
    return made;
  };

  Engine engine = fresh({});
  {
    Connection conn = engine.connect();
    rec::step("statements");
    conn.execute(insert(t), ParamsList{{{"id", 1}, {"name", "a"}}, {{"id", 2}, {"name", "b"}}});
    conn.execute(select(t).where(id == 1)).all();
    conn.execute(select(t).where(id == 2)).all();
    conn.execute(text("select :x"), {{"x", "y"}}).all();
    conn.exec_driver_sql("select 1").all();
    conn.exec_driver_sql("select ?", {5}).all();
    rec::step("savepoint and commit");
    Transaction sp = conn.begin_nested();
    sp.rollback();
    conn.commit();
    rec::step("long parameter lists");
    ParamsList sets;
    for (int i = 100; i < 130; ++i) {
      sets.push_back({{"id", i}, {"name", "n"}});
    }
    conn.execute(insert(t), sets);
    rec::step("long string parameter");
    conn.execute(insert(t), Params{{"id", 50}, {"name", std::string(500, 'x')}});
    rec::step("many parameters of one statement");
    std::vector<int> numbers;
    for (int i = 0; i < 120; ++i) {
      numbers.push_back(i);
    }
    conn.execute(select(id).where(id.in(numbers)));
    rec::step("None, bytes, float");
    conn.execute(select(Any(text(":a, :b, :c"))),
                 {{"a", null}, {"b", Bytes{std::byte{'x'}}}, {"c", 1.5}});
    rec::step("rollback");
  }
  rec::step("hide_parameters");
  {
    Engine e2 = fresh({.hide_parameters = true});
    Connection conn = e2.connect();
    conn.execute(insert(t), Params{{"id", 1}, {"name", "secret"}});
    rec::attempt("error", [&] { conn.execute(insert(t), Params{{"id", 1}, {"name", "secret"}}); });
  }
  rec::step("logging_name");
  {
    Engine e3 = fresh({.logging_name = "mine"});
    Connection conn = e3.connect();
    conn.execute(text("select 1"));
  }
  rec::step("echo='debug': rows");
  set_log_level("azoth.engine", LogLevel::debug);
  {
    Engine e4 = fresh({});
    Connection conn = e4.connect();
    conn.execute(insert(t), Params{{"id", 1}, {"name", "row"}});
    conn.execute(select(t)).all();
  }
  set_log_level("azoth.engine", LogLevel::warning);
  rec::step("silent when the level is WARNING");
  {
    Engine e5 = fresh({});
    Connection conn = e5.connect();
    conn.execute(text("select 1"));
  }
  rec::note("done");
}
