// SPDX-License-Identifier: MIT
// Defaults that the program makes: functions that are called for each row.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

class ClientDefaults : public EngineTest {
 protected:
  ClientDefaults() { create_all(own, c); }

  std::vector<std::int64_t> stored() {
    std::vector<std::int64_t> out;
    for (const auto& row : c.execute(text("SELECT n FROM made ORDER BY id"))) {
      out.push_back(row.get<std::int64_t>(0));
    }
    return out;
  }

  MetaData own;
  int calls = 0;
  Table made{"made",
             own,
             {Column("id", types::Integer(), {.primary_key = true}),
              Column("n", types::Integer(), {.default_function = [this] {
                       return Value(++calls * 10);
                     }})}};
  Engine engine = make_engine();
  Connection c = engine.connect();
};

TEST_F(ClientDefaults, AFunctionIsCalledOnceForARow) {
  c.execute(insert(made), {{"id", 1}});
  EXPECT_EQ(stored(), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(calls, 1);
}

TEST_F(ClientDefaults, AFunctionIsCalledForEachOfManyRows) {
  c.execute(insert(made), {{{"id", 1}}, {{"id", 2}}, {{"id", 3}}});
  EXPECT_EQ(stored(), (std::vector<std::int64_t>{10, 20, 30}));
  EXPECT_EQ(calls, 3);
}

TEST_F(ClientDefaults, AFunctionIsNotCalledForAGivenValue) {
  c.execute(insert(made), {{"id", 1}, {"n", 7}});
  EXPECT_EQ(stored(), (std::vector<std::int64_t>{7}));
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace azoth
