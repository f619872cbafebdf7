// SPDX-License-Identifier: MIT
// The functions that read an entity's columns, chosen once a compiled statement with the driver's
// help.
#include "orm/load/plan_builder.hpp"
#include "orm/load/rewriter.hpp"
#include <azoth/engine/driver.hpp>

#include <algorithm>
#include <utility>

namespace azoth::orm {

namespace {

template <class T>
bool store_as(void* member, std::int64_t key) {
  if (!std::in_range<T>(key)) {
    return false;
  }
  *static_cast<T*>(member) = static_cast<T>(key);
  return true;
}

using StoreKey = bool (*)(void*, std::int64_t);

StoreKey key_store_of(const CellType& cell) {
  if (cell.optional) {
    return nullptr;
  }
  switch (cell.kind) {
    case CellKind::int8:
      return &store_as<std::int8_t>;
    case CellKind::int16:
      return &store_as<std::int16_t>;
    case CellKind::int32:
      return &store_as<std::int32_t>;
    case CellKind::int64:
      return &store_as<std::int64_t>;
    case CellKind::uint8:
      return &store_as<std::uint8_t>;
    case CellKind::uint16:
      return &store_as<std::uint16_t>;
    case CellKind::uint32:
      return &store_as<std::uint32_t>;
    case CellKind::uint64:
      return &store_as<std::uint64_t>;
    default:
      return nullptr;
  }
}

void choose_subclass_readers(EntityPlan& entity, const DriverCursor& cursor) {
  for (SubclassPlan& sub : entity.polymorphic->classes) {
    for (std::size_t i = 0; i < sub.slots.size(); ++i) {
      const ColumnAttribute& column = sub.mapper->columns[sub.slots[i]];
      sub.readers.push_back({cursor.reader(column.cell, column.type),
                             entity.results[sub.sources[i]],
                             column.offset,
                             column.cell,
                             column.type});
    }
  }
}

}  // namespace

void choose_entity_readers(EntityPlan& entity, const DriverCursor& cursor) {
  const Mapper& mapper = *entity.mapper;
  for (std::size_t i = 0; i < entity.slots.size(); ++i) {
    const ColumnAttribute& column = mapper.at(entity.slots[i]);
    entity.readers.push_back({cursor.reader(column.cell, column.type),
                              entity.results[entity.sources[i]],
                              column.offset,
                              column.cell,
                              column.type});
  }
  if (entity.polymorphic) {
    choose_subclass_readers(entity, cursor);
    for (const auto& other : entity.polymorphic->others) {
      other->results = entity.results;
      choose_entity_readers(*other, cursor);
    }
  }
  for (const std::uint32_t slot : mapper.primary_key) {
    const auto at = std::find(entity.slots.begin(), entity.slots.end(), slot);
    entity.key_places.push_back(static_cast<std::uint32_t>(at - entity.slots.begin()));
  }
  if (mapper.has_integer_key) {
    entity.key_place = entity.key_places.front();
    entity.key_reader = entity.readers[entity.key_place];
    entity.key_offset = entity.key_reader.offset;
    entity.store_key = key_store_of(entity.key_reader.cell);
    entity.key_reader.cell = {CellKind::int64, true};
    entity.key_reader.read = cursor.reader(entity.key_reader.cell, entity.key_reader.type);
  }
  for (EagerStep& step : entity.steps) {
    if (step.joined) {
      choose_entity_readers(*step.joined, cursor);
    }
  }
}

void EntityRewriter::choose_readers(const void* plan, const Compiled&, const DriverCursor& cursor) {
  // The engine calls this under a lock, before the plan is shared.
  auto& rows = *const_cast<RowPlan*>(static_cast<const RowPlan*>(plan));
  for (const auto& entity : rows.entities) {
    choose_entity_readers(*entity, cursor);
  }
}

EntityRewriter& EntityRewriter::instance() {
  static EntityRewriter rewriter;
  return rewriter;
}

}  // namespace azoth::orm
