// SPDX-License-Identifier: MIT
// What a value without a name is told; out of line, as each enumeration would repeat it.
#include "azoth/types/enumeration.hpp"

#include "azoth/base/error.hpp"

#include <fmt/format.h>

namespace azoth::detail {

void throw_no_member(std::string_view type, std::int64_t number) {
  throw ArgumentError(fmt::format(
      "The value {0} is none of the members of the enumeration {1}; name it in EnumMembers",
      number,
      type));
}

}  // namespace azoth::detail
