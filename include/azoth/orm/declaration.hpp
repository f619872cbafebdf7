// SPDX-License-Identifier: MIT
// What a class's declarations come down to once their templates are gone: constant data that the
// prototype's attributes hand to the mapper (mapper.hpp, built in src/orm/declaration.cpp).
// Internal: the words that users write stand in declare.hpp and options.hpp.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/types/cpp_type.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <typeinfo>

namespace azoth {
struct TableArgs;
}

namespace azoth::orm {

class Object;
struct Mapper;
struct MapperBuilder;
class MappingRules;

/// Carries a string literal as a template argument.
template <std::size_t N>
struct Name {
  char text[N]{};

  constexpr Name(const char (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
      text[i] = s[i];
    }
  }

  constexpr std::string_view view() const { return {text, N - 1}; }
};

/// Carries a default value as a template argument: a number, a bool, an enumerator or a string
/// literal.
template <class T, std::size_t N>
struct Constant {
  T value;

  constexpr Constant(T v) : value(v) {}

  constexpr T get() const { return value; }
};

template <std::size_t N>
struct Constant<char, N> {
  char text[N]{};

  constexpr Constant(const char (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
      text[i] = s[i];
    }
  }

  constexpr std::string_view get() const { return {text, N - 1}; }
};

template <std::size_t N>
Constant(const char (&)[N]) -> Constant<char, N>;
template <class T>
Constant(T) -> Constant<T, 0>;

/// Holds what `Column<"name", T, Options...>` says.
struct ColumnDeclaration {
  enum class Nullable : std::uint8_t { by_type, yes, no };
  enum class Generated : std::uint8_t { automatic, always, never };
  std::string_view name;
  CellType cell;
  TypePtr (*type)() = nullptr;      ///< the C++ type's own SQL type
  TypePtr (*sql_type)() = nullptr;  ///< given by SqlType<>
  Value (*default_value)() = nullptr;
  Value (*onupdate_value)() = nullptr;
  Value (*version_generator)(const Value& previous) = nullptr;
  std::string_view column_name{}, foreign_key{}, ondelete{}, onupdate{}, server_default{},
      comment{}, default_sql{}, onupdate_sql{}, deferred_group{};
  std::int32_t length = -1, precision = -1, scale = -1;
  Nullable nullable = Nullable::by_type;
  Generated autoincrement = Generated::automatic;
  bool is_primary_key = false, is_unique = false, is_indexed = false, is_deferred = false,
       has_server_default = false, has_active_history = false, is_version_id = false,
       has_server_onupdate = false, has_deferred_raiseload = false;
  std::uint8_t mixin_rank = 0;  ///< 1: of a mixin, 2: of an abstract base; own columns stand first
};

/// Holds what `Relationship<"name", Target, Options...>` says.
struct RelationshipDeclaration {
  enum class Uselist : std::uint8_t { by_type, yes, no };
  std::string_view name;
  const Mapper& (*target)() = nullptr;
  bool is_list = false;
  std::string_view back_populates{}, cascade{}, secondary{}, remote_side{}, foreign_keys{},
      order_by{}, lazy{}, overlaps{};
  Uselist uselist = Uselist::by_type;
  bool has_passive_deletes = false, is_viewonly = false, has_post_update = false,
       is_single_parent = false, has_passive_updates = true;
  bool is_never_loaded = false;  ///< WriteOnlyMapped, DynamicMapped
};

/// Where an attribute lies in its objects and which number its bits have; set once by the
/// prototype.
struct Position {
  std::uint32_t offset = 0;
  std::uint32_t index = 0;
};

/// The same of a key column that a joined table shares with its parent's table: the value is the
/// parent's member.
struct KeyPosition : Position {
  std::uint32_t value_offset = 0;
};

/// The static state of one mapped class.
struct ClassSlot {
  std::atomic<bool> is_simple{
      false};  ///< the mapper is built and objects need no ObjectExtra from the start
  MapperBuilder* building = nullptr;  ///< while the prototype is constructed
};

template <class D>
struct ClassState {
  static inline constinit ClassSlot slot{};
};

/// When values that the database makes are fetched: `automatic` with the INSERT where it can return
/// them, else when they are read.
enum class EagerDefaultsMode : std::uint8_t { automatic, always, never };

/// Hands a class to the mapper builder without its type.
struct ClassDeclaration {
  std::string_view table;
  const std::type_info* type;
  std::size_t size, align;
  Object* (*construct)(void* at);
  void (*destroy)(Object* object);
  ClassSlot* slot;
  const Mapper& (*self)();
  const Mapper& (*parent)() = nullptr;  ///< null without Inherits
  bool is_concrete = false, is_concrete_base = false;
  std::string_view polymorphic_on{};          ///< the attribute that tells the class of a row
  Value (*polymorphic_identity)() = nullptr;  ///< what it holds for this class
  std::string_view polymorphic_load{};        ///< `inline` or `selectin`
  std::string_view with_polymorphic{};        ///< `*`
  EagerDefaultsMode eager_defaults = EagerDefaultsMode::automatic;
  MetaData& (*metadata)() = nullptr;                 ///< null: default_metadata()
  const Table& (*mapped_table)() = nullptr;          ///< of MapsTable
  TableArgs (*table_args)() = nullptr;               ///< of a class that has table_args()
  void (*configure)(MappingRules& rules) = nullptr;  ///< of a class that has configure()
};

/// Builds the mapper of a class by constructing its prototype. Called once a class, under its
/// static's guard.
/// @throws ArgumentError when the declarations contradict each other or there is no primary key.
const Mapper& build_mapper(const ClassDeclaration& declaration);

/// Register attributes of the prototype that is being constructed.
void declare_column(MapperBuilder& builder,
                    const void* member,
                    Position& position,
                    const ColumnDeclaration& declaration);
/// Registers the key column of a joined table, whose value is the parent's.
void declare_key(MapperBuilder& builder,
                 const void* member,
                 KeyPosition& position,
                 const ColumnDeclaration& declaration);
void declare_relationship(MapperBuilder& builder,
                          const void* member,
                          Position& position,
                          const RelationshipDeclaration& declaration);

/// Registers a value that is a SQL expression; without one, of query_expression.
void declare_expression(MapperBuilder& builder,
                        const void* member,
                        Position& position,
                        const ColumnDeclaration& declaration,
                        sql::Ref (*expression)());

/// Tells where a member lies that is no attribute: a hybrid.
void declare_member(MapperBuilder& builder, const void* member, Position& position);
/// The same of another name of an attribute, which the mapper then knows.
void declare_synonym(MapperBuilder& builder,
                     const void* member,
                     Position& position,
                     std::string_view name,
                     std::string_view target);

/// Is what the constructor of a mapped object does unless the class is built and narrow: builds the
/// mapper, gives wide objects their bits.
void enter(Object& object, const ClassSlot& slot, const Mapper& (*mapper)());

const sql::Ref& entity_node(const Mapper& mapper);
const sql::Ref& table_node(const Mapper& mapper);

/// Makes a mapped class known before main(), so that foreign keys find tables whose class was not
/// used yet, and parents their subclasses.
class Registration {
 public:
  explicit Registration(ClassDeclaration (*declaration)()) noexcept;

  ClassDeclaration declaration() const { return declaration_(); }

  const Registration* next() const { return next_; }

  /// The one that was made last.
  static const Registration* last();

 private:
  ClassDeclaration (*declaration_)();
  const Registration* next_;
};

}  // namespace azoth::orm
