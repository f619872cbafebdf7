// SPDX-License-Identifier: MIT
// docs/manual/coming-from-sqlalchemy.md: what its tables spell is compiled and run here. The texts
// are what SQLAlchemy prints for its own spelling.
#include "manual/user_model.hpp"
#include <azoth/engine/inspector.hpp>
#include <azoth/orm/events.hpp>

namespace manual {
namespace {

class ComingFromSqlalchemy : public UserTest {
 protected:
  MetaData m;
  Table a{"a", m, {Column("id", types::Integer(), {.primary_key = true})}};
  Table t{"t",
          m,
          {Column("id", types::Integer(), {.primary_key = true}),
           Column("name", types::String()),
           Column("a_id", types::Integer(), {.foreign_key = ForeignKey("a.id", "CASCADE")})}};
};

template <class X>
std::string text_of(const X& x) {
  std::string text = to_string(x);
  std::erase(text, '\n');
  return text;
}

TEST_F(ComingFromSqlalchemy, Expressions) {
  const Any x = t.c("id"), name = t.c("name");
  EXPECT_EQ(text_of(and_(x > 1, name == "n")), "t.id > :id_1 AND t.name = :name_1");
  EXPECT_EQ(text_of(x > 1 && !(name == "n")), "t.id > :id_1 AND t.name != :name_1");
  EXPECT_EQ(text_of(x == null), "t.id IS NULL");
  EXPECT_EQ(text_of(x.is_null()), "t.id IS NULL");
  EXPECT_EQ(text_of(x.in({1, 2})), "t.id IN ([POSTCOMPILE_id_1])");
  EXPECT_EQ(text_of(x.not_in({1, 2})), "(t.id NOT IN ([POSTCOMPILE_id_1]))");
  EXPECT_EQ(text_of(nulls_last(desc(x))), "t.id DESC NULLS LAST");
  EXPECT_EQ(text_of(cast<std::int64_t>(name)), "CAST(t.name AS INTEGER)");
  EXPECT_EQ(text_of(case_({when(x > 1, "v")}, "w")),
            "CASE WHEN (t.id > :id_1) THEN :param_1 ELSE :param_2 END");
  EXPECT_EQ(text_of(func::call<std::string>("anything", name)), "anything(t.name)");
  EXPECT_EQ(text_of(t.c<std::string>("name").label("n")), "t.name");
  EXPECT_EQ(text_of(literal(1)), ":param_1");
  EXPECT_EQ(text_of(bindparam("x")), ":x");
}

TEST_F(ComingFromSqlalchemy, Statements) {
  EXPECT_EQ(text_of(select(t.c("id"), func::count())), "SELECT t.id, count(*) AS count_1 FROM t");
  EXPECT_EQ(text_of(select(t)), "SELECT t.id, t.name, t.a_id FROM t");
  EXPECT_EQ(text_of(union_(select(a), select(t.c("a_id")))),
            "SELECT a.id FROM a UNION SELECT t.a_id FROM t");
  EXPECT_EQ(text_of(except_(select(a), select(t.c("a_id")))),
            "SELECT a.id FROM a EXCEPT SELECT t.a_id FROM t");
  EXPECT_EQ(text_of(insert(t).values({{"name", "x"}})), "INSERT INTO t (name) VALUES (:name)");
  EXPECT_EQ(text_of(delete_(t)), "DELETE FROM t");
  EXPECT_EQ(select(t.c("id"))
                .where(t.c("name") == "x")
                .compile({.dialect = &dialect("postgresql"), .literal_binds = true})
                .string,
            "SELECT t.id \nFROM t \nWHERE t.name = 'x'");
}

TEST_F(ComingFromSqlalchemy, Executions) {
  create_all(m, engine);
  Connection conn = engine.connect();
  conn.execute(insert(a), {{"id", 1}});
  conn.execute(insert(t), ParamsList{{{"id", 1}, {"name", "x"}}, {{"id", 2}, {"name", "y"}}});
  conn.execute(insert(t)
                   .values({{"id", 1}, {"name", "z"}})
                   .on_conflict_do_update({.index_elements = {"id"}}, {{"name", "z"}}));
  EXPECT_EQ(conn.execute(text("SELECT name FROM t WHERE id = :x"), {{"x", 1}}).scalar(),
            Value("z"));
  conn.commit();

  MetaData other;
  EXPECT_EQ(autoload("t", other, engine).columns().size(), 3u);
  reflect(other, engine);
  EXPECT_TRUE(inspect(engine).has_table("a"));
}

TEST_F(ComingFromSqlalchemy, Queries) {
  Session session(engine);
  auto u = aliased<User>("u");
  EXPECT_EQ(session.scalars(select(u).where(u[&User::name] == "sandy")).all().size(), 1u);
  EXPECT_EQ(session.execute(select(entity<User>(), &Address::email_address).join(&User::addresses))
                .all()
                .size(),
            3u);
  auto address = aliased<Address>();
  EXPECT_EQ(
      session.execute(select(&User::id).join(col(&User::addresses).of_type(address))).all().size(),
      3u);
  EXPECT_EQ(
      session.scalars(select<Address>().where(col(&Address::user).has(col(&User::name) == "sandy")))
          .all()
          .size(),
      2u);
  EXPECT_EQ(session.query<User>().filter(col(&User::name) == "sandy").one()->id, 2);
  std::vector<ptr<User>> all =
      session.scalars(select<User>().options(selectinload(&User::addresses))).all();
  EXPECT_EQ(all.size(), 3u);
  EXPECT_EQ(inspect<User>().class_name(), "User");
  EXPECT_EQ(**all[1]->fullname, "Sandy Cheeks");
}

TEST_F(ComingFromSqlalchemy, Sessions) {
  SessionMaker maker = sessionmaker(engine);
  maker.begin([](Session& s) { s.add(make<User>({.name = "pearl"})); });
  Session session = maker();
  int flushes = 0;
  event::listen(session, event::before_flush, [&](Session&) { ++flushes; });
  session.begin([&] { session.get<User>(4)->name = "krabs"; });
  EXPECT_EQ(flushes, 1);
  session.execute(update<User>().where(col(&User::id) == 4).values({{&User::name, "x"}}));
  EXPECT_EQ(session.get<User>(4)->name, "x");
  session.delete_(session.get<User>(4));
  session.no_autoflush([&] { EXPECT_EQ(session.scalars(select<User>()).all().size(), 4u); });
  session.commit();
  EXPECT_EQ(session.get<User>(4), nullptr);
}

}  // namespace
}  // namespace manual
