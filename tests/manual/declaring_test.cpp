// SPDX-License-Identifier: MIT
// docs/manual/declaring.md. Classes stand in a namespace each, so that their tables do too.
#include "manual/transcript.hpp"
#include <azoth/orm/composite.hpp>
#include <azoth/sql/ddl.hpp>

// [snippet enum]
enum class Genre { novel, poetry, history };

template <>
struct azoth::EnumMembers<Genre> {
  static constexpr std::string_view name = "genre";
  static constexpr std::pair<Genre, std::string_view> members[] = {
      {Genre::novel, "novel"}, {Genre::poetry, "poetry"}, {Genre::history, "history"}};
};

// [/snippet]

namespace manual {
namespace {

using namespace azoth;

// [snippet columns]
struct Book : Entity<Book, "book"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"isbn", std::string, Length<13>, Unique> isbn;
  Column<"title", std::string, Length<200>, Indexed> title;
  Column<"subtitle", std::optional<std::string>> subtitle;
  Column<"genre", Genre, Default<Genre::novel>> genre;
  Column<"price", Decimal, Precision<10, 2>> price;
  Column<"published", std::optional<Date>> published;
  Column<"in_print", bool, Default<true>> in_print;
  Column<"created", DateTime, DefaultSql<"CURRENT_TIMESTAMP">> created;
  Column<"text", std::optional<std::string>, SqlType<[] { return types::Text(); }>> text;
};

// [/snippet]

// [snippet names]
struct Shelf : Entity<Shelf, "shelf"> {
  Column<"room", std::string, PrimaryKey, Length<20>> room;
  Column<"number", std::int32_t, PrimaryKey, ColumnName<"shelf_no">> number;
  Column<"width_cm", std::int32_t, ServerDefault<"80">, ColumnComment<"inside">> width_cm;
  Column<"height_cm", std::int32_t> height_cm;

  static TableArgs table_args() {
    return {.constraints = {CheckConstraint("height_cm > 0", "ck_height")},
            .indexes = {Index{"ix_size", {"width_cm", "height_cm"}}}};
  }
};

// [/snippet]

// [snippet deferred]
struct Photo : Entity<Photo, "photo"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"caption", std::string> caption;
  Column<"pixels", std::optional<std::vector<std::byte>>, Deferred> pixels;
};

// [/snippet]

// [snippet computed]
struct Stay : Entity<Stay, "stay"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"guest", std::string> guest;
  Column<"nights", std::int64_t> nights;
  Column<"rate", std::int64_t> rate;

  Hybrid<"total", [](auto self) { return self[&Stay::nights] * self[&Stay::rate]; }> total;
  ColumnProperty<"badge", std::string, [](auto self) { return func::upper(self[&Stay::guest]); }>
      badge;
  Synonym<"visitor", &Stay::guest> visitor;
};

// [/snippet]

// [snippet composite]
struct Point {
  int x, y;
};

struct Pin : Entity<Pin, "pin"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x", int> x;
  Column<"y", int> y;
  Composite<Pin, Point, &Pin::x, &Pin::y> at;
};

// [/snippet]

// [snippet mixin]
template <class D>
struct Stamped {
  MixinColumn<D, "created_by", std::string, Words::Length<30>> created_by;
};

struct Invoice : Entity<Invoice, "invoice">, Stamped<Invoice> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"amount", Decimal, Precision<10, 2>> amount;
};

// [/snippet]

// [snippet table]
MetaData& archive() {
  static auto& metadata = *new MetaData;  // lives as long as the program
  return metadata;
}

const Table& letter_table() {
  static const Table table("letter",
                           archive(),
                           {Column("letter_id", types::Integer(), {.primary_key = true}),
                            Column("from_name", types::String(40)),
                            Column("scanned", types::Boolean())});
  return table;
}

struct Letter : Entity<Letter, "letter", InMetaData<&archive>, MapsTable<&letter_table>> {
  Column<"id", std::int64_t, PrimaryKey, ColumnName<"letter_id">> id;
  Column<"sender", std::optional<std::string>, ColumnName<"from_name">> sender;
};

// [/snippet]

// [snippet version]
struct Page : Entity<Page, "page"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"version", std::int64_t, VersionId> version;
  Column<"body", std::string> body;
};

// [/snippet]

class Declaring : public Transcript {
 protected:
  Engine engine = create_engine("sqlite://");

  // A session whose statements are in the transcript.
  template <class... E>
  Session session_of() {
    create_all<E...>(engine);
    set_log_level("azoth.engine", LogLevel::info);
    return Session(engine);
  }

  ~Declaring() override { reset_log_level("azoth.engine"); }
};

TEST_F(Declaring, ColumnsMakeATable) {
  // [snippet print-ddl]
  std::cout << to_string(sql::create_table(inspect<Book>().local_table().node()),
                         dialect("postgresql"));
  // [/snippet]
  // [output book-ddl]
  EXPECT_EQ(said(), R"(

CREATE TABLE book (
	id SERIAL NOT NULL,
	isbn VARCHAR(13) NOT NULL,
	title VARCHAR(200) NOT NULL,
	subtitle VARCHAR,
	genre genre NOT NULL,
	price NUMERIC(10, 2) NOT NULL,
	published DATE,
	in_print BOOLEAN NOT NULL,
	created TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	text TEXT,
	PRIMARY KEY (id),
	UNIQUE (isbn)
)

)");
  // [/output]
  std::cout << to_string(sql::create_table(inspect<Shelf>().local_table().node()),
                         dialect("sqlite"));
  // [output shelf-ddl]
  EXPECT_EQ(said(), R"(

CREATE TABLE shelf (
	room VARCHAR(20) NOT NULL,
	shelf_no INTEGER NOT NULL,
	width_cm INTEGER DEFAULT '80' NOT NULL,
	height_cm INTEGER NOT NULL,
	PRIMARY KEY (room, shelf_no),
	CONSTRAINT ck_height CHECK (height_cm > 0)
)

)");
  // [/output]
}

TEST_F(Declaring, DefaultsFillInWhatWasNotGiven) {
  Session session = session_of<Book>();
  // [snippet use-columns]
  ptr<Book> book = make<Book>({.isbn = "9780141439518",
                               .title = "Pride and Prejudice",
                               .price = Decimal("7.99"),
                               .published = Date{1813, 1, 28}});
  session.add(book);
  session.flush();
  std::cout << book->price->to_string() << ' ' << name_of_member(*book->genre) << '\n';
  // [/snippet]
  // [output use-columns-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO book (isbn, title, subtitle, genre, price, published, in_print, created, text) VALUES (?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, ?) RETURNING id, created
[...] ('9780141439518', 'Pride and Prejudice', None, 'novel', 7.99, '1813-01-28', 1, None)
7.99 novel
)");
  // [/output]
}

TEST_F(Declaring, AKeyMayHaveSeveralColumns) {
  Session session = session_of<Shelf>();
  session.add(make<Shelf>({.room = "attic", .number = 7, .height_cm = 180}));
  session.flush();
  session.expunge_all();
  hush();
  // [snippet get-composite]
  ptr<Shelf> shelf = session.get<Shelf>("attic", 7);
  // [/snippet]
  // [output get-composite-says]
  EXPECT_EQ(said(), R"(
SELECT shelf.room AS shelf_room, shelf.shelf_no AS shelf_shelf_no, shelf.width_cm AS shelf_width_cm, shelf.height_cm AS shelf_height_cm
FROM shelf
WHERE shelf.room = ? AND shelf.shelf_no = ?
[...] ('attic', 7)
)");
  // [/output]
  EXPECT_EQ(*shelf->height_cm, 180);
}

TEST_F(Declaring, DeferredColumnsAreLoadedWhenRead) {
  Session session = session_of<Photo>();
  session.add(make<Photo>({.caption = "harbour", .pixels = std::vector<std::byte>(3)}));
  session.commit();
  session.expunge_all();
  hush();
  // [snippet use-deferred]
  ptr<Photo> photo = session.scalars(select<Photo>()).one();
  std::cout << photo->caption << '\n';
  std::cout << photo->pixels->value().size() << " bytes\n";
  // [/snippet]
  // [output use-deferred-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT photo.id, photo.caption
FROM photo
[...] ()
harbour
SELECT photo.pixels AS photo_pixels
FROM photo
WHERE photo.id = ?
[...] (1,)
3 bytes
)");
  // [/output]
}

TEST_F(Declaring, ComputedAttributesWorkInObjectsAndInSql) {
  Session session = session_of<Stay>();
  session.add_all({make<Stay>({.guest = "ada", .nights = 3, .rate = 80}),
                   make<Stay>({.guest = "bob", .nights = 1, .rate = 90})});
  session.commit();
  hush();
  // [snippet use-computed]
  auto stmt = select<Stay>().where(col(&Stay::total) > 100).order_by(&Stay::visitor);
  ptr<Stay> stay = session.scalars(stmt).one();
  std::cout << stay->visitor.get() << ", " << stay->badge << ": " << *stay->total << '\n';
  // [/snippet]
  // [output use-computed-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT upper(stay.guest) AS upper_1, stay.id, stay.guest, stay.nights, stay.rate
FROM stay
WHERE stay.nights * stay.rate > ? ORDER BY stay.guest
[...] (100,)
ada, ADA: 240
)");
  // [/output]
}

TEST_F(Declaring, SeveralColumnsAreOneValue) {
  Session session = session_of<Pin>();
  hush();
  // [snippet use-composite]
  ptr<Pin> pin = make<Pin>({.at = Point{3, 4}});
  session.add(pin);
  session.flush();
  pin->at = Point{3, 5};
  session.flush();
  Point where = pin->at;
  auto found = session.scalars(select<Pin>().where(col(&Pin::at) == Point{3, 5})).one();
  // [/snippet]
  // [output use-composite-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO pin (x, y) VALUES (?, ?)
[...] (3, 4)
UPDATE pin SET y=? WHERE pin.id = ?
[...] (5, 1)
SELECT pin.id, pin.x, pin.y
FROM pin
WHERE pin.x = ? AND pin.y = ?
[...] (3, 5)
)");
  // [/output]
  EXPECT_EQ(where.y, 5);
  EXPECT_EQ(found, pin);
}

TEST_F(Declaring, MixinsBringColumns) {
  std::cout << to_string(sql::create_table(inspect<Invoice>().local_table().node()),
                         dialect("sqlite"));
  // [output mixin-ddl]
  EXPECT_EQ(said(), R"(

CREATE TABLE invoice (
	id INTEGER NOT NULL,
	amount NUMERIC(10, 2) NOT NULL,
	created_by VARCHAR(30) NOT NULL,
	PRIMARY KEY (id)
)

)");
  // [/output]
  Session session = session_of<Invoice>();
  hush();
  // [snippet use-mixin]
  session.add(make<Invoice>([](Invoice& invoice) {
    invoice.amount = Decimal("12.50");
    invoice.created_by = "ada";
  }));
  session.flush();
  // [/snippet]
  // [output use-mixin-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO invoice (amount, created_by) VALUES (?, ?)
[...] (12.5, 'ada')
)");
  // [/output]
}

TEST_F(Declaring, AClassMayMapATableOfTheProgram) {
  create_all(archive(), engine);
  Session session = session_of<Letter>();
  hush();
  // [snippet use-table]
  session.add(make<Letter>({.sender = "Ada Lovelace"}));
  session.flush();
  // [/snippet]
  // [output use-table-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO letter (from_name) VALUES (?)
[...] ('Ada Lovelace',)
)");
  // [/output]
}

TEST_F(Declaring, VersionsFindChangesOfOthers) {
  Session session = session_of<Page>();
  hush();
  // [snippet use-version]
  ptr<Page> page = make<Page>({.body = "first"});
  session.add(page);
  session.flush();
  session.execute(text("UPDATE page SET version = 7"));  // somebody else
  page->body = "second";
  try {
    session.flush();
  } catch (const StaleDataError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output use-version-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO page (version, body) VALUES (?, ?)
[...] (1, 'first')
UPDATE page SET version = 7
[...] ()
UPDATE page SET version=?, body=? WHERE page.id = ? AND page.version = ?
[...] (2, 'second', 1, 1)
ROLLBACK
UPDATE statement on table 'page' expected to update 1 row(s); 0 were matched.
)");
  // [/output]
}

}  // namespace
}  // namespace manual
