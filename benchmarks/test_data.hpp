// SPDX-License-Identifier: MIT
// The rows that every workload reads or writes, the same for the hand-written loops and for Azoth,
// and the checksum over them. Names fit the small-string buffer of libstdc++ (10 bytes), full names
// (28) and e-mail addresses (24) do not; every tenth full name is NULL.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace bench {

constexpr int user_count = 100'000;
constexpr int update_count = 20'000;
constexpr int parent_count = 10'000;
constexpr int children_each = 5;

inline std::string name_of(int user) {
  char text[32];
  std::snprintf(text, sizeof text, "user%06d", user);
  return text;
}

inline std::optional<std::string> fullname_of(int user) {
  if (user % 10 == 0) {
    return std::nullopt;
  }
  char text[48];
  std::snprintf(text, sizeof text, "Firstname Lastname no %06d", user);
  return text;
}

inline std::string email_of(int user, int which) {
  char text[48];
  std::snprintf(text, sizeof text, "user%06d.%d@example.com", user, which);
  return text;
}

/// What an update writes; differs from round to round.
inline std::string changed_fullname(int round) {
  return "changed in round " + std::to_string(round % 10);
}

/// Returns all primary keys of the users in random order, each once.
inline const std::vector<std::int64_t>& random_ids() {
  static const std::vector<std::int64_t> ids = [] {
    std::vector<std::int64_t> made(user_count);
    std::iota(made.begin(), made.end(), 1);
    std::shuffle(made.begin(), made.end(), std::mt19937(12345));
    return made;
  }();
  return ids;
}

inline std::uint64_t checksum(std::int64_t id,
                              const std::string& name,
                              const std::optional<std::string>& fullname) {
  return static_cast<std::uint64_t>(id) + name.size() + (fullname ? fullname->size() : 1000);
}

}  // namespace bench
