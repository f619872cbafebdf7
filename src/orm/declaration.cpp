// SPDX-License-Identifier: MIT
// How a class becomes a mapper: a prototype is constructed, its attributes declare themselves in
// order, then the table is made. The prototype is never used as an object.
#include "orm/bits.hpp"
#include "orm/registry.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/ptr.hpp>
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

struct MapperBuilder {
  std::unique_ptr<Mapper> mapper = std::make_unique<Mapper>();
  const char* prototype = nullptr;
  std::vector<Column> columns;  ///< of the table
};

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

TypePtr sized(TypePtr type, const ColumnDeclaration& d) {
  if (d.sql_type) {
    type = d.sql_type();
  }
  if (d.length < 0 && d.precision < 0) {
    return type;
  }
  switch (type->kind) {
    case TypeKind::string:
      return types::String(d.length);
    case TypeKind::text:
      return types::Text(d.length);
    case TypeKind::unicode:
      return types::Unicode(d.length);
    case TypeKind::unicode_text:
      return types::UnicodeText(d.length);
    case TypeKind::large_binary:
      return types::LargeBinary(d.length);
    case TypeKind::numeric:
      return types::Numeric(d.precision, d.scale);
    case TypeKind::float_:
      return types::Float(d.precision);
    default:
      throw ArgumentError(
          fmt::format("Column '{}' is {}, which has neither a length nor a precision; leave "
                      "Length<> and Precision<> out",
                      d.name,
                      repr(type)));
  }
}

ColumnOptions options_of(const ColumnDeclaration& d) {
  ColumnOptions o;
  o.primary_key = d.is_primary_key;
  using Nullable = ColumnDeclaration::Nullable;
  o.nullable = d.nullable == Nullable::by_type ? d.cell.optional && !d.is_primary_key
                                               : d.nullable == Nullable::yes;
  o.unique = d.is_unique;
  o.index = d.is_indexed;
  o.autoincrement = static_cast<AutoIncrement>(d.autoincrement);
  if (d.foreign_key.empty() && !(d.ondelete.empty() && d.onupdate.empty())) {
    throw ArgumentError(fmt::format(
        "Column '{}' has OnDelete<> or OnUpdate<> but no ForeignKey<>, whose action it is",
        d.name));
  }
  if (!d.foreign_key.empty()) {
    o.foreign_key =
        ForeignKey(std::string(d.foreign_key), std::string(d.ondelete), std::string(d.onupdate));
  }
  if (d.default_value) {
    o.default_ = d.default_value();
  }
  if (d.has_server_default) {
    o.server_default = std::string(d.server_default);
  }
  o.key = d.name;
  if (!d.comment.empty()) {
    o.comment = d.comment;
  }
  return o;
}

Position place(MapperBuilder& builder,
               const void* member,
               std::string_view name,
               bool is_relationship,
               std::size_t slot) {
  Mapper& m = *builder.mapper;
  if (m.find_column(name) || m.find_relationship(name)) {
    throw ArgumentError(
        fmt::format("Class {} declares two attributes named '{}'; give each a name of its own",
                    m.class_name,
                    name));
  }
  const Position position{
      static_cast<std::uint32_t>(static_cast<const char*>(member) - builder.prototype),
      static_cast<std::uint32_t>(m.attributes.size())};
  m.attributes.push_back({is_relationship, static_cast<std::uint32_t>(slot)});
  return position;
}

// A subclass begins with its parent's attributes. Its table has the parent's columns too (concrete
// table inheritance).
void inherit(MapperBuilder& builder, const Mapper& parent) {
  Mapper& m = *builder.mapper;
  m.parent = &parent;
  m.attributes = parent.attributes;
  m.columns = parent.columns;
  for (const RelationshipAttribute& r : parent.relationships) {
    m.relationships.push_back(declared_part(r));
  }
  for (const sql::ColumnInfo& c : parent.table->columns) {
    builder.columns.emplace_back(c.name, c.type, c.options);
  }
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

void describe(MapperBuilder& builder) {
  Mapper& m = *builder.mapper;
  for (const ColumnAttribute& c : m.columns) {
    if (c.is_primary_key) {
      m.primary_key.push_back(c.slot);
    }
  }
  if (m.primary_key.empty()) {
    throw ArgumentError(
        fmt::format("Mapper {} could not assemble any primary key columns for mapped table '{}'",
                    m.display_name(),
                    m.table_name));
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
  for (RelationshipAttribute& r : m.relationships) {
    m.relationship_places.push_back({r.offset, r.is_list});
    if (!r.parent) {
      r.parent = &m;
    }  // an inherited one keeps the class that declared it
  }
}

void make_table(MapperBuilder& builder) {
  Mapper& m = *builder.mapper;
  const auto dot = m.table_name.rfind('.');
  const std::string schema = dot == std::string::npos ? std::string() : m.table_name.substr(0, dot);
  const std::lock_guard lock(registry_mutex());
  m.table_ref = sql::make_table(m.table_name.substr(dot + 1),
                                {.schema = schema},
                                default_metadata().state(),
                                std::move(builder.columns),
                                {},
                                {},
                                true);
  m.table = &sql::as<sql::TableNode>(m.table_ref);
  const int generated = m.table->autoincrement_column();
  sql::Refs nodes;
  for (ColumnAttribute& c : m.columns) {
    c.node = m.table->column(c.position);
    c.is_nullable = m.table->columns[c.position].is_nullable;
    c.is_autoincrement = generated == static_cast<int>(c.position);
    if (!c.is_deferred || c.is_primary_key) {  // a key tells what object a row is
      nodes.push_back(c.node);
    }
  }
  m.entity = sql::make_node<sql::Entity>(m.table_ref, std::move(nodes), &m);
  sql::NodeAccess::set_eternal(*m.entity);
  m.base = &m;
  m.base_id = add_mapper(m);
}

}  // namespace

void declare_column(MapperBuilder& builder,
                    const void* member,
                    Position& position,
                    const ColumnDeclaration& d) {
  Mapper& m = *builder.mapper;
  const Position here = place(builder, member, d.name, false, m.columns.size());
  ColumnAttribute& c = m.columns.emplace_back();
  c.name = d.name;
  c.index = here.index;
  c.slot = static_cast<std::uint32_t>(m.columns.size() - 1);
  c.offset = here.offset;
  c.position = static_cast<std::uint32_t>(builder.columns.size());
  c.cell = d.cell;
  c.type = sized(d.type(), d);
  c.is_primary_key = d.is_primary_key;
  c.is_deferred = d.is_deferred;
  c.has_default = d.default_value != nullptr;
  c.has_server_default = d.has_server_default;
  builder.columns.emplace_back(
      d.column_name.empty() ? d.name : d.column_name, c.type, options_of(d));
  position = here;
}

void declare_relationship(MapperBuilder& builder,
                          const void* member,
                          Position& position,
                          const RelationshipDeclaration& d) {
  Mapper& m = *builder.mapper;
  const Position here = place(builder, member, d.name, true, m.relationships.size());
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
  r.cascade = CascadeOptions::parse(d.cascade);
  r.is_viewonly = d.is_viewonly;
  r.has_passive_deletes = d.has_passive_deletes;
  r.has_post_update = d.has_post_update;
  r.is_single_parent = d.is_single_parent;
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
  if (declaration.parent) {
    inherit(builder, declaration.parent());
  }
  construct_prototype(declaration, builder);
  describe(builder);
  make_table(builder);
  declaration.slot->is_simple.store(!m.is_wide(), std::memory_order_release);
  return *builder.mapper.release();  // never destroyed: statics may hold statements of it
}

const sql::Ref& entity_node(const Mapper& mapper) {
  return mapper.entity;
}

}  // namespace azoth::orm
