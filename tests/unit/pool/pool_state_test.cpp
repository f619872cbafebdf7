// SPDX-License-Identifier: MIT
// The rules of the queue pool, stepped by hand with a time that is only a number.
#include "azoth/pool/pool_state.hpp"

#include "azoth/base/error.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>

namespace azoth::pool {
namespace {

using Verb = Action::Verb;
constexpr Moment second = 1'000'000'000;

// Acquires a slot that has to be opened, and opens it.
Slot acquire_new(PoolState& state, Moment now) {
  const Action action = state.acquire(now, PoolState::never);
  EXPECT_EQ(action.verb, Verb::open_new);
  state.opened(action.slot, now);
  return action.slot;
}

void fill(PoolState& state, int count) {
  std::vector<Slot> slots;
  for (int i = 0; i < count; ++i) {
    slots.push_back(acquire_new(state, 0));
  }
  for (const Slot slot : slots) {
    EXPECT_EQ(state.release(slot, true).verb, Verb::keep);
  }
}

TEST(PoolState, NewPoolOpensConnectionsUntilSizeAndOverflowAreOut) {
  PoolState state({.size = 2, .max_overflow = 1});
  EXPECT_EQ(state.overflow(), -2);
  std::set<Slot> slots;
  for (int i = 0; i < 3; ++i) {
    slots.insert(acquire_new(state, 0));
  }
  EXPECT_EQ(slots.size(), 3u);
  EXPECT_EQ(state.checked_out(), 3);
  EXPECT_EQ(state.overflow(), 1);
  EXPECT_EQ(state.acquire(0, PoolState::never).verb, Verb::wait);
}

TEST(PoolState, ExhaustedPoolWaitsBeforeTheDeadlineAndRefusesFromItOn) {
  PoolState state({.size = 1, .max_overflow = 0});
  const Slot slot = acquire_new(state, 0);
  EXPECT_EQ(state.acquire(29 * second, 30 * second).verb, Verb::wait);
  EXPECT_EQ(state.acquire(30 * second, 30 * second).verb, Verb::refuse);
  state.release(slot, true);
  EXPECT_EQ(state.acquire(31 * second, 30 * second), (Action{Verb::hand_out, slot}));
}

TEST(PoolState, ReturnedConnectionsAreLentInTheOrderOfTheirReturn) {
  PoolState state({.size = 3});
  const Slot a = acquire_new(state, 0), b = acquire_new(state, 0), c = acquire_new(state, 0);
  state.release(b, true);
  state.release(a, true);
  state.release(c, true);
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, b}));
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, a}));
  state.release(b, true);
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, c}));
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, b}));
}

TEST(PoolState, LifoLendsTheOneReturnedLast) {
  PoolState state({.size = 3, .use_lifo = true});
  const Slot a = acquire_new(state, 0), b = acquire_new(state, 0);
  state.release(a, true);
  state.release(b, true);
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, b}));
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::hand_out, a}));
}

TEST(PoolState, ConnectionsAboveSizeAreClosedOnReturnOnceThePoolIsFull) {
  PoolState state({.size = 1, .max_overflow = 2});
  const Slot a = acquire_new(state, 0), b = acquire_new(state, 0), c = acquire_new(state, 0);
  EXPECT_EQ(state.release(a, true), (Action{Verb::keep, a}));
  EXPECT_EQ(state.release(b, true), (Action{Verb::close, b}));
  EXPECT_EQ(state.overflow(), 2) << "a connection counts until it is closed";
  state.closed(b);
  EXPECT_EQ(state.overflow(), 1);
  EXPECT_EQ(state.release(c, true).verb, Verb::close);
  state.closed(c);
  EXPECT_EQ(state.overflow(), 0);
  EXPECT_EQ(state.checked_in(), 1);
  EXPECT_EQ(state.checked_out(), 0);
}

TEST(PoolState, SizeZeroMeansNoLimitOnLentAndKept) {
  PoolState state({.size = 0, .max_overflow = 1});
  fill(state, 50);
  EXPECT_EQ(state.checked_in(), 50);
}

TEST(PoolState, NegativeOverflowMeansNoLimitOnLentOnly) {
  PoolState state({.size = 2, .max_overflow = -1});
  std::vector<Slot> slots;
  for (int i = 0; i < 20; ++i) {
    slots.push_back(acquire_new(state, 0));
  }
  int closed = 0;
  for (const Slot slot : slots) {
    if (state.release(slot, true).verb == Verb::close) {
      state.closed(slot);
      ++closed;
    }
  }
  EXPECT_EQ(closed, 18);
  EXPECT_EQ(state.checked_in(), 2);
}

TEST(PoolState, FailedOpenFreesTheSlotForOthers) {
  PoolState state({.size = 1, .max_overflow = 0});
  const Action action = state.acquire(0, PoolState::never);
  ASSERT_EQ(action.verb, Verb::open_new);
  EXPECT_EQ(state.acquire(0, PoolState::never).verb, Verb::wait);
  state.open_failed(action.slot);
  EXPECT_EQ(state.checked_out(), 0);
  EXPECT_EQ(state.acquire(0, PoolState::never).verb, Verb::open_new);
}

TEST(PoolState, ConnectionOlderThanRecycleIsReopenedBeforeItIsLent) {
  PoolState state({.size = 1, .recycle = 60});
  EXPECT_TRUE(state.reads_clock());
  const Slot slot = acquire_new(state, 5 * second);
  state.release(slot, true);
  EXPECT_EQ(state.acquire(65 * second, 0), (Action{Verb::hand_out, slot}));
  state.release(slot, true);
  EXPECT_EQ(state.acquire(66 * second, 0), (Action{Verb::reopen, slot}));
  state.opened(slot, 66 * second);
  state.release(slot, true);
  EXPECT_EQ(state.acquire(126 * second, 0), (Action{Verb::hand_out, slot}));
}

TEST(PoolState, WithoutRecycleConnectionsNeverAge) {
  PoolState state(PoolOptions{});
  EXPECT_FALSE(state.reads_clock());
  const Slot slot = acquire_new(state, 0);
  state.release(slot, true);
  EXPECT_EQ(state.acquire(1'000'000 * second, 0).verb, Verb::hand_out);
}

TEST(PoolState, InvalidationReplacesThoseOpenedBeforeItWhenTheirTurnComes) {
  PoolState state({.size = 2});
  const Slot old = acquire_new(state, 1 * second);
  const Slot young = acquire_new(state, 3 * second);
  state.release(old, true);
  state.release(young, true);
  state.invalidate_before(2 * second);
  state.invalidate_before(1 * second);  // an earlier moment takes nothing back
  EXPECT_EQ(state.acquire(4 * second, 0), (Action{Verb::reopen, old}));
  EXPECT_EQ(state.acquire(4 * second, 0), (Action{Verb::hand_out, young}));
}

TEST(PoolState, PrePingHandsOutWhatAnswers) {
  PoolState state({.size = 1, .pre_ping = true});
  const Slot slot = acquire_new(state, 0);
  state.release(slot, true);
  EXPECT_EQ(state.acquire(1, 0), (Action{Verb::ping, slot}));
  EXPECT_EQ(state.pinged(slot, true, 1), (Action{Verb::hand_out, slot}));
}

TEST(PoolState, DeadPingReopensAndInvalidatesAllOlderConnections) {
  PoolState state({.size = 2, .pre_ping = true});
  fill(state, 2);
  const Action first = state.acquire(5 * second, 0);
  ASSERT_EQ(first.verb, Verb::ping);
  EXPECT_EQ(state.pinged(first.slot, false, 5 * second), (Action{Verb::reopen, first.slot}));
  state.opened(first.slot, 6 * second);
  const Action second_one = state.acquire(7 * second, 0);
  EXPECT_EQ(second_one.verb, Verb::reopen) << "no ping for one known to be suspect";
  EXPECT_NE(second_one.slot, first.slot);
}

TEST(PoolState, SlotReturnedWithoutConnectionStaysInThePoolAndIsOpenedAgain) {
  PoolState state({.size = 2});
  const Slot slot = acquire_new(state, 0);
  EXPECT_EQ(state.release(slot, false).verb, Verb::keep);
  EXPECT_EQ(state.checked_in(), 1);
  EXPECT_EQ(state.acquire(0, 0), (Action{Verb::open_new, slot}));
}

TEST(PoolState, SlotWithoutConnectionAboveSizeBecomesVacant) {
  PoolState state({.size = 1, .max_overflow = 1});
  const Slot a = acquire_new(state, 0), b = acquire_new(state, 0);
  state.release(a, true);
  EXPECT_EQ(state.release(b, false).verb, Verb::keep);
  EXPECT_EQ(state.checked_in(), 1);
  EXPECT_EQ(state.overflow(), 0);
}

TEST(PoolState, DisposeClosesTheIdleNowAndTheLentOnTheirReturn) {
  PoolState state({.size = 3});
  const Slot lent = acquire_new(state, 0), idle = acquire_new(state, 0),
             empty = acquire_new(state, 0);
  state.release(idle, true);
  state.release(empty, false);
  EXPECT_EQ(state.dispose(), std::vector<Slot>{idle});
  state.closed(idle);
  EXPECT_EQ(state.checked_in(), 0);
  EXPECT_EQ(state.checked_out(), 1);
  EXPECT_EQ(state.release(lent, true), (Action{Verb::close, lent}));
  state.closed(lent);
  EXPECT_EQ(state.overflow(), -3);
  fill(state, 3);
  EXPECT_EQ(state.checked_in(), 3) << "a disposed pool goes on";
}

TEST(PoolState, CopyIsIndependent) {
  PoolState state({.size = 1, .max_overflow = 0});
  PoolState copy = state;
  acquire_new(state, 0);
  EXPECT_EQ(state.checked_out(), 1);
  EXPECT_EQ(copy.checked_out(), 0);
}

TEST(PoolState, OptionsOutOfRangeAreRefusedByName) {
  const auto message = [](const PoolOptions& options) -> std::string {
    try {
      PoolState state(options);
    } catch (const ArgumentError& error) {
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(message({.size = -1}), "pool_size -1 is negative; expected 0 (no limit) or more");
  EXPECT_EQ(message({.max_overflow = -2}),
            "max_overflow -2 is below -1; expected -1 (no limit) or more");
  EXPECT_EQ(message({.timeout = -0.5}), "pool_timeout -0.5 is not a number of seconds from 0 on");
}

}  // namespace
}  // namespace azoth::pool
