// SPDX-License-Identifier: MIT
// The transitions of the queue pool's slots. Both lists run through the slots themselves, so that
// returning never allocates.
#include "azoth/pool/pool_state.hpp"

#include "azoth/base/assert.hpp"
#include "azoth/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::pool {
namespace {

constexpr double nanoseconds = 1e9;

void check(const PoolOptions& options) {
  if (options.size < 0) {
    throw ArgumentError(
        fmt::format("pool_size {} is negative; expected 0 (no limit) or more", options.size));
  }
  if (options.max_overflow < -1) {
    throw ArgumentError(fmt::format("max_overflow {} is below -1; expected -1 (no limit) or more",
                                    options.max_overflow));
  }
  if (!(options.timeout >= 0)) {
    throw ArgumentError(
        fmt::format("pool_timeout {} is not a number of seconds from 0 on", options.timeout));
  }
}

}  // namespace

PoolState::PoolState(const PoolOptions& options) : options_(options) {
  check(options);
  constexpr double longest =
      1e9;  // seconds; what is longer is as good as never, and fits no Moment
  if (options.recycle >= 0 && options.recycle < longest) {
    recycle_ = static_cast<Moment>(options.recycle * nanoseconds);
  }
  limit_ = options.size == 0 || options.max_overflow < 0 ? -1 : options.size + options.max_overflow;
}

bool PoolState::is_stale(const Place& place, Moment now) const {
  return place.is_worn || place.opened_at < invalidated_before_ ||
         (recycle_ >= 0 && now - place.opened_at > recycle_);
}

Action PoolState::acquire(Moment now, Moment deadline) {
  if (first_idle_ != none) {
    const Slot slot = take_idle();
    const Place& place = places_[slot];
    if (!place.has_connection) {
      return {Action::Verb::open_new, slot};
    }
    if (is_stale(place, now)) {
      return {Action::Verb::reopen, slot};
    }
    return {options_.pre_ping ? Action::Verb::ping : Action::Verb::hand_out, slot};
  }
  if (limit_ < 0 || used_ < limit_) {
    return {Action::Verb::open_new, take_vacant()};
  }
  return {now >= deadline ? Action::Verb::refuse : Action::Verb::wait};
}

void PoolState::opened(Slot slot, Moment now) {
  Place& place = places_[slot];
  AZOTH_ASSERT(place.state == State::out);
  place.opened_at = now;
  place.has_connection = true;
  place.doomed = place.is_worn = false;
}

void PoolState::open_failed(Slot slot) {
  AZOTH_ASSERT(places_[slot].state == State::out);
  make_vacant(slot);
}

Action PoolState::pinged(Slot slot, bool alive, Moment now) {
  AZOTH_ASSERT(places_[slot].state == State::out);
  if (alive) {
    return {Action::Verb::hand_out, slot};
  }
  invalidate_before(now);
  return {Action::Verb::reopen, slot};
}

Action PoolState::release(Slot slot, bool has_connection) {
  Place& place = places_[slot];
  AZOTH_ASSERT(place.state == State::out);
  place.has_connection = has_connection;
  const bool has_room = options_.size == 0 || idle_ < options_.size;
  if (has_room && !place.doomed) {
    make_idle(slot);
  } else if (has_connection) {
    return {Action::Verb::close, slot};
  } else {
    make_vacant(slot);
  }
  return {Action::Verb::keep, slot};
}

void PoolState::closed(Slot slot) {
  AZOTH_ASSERT(places_[slot].state == State::out);
  make_vacant(slot);
}

void PoolState::invalidate_before(Moment moment) {
  invalidated_before_ = std::max(invalidated_before_, moment);
}

void PoolState::replace_later(Slot slot) {
  AZOTH_ASSERT(places_[slot].state == State::out);
  places_[slot].is_worn = true;
}

std::vector<Slot> PoolState::dispose() {
  std::vector<Slot> to_close;
  to_close.reserve(static_cast<std::size_t>(idle_));
  for (Place& place : places_) {
    place.doomed = place.state == State::out;
  }
  while (first_idle_ != none) {
    const Slot slot = take_idle();
    if (places_[slot].has_connection) {
      to_close.push_back(slot);
    } else {
      make_vacant(slot);
    }
  }
  return to_close;
}

Slot PoolState::take_idle() {
  const Slot slot = first_idle_;
  Place& place = places_[slot];
  first_idle_ = place.next;
  if (first_idle_ == none) {
    last_idle_ = none;
  }
  place.next = none;
  place.state = State::out;
  --idle_;
  return slot;
}

Slot PoolState::take_vacant() {
  Slot slot = first_vacant_;
  if (slot != none) {
    first_vacant_ = places_[slot].next;
  } else {
    slot = static_cast<Slot>(places_.size());
    places_.emplace_back();
  }
  places_[slot] = {};
  places_[slot].state = State::out;
  ++used_;
  return slot;
}

void PoolState::make_idle(Slot slot) {
  Place& place = places_[slot];
  place.state = State::idle;
  place.next = none;
  ++idle_;
  if (first_idle_ == none) {
    first_idle_ = last_idle_ = slot;
  } else if (options_.use_lifo) {
    place.next = std::exchange(first_idle_, slot);
  } else {
    places_[last_idle_].next = slot;
    last_idle_ = slot;
  }
}

void PoolState::make_vacant(Slot slot) {
  Place& place = places_[slot];
  place.state = State::vacant;
  place.has_connection = false;
  place.next = std::exchange(first_vacant_, slot);
  --used_;
}

}  // namespace azoth::pool
