// SPDX-License-Identifier: MIT
// `Mapper`: what maps a class to a table. Built from the class's prototype, completed by
// configure(), immutable and shared between threads from then on, never destroyed. Knows no objects
// but through offsets.
#pragma once
#include <azoth/orm/mapped_attributes.hpp>
#include <azoth/orm/object.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/types/cpp_type.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {
class MetaData;

namespace event {
class Dispatch;
}

namespace sql {
struct TableNode;
}
}  // namespace azoth

namespace azoth::orm {

/// Refers to either kind of attribute by the number of its bits.
struct AttributeRef {
  bool is_relationship = false;
  std::uint32_t slot = 0;
  bool is_expression = false;  ///< `slot` is the place in Mapper::expressions
};

/// What sweeps need of a relationship.
struct RelationshipPlace {
  std::uint32_t offset;
  bool is_list;
};

/// One table of a mapped class, with the columns that the class writes there.
struct MappedTable {
  const sql::TableNode* table = nullptr;
  sql::Ref ref;             ///< eternal
  std::uint32_t begin = 0;  ///< position of its first column in Mapper::selectable
  /// Its key, in the order of Mapper::primary_key. Of a joined table these are its own columns,
  /// whose values are the parent's members.
  std::vector<ColumnAttribute> keys;
};

/// How a class that inherits is stored.
enum class Inheritance : std::uint8_t {
  none,     ///< it has no parent
  single,   ///< in the parent's table
  joined,   ///< in a table of its own, joined to the parent's
  concrete  ///< in a table of its own, with all columns
};

struct Mapper {
  std::string class_name;  ///< `User`, without namespaces
  std::string full_class_name;
  std::string table_name;          ///< as declared, `schema.table` or `table`
  const Mapper* parent = nullptr;  ///< of Inherits
  const Mapper* base = nullptr;    ///< the topmost parent, or this one: what identity is about
  std::uint32_t base_id = 0;       ///< dense number of `base`
  sql::Ref table_ref;              ///< eternal
  const sql::TableNode* table = nullptr;  ///< its own, or the one it shares with its parent
  MetaData* metadata = nullptr;           ///< that the table is in
  sql::Ref selectable;  ///< what a select of the class selects from: the table, or the join of
                        ///< `tables`, whose columns are numbered through; eternal
  std::vector<MappedTable> tables;      ///< the topmost parent's first
  std::vector<std::uint32_t> slots_at;  ///< place in `columns` by position in `selectable`
  Inheritance inheritance = Inheritance::none;
  const Mapper& (*self)() = nullptr;
  std::int32_t discriminator = -1;  ///< place in `columns` of the PolymorphicOn attribute, or -1
  Value identity;                   ///< what it holds for this class; NULL: the class has none
  bool loads_inline = false, loads_selectin = false, loads_all = false;
  bool has_union = false;  ///< selects go over the tables of its concrete subclasses too; `family`
                           ///< holds these then
  std::vector<const Mapper*> family;  ///< this class and all below it that share its identity;
                                      ///< known when configured
  sql::Ref entity;  ///< the eternal sql::Entity of this class; of related classes when configured
  std::vector<std::uint32_t> entity_positions;  ///< of the entity's columns in what it selects from
  std::size_t size = 0, align = 0;
  Object* (*construct)(void* at) = nullptr;
  void (*destroy)(Object* object) = nullptr;
  std::vector<AttributeRef> attributes;  ///< by number of bits, parents' first
  std::vector<ColumnAttribute> columns;  ///< in order of declaration
  /// Values that are SQL expressions, which have no column; their slots follow those of `columns`.
  std::vector<ColumnAttribute> expressions;
  std::vector<RelationshipAttribute> relationships;
  std::vector<RelationshipPlace> relationship_places;
  std::vector<std::pair<std::string, std::string>> synonyms;  ///< names and what they stand for
  std::vector<std::uint32_t> primary_key;                     ///< places in `columns`
  std::int32_t version_slot = -1;  ///< place in `columns` of the version counter
  Value (*version_generator)(const Value& previous) = nullptr;
  EagerDefaultsMode eager_defaults = EagerDefaultsMode::automatic;
  bool has_update_defaults = false;  ///< some column has a value of its own at an UPDATE
  bool has_integer_key =
      false;  ///< one key column of an integer type: the identity map's fast path
  std::vector<std::uint32_t> column_words;  ///< bits of all columns, in words of 32
  mutable std::atomic<const void*> statements{
      nullptr};  ///< what loading prepared (load/mapper_statements.hpp)
  /// The nodes of `expressions`, and the entity with them; made when first asked for, eternal.
  mutable std::unique_ptr<std::atomic<const sql::Node*>[]> expression_nodes;
  mutable std::atomic<const sql::Ref*> entity_with_expressions{nullptr};
  void (*configure_rules)(MappingRules& rules) = nullptr;  ///< the class's own configure()
  mutable std::atomic<bool> is_configured{false};  ///< relationships are resolved; see configured()
  mutable std::atomic<event::Dispatch*> dispatch_{nullptr};  ///< made when somebody listens

  /// The listeners of the class, for event::listen(); listen before objects are used.
  event::Dispatch& dispatch() const;

  /// Returns the listeners, or null when there are none.
  const event::Dispatch* listeners() const { return dispatch_.load(std::memory_order_acquire); }

  /// Says whether anybody listens to any mapped class.
  static bool has_any_listeners();

  std::uint32_t words() const { return static_cast<std::uint32_t>((attributes.size() + 31) / 32); }

  bool is_wide() const { return attributes.size() > 32; }

  /// True when other mapped classes share the identity of this one, so that an object found by its
  /// key may be of another class.
  bool is_related() const { return base != this || discriminator >= 0; }

  /// True when what a select of the class is depends on classes below it.
  bool needs_family() const { return has_union || is_related(); }

  /// Finds an attribute by name, or null.
  const ColumnAttribute* find_column(std::string_view name) const;
  const RelationshipAttribute* find_relationship(std::string_view name) const;

  /// Finds a column or an expression by name, or null.
  const ColumnAttribute* find_value(std::string_view name) const;

  const ColumnAttribute& column(unsigned attribute) const {
    const AttributeRef& ref = attributes[attribute];
    return ref.is_expression ? expressions[ref.slot] : columns[ref.slot];
  }

  /// Returns the column or expression of a slot.
  const ColumnAttribute& at(std::uint32_t slot) const {
    return slot < columns.size() ? columns[slot] : expressions[slot - columns.size()];
  }

  const RelationshipAttribute& relationship(unsigned attribute) const {
    return relationships[attributes[attribute].slot];
  }

  /// Returns the column attribute that stands for a column of `selectable`.
  const ColumnAttribute& column_at(std::uint32_t position) const {
    return columns[slots_at[position]];
  }

  /// Returns the column attribute of a table's column, or null when it has none of its own.
  const ColumnAttribute* find_column(const sql::TableNode& table, std::uint32_t position) const;
  /// Says whether objects of this class are objects of `other`.
  bool isa(const Mapper& other) const;
  /// Returns `mapped class User->user_account`, as messages name a mapper.
  std::string display_name() const;
};

/// Resolves the relationships of a class and of the classes they lead to: targets, other sides,
/// join columns. Once, lazily, thread-safe; a failure is remembered. @throws ArgumentError,
/// NoForeignKeysError, AmbiguousForeignKeysError, InvalidRequestError with SQLAlchemy's texts.
void configure(const Mapper& mapper);

/// Returns the mapper with its relationships resolved. Cheap when they are.
inline const Mapper& configured(const Mapper& mapper) {
  if (!mapper.is_configured.load(std::memory_order_acquire)) {
    configure(mapper);
  }
  return mapper;
}

/// Gives a new object the value that tells its class, unless it was given one.
void set_polymorphic_identity(Object& object, const Mapper& mapper);

/// Builds and configures every class that the program registered.
void configure_mappers();

/// Returns the object where it is of the class (or empty), else nothing: what is found by a key may
/// be of a class beside it.
inline Object* of_class(Object* object, const Mapper& mapper) {
  return object && mapper.base != &mapper && !mapper_of(*object).isa(mapper) ? nullptr : object;
}

/// Returns the member of a column in an object.
inline void* member(Object& object, const ColumnAttribute& column) {
  return reinterpret_cast<char*>(&object) + column.offset;
}

inline const void* member(const Object& object, const ColumnAttribute& column) {
  return reinterpret_cast<const char*>(&object) + column.offset;
}

}  // namespace azoth::orm

namespace azoth {
/// Returns the MetaData in which mapped classes have their tables, for association tables and
/// create_all(). Holds the tables of classes that were used; `orm::configure_mappers()` brings in
/// all.
MetaData& default_metadata();
}  // namespace azoth
