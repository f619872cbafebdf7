// SPDX-License-Identifier: MIT
// A row's entity is looked up by its key first. What is in the session already is left as it is but
// for expired columns; what is new is made in the session's heap, filled, and only then registered,
// so that a value that is refused leaves no half-read object behind.
#include "orm/load/row_reader.hpp"

#include "orm/load/criteria.hpp"
#include "orm/load/loader.hpp"
#include "orm/load/selectin_loader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

RowReader::RowReader(SessionState& session,
                     CursorResult& result,
                     bool populate_existing,
                     sql::Ref statement)
    : session_(session),
      result_(result),
      plan_(static_cast<const RowPlan*>(result.plan())),
      populate_existing_(populate_existing),
      tells_(session.events.is_used() || Mapper::has_any_listeners()),
      statement_(std::move(statement)) {
  if (plan_->has_loaders) {
    batches_.resize(plan_->entity_count);
    marks_.resize(plan_->entity_count);
  }
  if (statement_) {
    follow_criteria(statement_);
  }
}

void RowReader::take_criteria(const sql::Ref& statement) {
  criteria_ = criteria_of(statement);
  lasting_ = propagating(criteria_);
}

Object* RowReader::read_by_integer(const EntityPlan& entity) {
  std::optional<std::int64_t> key;
  if (!entity.key_reader.read(result_.cursor(), entity.key_reader, &key)) [[unlikely]] {
    result_.read(entity.key_reader, &key);
  }
  if (!key) {
    return nullptr;
  }
  Object* object = session_.identities.find(*entity.mapper, *key);
  const bool is_new = object == nullptr;
  if (is_new) [[likely]] {
    object = &create(entity, *key);
  } else {
    if (entity.is_subclass) [[unlikely]] {
      check_class(entity, *object);
    }
    if (header(*object).has_unloaded_columns || populate_existing_) [[unlikely]] {
      update(entity, *object);
    }
  }
  if (entity.does_more) {
    read_more(entity, *object, is_new);
  }
  return object;
}

Object* RowReader::read_by_values(const EntityPlan& entity) {
  key_.clear();
  bool has_value = false;
  for (const std::uint32_t place : entity.key_places) {
    const ColumnReader& reader = entity.readers[place];
    key_.push_back(result_.cursor().value(static_cast<int>(reader.column), reader.type));
    has_value |= !key_.back().is_null();
  }
  if (!has_value) {
    return nullptr;
  }
  Object* object = session_.identities.find(*entity.mapper, key_);
  const bool is_new = object == nullptr;
  if (is_new) {
    object = &create(entity, key_);
  } else {
    if (entity.is_subclass) {
      check_class(entity, *object);
    }
    if (header(*object).has_unloaded_columns || populate_existing_) {
      update(entity, *object);
    }
  }
  if (entity.does_more) {
    read_more(entity, *object, is_new);
  }
  return object;
}

namespace {

// What set_unloaded_words() does, for the objects that most are: new ones with up to 32 attributes.
template <class Plan>
void mark_unloaded(const Plan& plan, Object& object) {
  ObjectHeader& h = header(object);
  if (h.has_extra) {
    return set_unloaded_words(object, plan.unloaded.data(), plan.leaves_column_unloaded);
  }
  h.bits.unloaded = plan.unloaded.front();
  h.has_unloaded_columns = plan.leaves_column_unloaded;
}

const SubclassPlan* find_class(const PolymorphicPlan& plan, const Mapper& mapper) {
  for (const SubclassPlan& sub : plan.classes) {
    if (sub.mapper == &mapper) {
      return &sub;
    }
  }
  return nullptr;
}

}  // namespace

// The class that the discriminator tells; the entity's own where there is none.
const SubclassPlan& RowReader::class_of_row(const EntityPlan& entity) {
  const PolymorphicPlan& plan = *entity.polymorphic;
  const Value told =
      result_.cursor().value(static_cast<int>(entity.results[plan.source]), plan.type);
  if (told.is_null()) {
    return plan.classes.front();
  }
  for (const SubclassPlan& sub : plan.classes) {
    if (sub.mapper->identity == told) {
      return sub;
    }
  }
  const Mapper& base = *entity.mapper->base;
  for (const Mapper* other : base.family) {
    if (other->identity == told) {
      const ColumnAttribute& on =
          base.columns[static_cast<std::size_t>(entity.mapper->discriminator)];
      throw InvalidRequestError("Row with identity key of " + base.class_name +
                                " can't be loaded into an object; the polymorphic discriminator "
                                "column '" +
                                on.table->name + "." + on.table->columns[on.table_position].name +
                                "' refers to " + other->display_name() +
                                ", which is not a sub-mapper of the requested " +
                                entity.mapper->display_name());
    }
  }
  throw InvalidRequestError("No such polymorphic_identity " + repr(Literal(told)) + " is defined");
}

// A row of a union is of one class and has that one's key.
Object* RowReader::read_of_union(const EntityPlan& entity) {
  const PolymorphicPlan& plan = *entity.polymorphic;
  const Value told =
      result_.cursor().value(static_cast<int>(entity.results[plan.source]), plan.type);
  for (const auto& other : plan.others) {
    if (other->mapper->identity == told) {
      return read_own(*other);
    }
  }
  return read_own(entity);
}

// A row of a subclass whose object is in the session as one of another class: the row has changed
// its class behind the session's back.
void RowReader::check_class(const EntityPlan& entity, const Object& object) const {
  if (!mapper_of(object).isa(*entity.mapper)) {
    throw InvalidRequestError("Row of " + entity.mapper->display_name() +
                              " can't be loaded into an object; the session holds " +
                              instance_name(object) +
                              " under its key, which is of another class. Expunge that first.");
  }
}

Object& RowReader::create_of_its_class(const EntityPlan& entity) {
  const SubclassPlan& sub = class_of_row(entity);
  Object& object = session_.heap().create(*sub.mapper);
  fill(entity, object);
  auto* bytes = reinterpret_cast<char*>(&object);
  for (const ColumnReader& reader : sub.readers) {
    read_column(reader, bytes + reader.offset);
  }
  mark_unloaded(sub, object);
  if (sub.has_rest) {
    incomplete_.emplace_back(entity.polymorphic.get(), &object);
  }
  return object;
}

Object& RowReader::create(const EntityPlan& entity, std::int64_t key) {
  if (entity.polymorphic && !entity.is_union) [[unlikely]] {
    Object& object = create_of_its_class(entity);
    session_.register_loaded(object, key);
    if (tells_) [[unlikely]] {
      tell_loaded(object);
    }
    return object;
  }
  Object& object = session_.heap().create(*entity.mapper);
  auto* bytes = reinterpret_cast<char*>(&object);
  DriverCursor& cursor = result_.cursor();
  std::uint32_t place = 0;
  for (const ColumnReader& reader : entity.readers) {
    void* member = bytes + reader.offset;
    const bool is_read = place++ == entity.key_place && entity.store_key
                             ? entity.store_key(member, key)
                             : reader.read(cursor, reader, member);
    if (!is_read) [[unlikely]] {
      result_.read(reader, member);
    }
  }
  mark_unloaded(entity, object);
  session_.register_loaded(object, key);
  if (tells_) [[unlikely]] {
    tell_loaded(object);
  }
  return object;
}

void RowReader::tell_loaded(Object& object) {
  if (const event::Dispatch* listeners = mapper_of(object).listeners()) {
    listeners->fire(event::load, ptr<Object>(&object));
  }
  session_.tell(event::loaded_as_persistent, object);
}

void RowReader::tell_refreshed(Object& object) {
  if (const event::Dispatch* listeners = mapper_of(object).listeners()) {
    listeners->fire(event::refresh, ptr<Object>(&object), std::span<const std::string>());
  }
}

Object& RowReader::create(const EntityPlan& entity, std::span<const Value> key) {
  if (entity.polymorphic && !entity.is_union) {
    Object& object = create_of_its_class(entity);
    session_.register_loaded(object, key);
    if (tells_) [[unlikely]] {
      tell_loaded(object);
    }
    return object;
  }
  Object& object = session_.heap().create(*entity.mapper);
  fill(entity, object);
  mark_unloaded(entity, object);
  session_.register_loaded(object, key);
  if (tells_) [[unlikely]] {
    tell_loaded(object);
  }
  return object;
}

void RowReader::fill(const EntityPlan& entity, Object& object) {
  auto* bytes = reinterpret_cast<char*>(&object);
  for (const ColumnReader& reader : entity.readers) {
    read_column(reader, bytes + reader.offset);
  }
}

void RowReader::update(const EntityPlan& entity, Object& object) {
  if (populate_existing_ && overwritten_.insert(&object).second) {
    return overwrite(entity, object);
  }
  if (!header(object).has_unloaded_columns) {
    return;
  }
  auto* bytes = reinterpret_cast<char*>(&object);
  for (std::size_t i = 0; i < entity.slots.size(); ++i) {
    const ColumnAttribute& column = entity.mapper->at(entity.slots[i]);
    if (!is_loaded(object, column.index)) {
      read_column(entity.readers[i], bytes + column.offset);
      set_loaded(object, column.index);
    }
  }
  const SubclassPlan* sub =
      entity.polymorphic ? find_class(*entity.polymorphic, mapper_of(object)) : nullptr;
  for (std::size_t i = 0; sub && i < sub->slots.size(); ++i) {
    const ColumnAttribute& column = sub->mapper->columns[sub->slots[i]];
    if (!is_loaded(object, column.index)) {
      read_column(sub->readers[i], bytes + column.offset);
      set_loaded(object, column.index);
    }
  }
  if (tells_) [[unlikely]] {
    tell_refreshed(object);
  }
}

// The object becomes what a new one would be; changes that were not flushed are dropped.
void RowReader::overwrite(const EntityPlan& entity, Object& object) {
  expire_all(object);
  session_.contexts.expire(object);
  fill(entity, object);
  session_.drop_from_queue(object);
  const SubclassPlan* sub =
      entity.polymorphic ? find_class(*entity.polymorphic, mapper_of(object)) : nullptr;
  if (sub) {
    auto* bytes = reinterpret_cast<char*>(&object);
    for (const ColumnReader& reader : sub->readers) {
      read_column(reader, bytes + reader.offset);
    }
    set_unloaded_words(object, sub->unloaded.data(), sub->leaves_column_unloaded);
  } else {
    set_unloaded_words(object, entity.unloaded.data(), entity.leaves_column_unloaded);
  }
  if (tells_) [[unlikely]] {
    tell_refreshed(object);
  }
}

void RowReader::read_more(const EntityPlan& entity, Object& object, bool is_new) {
  if ((entity.context || !lasting_.empty()) && (is_new || populate_existing_)) {
    std::uint8_t& mark = marks_[entity.number];
    if (mark == 0) {
      mark = session_.contexts.mark_of(
          lasting_.empty() ? entity.context
                           : session_.contexts.with_criteria(entity.context, lasting_));
    }
    header(object).loader_mark = mark;
  }
  if (!entity.steps.empty()) {
    read_steps(entity, object);
  }
}

void RowReader::read_steps(const EntityPlan& entity, Object& object) {
  std::uint32_t ordinal = 0;
  Batch* batch = nullptr;
  if (entity.has_loaders) {
    batch = &batches_[entity.number];
    batch->lists.resize(entity.steps.size());
    ordinal = batch->objects.insert(&object).first;
  }
  for (std::size_t i = 0; i < entity.steps.size(); ++i) {
    const EagerStep& step = entity.steps[i];
    if (!step.joined) {
      continue;
    }
    Object* related = read(*step.joined);
    if (!step.relationship->is_list) {
      if (!is_loaded(object, step.relationship->index)) {
        load_target(object, *step.relationship, related);
      }
    } else if (related) {
      batch->lists[i].add(ordinal, related);
    }
  }
}

void RowReader::finish() {
  if (!incomplete_.empty()) {
    load_rests();
  }
  if (!plan_->has_loaders) {
    return;
  }
  for (const auto& entity : plan_->entities) {
    finish(*entity);
  }
  batches_.assign(plan_->entity_count, {});
}

void RowReader::finish(const EntityPlan& entity) {
  Batch& batch = batches_[entity.number];
  const std::span<Object* const> objects = batch.objects.objects();
  for (std::size_t i = 0; i < entity.steps.size(); ++i) {
    const EagerStep& step = entity.steps[i];
    if (step.joined) {
      if (step.relationship->is_list && !objects.empty()) {
        batch.lists[i].fill(*step.relationship, objects, true);
      }
      finish(*step.joined);
    } else if (step.strategy == LazyStrategy::subquery && statement_ &&
               load_subquery(session_, step, entity, objects, statement_, populate_existing_)) {
      continue;
    } else if (step.strategy != LazyStrategy::immediate) {
      load_selectin(session_, step, objects, criteria_, populate_existing_);
    } else {
      for (Object* object : objects) {
        if (!is_loaded(*object, step.relationship->index)) {
          load_related(session_, *object, *step.relationship, Fetch::allowed);
        }
      }
    }
  }
}

}  // namespace azoth::orm
