// SPDX-License-Identifier: MIT
// docs/manual/core-tutorial.md.
#include "manual/transcript.hpp"
#include <azoth/core.hpp>
#include <azoth/engine/prepare.hpp>

#include <stdexcept>

namespace manual {
namespace {

using namespace azoth;

class CoreTutorial : public Transcript {
 protected:
  // Creates the tables and fills them; nothing of that is in the transcript.
  void fill() {
    create_all(metadata, engine);
    engine.begin([&](Connection& connection) {
      connection.execute(insert(artist),
                         ParamsList{{{"id", 1}, {"name", "Nina Simone"}, {"born", 1933}},
                                    {{"id", 2}, {"name", "Miles Davis"}, {"born", 1926}},
                                    {{"id", 3}, {"name", "Anonymous"}, {"born", null}}});
      connection.execute(insert(album),
                         ParamsList{{{"title", "Pastel Blues"}, {"artist_id", 1}},
                                    {{"title", "Kind of Blue"}, {"artist_id", 2}},
                                    {{"title", "Sketches of Spain"}, {"artist_id", 2}}});
    });
    hush();
  }

  // [snippet schema]
  MetaData metadata;
  Table artist{"artist",
               metadata,
               {Column("id", types::Integer(), {.primary_key = true}),
                Column("name", types::String(80), {.nullable = false}),
                Column("born", types::Integer())}};
  Table album{"album",
              metadata,
              {Column("id", types::Integer(), {.primary_key = true}),
               Column("title", types::String(120), {.nullable = false}),
               Column("artist_id", types::Integer(), {.foreign_key = ForeignKey("artist.id")})}};
  // [/snippet]
  Engine engine = create_engine("sqlite://", {.echo = true});
};

TEST_F(CoreTutorial, AConnectionExecutesText) {
  // [snippet connect]
  Engine engine = create_engine("sqlite://", {.echo = true});
  Connection connection = engine.connect();
  for (const Row& row : connection.execute(text("SELECT 'hello', :n + 1 AS next"), {{"n", 1}})) {
    std::cout << row.get<std::string>(0) << ' ' << row.get<std::int64_t>("next") << '\n';
  }
  connection.close();
  // [/snippet]
  // [output connect-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT 'hello', ? + 1 AS next
[...] (1,)
hello 2
ROLLBACK
)");
  // [/output]
}

TEST_F(CoreTutorial, TablesAreCreated) {
  // [snippet create]
  create_all(metadata, engine);
  // [/snippet]
  // [output create-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
PRAGMA main.table_info("artist")
[...] ()
PRAGMA temp.table_info("artist")
[...] ()
PRAGMA main.table_info("album")
[...] ()
PRAGMA temp.table_info("album")
[...] ()

CREATE TABLE artist (
	id INTEGER NOT NULL,
	name VARCHAR(80) NOT NULL,
	born INTEGER,
	PRIMARY KEY (id)
)


[...] ()

CREATE TABLE album (
	id INTEGER NOT NULL,
	title VARCHAR(120) NOT NULL,
	artist_id INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(artist_id) REFERENCES artist (id)
)


[...] ()
COMMIT
)");
  // [/output]
}

TEST_F(CoreTutorial, RowsAreInserted) {
  create_all(metadata, engine);
  hush();
  // [snippet insert]
  engine.begin([&](Connection& connection) {
    Result<> result = connection.execute(insert(artist).values({{"name", "Nina Simone"}}));
    std::cout << repr(Literal(result.inserted_primary_key()[0])) << '\n';

    connection.execute(insert(artist),
                       ParamsList{{{"name", "Miles Davis"}, {"born", 1926}},
                                  {{"name", "Anonymous"}, {"born", null}}});
  });
  // [/snippet]
  // [output insert-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO artist (name) VALUES (?)
[...] ('Nina Simone',)
1
INSERT INTO artist (name, born) VALUES (?, ?)
[...] [('Miles Davis', 1926), ('Anonymous', None)]
COMMIT
)");
  // [/output]
}

TEST_F(CoreTutorial, SelectsAreExpressions) {
  fill();
  // [snippet select]
  Connection connection = engine.connect();
  auto name = artist.c<std::string>("name");
  auto born = artist.c<std::optional<std::int64_t>>("born");

  auto stmt = select(name, born).where(born < 1930 || born == null).order_by(name);
  for (auto [who, year] : connection.execute(stmt)) {
    std::cout << who << ' ' << year.value_or(0) << '\n';
  }
  // [/snippet]
  // [output select-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT artist.name, artist.born
FROM artist
WHERE artist.born < ? OR artist.born IS NULL ORDER BY artist.name
[...] (1930,)
Anonymous 0
Miles Davis 1926
)");
  // [/output]

  // [snippet dynamic]
  for (const Row& row : connection.execute(select(artist).where(artist.c("id") == 1))) {
    std::cout << repr(row) << '\n';
  }
  // [/snippet]
  // [output dynamic-says]
  EXPECT_EQ(said(), R"(
SELECT artist.id, artist.name, artist.born
FROM artist
WHERE artist.id = ?
[...] (1,)
(1, 'Nina Simone', 1933)
)");
  // [/output]

  // [snippet join]
  auto counted = select(name, func::count(album.c("id")).label("albums"))
                     .select_from(artist)
                     .join(album)
                     .group_by(name)
                     .having(func::count(album.c("id")) > 1);
  auto [who, albums] = connection.execute(counted).one();
  std::cout << who << ' ' << albums << '\n';
  // [/snippet]
  // [output join-says]
  EXPECT_EQ(said(), R"(
SELECT artist.name, count(album.id) AS albums
FROM artist JOIN album ON artist.id = album.artist_id GROUP BY artist.name
HAVING count(album.id) > ?
[...] (1,)
Miles Davis 2
)");
  // [/output]
}

TEST_F(CoreTutorial, StatementsAreMadeOfStatements) {
  fill();
  Connection connection = engine.connect();
  auto name = artist.c<std::string>("name");
  // [snippet scalar-subquery]
  auto albums = select(func::count())
                    .select_from(album)
                    .where(album.c("artist_id") == artist.c("id"))
                    .scalar_subquery();
  auto stmt = select(name, albums.label("albums")).order_by("albums", name);
  for (auto [who, n] : connection.execute(stmt)) {
    std::cout << who << ' ' << n.value() << '\n';
  }
  // [/snippet]
  // [output scalar-subquery-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT artist.name, (SELECT count(*) AS count_1
FROM album
WHERE album.artist_id = artist.id) AS albums
FROM artist ORDER BY albums, artist.name
[...] ()
Anonymous 0
Nina Simone 1
Miles Davis 2
)");
  // [/output]

  // [snippet union]
  auto all =
      union_all(select(name).where(artist.c("born") < 1930), select(album.c<std::string>("title")));
  std::cout << connection.scalars(all).all().size() << '\n';
  // [/snippet]
  // [output union-says]
  EXPECT_EQ(said(), R"(
SELECT artist.name
FROM artist
WHERE artist.born < ? UNION ALL SELECT album.title
FROM album
[...] (1930,)
4
)");
  // [/output]
}

TEST_F(CoreTutorial, ExpressionsGoFurther) {
  fill();
  Connection connection = engine.connect();
  auto title = album.c<std::string>("title");
  auto artist_id = album.c<std::int64_t>("artist_id");
  hush();
  // [snippet window]
  auto place = over(func::row_number(), {.partition_by = {artist_id}, .order_by = {title}});
  auto size = case_({when(func::length(title) > 15, "long")}, "short");
  auto stmt = select(title, place.label("place"), size.label("size")).order_by(title);
  for (auto [name, number, length] : connection.execute(stmt)) {
    std::cout << name << ' ' << number << ' ' << length << '\n';
  }
  // [/snippet]
  // [output window-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT album.title, row_number() OVER (PARTITION BY album.artist_id ORDER BY album.title) AS place, CASE WHEN (length(album.title) > ?) THEN ? ELSE ? END AS size
FROM album ORDER BY album.title
[...] (15, 'long', 'short')
Kind of Blue 1 short
Pastel Blues 1 short
Sketches of Spain 2 long
)");
  // [/output]

  // [snippet recursive]
  From numbers = select(literal(std::int64_t{1}).label("n")).cte("numbers", true);
  auto n = numbers.c<std::int64_t>("n");
  numbers = numbers.union_all(select(n + 1).where(n < 4));
  std::int64_t sum = connection.scalar(select(func::sum(numbers.c<std::int64_t>("n")))).value();
  // [/snippet]
  EXPECT_EQ(sum, 10);
  // [output recursive-says]
  EXPECT_EQ(said(), R"(
WITH RECURSIVE numbers(n) AS
(SELECT ? AS n UNION ALL SELECT numbers.n + ? AS anon_1
FROM numbers
WHERE numbers.n < ?)
 SELECT sum(numbers.n) AS sum_1
FROM numbers
[...] (1, 1, 4)
)");
  // [/output]
}

TEST_F(CoreTutorial, StatementsAreAssembledAtRunTime) {
  fill();
  Connection connection = engine.connect();
  hush();
  const std::vector<std::string> wanted = {"name", "born"};
  const bool is_sorted = true;
  // [snippet run-time]
  Select<> stmt = select(artist.c("id"));
  for (const std::string& column : wanted) {
    stmt = stmt.add_columns(artist.c(column));
  }
  if (is_sorted) {
    stmt = std::move(stmt).order_by(desc(artist.c("born"))).limit(1);
  }
  for (const Row& row : connection.execute(stmt)) {
    std::cout << row.get<std::string>("name") << '\n';
  }
  // [/snippet]
  // [output run-time-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT artist.id, artist.name, artist.born
FROM artist ORDER BY artist.born DESC
 LIMIT ? OFFSET ?
[...] (1, 0)
Nina Simone
)");
  // [/output]
}

TEST_F(CoreTutorial, StatementsArePreparedAsFunctions) {
  fill();
  Connection connection = engine.connect();
  // [snippet prepared]
  const auto born_before = prepare([&](Param<int> year) {
    return select(artist.c<std::string>("name")).where(artist.c<int>("born") < year);
  });
  for (const int year : {1930, 1920}) {
    for (const auto& [name] : born_before(connection, year)) {
      std::cout << name << '\n';
    }
  }
  // [/snippet]
  // [output prepared-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT artist.name
FROM artist
WHERE artist.born < ?
[...] (1930,)
Miles Davis
SELECT artist.name
FROM artist
WHERE artist.born < ?
[...] (1920,)
)");
  // [/output]
}

TEST_F(CoreTutorial, RowsAreChanged) {
  fill();
  // [snippet update]
  engine.begin([&](Connection& connection) {
    auto changed = connection.execute(
        update(artist).where(artist.c("name") == "Anonymous").values({{"born", 1900}}));
    auto removed = connection.execute(delete_(album).where(album.c("artist_id") == 2));
    std::cout << changed.rowcount() << ' ' << removed.rowcount() << '\n';
  });
  // [/snippet]
  // [output update-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
UPDATE artist SET born=? WHERE artist.name = ?
[...] (1900, 'Anonymous')
DELETE FROM album WHERE album.artist_id = ?
[...] (2,)
1 2
COMMIT
)");
  // [/output]

  Connection connection = engine.connect();
  // [snippet returning]
  auto stmt = insert(artist)
                  .values({{"name", "Sun Ra"}, {"born", 1914}})
                  .returning(artist.c<std::int64_t>("id"));
  std::int64_t id = connection.execute(stmt).scalar_one();
  // [/snippet]
  EXPECT_EQ(id, 4);
  // [output returning-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO artist (name, born) VALUES (?, ?) RETURNING id
[...] ('Sun Ra', 1914)
)");
  // [/output]

  // [snippet upsert]
  connection.execute(insert(artist)
                         .values({{"id", 4}, {"name", "Sun Ra"}, {"born", 1915}})
                         .on_conflict_do_update({.index_elements = {"id"}},
                                                {{"born", excluded(artist).c("born")}}));
  // [/snippet]
  // [output upsert-says]
  EXPECT_EQ(said(), R"(
INSERT INTO artist (id, name, born) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET born = excluded.born
[...] (4, 'Sun Ra', 1915)
)");
  // [/output]
}

TEST_F(CoreTutorial, TransactionsEndWhenTold) {
  fill();
  // [snippet transactions]
  Connection connection = engine.connect();
  connection.execute(delete_(album));  // begins the transaction
  connection.rollback();

  try {
    engine.begin([&](Connection& c) {
      c.execute(delete_(album));
      throw std::runtime_error("changed my mind");
    });
  } catch (const std::runtime_error& error) {
    std::cout << error.what() << '\n';
  }

  Transaction transaction = connection.begin();
  connection.begin_nested([&] { connection.execute(delete_(album)); });
  transaction.commit();
  // [/snippet]
  // [output transactions-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
DELETE FROM album
[...] ()
ROLLBACK
BEGIN (implicit)
DELETE FROM album
[...] ()
ROLLBACK
changed my mind
BEGIN (implicit)
SAVEPOINT sa_savepoint_1
[...] ()
DELETE FROM album
[...] ()
RELEASE SAVEPOINT sa_savepoint_1
[...] ()
COMMIT
)");
  // [/output]
}

TEST_F(CoreTutorial, StatementsPrintForAnyDatabase) {
  // [snippet print]
  auto stmt = select(artist.c("name")).where(artist.c("born").in({1926, 1933})).limit(5);
  std::cout << stmt << "\n\n";
  std::cout << to_string(stmt, dialect("mssql")) << "\n\n";
  std::cout << stmt.compile({.dialect = &dialect("postgresql"), .literal_binds = true}).string
            << '\n';
  // [/snippet]
  // [output print-says]
  EXPECT_EQ(said(), R"(
SELECT artist.name
FROM artist
WHERE artist.born IN ([POSTCOMPILE_born_1])
 LIMIT :param_1

SELECT TOP [POSTCOMPILE_param_1] artist.name
FROM artist
WHERE artist.born IN ([POSTCOMPILE_born_1])

SELECT artist.name
FROM artist
WHERE artist.born IN (1926, 1933)
 LIMIT 5
)");
  // [/output]
}

TEST_F(CoreTutorial, ErrorsShowTheStatement) {
  fill();
  Connection connection = engine.connect();
  connection.execute(text("SELECT 1"));
  hush();
  // [snippet error]
  try {
    connection.execute(insert(artist).values({{"id", 1}, {"name", "twin"}}));
  } catch (const IntegrityError& error) {
    std::cout << error.what() << '\n';
  }
  // [/snippet]
  // [output error-says]
  EXPECT_EQ(said(), R"(
INSERT INTO artist (id, name) VALUES (?, ?)
[...] (1, 'twin')
(sqlite3.IntegrityError) UNIQUE constraint failed: artist.id
[SQL: INSERT INTO artist (id, name) VALUES (?, ?)]
[parameters: (1, 'twin')]
(Background on this error at: https://sqlalche.me/e/20/gkpj)
)");
  // [/output]
}

TEST_F(CoreTutorial, ForgottenJoinsAreWarnedOf) {
  fill();
  CaptureWarnings warnings;
  Connection connection = engine.connect();
  // [snippet cartesian]
  connection.execute(select(artist.c("name"), album.c("title")));  // no join condition
  // [/snippet]
  ASSERT_EQ(warnings.records().size(), 1u);
  EXPECT_EQ("\n" + warnings.records()[0].message + "\n",
            // [output cartesian-says]
            R"(
SELECT statement has a cartesian product between FROM element(s) "album" and FROM element "artist".  Apply join condition(s) between each element to resolve.
)"
            // [/output]
  );
}

}  // namespace
}  // namespace manual
