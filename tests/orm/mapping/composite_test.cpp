// SPDX-License-Identifier: MIT
// Several columns as one value.
#include "orm/statement_log.hpp"
#include <azoth/orm/composite.hpp>

namespace {

using namespace azoth;

struct Point {
  std::int64_t x, y;
  bool operator==(const Point&) const = default;
};

class Span {
 public:
  Span(std::int64_t from, std::int64_t to) : from_(from), to_(to) {}

  std::tuple<std::int64_t, std::int64_t> composite_values() const { return {from_, to_}; }

  std::int64_t length() const { return to_ - from_; }

 private:
  std::int64_t from_, to_;
};

struct Vertex : Entity<Vertex, "vertex"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"x1", std::int64_t> x1;
  Column<"y1", std::int64_t> y1;
  Column<"a", std::int64_t> a;
  Column<"b", std::int64_t> b;
  Composite<Vertex, Point, &Vertex::x1, &Vertex::y1> start;
  Composite<Vertex, Span, &Vertex::a, &Vertex::b> span;
};

class CompositeTest : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    create_all<Vertex>(engine);
    Session s(engine);
    s.add(make<Vertex>({.id = 1, .start = Point{3, 4}, .span = Span(5, 8)}));
    s.commit();
    log.clear();
  }
};

TEST_F(CompositeTest, ItIsMadeOfItsColumns) {
  Session s(engine);
  const auto vertex = s.get<Vertex>(1);
  EXPECT_EQ(*vertex->start, (Point{3, 4}));
  EXPECT_EQ(vertex->span.get().length(), 3);
  vertex->x1 = 9;
  EXPECT_EQ(vertex->start.get().x, 9);
}

TEST_F(CompositeTest, AssigningWritesTheColumnsThatChange) {
  Session s(engine);
  const auto vertex = s.get<Vertex>(1);
  vertex->start = Point{3, 7};
  log.clear();
  s.flush();
  EXPECT_EQ(log.take(), "UPDATE vertex SET y1=? WHERE vertex.id = ? | (7, 1)\n");
}

TEST_F(CompositeTest, ItIsComparedColumnByColumn) {
  Session s(engine);
  EXPECT_EQ(s.scalars(select(&Vertex::id).where(col(&Vertex::start) == Point{3, 4})).all().size(),
            1u);
  EXPECT_EQ(
      log.take(),
      "BEGIN (implicit)\nSELECT vertex.id FROM vertex WHERE vertex.x1 = ? AND vertex.y1 = ? | "
      "(3, 4)\n");
  EXPECT_TRUE(
      s.scalars(select(&Vertex::id).where(col(&Vertex::start) != Point{3, 4})).all().empty());
}

TEST_F(CompositeTest, ItsHistoryIsThatOfItsColumns) {
  Session s(engine);
  const auto vertex = s.get<Vertex>(1);
  EXPECT_EQ(inspect(vertex).history(&Vertex::start).unchanged, (Point{3, 4}));
  vertex->start = Point{3, 7};
  const auto history = inspect(vertex).history(&Vertex::start);
  EXPECT_TRUE(history.has_changes());
  EXPECT_EQ(history.added, (Point{3, 7}));
  EXPECT_EQ(history.deleted, (Point{3, 4}));
  EXPECT_FALSE(history.unchanged.has_value());
}

TEST_F(CompositeTest, AnUpdateSetsAllItsColumns) {
  Session s(engine);
  const auto vertex = s.get<Vertex>(1);
  log.clear();
  s.execute(update<Vertex>()
                .where(col(&Vertex::start) == Point{3, 4})
                .values({{&Vertex::start, Point{5, 6}}}));
  EXPECT_EQ(log.take(),
            "UPDATE vertex SET x1=?, y1=? WHERE vertex.x1 = ? AND vertex.y1 = ? | (5, 6, 3, 4)\n");
  EXPECT_EQ(*vertex->start, (Point{5, 6}));
}

}  // namespace
