// SPDX-License-Identifier: MIT
// The version of Azoth, twice: as the headers state it and as the linked library states it, so that
// a program can notice when it was compiled against one and linked with another.
#pragma once

namespace azoth {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

/// Returns the version of the linked library as "major.minor.patch"; static storage, thread safe.
[[nodiscard]] const char* library_version() noexcept;

}  // namespace azoth
