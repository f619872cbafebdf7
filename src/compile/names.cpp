// SPDX-License-Identifier: MIT
// Numbers of anonymous names, and names that are shortened because they are too long.
#include "compile/label_names.hpp"

namespace azoth::compile {

using namespace sql;

std::uint32_t AnonymousNames::number(const void* identity, std::string_view base) {
  const std::uint32_t hash = hash_of(identity);
  const std::uint32_t known = by_identity_.find(hash, [&](std::uint32_t i) {
    return entries_[i].identity == identity && entries_[i].base == base;
  });
  if (known != FlatIndex::npos) {
    return entries_[known].number;
  }
  const std::uint32_t base_hash = hash_of(base);
  std::uint32_t counter =
      by_base_.find(base_hash, [&](std::uint32_t i) { return counters_[i].base == base; });
  if (counter == FlatIndex::npos) {
    counter = static_cast<std::uint32_t>(counters_.size());
    counters_.push_back({base, 0});
    by_base_.insert(base_hash, counter);
  }
  const std::uint32_t number = ++counters_[counter].last;
  by_identity_.insert(hash, static_cast<std::uint32_t>(entries_.size()));
  entries_.push_back({identity, base, number});
  return number;
}

std::string Names::whole_text(const LabelName& name) {
  std::string text(bare(name.base));
  if (name.identity) {
    text += '_';
    text += std::to_string(anonymous_.number(name.identity, name.base));
  }
  return text;
}

std::string Names::text(const LabelName& name) {
  std::string text = whole_text(name);
  const bool may_be_shortened =
      name.identity || name.is_truncatable || form_of(name.base) == NameForm::truncatable;
  return may_be_shortened && text.size() + 6 > label_length
             ? shortened(name.is_alias ? NameKind::alias : NameKind::column, std::move(text))
             : text;
}

std::string Names::bind_text(const LabelName& name) {
  std::string text(bare(name.base));
  text += '_';
  text += std::to_string(anonymous_.number(name.identity, name.base));
  return shortened(NameKind::bind, std::move(text));
}

// The first characters, and a counter in hexadecimal: six are kept for `_` and that.
std::string Names::shortened(NameKind kind, std::string name) {
  if (name.size() + 6 <= label_length) {
    return name;
  }
  for (const Shortened& known : shortened_) {
    if (known.kind == kind && known.name == name) {
      return known.text;
    }
  }
  std::string text = name.substr(0, label_length > 6 ? label_length - 6 : 0) + '_';
  std::uint32_t number = ++counters_[static_cast<std::size_t>(kind)];
  std::string digits;
  for (; number; number >>= 4) {
    digits.insert(digits.begin(), "0123456789abcdef"[number & 15]);
  }
  text += digits;
  shortened_.push_back({kind, std::move(name), text});
  return text;
}

}  // namespace azoth::compile
