// SPDX-License-Identifier: MIT
// How a class becomes a mapper: a prototype is constructed, its attributes declare themselves in
// order, then the table is made. The prototype is never used as an object.
#include "orm/bits.hpp"
#include "orm/expressions.hpp"
#include "orm/mapper_builder.hpp"
#include "orm/registry.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table.hpp>
#include <azoth/sql/table_node.hpp>

#include <cxxabi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace azoth::orm {

namespace {

// The prototype under construction in this thread; nested when a default member initialiser makes
// an object of another class.
struct Prototype {
  const char* begin = nullptr;
  const char* end = nullptr;
  bool has_handle = false;
};

thread_local Prototype* current_prototype = nullptr;

std::string demangled(const std::type_info& type) {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
  return status == 0 ? name.get() : type.name();
}

// `shop::User` and `(anonymous namespace)::User` are User; template arguments stay.
std::string short_name(const std::string& full) {
  const auto end = std::min(full.find('<'), full.size());
  const auto colon = full.rfind("::", end);
  return colon == std::string::npos ? full : full.substr(colon + 2);
}

}  // namespace

Position place_attribute(MapperBuilder& builder,
                         const void* member,
                         std::string_view name,
                         AttributeRef ref) {
  Mapper& m = *builder.mapper;
  if (m.find_value(name) || m.find_relationship(name)) {
    throw ArgumentError(
        fmt::format("Class {} declares two attributes named '{}'; give each a name of its own",
                    m.class_name,
                    name));
  }
  const Position position{
      static_cast<std::uint32_t>(static_cast<const char*>(member) - builder.prototype),
      static_cast<std::uint32_t>(m.attributes.size())};
  m.attributes.push_back(ref);
  return position;
}

void construct_prototype(const ClassDeclaration& declaration, MapperBuilder& builder) {
  const std::align_val_t align{std::max<std::size_t>(declaration.align, 16)};
  const auto free_memory = [align](void* m) { ::operator delete(m, align); };
  const std::unique_ptr<void, decltype(free_memory)> memory(::operator new(declaration.size, align),
                                                            free_memory);
  builder.prototype = static_cast<const char*>(memory.get());
  Prototype prototype{builder.prototype, builder.prototype + declaration.size, false};

  struct Scope {
    Scope(ClassSlot& s, MapperBuilder& b, Prototype& p)
        : slot(s), before(std::exchange(current_prototype, &p)) {
      slot.building = &b;
    }

    ~Scope() {
      slot.building = nullptr;
      current_prototype = before;
    }

    ClassSlot& slot;
    Prototype* before;
  } scope(*declaration.slot, builder, prototype);

  declaration.destroy(declaration.construct(memory.get()));
  if (prototype.has_handle) {
    throw ArgumentError(
        fmt::format("Class {} has a ptr as a member, which would keep its own heap alive; declare "
                    "a Relationship",
                    builder.mapper->class_name));
  }
}

namespace {

// The columns that the class declares itself stand before those of mixins, these before those of
// abstract bases, although C++ constructs bases first.
void order_columns(MapperBuilder& builder) {
  Mapper& m = *builder.mapper;
  const auto begin =
      m.columns.begin() + static_cast<std::ptrdiff_t>(m.parent ? m.parent->columns.size() : 0);
  if (std::all_of(begin, m.columns.end(), [](const auto& c) { return c.mixin_rank == 0; })) {
    return;
  }
  std::vector<std::pair<std::uint8_t, Column>> ranked;
  for (std::size_t i = 0; i < builder.columns.size(); ++i) {
    const ColumnAttribute* c = m.find_column(builder.columns[i].options.key);
    ranked.emplace_back(c ? c->mixin_rank : std::uint8_t{0}, std::move(builder.columns[i]));
  }
  const auto by_rank = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(ranked.begin(), ranked.end(), by_rank);
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    builder.columns[i] = std::move(ranked[i].second);
  }
  const std::string version =
      m.version_slot < 0 ? "" : m.columns[static_cast<std::size_t>(m.version_slot)].name;
  std::stable_sort(begin, m.columns.end(), [](const auto& a, const auto& b) {
    return a.mixin_rank < b.mixin_rank;
  });
  for (std::uint32_t slot = 0; slot < m.columns.size(); ++slot) {
    m.columns[slot].slot = m.attributes[m.columns[slot].index].slot = slot;
    if (m.columns[slot].name == version) {
      m.version_slot = static_cast<std::int32_t>(slot);
    }
  }
}

void describe(MapperBuilder& builder) {
  Mapper& m = *builder.mapper;
  if (builder.shared_keys.empty()) {  // a joined table's key columns are numbered as they came
    order_columns(builder);
  }
  number_expressions(m);
  for (const ColumnAttribute& c : m.columns) {
    if (c.is_primary_key) {
      m.primary_key.push_back(c.slot);
    }
  }
  if (m.primary_key.empty()) {
    throw_no_key(m);
  }
  if (m.primary_key.size() == 1) {
    const CellType& cell = m.columns[m.primary_key.front()].cell;
    m.has_integer_key =
        !cell.optional && cell.kind >= CellKind::int8 && cell.kind <= CellKind::uint64;
  }
  m.column_words.assign(m.words(), 0);
  for (const ColumnAttribute& c : m.columns) {
    m.column_words[c.index / 32] |= 1u << c.index % 32;
  }
  for (const ColumnAttribute& c : m.expressions) {
    m.column_words[c.index / 32] |= 1u << c.index % 32;
  }
  for (RelationshipAttribute& r : m.relationships) {
    m.relationship_places.push_back({r.offset, r.is_list});
    if (!r.parent) {
      r.parent = &m;
    }  // an inherited one keeps the class that declared it
  }
}

}  // namespace

void throw_no_key(const Mapper& mapper) {
  throw ArgumentError(
      fmt::format("Mapper {} could not assemble any primary key columns for mapped table '{}'",
                  mapper.display_name(),
                  mapper.table_name));
}

void declare_column(MapperBuilder& builder,
                    const void* member,
                    Position& position,
                    const ColumnDeclaration& d) {
  Mapper& m = *builder.mapper;
  const auto slot = static_cast<std::uint32_t>(m.columns.size());
  const Position here = place_attribute(builder, member, d.name, {false, slot});
  ColumnAttribute& c = m.columns.emplace_back();
  c.name = d.name;
  c.index = here.index;
  c.slot = slot;
  c.mixin_rank = d.mixin_rank;
  if (builder.maps_table) {
    c.column_name = d.column_name.empty() ? d.name : d.column_name;
  }
  c.offset = here.offset;
  c.cell = d.cell;
  c.type = sized(d.type(), d);
  c.is_primary_key = d.is_primary_key;
  c.is_deferred = d.is_deferred;
  c.has_active_history = d.has_active_history;
  c.has_default_expression = !d.default_sql.empty();
  c.has_onupdate_expression = !d.onupdate_sql.empty();
  c.has_server_onupdate = d.has_server_onupdate;
  c.onupdate_value = d.onupdate_value;
  m.has_update_defaults |= d.onupdate_value || d.has_server_onupdate || !d.onupdate_sql.empty();
  if (d.is_version_id) {
    if (m.version_slot >= 0) {
      throw ArgumentError(
          fmt::format("Class {} declares two version counters, '{}' and '{}'; a row has one",
                      m.class_name,
                      m.columns[static_cast<std::size_t>(m.version_slot)].name,
                      d.name));
    }
    const bool is_integer = d.cell.kind >= CellKind::int8 && d.cell.kind <= CellKind::uint64;
    if (!is_integer && !d.version_generator) {
      throw ArgumentError(
          fmt::format("The version counter '{}.{}' is no integer; say how versions are made with "
                      "VersionIdGenerator<>",
                      m.class_name,
                      d.name));
    }
    m.version_slot = static_cast<std::int32_t>(c.slot);
    m.version_generator = d.version_generator;
  }
  c.has_deferred_raiseload = d.has_deferred_raiseload;
  c.deferred_group = d.deferred_group;
  c.has_default = d.default_value != nullptr;
  c.has_server_default = d.has_server_default;
  if (c.is_primary_key && m.inheritance == Inheritance::single) {
    throw ArgumentError(fmt::format(
        "Class {} shares the table '{}' with its parent {}, whose primary key is its own: declare "
        "'{}' without PrimaryKey",
        m.class_name,
        m.table_name,
        m.parent->class_name,
        d.name));
  }
  add_table_column(builder, c.type, d);
  position = here;
}

void declare_key(MapperBuilder& builder,
                 const void* member,
                 KeyPosition& position,
                 const ColumnDeclaration& d) {
  const ColumnAttribute& key = shared_key(builder, d);
  position.offset =
      static_cast<std::uint32_t>(static_cast<const char*>(member) - builder.prototype);
  position.index = key.index;
  position.value_offset = key.offset;
  add_table_column(builder, sized(d.type(), d), d);
}

void declare_relationship(MapperBuilder& builder,
                          const void* member,
                          Position& position,
                          const RelationshipDeclaration& d) {
  Mapper& m = *builder.mapper;
  const Position here = place_attribute(
      builder, member, d.name, {true, static_cast<std::uint32_t>(m.relationships.size())});
  RelationshipAttribute& r = m.relationships.emplace_back();
  r.name = d.name;
  r.index = here.index;
  r.slot = static_cast<std::uint32_t>(m.relationships.size() - 1);
  r.offset = here.offset;
  r.is_list = d.is_list;
  r.target_function = d.target;
  r.back_populates = d.back_populates;
  r.secondary_name = d.secondary;
  r.remote_side = d.remote_side;
  r.foreign_keys = d.foreign_keys;
  r.order_by = d.order_by;
  r.lazy_name = d.lazy;
  r.overlaps = d.overlaps;
  r.has_passive_updates = d.has_passive_updates;
  r.cascade = CascadeOptions::parse(d.is_viewonly && d.cascade.empty() ? "merge" : d.cascade);
  r.is_viewonly = d.is_viewonly;
  r.has_passive_deletes = d.has_passive_deletes;
  r.has_post_update = d.has_post_update;
  r.is_single_parent = d.is_single_parent;
  r.is_never_loaded = d.is_never_loaded;
  using Uselist = RelationshipDeclaration::Uselist;
  if (d.uselist != Uselist::by_type && (d.uselist == Uselist::yes) != d.is_list) {
    throw ArgumentError(fmt::format(
        "On relationship {}.{}, Uselist contradicts the type; the type alone says it: {}",
        m.class_name,
        d.name,
        d.is_list ? "List<T> is many" : "T is one"));
  }
  position = here;
}

void declare_member(MapperBuilder& builder, const void* member, Position& position) {
  position.offset =
      static_cast<std::uint32_t>(static_cast<const char*>(member) - builder.prototype);
}

void declare_synonym(MapperBuilder& builder,
                     const void* member,
                     Position& position,
                     std::string_view name,
                     std::string_view target) {
  declare_member(builder, member, position);
  builder.mapper->synonyms.push_back({std::string(name), std::string(target)});
}

void enter(Object& object, const ClassSlot& slot, const Mapper& (*mapper)()) {
  if (slot.is_simple.load(std::memory_order_acquire)) {
    return;
  }
  if (current_prototype && current_prototype->begin == reinterpret_cast<const char*>(&object)) {
    return;
  }
  const Mapper& m = mapper();
  if (m.is_wide()) {
    extra_of(object, m.words());
  }
}

void refuse_handle_member(const void* handle) {
  Prototype* p = current_prototype;
  const auto* at = static_cast<const char*>(handle);
  if (p && at >= p->begin && at < p->end) {
    p->has_handle = true;
  }
}

const Mapper& build_mapper(const ClassDeclaration& declaration) {
  MapperBuilder builder;
  Mapper& m = *builder.mapper;
  m.full_class_name = demangled(*declaration.type);
  m.class_name = short_name(m.full_class_name);
  m.table_name = declaration.table;
  m.size = declaration.size;
  m.align = declaration.align;
  m.construct = declaration.construct;
  m.destroy = declaration.destroy;
  m.self = declaration.self;
  if (declaration.parent) {
    inherit(builder, declaration);
  }
  m.eager_defaults = declaration.eager_defaults;
  m.metadata = declaration.metadata ? &declaration.metadata() : &default_metadata();
  m.configure_rules = declaration.configure;
  builder.maps_table = declaration.mapped_table != nullptr;
  construct_prototype(declaration, builder);
  describe(builder);
  set_polymorphic(m, declaration);
  if (m.inheritance != Inheritance::single) {
    add_columns_of_sharers(builder, declaration);
  }
  map_table(builder, declaration);
  declaration.slot->is_simple.store(!m.is_wide(), std::memory_order_release);
  return *builder.mapper.release();  // never destroyed: statics may hold statements of it
}

const sql::Ref& entity_node(const Mapper& mapper) {
  return entity_of(mapper);
}

const sql::Ref& table_node(const Mapper& mapper) {
  return mapper.table_ref;
}

}  // namespace azoth::orm
