// SPDX-License-Identifier: MIT
// Events: who is called, in which order, and when no longer.
#include <azoth/base/event.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace azoth {
namespace {

constexpr event::Event<void(int)> counted{"counted"};
constexpr event::Event<void(std::string&)> named{"named"};

struct Target {
  event::Dispatch& dispatch() const { return listeners; }

  mutable event::Dispatch listeners;
};

TEST(Event, ListenersAreCalledInTheOrderInWhichTheyWereAdded) {
  const Target target;
  std::string calls;
  event::listen(target, counted, [&](int n) { calls += "a" + std::to_string(n); });
  event::listen(target, counted, [&](int n) { calls += "b" + std::to_string(n); });
  target.listeners.fire(counted, 7);
  EXPECT_EQ(calls, "a7b7");
}

TEST(Event, ListenersOfOtherEventsAreNotCalled) {
  const Target target;
  event::listen(target, counted, [](int) { FAIL(); });
  std::string name = "x";
  target.listeners.fire(named, name);
  EXPECT_TRUE(target.listeners.has(counted));
  EXPECT_FALSE(target.listeners.has(named));
}

TEST(Event, ListenerMayChangeWhatItIsGiven) {
  const Target target;
  event::listen(target, named, [](std::string& name) { name += "!"; });
  std::string name = "x";
  target.listeners.fire(named, name);
  EXPECT_EQ(name, "x!");
}

TEST(Event, RemovedListenerIsNotCalledAgain) {
  const Target target;
  int calls = 0;
  const event::ListenerId id = event::listen(target, counted, [&](int) { ++calls; });
  event::listen(target, counted, [&](int) { calls += 10; });
  event::remove(target, id);
  event::remove(target, id);
  target.listeners.fire(counted, 1);
  EXPECT_EQ(calls, 10);
}

TEST(Event, ListenerOnceIsCalledOnce) {
  const Target target;
  int calls = 0;
  event::listen_once(target, counted, [&](int) { ++calls; });
  target.listeners.fire(counted, 1);
  target.listeners.fire(counted, 2);
  EXPECT_EQ(calls, 1);
}

TEST(Event, ListenerMayAddListenersWhileItIsCalled) {
  const Target target;
  int calls = 0;
  event::listen(
      target, counted, [&](int) { event::listen(target, counted, [&](int) { ++calls; }); });
  target.listeners.fire(counted, 1);
  EXPECT_EQ(calls, 0);
  target.listeners.fire(counted, 2);
  EXPECT_EQ(calls, 1);
}

TEST(Event, WhatAListenerThrowsReachesTheOneWhoFires) {
  const Target target;
  event::listen(target, counted, [](int) { throw std::runtime_error("no"); });
  EXPECT_THROW(target.listeners.fire(counted, 1), std::runtime_error);
}

}  // namespace
}  // namespace azoth
