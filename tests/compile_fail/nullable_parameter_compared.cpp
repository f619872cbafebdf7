// SPDX-License-Identifier: MIT
// A parameter that may be NULL is compared by IS NOT DISTINCT FROM.
// expect: azoth: a parameter that may be NULL is not compared with '==' or '!=': its value is not known when the text is made; use is_not_distinct_from() or is_distinct_from()
#include "fake_entity.hpp"
#include <azoth/engine/prepare.hpp>

using namespace azoth;

auto allowed(Param<std::string> name, Param<std::optional<std::string>> other) {
  return col(&User::name) == name && col(&User::name).is_not_distinct_from(other);
}
#ifdef AZOTH_REFUSED
auto refused(Param<std::optional<std::string>> name) {
  return col(&User::name) == name;
}
#endif
