// SPDX-License-Identifier: MIT
// docs/manual/reflection-and-types.md.
#include "manual/transcript.hpp"
#include <azoth/dialects/postgresql.hpp>
#include <azoth/engine/inspector.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/types/chrono.hpp>
#include <azoth/types/processors.hpp>

// [snippet cpp-type]
struct Celsius {
  double degrees = 0;
};

Celsius celsius_of(const azoth::Value& value) {
  return {value.get<double>()};
}

azoth::Value value_of(const Celsius& celsius) {
  return azoth::Value(celsius.degrees);
}

template <>
struct azoth::CppType<Celsius> {
  static constexpr bool mapped = true;

  static constexpr CellType cell() {
    return {CellKind::custom, false, &codec_of<Celsius, celsius_of, value_of>};
  }

  static TypePtr type() { return types::Float(); }
};

// [/snippet]

namespace manual {
namespace {

using namespace azoth;

// [snippet use-cpp-type]
struct Weather : Entity<Weather, "weather"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"at", DateTime> at;
  Column<"outside", Celsius> outside;
};

// [/snippet]

class ReflectionAndTypes : public Transcript {
 protected:
  Engine engine = create_engine("sqlite://");
};

TEST_F(ReflectionAndTypes, AnInspectorAnswersQuestions) {
  // [snippet inspect]
  engine.begin([](Connection& connection) {
    connection.execute(text("CREATE TABLE shop (id INTEGER PRIMARY KEY, city VARCHAR(40))"));
    connection.execute(
        text("CREATE TABLE sale (id INTEGER PRIMARY KEY, "
             "shop_id INTEGER NOT NULL REFERENCES shop (id), total NUMERIC(10, 2))"));
  });

  Inspector inspector = inspect(engine);
  for (const std::string& table : inspector.get_table_names()) {
    std::cout << table << ':';
    for (const ReflectedColumn& column : inspector.get_columns(table)) {
      std::cout << ' ' << column.name << ' ' << engine.dialect().type_name(column.type);
    }
    std::cout << '\n';
  }
  std::cout << inspector.get_foreign_keys("sale")[0].referred_table << '\n';
  // [/snippet]
  // [output inspect-says]
  EXPECT_EQ(said(), R"(
sale: id INTEGER shop_id INTEGER total NUMERIC(10, 2)
shop: id INTEGER city VARCHAR(40)
shop
)");
  // [/output]

  // [snippet autoload]
  MetaData metadata;
  Table sale = autoload("sale", metadata, engine);  // and shop, to which it refers
  Table shop = metadata.table("shop");
  std::cout << select(shop.c("city"), sale.c("total")).join_from(shop, sale) << '\n';
  // [/snippet]
  // [output autoload-says]
  EXPECT_EQ(said(), R"(
SELECT shop.city, sale.total
FROM shop JOIN sale ON shop.id = sale.shop_id
)");
  // [/output]

  // [snippet reflect]
  MetaData all;
  reflect(all, engine);
  std::cout << all.sorted_tables().size() << '\n';
  // [/snippet]
  EXPECT_EQ(said(), "\n2\n");

  // [snippet no-table]
  try {
    Table nothing = autoload("nothing", metadata, engine);
  } catch (const NoSuchTableError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  EXPECT_EQ(said(), "\nnothing\n");
}

TEST_F(ReflectionAndTypes, ValuesAreExact) {
  // [snippet values]
  Decimal price("19.90");
  std::cout << (price * 3).to_string() << '\n';

  Date day{2024, 2, 28};
  std::cout << day.add_days(2).to_string() << '\n';

  DateTime moment = DateTime::parse("2024-02-28 12:30:00").value();
  std::cout << moment.to_string() << '\n';

  Uuid id = Uuid::parse("12345678-1234-5678-1234-567812345678").value();
  std::cout << id.hex() << '\n';
  // [/snippet]
  // [output values-says]
  EXPECT_EQ(said(), R"(
59.70
2024-03-01
2024-02-28 12:30:00
12345678123456781234567812345678
)");
  // [/output]
  // [snippet chrono]
  std::chrono::sys_time<std::chrono::microseconds> when = to_sys_time(moment);  // read as UTC
  DateTime later = to_datetime(when + std::chrono::hours(36));
  // [/snippet]
  EXPECT_EQ(later.to_string(), "2024-03-01 00:30:00");
}

TEST_F(ReflectionAndTypes, ReadingIsStrict) {
  // [snippet strict]
  MetaData metadata;
  Table t("t", metadata, {Column("n", types::Integer())});
  create_all(metadata, engine);
  Connection connection = engine.connect();
  connection.execute(text("INSERT INTO t VALUES ('seven')"));  // SQLite allows it
  try {
    connection.execute(select(t.c<std::int64_t>("n"))).all();
  } catch (const DataError& error) {
    std::cout << error.message() << '\n';
  }
  // [/snippet]
  // [output strict-says]
  EXPECT_EQ(said(), R"(
(sqlite3.DataError) column t.n holds 'seven' (text), which is no value of std::int64_t (SQL type Integer())
)");
  // [/output]
}

TEST_F(ReflectionAndTypes, ProgramsHaveTypesOfTheirOwn) {
  create_all<Weather>(engine);
  Session session(engine);
  session.add(make<Weather>({.at = DateTime{{2024, 7, 1}, {12, 0, 0}}, .outside = Celsius{31.5}}));
  session.commit();
  EXPECT_EQ(session.scalars(select<Weather>()).one()->outside->degrees, 31.5);

  // [snippet decorator]
  TypePtr lower_case = types::TypeDecorator(
      types::String(40), {.process_bind_param = [](const Value& value, std::string_view) {
        const std::string* given = value.get_if<std::string>();
        if (given == nullptr) {
          return value;  // NULL
        }
        std::string text = *given;
        for (char& c : text) {
          c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return Value(text);
      }});
  MetaData metadata;
  Table mail("mail", metadata, {Column("address", lower_case)});
  create_all(metadata, engine);
  engine.begin([&](Connection& connection) {
    connection.execute(insert(mail).values({{"address", "Ada@Example.ORG"}}));
    std::cout << connection.scalar(select(mail.c<std::string>("address"))).value() << '\n';
  });
  // [/snippet]
  // [output decorator-says]
  EXPECT_EQ(said(), R"(
ada@example.org
)");
  // [/output]
}

TEST_F(ReflectionAndTypes, OneTypeIsAnotherElsewhere) {
  // [snippet variant]
  MetaData metadata;
  Table event(
      "event",
      metadata,
      {Column("id", types::Uuid(), {.primary_key = true}),
       Column("payload", types::variant(types::JSON(), {{"postgresql", postgresql::JSONB()}})),
       Column("tags",
              types::variant(types::Text(), {{"postgresql", types::ARRAY(types::Text())}}))});
  for (const char* name : {"sqlite", "postgresql"}) {
    std::cout << to_string(sql::create_table(event.node()), dialect(name));
  }
  // [/snippet]
  // [output variant-says]
  EXPECT_EQ(said(), R"(

CREATE TABLE event (
	id CHAR(32) NOT NULL,
	payload JSON,
	tags TEXT,
	PRIMARY KEY (id)
)


CREATE TABLE event (
	id UUID NOT NULL,
	payload JSONB,
	tags TEXT[],
	PRIMARY KEY (id)
)

)");
  // [/output]
}

}  // namespace
}  // namespace manual
