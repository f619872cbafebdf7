// SPDX-License-Identifier: MIT
// SQL types: interned by content, named as SQLAlchemy's repr names them.
#include "azoth/base/error.hpp"
#include "azoth/types/types.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace azoth {
namespace {

TEST(SqlType, EqualTypesAreOneObject) {
  EXPECT_EQ(types::Integer(), types::Integer());
  EXPECT_EQ(types::String(30), types::String(30));
  EXPECT_EQ(types::Tuple({types::Integer(), types::String(3)}),
            types::Tuple({types::Integer(), types::String(3)}));
  EXPECT_EQ(types::Literal("MONEY"), types::Literal(std::string("MONEY")));
  EXPECT_EQ(types::String(), intern({.kind = TypeKind::string}));
}

TEST(SqlType, EveryPartTellsTypesApart) {
  const std::vector<TypePtr> all = {types::null_type(),
                                    types::Boolean(),
                                    types::SmallInteger(),
                                    types::Integer(),
                                    types::BigInteger(),
                                    types::Numeric(),
                                    types::Numeric(10),
                                    types::Numeric(10, 2),
                                    types::Numeric(-1, 10),
                                    types::Float(),
                                    types::Float(10),
                                    types::Double(),
                                    types::String(),
                                    types::String(10),
                                    types::Text(),
                                    types::Text(10),
                                    types::Unicode(10),
                                    types::UnicodeText(),
                                    types::Date(),
                                    types::Time(),
                                    types::Time(true),
                                    types::DateTime(),
                                    types::DateTime(true),
                                    types::LargeBinary(),
                                    types::LargeBinary(10),
                                    types::Tuple({}),
                                    types::Tuple({types::Integer()}),
                                    types::Tuple({types::Text()}),
                                    types::Literal("A"),
                                    types::Literal("B")};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(all[i], all[j]) << repr(all[i]) << " and " << repr(all[j]);
      EXPECT_NE(all[i]->hash, all[j]->hash) << repr(all[i]) << " and " << repr(all[j]);
    }
  }
}

TEST(SqlType, ThreadsGetTheSameObject) {
  std::vector<TypePtr> seen(8);
  std::vector<std::thread> threads;
  for (auto& slot : seen) {
    threads.emplace_back([&slot] {
      for (int length = 5000; length < 5100; ++length) {
        slot = types::String(length);
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  for (const TypePtr type : seen) {
    EXPECT_EQ(type, types::String(5099));
  }
}

TEST(SqlTypeRepr, IsThatOfSqlalchemy) {
  EXPECT_EQ(repr(types::Integer()), "Integer()");
  EXPECT_EQ(repr(types::SmallInteger()), "SmallInteger()");
  EXPECT_EQ(repr(types::BigInteger()), "BigInteger()");
  EXPECT_EQ(repr(types::String()), "String()");
  EXPECT_EQ(repr(types::String(30)), "String(length=30)");
  EXPECT_EQ(repr(types::Numeric(10, 2)), "Numeric(precision=10, scale=2)");
  EXPECT_EQ(repr(types::Numeric(-1, 2)), "Numeric(scale=2)");
  EXPECT_EQ(repr(types::Float(3)), "Float(precision=3)");
  EXPECT_EQ(repr(types::DateTime()), "DateTime()");
  EXPECT_EQ(repr(types::DateTime(true)), "DateTime(timezone=True)");
  EXPECT_EQ(repr(types::Time(true)), "Time(timezone=True)");
  EXPECT_EQ(repr(types::Unicode(4)), "Unicode(length=4)");
  EXPECT_EQ(repr(types::UnicodeText()), "UnicodeText()");
  EXPECT_EQ(repr(types::LargeBinary(4)), "LargeBinary(length=4)");
  EXPECT_EQ(repr(types::null_type()), "NullType()");
  EXPECT_EQ(repr(types::Tuple({types::Integer(), types::String(3)})),
            "TupleType(Integer(), String(length=3))");
}

TEST(SqlTypeRepr, LiteralTypeIsItsText) {
  EXPECT_EQ(repr(types::Literal("VARCHAR(3)")), "VARCHAR(3)");
}

TEST(SqlType, FamiliesGroupWhatComparesWithoutCast) {
  for (const TypePtr type : {types::SmallInteger(),
                             types::Integer(),
                             types::BigInteger(),
                             types::Numeric(),
                             types::Float(),
                             types::Double()}) {
    EXPECT_TRUE(type->is_numeric()) << repr(type);
    EXPECT_FALSE(type->is_string()) << repr(type);
  }
  for (const TypePtr type :
       {types::String(), types::Text(), types::Unicode(), types::UnicodeText()}) {
    EXPECT_TRUE(type->is_string()) << repr(type);
  }
  EXPECT_EQ(types::Boolean()->family(), TypeFamily::boolean);
  EXPECT_EQ(types::LargeBinary()->family(), TypeFamily::binary);
  EXPECT_EQ(types::Date()->family(), TypeFamily::date);
  EXPECT_EQ(types::Time()->family(), TypeFamily::time);
  EXPECT_EQ(types::DateTime()->family(), TypeFamily::datetime);
  EXPECT_EQ(types::Tuple({})->family(), TypeFamily::tuple);
  EXPECT_EQ(types::null_type()->family(), TypeFamily::unknown);
  EXPECT_EQ(types::Literal("MONEY")->family(), TypeFamily::unknown);
}

TEST(SqlType, NegativeNumbersAndEmptyTextsAreRefusedByName) {
  const auto message = [](auto make) -> std::string {
    try {
      make();
    } catch (const ArgumentError& error) {
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(message([] { types::String(-5); }),
            "String: length -5 is negative; give a number from 0 on, or leave it out");
  EXPECT_EQ(message([] { types::Numeric(-2); }),
            "Numeric: precision -2 is negative; give a number from 0 on, or leave it out");
  EXPECT_EQ(message([] { types::Numeric(2, -2); }),
            "Numeric: scale -2 is negative; give a number from 0 on, or leave it out");
  EXPECT_NE(message([] { types::Literal(""); }), "");
}

}  // namespace
}  // namespace azoth
