// SPDX-License-Identifier: MIT
// The manual's first program, built as its readers build it.
#include "../../manual/first_program.cpp"
