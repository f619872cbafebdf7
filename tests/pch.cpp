// SPDX-License-Identifier: MIT
// Carries the precompiled header of the tests; CMake needs a source file to attach it to.
