// SPDX-License-Identifier: MIT
// AZOTH_ASSERT: states an invariant of the library itself. It is not for wrong use by applications;
// that throws.
#pragma once

#if !defined(AZOTH_ASSERTIONS)
#if !defined(NDEBUG) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AZOTH_ASSERTIONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(undefined_behavior_sanitizer)
#define AZOTH_ASSERTIONS 1
#endif
#endif
#endif
#if !defined(AZOTH_ASSERTIONS)
#define AZOTH_ASSERTIONS 0
#endif

namespace azoth::base {
/// Prints the broken invariant with its place on stderr and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, unsigned line) noexcept;
}  // namespace azoth::base

#if AZOTH_ASSERTIONS
#define AZOTH_ASSERT(condition)           \
  (static_cast<bool>(condition) ? void(0) \
                                : ::azoth::base::assertion_failed(#condition, __FILE__, __LINE__))
#else
// Unevaluated, so that names used only in assertions do not become unused.
#define AZOTH_ASSERT(condition) static_cast<void>(sizeof(static_cast<bool>(condition)))
#endif
