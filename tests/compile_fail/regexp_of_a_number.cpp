// SPDX-License-Identifier: MIT
// Regular expressions are for text.
// expect: azoth: match(), regexp_match() and regexp_replace() need a text expression; cast<std::string>() it first
#include "fake_entity.hpp"

using namespace azoth;

auto allowed = col(&User::name).regexp_match("^a");
#ifdef AZOTH_REFUSED
auto refused = col(&User::age).regexp_match("^a");
#endif
