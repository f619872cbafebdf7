// SPDX-License-Identifier: MIT
// Inlining that debug builds do as well.
#pragma once

/// Marks a function of a line or two that a template makes anew for each mapped class or column.
/// Compilers inline it without optimisation too: they need not write thousands of such functions
/// out (a quarter of the code of a unit with 20 classes), and a debugger does not step into them.
#if defined(__GNUC__) || defined(__clang__)
#define AZOTH_INLINE [[gnu::always_inline]]
#else
#define AZOTH_INLINE
#endif
