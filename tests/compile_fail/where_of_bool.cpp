// SPDX-License-Identifier: MIT
// where() takes SQL, not a bool of the program.
// expect: azoth: where() needs a SQL condition; for a C++ bool write true_() or false_()
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = select(&User::id).where(true_());
#ifdef AZOTH_REFUSED
auto refused = select(&User::id).where(true);
#endif
