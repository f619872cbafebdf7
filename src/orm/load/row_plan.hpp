// SPDX-License-Identifier: MIT
// How the rows of one statement become objects: made when the statement is compiled, kept beside
// its compiled form, shared by all threads. It holds no state of an execution.
#pragma once
#include "orm/load/options.hpp"
#include <azoth/engine/driver.hpp>
#include <azoth/orm/mapper.hpp>

#include <memory>
#include <string>
#include <vector>

namespace azoth::orm {

struct EntityPlan;
struct LoadContext;

/// What selectin loading needs of a relationship: a statement that lacks only its
/// `WHERE key IN (...)`.
struct SelectinPlan {
  /// How parents and rows find each other.
  enum class Match : std::uint8_t {
    by_target_key,  ///< many-to-one: parents know the key of their target; rows are targets
    by_parent_key   ///< rows begin with the key of the parent, then comes the target
  };
  Match match = Match::by_parent_key;
  sql::Ref statement;
  sql::Ref key;                             ///< what stands before IN: a column or a tuple
  std::vector<std::uint32_t> parent_slots;  ///< the parents' columns that hold the key's values
  std::vector<TypePtr> key_types;
  bool is_integer_key = false;
};

/// One relationship that is loaded with its entity.
struct EagerStep {
  const RelationshipAttribute* relationship = nullptr;
  LazyStrategy strategy = LazyStrategy::joined;  ///< joined, selectin or immediate
  std::unique_ptr<EntityPlan> joined{};
  SelectinPlan selectin{};
  std::vector<std::uint32_t> positions{};    ///< of joined ones: what is loaded of the target
  std::vector<std::uint32_t> expressions{};  ///< likewise, the slots of its expressions
  LoadPath expression_options{};             ///< what with_expression() said of them
  /// Of contains_eager: the alias at which the target stands; of of_type(): an entity.
  sql::Ref target{};
  bool is_outer_join = true;  ///< of joined ones: false where the statement joins them itself
};

/// How rows of a subclass are read where a select of its parent meets them.
struct SubclassPlan {
  const Mapper* mapper = nullptr;
  std::vector<std::uint32_t> slots;     ///< of columns that came along and the parent has not
  std::vector<std::uint32_t> sources;   ///< as those of EntityPlan
  std::vector<std::uint32_t> unloaded;  ///< the bits of everything that the row lacks
  bool leaves_column_unloaded = false;
  bool has_rest = false;  ///< a RestPlan loads more columns of its objects
  std::vector<ColumnReader> readers{};
};

/// Columns of a subclass that come with a second statement, which lacks only its
/// `WHERE key IN (...)`.
struct RestPlan {
  const Mapper* mapper = nullptr;
  sql::Ref statement;
  sql::Ref key;
};

/// How a row tells its class.
struct PolymorphicPlan {
  std::uint32_t source = 0;  ///< of the discriminator
  TypePtr type = nullptr;
  std::vector<SubclassPlan> classes;  ///< those whose rows may come; the entity's own among them
  std::vector<RestPlan> rests;
  std::vector<std::unique_ptr<EntityPlan>> others;  ///< of a union: rows with keys of their own
};

/// How one entity is read from a row.
struct EntityPlan {
  const Mapper* mapper = nullptr;
  std::uint32_t number = 0;            ///< among the entities of the statement
  std::vector<std::uint32_t> slots;    ///< loaded columns: places in Mapper::columns
  std::vector<std::uint32_t> sources;  ///< their places among the columns of the entity
  std::vector<std::uint32_t> results;  ///< the columns of the row that those of the entity are
  std::unique_ptr<PolymorphicPlan> polymorphic{};  ///< null where all rows are of the class itself
  std::vector<std::uint32_t> unloaded;             ///< the bits of everything else
  bool leaves_column_unloaded = false;             ///< a deferred column
  std::vector<EagerStep> steps;                    ///< in order of declaration
  bool has_loaders = false;                        ///< some step works on the objects of a batch
  bool is_union = false;                           ///< rows may be of concrete subclasses
  bool is_subclass = false;  ///< an object found by its key may be of another class
  bool does_more = false;    ///< a row does more than to fill columns: steps, or a context
  std::shared_ptr<const LoadContext> context{};  ///< what its objects remember of the options

  // chosen with the driver's help before the first row is read
  std::vector<ColumnReader> readers;  ///< one a loaded column, in order of `slots`
  ColumnReader key_reader{};          ///< of a single integer key, into an optional
  bool (*store_key)(void* member, std::int64_t key) = nullptr;
  std::uint32_t key_offset = 0;
  std::uint32_t key_place = 0;            ///< of the single integer key among the readers
  std::vector<std::uint32_t> key_places;  ///< of other keys
};

/// One element of the rows a program sees.
struct RowOutput {
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  std::uint32_t entity = none;  ///< place in RowPlan::entities, or none
  std::uint32_t column = 0;     ///< else the column of the row
  std::string name{};           ///< of the class or the column; empty: without a name
};

struct RowPlan {
  std::vector<RowOutput> outputs;
  std::vector<std::unique_ptr<EntityPlan>> entities;  ///< those of the columns clause
  std::uint32_t entity_count = 0;                     ///< joined ones included
  bool needs_unique = false;                          ///< a joined list multiplies rows
  bool has_loaders = false;
  bool has_criteria = false;  ///< the statement has with_loader_criteria()
};

}  // namespace azoth::orm
