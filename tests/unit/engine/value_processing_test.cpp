// SPDX-License-Identifier: MIT
// What types do to values on their way to the database and back; the texts of errors are
// SQLAlchemy's.
#include "fixture.hpp"
#include <azoth/sql/condition.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/types/processors.hpp>

namespace azoth {
namespace {

int calls = 0;

// A text that is stored backwards; NULL as "none".
TypePtr backwards() {
  const auto turned = [](const Value& value) {
    const std::string& text = value.get<std::string>();
    return std::string(text.rbegin(), text.rend());
  };
  return types::TypeDecorator(
      types::String(30),
      {.process_bind_param = [turned](const Value& value, std::string_view) -> Value {
         ++calls;
         return value.is_null() ? Value("enon") : Value(turned(value));
       },
       .process_result_value = [turned](const Value& value, std::string_view dialect) -> Value {
         EXPECT_EQ(dialect, "sqlite");
         return turned(value);
       }});
}

class ValueProcessing : public EngineTest {
 protected:
  template <class F>
  std::string what_of(F&& f) {
    try {
      f();
    } catch (const StatementError& error) {
      return error.what();
    }
    return "no error";
  }

  Value stored(Connection& c, std::string_view column) {
    return c.execute(text("SELECT " + std::string(column) + " FROM v")).scalar().value();
  }

  MetaData own;
  Table v{
      "v",
      own,
      {Column("id", types::Integer(), {.primary_key = true}),
       Column("word", backwards()),
       Column("day", types::Date()),
       Column("is_on", types::Boolean()),
       Column("price", types::Numeric(10, 2)),
       Column("size",
              types::Enum({"S", "L"},
                          {.name = "size", .validate_strings = true, .names = {"small", "large"}})),
       Column("key", types::Uuid()),
       Column("span", types::Interval()),
       Column("raw", types::LargeBinary())}};

  Engine engine = [&] {
    Engine made = create_engine("sqlite://");
    create_all(own, made);
    return made;
  }();
};

TEST_F(ValueProcessing, ProcessorsChangeWhatIsSentAndWhatIsRead) {
  Connection c = engine.connect();
  c.execute(insert(v).values({{"id", 1}, {"word", "abc"}}));
  EXPECT_EQ(stored(c, "word"), Value("cba"));
  EXPECT_EQ(c.execute(select(v.c("word"))).scalar(), Value("abc"));
  EXPECT_EQ(c.execute(select(v.c<std::string>("word"))).scalar(), "abc");
  EXPECT_EQ(c.execute(select(v.c("id")).where(v.c("word") == "abc")).scalars().all().size(), 1u);
  EXPECT_EQ(c.execute(select(v.c("id")).where(v.c("word").in({"x", "abc"}))).scalars().all().size(),
            1u);
}

TEST_F(ValueProcessing, ProcessorsSeeNullAndAreCalledOnce) {
  Connection c = engine.connect();
  calls = 0;
  c.execute(insert(v).values({{"id", 1}, {"word", null}}));
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(c.execute(select(v.c("word"))).scalar(), Value("none"));
}

TEST_F(ValueProcessing, ParameterSetsAreProcessedEach) {
  Connection c = engine.connect();
  calls = 0;
  c.execute(insert(v), ParamsList{{{"id", 1}, {"word", "ab"}}, {{"id", 2}, {"word", "cd"}}});
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(c.execute(select(v.c("word")).order_by(v.c("id"))).scalars().all(),
            (std::vector<Value>{"ab", "cd"}));
}

TEST_F(ValueProcessing, ProcessorsMakeLiterals) {
  EXPECT_EQ(to_string(select(v.c("id")).where(v.c("word") == "ab").node(),
                      engine.dialect(),
                      {.literal_binds = true}),
            "SELECT v.id \nFROM v \nWHERE v.word = 'ba'");
}

TEST_F(ValueProcessing, WhatTheProcessorThrowsIsAStatementError) {
  const TypePtr picky = types::TypeDecorator(
      types::Integer(), {.process_bind_param = [](const Value&, std::string_view) -> Value {
        throw std::runtime_error("not today");
      }});
  Connection c = engine.connect();
  EXPECT_EQ(what_of([&] { c.execute(select(literal(1, picky))); }),
            "(std::exception) not today\n[SQL: SELECT ? AS anon_1]");
}

TEST_F(ValueProcessing, RefusalsComeBeforeTheTransaction) {
  Connection c = engine.connect();
  const auto refusal = [&](const char* column, Value value) {
    const std::string text = message_of<StatementError>(
        [&] { c.execute(insert(v).values({{"id", 1}, {column, value}})); });
    EXPECT_FALSE(c.in_transaction());
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(refusal("day", "2020-01-01"),
            "(azoth.TypeError) SQLite Date type only accepts Python date objects as input.");
  EXPECT_EQ(refusal("is_on", "yes"), "(azoth.TypeError) Not a boolean value: 'yes'");
  EXPECT_EQ(refusal("is_on", 5), "(azoth.ValueError) Value 5 is not None, True, or False");
  EXPECT_EQ(refusal("price", "x"), "(azoth.ValueError) could not convert string to float: 'x'");
  EXPECT_EQ(refusal("size", "huge"),
            "(azoth.LookupError) 'huge' is not among the defined enum values. Enum name: size. "
            "Possible values: small, large");
  EXPECT_EQ(refusal("key", 5), "(azoth.TypeError) Uuid takes an azoth::Uuid, not 5");
  EXPECT_EQ(refusal("span", 5), "(azoth.TypeError) Interval takes an azoth::Interval, not 5");
  EXPECT_EQ(refusal("raw", "x"), "(azoth.TypeError) a bytes-like object is required, not 'x'");
}

TEST_F(ValueProcessing, ParametersAreShownAsGiven) {
  Connection c = engine.connect();
  EXPECT_EQ(what_of([&] { c.execute(insert(v), Params{{"id", 1}, {"is_on", 5}}); }),
            "(azoth.ValueError) Value 5 is not None, True, or False\n"
            "[SQL: INSERT INTO v (id, is_on) VALUES (?, ?)]\n"
            "[parameters: [{'id': 1, 'is_on': 5}]]");
}

TEST_F(ValueProcessing, StandardTypesAreStoredInTheirForms) {
  Connection c = engine.connect();
  const Uuid uuid = *Uuid::parse("12345678-1234-5678-1234-567812345678");
  const Interval span{90'061'000'000};
  c.execute(insert(v).values(
      {{"id", 1}, {"price", 7}, {"size", "large"}, {"key", uuid}, {"span", span}, {"is_on", 1}}));
  EXPECT_EQ(stored(c, "typeof(price)"), Value("integer"));  // by the column's affinity
  EXPECT_EQ(stored(c, "size"), Value("L"));
  EXPECT_EQ(stored(c, "key"), Value("12345678123456781234567812345678"));
  EXPECT_EQ(stored(c, "span"), Value("1970-01-02 01:01:01.000000"));
  const auto row =
      c.execute(select(v.c("size"), v.c("key"), v.c("span"), v.c("is_on"), v.c("price"))).one();
  EXPECT_EQ(std::get<0>(row), Value("large"));
  EXPECT_EQ(std::get<1>(row), Value(uuid));
  EXPECT_EQ(std::get<2>(row), Value(span));
  EXPECT_EQ(std::get<3>(row), Value(true));
  EXPECT_EQ(std::get<4>(row), Value(Decimal("7.00")));
  const auto typed =
      c.execute(select(v.c<Uuid>("key"), v.c<std::optional<Interval>>("span"))).one();
  EXPECT_EQ(std::get<0>(typed), uuid);
  EXPECT_EQ(std::get<1>(typed), span);
}

TEST_F(ValueProcessing, AnUnknownMemberIsRefusedWhenItIsRead) {
  Connection c = engine.connect();
  c.execute(text("INSERT INTO v (id, size, word) VALUES (1, 'XXL', 'x')"));
  EXPECT_EQ(message_of<LookupError>([&] { c.execute(select(v.c("size"))).all(); }),
            "'XXL' is not among the defined enum values. Enum name: size. Possible values: small, "
            "large");
}

TEST_F(ValueProcessing, ValuesLiveAsLongAsRowsAreRead) {
  Connection c = engine.connect();
  c.execute(insert(v),
            ParamsList{{{"id", 1}, {"word", "longer than a short string"}},
                       {{"id", 2}, {"word", "longer than a short string"}}});
  auto result = c.execute(select(v.c("id")).where(v.c("word") == "longer than a short string"));
  EXPECT_EQ(result.scalars().all().size(), 2u);
}

TEST_F(ValueProcessing, VariantsUseTheTypeOfTheDialect) {
  const TypePtr type =
      types::variant(types::Integer(), {{"sqlite", backwards()}, {"mysql", types::Text()}});
  Connection c = engine.connect();
  EXPECT_EQ(c.execute(select(literal("abc", type))).scalar(), Value("abc"));
}

}  // namespace
}  // namespace azoth
