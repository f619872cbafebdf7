// SPDX-License-Identifier: MIT
// The bits of an object and where they are: inline for narrow classes without recorded changes,
// else in an ObjectExtra.
#include "orm/bits.hpp"
#include <azoth/base/assert.hpp>
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/heap.hpp>
#include <azoth/orm/object.hpp>
#include <azoth/orm/ptr.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace azoth::orm {

namespace {
std::size_t extra_size(std::uint32_t words) {
  return sizeof(ObjectExtra) + sizeof(std::uint32_t) * words * 2;
}

// A stack object has no slab to name its class; wide ones carry their width, narrow ones need one
// word.
std::uint32_t words_of(const Object& object) {
  const ObjectHeader& h = header(object);
  return h.has_extra ? h.extra->words : h.slab ? h.slab->mapper->words() : 1;
}

// What an unloaded relationship held is no longer reached through it.
void forget_targets(Object& object, const RelationshipAttribute& r) {
  if (r.is_list) {
    raw_list(object, r).clear();
  } else {
    raw_target(object, r) = nullptr;
  }
}

bool has_unloaded_column(const Object& object) {
  const std::uint32_t* unloaded = unloaded_bits(object);
  const std::vector<std::uint32_t>& columns = mapper_of(object).column_words;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (unloaded[i] & columns[i]) {
      return true;
    }
  }
  return false;
}
}  // namespace

ObjectExtra* ObjectExtra::create(std::uint32_t words) {
  auto* extra = ::new (::operator new(extra_size(words))) ObjectExtra;
  extra->words = words;
  std::fill_n(extra->bits(), std::size_t{words} * 2, 0u);
  return extra;
}

void ObjectExtra::destroy(ObjectExtra* extra) noexcept {
  extra->~ObjectExtra();
  ::operator delete(extra);
}

Object::Object(Object&& other) {
  const ObjectHeader& from = other.header_;
  if (from.slab) {
    throw InvalidRequestError(
        "a mapped object that lives in a heap cannot be moved; hold a ptr to it");
  }
  if (from.has_extra) {  // the source keeps its own: it stays a complete object
    header_.extra = ObjectExtra::create(from.extra->words);
    header_.has_extra = true;
    header_.extra->expressions = from.extra->expressions;
    std::copy_n(from.extra->bits(), std::size_t{from.extra->words} * 2, header_.extra->bits());
  } else {
    header_.bits = from.bits;
  }
}

void Object::drop_extra() {
  ObjectExtra::destroy(header_.extra);
}

ObjectExtra& extra_of(Object& object, std::uint32_t words) {
  ObjectHeader& h = header(object);
  if (!h.has_extra || h.extra->words < words) {
    ObjectExtra* extra = ObjectExtra::create(std::max(words, words_of(object)));
    std::copy_n(unloaded_bits(object), words_of(object), extra->bits());
    std::copy_n(modified_bits(object), words_of(object), extra->bits() + extra->words);
    if (h.has_extra) {
      extra->columns.swap(h.extra->columns);
      extra->relationships.swap(h.extra->relationships);
      extra->expressions.swap(h.extra->expressions);
      ObjectExtra::destroy(h.extra);
    }
    h.extra = extra;
    h.has_extra = true;
  }
  return *h.extra;
}

bool is_loaded_in_extra(const Object& object, unsigned attribute) {
  return !(unloaded_bits(object)[attribute / 32] >> attribute % 32 & 1);
}

bool is_modified_in_extra(const Object& object, unsigned attribute) {
  return modified_bits(object)[attribute / 32] >> attribute % 32 & 1;
}

void set_modified(Object& object, unsigned attribute) {
  modified_bits(object)[attribute / 32] |= 1u << attribute % 32;
}

void set_loaded(Object& object, unsigned attribute) {
  unloaded_bits(object)[attribute / 32] &= ~(1u << attribute % 32);
  ObjectHeader& h = header(object);
  if (h.has_unloaded_columns) {
    h.has_unloaded_columns = has_unloaded_column(object);
  }
}

void set_unloaded(Object& object, unsigned attribute) {
  unloaded_bits(object)[attribute / 32] |= 1u << attribute % 32;
  const AttributeRef ref = mapper_of(object).attributes[attribute];
  if (ref.is_relationship) {
    forget_targets(object, mapper_of(object).relationships[ref.slot]);
  } else {
    header(object).has_unloaded_columns = true;
  }
}

void set_unloaded_words(Object& object, const std::uint32_t* words, bool any_column) {
  std::copy_n(words, words_of(object), unloaded_bits(object));
  header(object).has_unloaded_columns = any_column;
}

void forget_given(Object& object) {
  std::fill_n(modified_bits(object), words_of(object), 0u);
}

void commit_changes(Object& object) {
  ObjectHeader& h = header(object);
  if (!h.has_extra) {
    h.bits.modified = 0;
  } else {
    forget_given(object);
    h.extra->columns.clear();
    h.extra->relationships.clear();
    h.extra->expressions.clear();
    if (h.extra->words == 1) {  // narrow: back to the inline bits
      ObjectExtra* extra = h.extra;
      h.bits = {extra->bits()[0], extra->bits()[1]};
      h.has_extra = false;
      ObjectExtra::destroy(extra);
    }
  }
  h.is_dirty = false;
}

void expire_all(Object& object) {
  commit_changes(object);
  const Mapper& mapper = mapper_of(object);
  std::uint32_t* unloaded = unloaded_bits(object);
  const auto count = static_cast<std::uint32_t>(mapper.attributes.size());
  for (std::uint32_t i = 0; i < mapper.words(); ++i) {
    const std::uint32_t left = count - i * 32;
    unloaded[i] = left >= 32 ? ~0u : (1u << left) - 1;
  }
  header(object).has_unloaded_columns = true;
  for (const RelationshipAttribute& r : mapper.relationships) {
    forget_targets(object, r);
  }
}

void expire_attribute(Object& object, unsigned attribute) {
  ObjectHeader& h = header(object);
  if (h.has_extra) {
    std::erase_if(h.extra->columns, [&](const auto& c) { return c.attribute == attribute; });
    std::erase_if(h.extra->relationships, [&](const auto& c) { return c.attribute == attribute; });
  }
  modified_bits(object)[attribute / 32] &= ~(1u << attribute % 32);
  set_unloaded(object, attribute);
}

std::string instance_name(const Object& object) {
  return fmt::format("<{} at {}>",
                     header(object).slab ? mapper_of(object).class_name : "object on the stack",
                     fmt::ptr(static_cast<const void*>(&object)));
}

bool is_instance(const Object& object, const Mapper& mapper) {
  return mapper_of(object).isa(mapper);
}

Object* in_slab(Object& object) {
  if (!header(object).slab) {
    throw InvalidRequestError(
        "a ptr cannot be made of a mapped object on the stack; make it with make<T>({...})");
  }
  return &object;
}

}  // namespace azoth::orm
