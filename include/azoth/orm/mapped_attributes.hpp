// SPDX-License-Identifier: MIT
// What a mapper knows of its columns and relationships. Immutable once it is configured.
#pragma once
#include <azoth/orm/declaration.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/types/cpp_type.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::sql {
struct TableNode;
}

namespace azoth::orm {

struct Mapper;

/// A column of a mapped class.
struct ColumnAttribute {
  std::string name;            ///< of the attribute; the key of the table's column
  std::uint32_t index = 0;     ///< number of its bits
  std::uint32_t slot = 0;      ///< place in Mapper::columns
  std::uint32_t offset = 0;    ///< of the member's value in the object
  std::uint32_t position = 0;  ///< in Mapper::selectable
  CellType cell;
  TypePtr type = nullptr;
  sql::Ref node;                          ///< the column; eternal
  const sql::TableNode* table = nullptr;  ///< it belongs to
  std::uint32_t table_position = 0;       ///< in that table
  bool is_primary_key = false, is_nullable = true, is_deferred = false;
  bool has_deferred_raiseload = false;  ///< deferred, and not to be loaded by a read
  std::string deferred_group;           ///< deferred columns that are loaded together
  bool has_default = false;             ///< a value of the program (in the table's ColumnOptions)
  bool has_server_default = false;
  bool has_default_expression = false;  ///< the statement makes the value
  bool has_onupdate_expression = false;
  bool has_server_onupdate = false;
  Value (*onupdate_value)() = nullptr;
  bool has_active_history = false;  ///< the old value is loaded before a change
  bool is_autoincrement = false;    ///< the database generates the key
  /// Of column_property: makes the SQL expression that is its value; it has no column then.
  sql::Ref (*expression)() = nullptr;
  std::uint8_t mixin_rank = 0;
  std::string column_name;  ///< of a table that the program declares (MapsTable); else empty
  bool is_query_expression = false;  ///< statements say what it is (with_expression), or nothing
};

/// Which side of a relationship holds the foreign key; `none` until configured.
enum class Direction : std::uint8_t { none, one_to_many, many_to_one, many_to_many };

/// How a relationship is loaded unless a statement says otherwise.
enum class LazyStrategy : std::uint8_t {
  select,
  joined,
  selectin,
  subquery,
  raise,
  noload,
  immediate,
  raise_on_sql,    ///< raises where SQL would be emitted
  contains_eager,  ///< of statements: the statement itself joins it
  from_mapping,    ///< of statements: as the mapping says
  write_only,      ///< never loaded
  dynamic          ///< never loaded but for cascades
};

/// What follows an object along a relationship.
struct CascadeOptions {
  bool save_update = true, merge = true, refresh_expire = false, expunge = false, delete_ = false,
       delete_orphan = false;
  /// Reads `all, delete-orphan` and the like; an empty text is the default, `none` switches
  /// everything off.
  /// @throws ArgumentError `Invalid cascade option(s): 'x'`.
  static CascadeOptions parse(std::string_view words);
};

/// A relationship of a mapped class.
struct RelationshipAttribute {
  // declared
  std::string name;
  std::uint32_t index = 0;   ///< number of its bits
  std::uint32_t slot = 0;    ///< place in Mapper::relationships
  std::uint32_t offset = 0;  ///< of the member in the object
  bool is_list = false;      ///< holds an ObjectList; else one Object*
  const Mapper& (*target_function)() = nullptr;
  const Mapper* parent = nullptr;
  std::string back_populates, secondary_name, remote_side, foreign_keys, order_by, lazy_name,
      overlaps;
  CascadeOptions cascade;
  LazyStrategy lazy = LazyStrategy::select;
  bool is_viewonly = false, has_passive_deletes = false, has_post_update = false,
       is_single_parent = false, has_passive_updates = true;
  /// WriteOnlyMapped, DynamicMapped: of objects with a row only changes are kept.
  bool is_never_loaded = false;

  // configured
  struct Pair {
    std::uint32_t local, remote;
    bool operator==(const Pair&) const = default;
  };

  struct Order {
    std::uint32_t column;
    bool is_descending;
  };  ///< place in the target's columns

  const Mapper* target = nullptr;
  const RelationshipAttribute* back = nullptr;  ///< the other side, if both are mapped
  Direction direction = Direction::none;
  /// Table positions. Without secondary: (parent's column, target's column). With it: (parent's
  /// column, secondary's column).
  std::vector<Pair> pairs;
  std::vector<Pair> secondary_pairs;  ///< (secondary's column, target's column)
  const sql::TableNode* secondary = nullptr;
  std::vector<Order> order;
  bool is_key_lookup =
      false;  ///< many-to-one over the target's whole primary key: answered by the identity map
  /// What a primaryjoin says beyond `pairs`: columns of the parent as its selectable has them,
  /// those of the target as `remote` has them; eternal.
  std::vector<sql::Ref> criteria;
  sql::Ref remote;                     ///< stands for the target in `criteria`
  std::vector<sql::Ref> custom_order;  ///< in place of `order`: expressions over `remote`

  /// Returns `User.addresses`, as messages name it.
  std::string full_name() const;
};

}  // namespace azoth::orm
