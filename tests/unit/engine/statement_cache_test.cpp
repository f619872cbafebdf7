// SPDX-License-Identifier: MIT
// Which statements share a compiled form, how the cache forgets, and what a rewriter may do. The
// tags are SQLAlchemy's.
#include "unit/engine/fixture.hpp"

namespace azoth {
namespace {

class StatementCacheTest : public EngineTest {
 protected:
  Lines tags() {
    Lines found;
    for (const std::string& line : log()) {
      if (line.starts_with("[")) {
        found.push_back(line.substr(1, line.find(" ...") - 1));
      }
    }
    return found;
  }

  Engine engine = make_engine({.echo = true});
  Connection c = engine.connect();
  const std::string made = "generated in", hit = "cached since";
};

TEST_F(StatementCacheTest, ValuesDoNotMatterStructureDoes) {
  c.execute(select(id).where(id == 1));
  c.execute(select(id).where(id == 2));
  c.execute(select(id).where(id > 1));
  c.execute(select(id).where(name == "x"));
  c.execute(select(id).limit(1));
  c.execute(select(id).limit(5));
  EXPECT_EQ(tags(), (Lines{made, hit, made, made, made, hit}));
}

TEST_F(StatementCacheTest, KeysOfParametersMatterInAnyOrder) {
  c.execute(insert(t), {{"id", 1}, {"name", "a"}});
  c.execute(insert(t), {{"name", "b"}, {"id", 2}});
  c.execute(insert(t), {{"name", "c"}});
  c.execute(insert(t), {{{"name", "d"}}, {{"name", "e"}}});
  EXPECT_EQ(tags(), (Lines{made, hit, made, made}));
}

TEST_F(StatementCacheTest, HitsAndMissesAreCounted) {
  const CacheStatistics before = engine.cache_statistics();
  for (int i = 0; i < 3; ++i) {
    c.execute(select(id).where(id == i));
  }
  const CacheStatistics after = engine.cache_statistics();
  EXPECT_EQ(after.misses - before.misses, 1U);
  EXPECT_EQ(after.hits - before.hits, 2U);
  EXPECT_EQ(after.size, before.size + 1);
  EXPECT_EQ(after.capacity, 500U);
  engine.clear_compiled_cache();
  EXPECT_EQ(engine.cache_statistics().size, 0U);
}

TEST_F(StatementCacheTest, FullCacheForgetsWhatWasUsedLongestAgo) {
  engine = make_engine({.echo = true, .query_cache_size = 2});
  c = engine.connect();
  // Three are kept before it is pruned to two.
  for (const char* label : {"a", "b", "c", "a", "d", "d", "a", "c", "b"}) {
    c.execute(select(id.label(label)));
  }
  EXPECT_EQ(tags(), (Lines{made, made, made, hit, made, hit, hit, made, made}));
  EXPECT_EQ(engine.cache_statistics().size, 2U);
}

TEST_F(StatementCacheTest, SizeZeroSwitchesItOff) {
  engine = make_engine({.echo = true, .query_cache_size = 0});
  c = engine.connect();
  c.execute(select(id));
  c.execute(select(id));
  EXPECT_EQ(tags(), (Lines{"caching disabled", "caching disabled"}));
}

TEST_F(StatementCacheTest, CanBeDisabledForOneExecution) {
  c.run(select(id).node(), Params(), {.use_cache = false});
  c.execute(select(id));
  EXPECT_EQ(tags(), (Lines{"caching disabled", made}));
}

TEST_F(StatementCacheTest, EvictedStatementServesItsOpenResult) {
  engine = make_engine({.query_cache_size = 1});
  c = engine.connect();
  c.execute(insert(t), {{{"name", "a"}}, {{"name", "b"}}});
  auto result = c.execute(select(name));
  c.execute(select(id));
  EXPECT_EQ(result.all().size(), 2U);
}

TEST_F(StatementCacheTest, RowsThatSeveralValuesMakeAreNotCached) {
  c.execute(insert(t).values({{{"name", "a"}}, {{"name", "b"}}}));
  EXPECT_EQ(tags(), Lines{"no key"});
}

struct Recorder final : StatementRewriter {
  sql::Ref rewrite(const sql::Ref& statement, std::shared_ptr<const void>& plan) override {
    ++rewritten;
    plan = std::make_shared<int>(42);
    return statement;
  }

  void choose_readers(const void* plan, const Compiled& compiled, const DriverCursor&) override {
    ++chosen;
    EXPECT_EQ(*static_cast<const int*>(plan), 42);
    EXPECT_EQ(compiled.columns.size(), 1U);
  }

  int rewritten = 0, chosen = 0;
};

TEST_F(StatementCacheTest, RewriterIsAskedOncePerCompiledForm) {
  Recorder recorder;
  for (int i = 0; i < 3; ++i) {
    const CursorResult result =
        c.run(select(id).where(id == i).node(), Params(), {.rewriter = &recorder});
    EXPECT_EQ(*static_cast<const int*>(result.plan()), 42);
  }
  EXPECT_EQ(recorder.rewritten, 1);
  EXPECT_EQ(recorder.chosen, 1);
  EXPECT_EQ(tags(), (Lines{made, hit, hit}));
  c.execute(select(id).where(id == 1));
  EXPECT_EQ(tags(), Lines{made});
}

}  // namespace
}  // namespace azoth
