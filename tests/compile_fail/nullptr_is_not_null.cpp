// SPDX-License-Identifier: MIT
// NULL is written null or std::nullopt; nullptr is a pointer.
// expect: azoth: the two sides of '==' have different types; cast() one, or bind another value
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name) == null;
#ifdef AZOTH_REFUSED
auto refused = col(&User::name) == nullptr;
#endif
