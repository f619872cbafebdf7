// SPDX-License-Identifier: MIT
// || builds SQL from both sides; a bool of the program is not SQL.
// expect: azoth: '||' joins SQL conditions; for a C++ bool write true_() or false_(), or decide before the statement is built
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = false_() || col(&User::age) > 1;
#ifdef AZOTH_REFUSED
bool flag();
auto refused = flag() || col(&User::age) > 1;
#endif
