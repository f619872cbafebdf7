// SPDX-License-Identifier: MIT
// A mapper while its class's prototype is constructed: the attributes that have declared themselves
// so far, and the columns that its table will have. Private to declaration.cpp and inheritance.cpp.
#pragma once
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/table.hpp>

#include <memory>
#include <vector>

namespace azoth::orm {

struct MapperBuilder {
  std::unique_ptr<Mapper> mapper = std::make_unique<Mapper>();
  const char* prototype = nullptr;
  std::vector<Column> columns;  ///< of the table

  /// A key column of a joined table, and which of the parent's it shares its value with.
  struct SharedKey {
    std::uint32_t column;  ///< place in `columns`
    std::uint32_t slot;
  };

  std::vector<SharedKey> shared_keys;
  bool maps_table = false;  ///< that the program declares
};

// --- declaration.cpp ---
/// Gives an attribute its place. @throws ArgumentError for a second attribute of one name
Position place_attribute(MapperBuilder& builder,
                         const void* member,
                         std::string_view name,
                         AttributeRef ref);
void construct_prototype(const ClassDeclaration& declaration, MapperBuilder& builder);
[[noreturn]] void throw_no_key(const Mapper& mapper);

// --- map_table.cpp ---
/// Makes or finds the class's table, and places its columns. @throws ArgumentError
void map_table(MapperBuilder& builder, const ClassDeclaration& declaration);

// --- table_column.cpp ---
/// Returns the SQL type of a column with its length, or precision and scale. @throws ArgumentError
TypePtr sized(TypePtr type, const ColumnDeclaration& declaration);
void add_table_column(MapperBuilder& builder, TypePtr type, const ColumnDeclaration& declaration);

// --- inheritance.cpp ---
/// Begins a subclass with its parent's attributes.
void inherit(MapperBuilder& builder, const ClassDeclaration& declaration);
/// Returns the parent's key that a key column of a joined table shares. @throws ArgumentError
const ColumnAttribute& shared_key(MapperBuilder& builder, const ColumnDeclaration& declaration);
/// Finds discriminator and identity. @throws ArgumentError for an unknown attribute
void set_polymorphic(Mapper& mapper, const ClassDeclaration& declaration);
/// Adds the columns of subclasses that live in the table of this class.
void add_columns_of_sharers(MapperBuilder& builder, const ClassDeclaration& declaration);
/// Fills `tables` and `selectable`. @pre `table_ref` is set
void join_tables(MapperBuilder& builder);
/// Makes the class's entity. @pre `family` is set
void make_entity(Mapper& mapper);
/// The same of a class whose selects go over the tables of concrete subclasses: their union.
void make_union_entity(Mapper& mapper);
/// Fills `family` of classes that share identities, and checks their identities. @pre the mappers
/// are all of their hierarchies, parents first
void find_families(const std::vector<Mapper*>& mappers);

}  // namespace azoth::orm
