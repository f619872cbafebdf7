// SPDX-License-Identifier: MIT
// The marks of names.
#include <azoth/base/hash.hpp>
#include <azoth/sql/name.hpp>

#include <array>
#include <cstring>

namespace azoth::sql {

std::string_view mark_seal() {
  static const auto seal = [] {
    const auto seed = base::hash_seed();
    std::array<char, 8> bytes;
    static_assert(sizeof seed >= bytes.size());
    std::memcpy(bytes.data(), &seed, bytes.size());
    return bytes;
  }();
  return {seal.data(), seal.size()};
}

std::string marked(std::string_view name, NameForm form) {
  name = bare(name);
  if (form == NameForm::plain) {
    return std::string(name);
  }
  return std::string(1, static_cast<char>(form)).append(mark_seal()).append(name);
}

}  // namespace azoth::sql
