// SPDX-License-Identifier: MIT
// Makes free slots of a slab visible to the address sanitizer, and fills them with a pattern in
// debug builds. Nothing in release builds.
#pragma once
#include <azoth/base/assert.hpp>

#include <cstddef>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#define AZOTH_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AZOTH_POISONS 1
#endif
#endif
#if defined(AZOTH_POISONS)
#include <sanitizer/asan_interface.h>
#endif

namespace azoth::orm {

inline void unpoison(void* at, std::size_t size) {
#if defined(AZOTH_POISONS)
  ASAN_UNPOISON_MEMORY_REGION(at, size);
#endif
  static_cast<void>(at);
  static_cast<void>(size);
}

inline void poison(void* at, std::size_t size) {
#if AZOTH_ASSERTIONS
  unpoison(at, size);
  std::memset(at, 0xdb, size);
#endif
#if defined(AZOTH_POISONS)
  ASAN_POISON_MEMORY_REGION(at, size);
#endif
  static_cast<void>(at);
  static_cast<void>(size);
}

}  // namespace azoth::orm
