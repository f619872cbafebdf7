// SPDX-License-Identifier: MIT
// The branches of CASE are of one type.
// expect: azoth: the branches of case_() have different types
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = case_({when(col(&User::active), 1)}, 2.5);
#ifdef AZOTH_REFUSED
auto refused = case_({when(col(&User::active), 1)}, "none");
#endif
