// SPDX-License-Identifier: MIT
// The random start of the process's hashes.
#include "azoth/base/hash.hpp"

#include <chrono>
#include <exception>
#include <random>

namespace azoth::base {
namespace {

Hash random_seed() noexcept {
  try {
    std::random_device device;
    const auto word = [&] { return (static_cast<std::uint64_t>(device()) << 32) | device() | 1; };
    const std::uint64_t a = word();
    return {a, word()};
  } catch (const std::exception&) {
    // No source of randomness: the address space's layout and the clock still differ between
    // processes.
    const auto ticks =
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    return mix(Hash{ticks | 1, 0x2545F4914F6CDD1Du},
               static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&ticks)));
  }
}

}  // namespace

Hash hash_seed() noexcept {
  static const Hash seed = random_seed();
  return seed;
}

}  // namespace azoth::base
