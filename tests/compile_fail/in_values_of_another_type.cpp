// SPDX-License-Identifier: MIT
// The values of in() are of the expression's type.
// expect: azoth: the values of in() have another type than the expression; cast() it, or give other values
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::age).in(std::vector<int>{1, 2});
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).in(std::vector<std::string>{"a"});
#endif
