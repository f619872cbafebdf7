// SPDX-License-Identifier: MIT
// Numbers contexts; few are in use at a time, so that they are looked for one by one.
#include "orm/load/load_contexts.hpp"

#include "orm/load/options.hpp"
#include <azoth/orm/identity_map.hpp>

#include <bitset>

namespace azoth::orm {

namespace {
constexpr std::size_t capacity = 255;
}

std::uint8_t LoadContexts::mark_of(const std::shared_ptr<const LoadContext>& context) {
  if (!context) {
    return 0;
  }
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].context == context) {
      return static_cast<std::uint8_t>(i + 1);
    }
  }
  const std::uint8_t expired = context->expired ? mark_of(context->expired) : std::uint8_t{0};
  const std::size_t place = free_entry();
  const auto mark = static_cast<std::uint8_t>(place + 1);
  entries_[place] = {context, context->is_lasting ? mark : expired};
  return mark;
}

std::size_t LoadContexts::free_entry() {
  if (entries_.size() < capacity) {
    entries_.emplace_back();
    return entries_.size() - 1;
  }
  std::bitset<capacity + 1> used;
  identities_.each([&](const Object& object) { used.set(header(object).loader_mark); });
  for (const Entry& entry : entries_) {  // what a context turns into must stay
    used.set(entry.expired);
  }
  for (std::size_t i = 0; i < capacity; ++i) {
    if (!used.test(i + 1)) {
      return i;
    }
  }
  for (Entry& entry : entries_) {
    entry.expired = entry.expired == 1 ? std::uint8_t{0} : entry.expired;
  }
  identities_.each([](Object& object) {
    std::uint8_t& mark = header(object).loader_mark;
    mark = mark == 1 ? std::uint8_t{0} : mark;
  });
  return 0;
}

}  // namespace azoth::orm
