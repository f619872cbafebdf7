// SPDX-License-Identifier: MIT
// Mappers as data: look-ups, names, the registry, cascade words. Building them is in
// declaration.cpp, resolving relationships in configure.cpp.
#include "orm/registry.hpp"
#include "orm/words.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/event.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

namespace azoth {

MetaData& default_metadata() {
  static auto& metadata = *new MetaData;  // never destroyed: mapped tables live in it
  return metadata;
}

}  // namespace azoth

namespace azoth::orm {

namespace {
std::atomic<const Registration*> first_registration{nullptr};

std::uint32_t& mapper_count() {
  static std::uint32_t count = 0;
  return count;
}

std::unordered_map<const sql::Node*, const Mapper*>& mappers_by_selectable() {
  static auto& all = *new std::unordered_map<const sql::Node*, const Mapper*>;
  return all;
}
}  // namespace

std::mutex& registry_mutex() {
  static auto& mutex = *new std::mutex;
  return mutex;
}

std::uint32_t add_mapper(Mapper& mapper) {
  mappers_by_selectable().emplace(mapper.selectable.get(), &mapper);
  return mapper_count()++;
}

const Mapper* mapper_selecting_from(const sql::Node& from) {
  const std::lock_guard lock(registry_mutex());
  const auto at = mappers_by_selectable().find(&from);
  return at == mappers_by_selectable().end() ? nullptr : at->second;
}

Registration::Registration(ClassDeclaration (*declaration)()) noexcept
    : declaration_(declaration), next_(first_registration.load()) {
  while (!first_registration.compare_exchange_weak(next_, this)) {
  }
}

const Registration* Registration::last() {
  return first_registration.load();
}

std::vector<ClassDeclaration> registered_classes() {
  std::vector<ClassDeclaration> all;
  for (const Registration* r = first_registration.load(); r; r = r->next()) {
    all.push_back(r->declaration());
  }
  std::reverse(all.begin(), all.end());
  return all;
}

void configure_mappers() {
  const std::vector<ClassDeclaration> all = registered_classes();
  std::for_each(all.begin(), all.end(), [](const ClassDeclaration& d) { d.self(); });
  std::for_each(all.begin(), all.end(), [](const ClassDeclaration& d) { configure(d.self()); });
}

namespace {
std::atomic<bool> any_mapper_has_listeners{false};
}

event::Dispatch& Mapper::dispatch() const {
  event::Dispatch* made = dispatch_.load(std::memory_order_acquire);
  if (!made) {
    const std::lock_guard lock(registry_mutex());
    made = dispatch_.load(std::memory_order_relaxed);
    if (!made) {
      made = new event::Dispatch;  // never destroyed, as mappers are
      dispatch_.store(made, std::memory_order_release);
      any_mapper_has_listeners.store(true, std::memory_order_relaxed);
    }
  }
  return *made;
}

bool Mapper::has_any_listeners() {
  return any_mapper_has_listeners.load(std::memory_order_relaxed);
}

const ColumnAttribute* Mapper::find_column(std::string_view name) const {
  const auto at =
      std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == name; });
  return at == columns.end() ? nullptr : &*at;
}

const ColumnAttribute* Mapper::find_value(std::string_view attribute) const {
  const auto at = std::find_if(
      expressions.begin(), expressions.end(), [&](const auto& c) { return c.name == attribute; });
  return at == expressions.end() ? find_column(attribute) : &*at;
}

const RelationshipAttribute* Mapper::find_relationship(std::string_view name) const {
  const auto at = std::find_if(
      relationships.begin(), relationships.end(), [&](const auto& r) { return r.name == name; });
  return at == relationships.end() ? nullptr : &*at;
}

const ColumnAttribute* Mapper::find_column(const sql::TableNode& of, std::uint32_t position) const {
  const auto at = std::find_if(columns.begin(), columns.end(), [&](const auto& c) {
    return c.table == &of && c.table_position == position;
  });
  return at == columns.end() ? nullptr : &*at;
}

bool Mapper::isa(const Mapper& other) const {
  for (const Mapper* m = this; m; m = m->parent) {
    if (m == &other) {
      return true;
    }
  }
  return false;
}

std::string Mapper::display_name() const {
  return fmt::format("mapped class {}->{}", class_name, table_name);
}

std::string RelationshipAttribute::full_name() const {
  return parent->class_name + "." + name;
}

RelationshipAttribute declared_part(const RelationshipAttribute& r) {
  RelationshipAttribute copy = r;
  copy.target = nullptr;
  copy.back = nullptr;
  copy.direction = Direction::none;
  copy.pairs.clear();
  copy.secondary_pairs.clear();
  copy.secondary = nullptr;
  copy.order.clear();
  copy.is_key_lookup = false;
  return copy;
}

CascadeOptions CascadeOptions::parse(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  CascadeOptions o{false, false, false, false, false, false};

  struct Word {
    std::string_view name;
    bool CascadeOptions::* flag;
  };

  static constexpr std::array<Word, 6> known{{{"save-update", &CascadeOptions::save_update},
                                              {"merge", &CascadeOptions::merge},
                                              {"refresh-expire", &CascadeOptions::refresh_expire},
                                              {"expunge", &CascadeOptions::expunge},
                                              {"delete", &CascadeOptions::delete_},
                                              {"delete-orphan", &CascadeOptions::delete_orphan}}};
  std::vector<std::string> unknown;
  for (std::string_view word : comma_separated(text)) {
    if (word == "none") {
      o = {false, false, false, false, false, false};
      continue;
    }
    if (word == "all") {
      o.save_update = o.merge = o.refresh_expire = o.expunge = o.delete_ = true;
      continue;
    }
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const Word& w) { return w.name == word; });
    if (at == known.end()) {
      unknown.push_back(fmt::format("'{}'", word));
    } else {
      o.*at->flag = true;
    }
  }
  if (!unknown.empty()) {
    throw ArgumentError(fmt::format("Invalid cascade option(s): {}", fmt::join(unknown, ", ")));
  }
  if (o.delete_orphan && !o.delete_) {
    warn(WarningCategory::sa_warning, "The 'delete-orphan' cascade option requires 'delete'.");
  }
  return o;
}

}  // namespace azoth::orm
