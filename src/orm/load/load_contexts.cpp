// SPDX-License-Identifier: MIT
// Numbers contexts; few are in use at a time, so that they are looked for one by one.
#include "orm/load/load_contexts.hpp"

#include "orm/load/criteria.hpp"
#include <azoth/base/error.hpp>
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
  const std::size_t given_up = first_without_criteria();
  const auto mark = static_cast<std::uint8_t>(given_up + 1);
  for (Entry& entry : entries_) {
    entry.expired = entry.expired == mark ? std::uint8_t{0} : entry.expired;
  }
  identities_.each([mark](Object& object) {
    std::uint8_t& own = header(object).loader_mark;
    own = own == mark ? std::uint8_t{0} : own;
  });
  return given_up;
}

// To give up criteria would be to load what they hide.
std::size_t LoadContexts::first_without_criteria() const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].context->criteria.empty()) {
      return i;
    }
  }
  throw InvalidRequestError(
      "The session holds objects that were loaded under 255 different criteria of "
      "with_loader_criteria(); expunge them, or use a session for each");
}

std::shared_ptr<const LoadContext> LoadContexts::with_criteria(
    const std::shared_ptr<const LoadContext>& plain, const sql::Refs& criteria) const {
  for (const Entry& entry : entries_) {
    if (!entry.context->criteria.empty() && entry.context->plain == plain &&
        same_criteria(entry.context->criteria, criteria)) {
      return entry.context;
    }
  }
  auto made = plain ? std::make_shared<LoadContext>(*plain) : std::make_shared<LoadContext>();
  made->plain = plain;
  made->criteria = criteria;
  if (plain && plain->expired) {
    made->expired = with_criteria(plain->expired, criteria);
  } else if (plain && !plain->is_lasting) {
    made->expired = with_criteria(nullptr, criteria);
  }
  return made;
}

}  // namespace azoth::orm
