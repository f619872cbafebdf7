// SPDX-License-Identifier: MIT
// Values and columns compare within a family: numbers with numbers, text with text.
// expect: azoth: the two sides of '==' have different types; cast() one, or bind another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name) == "x";
#ifdef AZOTH_REFUSED
auto refused = col(&User::age) == "x";
#endif
