// SPDX-License-Identifier: MIT
// The rules of the queue pool as a plain value: who gets which connection, when one is opened,
// replaced or closed. No mutex, no clock, no I/O: the caller tells the time and what happened, and
// performs the action it is told.
#pragma once
#include <azoth/pool/pool_options.hpp>

#include <cstdint>
#include <vector>

namespace azoth::pool {

/// Counts nanoseconds of a clock that never goes back; where it starts does not matter.
using Moment = std::int64_t;

/// Numbers a place in the pool that can hold one connection.
using Slot = std::uint32_t;

/// Says what the caller has to do next with a slot.
struct Action {
  enum class Verb : std::uint8_t {
    hand_out,  ///< give the slot's connection to the asker
    open_new,  ///< open a connection for the slot, then tell `opened` or `open_failed`
    reopen,    ///< close the slot's connection, then as `open_new`
    ping,      ///< ask whether the slot's connection is alive, then tell `pinged`
    wait,      ///< wait until somebody returns a slot or the deadline has come, then ask again
    refuse,    ///< the deadline has come: fail
    close,     ///< close the slot's connection, then tell `closed`
    keep       ///< nothing: the slot is idle, or vacant without a connection
  };
  Verb verb;
  Slot slot = 0;  ///< not of `wait` and `refuse`
  bool operator==(const Action&) const = default;
};

/// Keeps the books of a queue pool. A slot is in one of three states, and these are all its
/// transitions:
///
///     vacant --acquire/open_new--> out         idle --acquire/hand_out, reopen, ping--> out
///     out --release/keep--> idle               out --release/close, then closed--> vacant
///     out --open_failed--> vacant              idle --dispose, then closed--> vacant
///
/// At most `size + max_overflow` slots are not vacant, at most `size` are idle. An idle slot may be
/// without a connection (the one it had was invalidated); it is opened again when its turn comes.
class PoolState {
 public:
  static constexpr Moment never = INT64_MAX;

  /// @throws ArgumentError for options out of their range.
  explicit PoolState(const PoolOptions& options);

  /// Asks for a connection: hand_out, open_new, reopen, ping, or, with all of them out, wait, or
  /// refuse from the deadline on. `now` only matters with `recycle` (see reads_clock) and a
  /// deadline.
  Action acquire(Moment now, Moment deadline);
  /// The connection of the slot is open and out, as of `now`.
  void opened(Slot slot, Moment now);
  /// No connection could be opened: the slot is vacant, and somebody who waits may try.
  void open_failed(Slot slot);
  /// The slot's connection answered (hand_out), or did not (reopen). All those opened before `now`
  /// are then suspect and invalidated.
  Action pinged(Slot slot, bool alive, Moment now);
  /// The slot comes back: keep or close. Without a connection (invalidated, detached) it is always
  /// keep.
  Action release(Slot slot, bool has_connection);
  /// The connection of a slot that was to be closed is closed: the slot is vacant.
  void closed(Slot slot);
  /// Connections opened before `moment` are replaced when their turn comes; those that are out stay
  /// until they are returned.
  void invalidate_before(Moment moment);
  /// The connection of a slot that is out is replaced when its turn comes.
  void replace_later(Slot slot);
  /// Empties the pool: returns the idle slots whose connections are to be closed. Those that are
  /// out are closed on return.
  std::vector<Slot> dispose();

  bool reads_clock() const { return recycle_ >= 0; }

  /// Returns the number that the next slot without a predecessor gets: all slots are below.
  Slot slot_count() const { return static_cast<Slot>(places_.size()); }

  int size() const { return options_.size; }

  int checked_in() const { return idle_; }

  int checked_out() const { return used_ - idle_; }

  /// Connections above `size`; negative while fewer than `size` exist.
  int overflow() const { return used_ - options_.size; }

  const PoolOptions& options() const { return options_; }

 private:
  static constexpr Slot none = UINT32_MAX;
  enum class State : std::uint8_t { vacant, idle, out };

  struct Place {
    Moment opened_at = 0;
    Slot next = none;  ///< in the list of the idle or of the vacant
    State state = State::vacant;
    bool has_connection = false;
    bool doomed = false;   ///< out while the pool was disposed of
    bool is_worn = false;  ///< to be replaced when its turn comes
  };

  bool is_stale(const Place& place, Moment now) const;
  Slot take_idle();
  Slot take_vacant();
  void make_idle(Slot slot);
  void make_vacant(Slot slot);

  PoolOptions options_;
  Moment recycle_ = -1;
  int limit_ = 0;  ///< of slots in use; below 0: none
  Moment invalidated_before_ = INT64_MIN;
  std::vector<Place> places_;
  Slot first_idle_ = none, last_idle_ = none, first_vacant_ = none;
  int used_ = 0, idle_ = 0;
};

}  // namespace azoth::pool
