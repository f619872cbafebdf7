// SPDX-License-Identifier: MIT
// && builds SQL from both sides; a bool of the program is not SQL.
// expect: azoth: '&&' joins SQL conditions; for a C++ bool write true_() or false_(), or decide before the statement is built
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::age) > 1 && true_();
#ifdef AZOTH_REFUSED
bool flag();
auto refused = col(&User::age) > 1 && flag();
#endif
