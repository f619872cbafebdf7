// SPDX-License-Identifier: MIT
// The cache key and the order of binds for random statements, against an independent description of
// them. The seed is printed when a test fails.
#include "unit/sql/shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <unordered_map>

namespace {

using namespace azoth;
using test::binds_of;
using test::key_of;

// Says what a statement is, field by field, with ordinals for what has identity: what equal keys
// must mean. It shares nothing with the hash.
class Description final : public sql::FieldVisitor {
 public:
  std::string text_;

  void child(const sql::Ref& node) override {
    if (!node) {
      text_ += "-;";
      return;
    }
    text_ += "(" + std::to_string(static_cast<int>(node->kind())) + "," + repr(node->type());
    const sql::Kind k = node->kind();
    const bool has_identity =
        k == sql::Kind::bind || k == sql::Kind::alias || k == sql::Kind::subquery;
    if (has_identity) {
      const auto [at, is_new] = ordinals_.try_emplace(node.get(), ordinals_.size());
      text_ += "#" + std::to_string(at->second);
      if (!is_new) {
        text_ += ")";
        return;
      }
    }
    node->each_field(*this);
    text_ += ")";
  }

  void number(std::uint64_t value) override { text_ += std::to_string(value) + ";"; }

  void text(std::string_view value) override { text_.append("'").append(value).append("';"); }

  void type(TypePtr type) override { text_ += repr(type) + ";"; }

 private:
  std::map<const sql::Node*, std::size_t> ordinals_;
};

std::string description(const sql::Ref& node) {
  Description d;
  d.child(node);
  return d.text_;
}

// Makes small random statements of few ingredients, so that equal ones come up often.
class Generator {
 public:
  Generator(std::mt19937& random, const Table& table) : random_(random), table_(table) {
    for (int i = 0; i < 2; ++i) {
      sources_.push_back(alias(table, i == 0 ? "" : "x"));
      sources_.push_back(alias(table, i == 0 ? "" : "x"));
      sources_.push_back(From(table));
    }
    sources_.push_back(select(table.c("a")).where(table.c("b") == 1).subquery());
    shared_ = literal(0).node();
  }

  // One call on a select: the clause and what is appended to it.
  using Call = std::pair<sql::Clause, sql::Ref>;

  std::vector<Call> calls() {
    std::vector<Call> out{{sql::Clause::column, element(1)}};
    for (int n = pick(4); n > 0; --n) {
      static constexpr sql::Clause clauses[] = {sql::Clause::column,
                                                sql::Clause::where,
                                                sql::Clause::where,
                                                sql::Clause::group_by,
                                                sql::Clause::having,
                                                sql::Clause::order_by};
      out.emplace_back(clauses[pick(6)], element(2));
    }
    if (pick(3) == 0) {
      out.emplace_back(sql::Clause::limit, sql::row_limit(pick(100)));
    }
    return out;
  }

  // The same calls in another order; the order within each clause is kept.
  std::vector<Call> shuffled(std::vector<Call> calls) {
    std::vector<std::size_t> slots(calls.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
      slots[i] = i;
    }
    std::shuffle(slots.begin(), slots.end(), random_);
    std::map<sql::Clause, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      places[calls[slots[i]].first].push_back(i);
    }
    std::vector<Call> out(calls.size());
    std::map<sql::Clause, std::size_t> next;
    for (Call& call : calls) {
      const std::size_t place = places[call.first][next[call.first]++];
      out[place] = std::move(call);
    }
    return out;
  }

  static sql::Ref statement(const std::vector<Call>& calls) {
    sql::Ref s = sql::StatementBuilder::make(sql::Kind::select);
    for (const auto& [clause, node] : calls) {
      sql::StatementBuilder::append(s, clause, node);
    }
    return s;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  sql::Ref element(int depth) {
    switch (depth == 0 ? pick(3) : pick(7)) {
      case 0:
        return sources_[static_cast<std::size_t>(pick(7))].c("a").node();
      case 1:
        return literal(pick(1000)).node();
      case 2:
        return shared_;
      case 3:
        return sql::compare(sql::Op::eq, element(depth - 1), element(depth - 1));
      case 4:
        return sql::arithmetic(sql::Op::add, element(depth - 1), Literal(pick(1000)));
      case 5:
        return sql::compare(sql::Op::lt, element(depth - 1), Literal(pick(1000)));
      default: {
        const std::vector<Literal> values(static_cast<std::size_t>(pick(3)), Literal(pick(1000)));
        return sql::in(sql::Op::in, element(depth - 1), values);
      }
    }
  }

  std::mt19937& random_;
  Table table_;
  std::vector<From> sources_;
  sql::Ref shared_;
};

class RandomStatements : public testing::Test, protected test::Columns {
 protected:
  RandomStatements() : seed(std::random_device()()), random(seed) {
    RecordProperty("seed", static_cast<int>(seed));
  }

  unsigned seed;
  std::mt19937 random;
};

TEST_F(RandomStatements, CallsInAnyOrderGiveOneKeyAndOneOrderOfBinds) {
  for (int round = 0; round < 3'000; ++round) {
    Generator generator(random, table);
    const auto calls = generator.calls();
    const sql::Ref one = Generator::statement(calls);
    const sql::Ref two = Generator::statement(generator.shuffled(calls));
    ASSERT_EQ(key_of(one), key_of(two)) << "seed " << seed << ", " << description(one);
    ASSERT_EQ(binds_of(one), binds_of(two)) << "seed " << seed << ", " << description(one);
  }
}

TEST_F(RandomStatements, EqualKeysMeanEqualStatementsAndBindsInOneOrder) {
  struct Known {
    std::string text;
    std::vector<std::string> binds;
  };

  std::unordered_map<Hash, Known, base::HashOfHash> known;
  std::unordered_map<std::string, Hash> keys;
  int repeats = 0;
  for (int round = 0; round < 5'000; ++round) {
    Generator generator(random, table);
    const sql::Ref s = Generator::statement(generator.calls());
    const std::string text = description(s);
    std::vector<std::string> binds;
    for (const sql::BindParameter* b : binds_of(s)) {
      binds.push_back(b->key + (b->is_expanding ? " list " : " ") + repr(b->type()));
    }
    const auto [at, is_new] = known.try_emplace(key_of(s), Known{text, binds});
    repeats += !is_new;
    ASSERT_EQ(at->second.text, text) << "one key for two statements, seed " << seed;
    ASSERT_EQ(at->second.binds, binds) << "seed " << seed;
    const auto [same, is_new_text] = keys.try_emplace(text, key_of(s));
    ASSERT_EQ(same->second, key_of(s)) << "two keys for one statement, seed " << seed;
  }
  EXPECT_GT(repeats, 100) << "too few equal statements to prove anything";
}

}  // namespace
