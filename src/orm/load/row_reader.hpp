// SPDX-License-Identifier: MIT
// Makes objects of rows: the loop that every loaded entity goes through. Knows the plan of the
// statement, not how rows are handed out (row_loader.hpp) nor what selectin emits.
#pragma once
#include "orm/load/list_filler.hpp"
#include "orm/load/row_plan.hpp"
#include "orm/session_state.hpp"
#include <azoth/engine/cursor_result.hpp>

namespace azoth::orm {

/// Reads the entities of a result's rows. Lives on the stack or in a RowLoader; its session must
/// outlive it while rows are read.
class RowReader {
 public:
  /// `statement` is what is executed, for loaders that select from it; it may be empty.
  RowReader(SessionState& session,
            CursorResult& result,
            bool populate_existing,
            sql::Ref statement = {});

  /// Says which statement was executed, whose criteria (with_loader_criteria) its objects remember
  /// and what is loaded with them goes by.
  void follow_criteria(const sql::Ref& statement) {
    if (plan_->has_criteria) [[unlikely]] {
      take_criteria(statement);
    }
  }

  const RowPlan& plan() const { return *plan_; }

  /// Returns the object of an entity in the current row, read from it when it is new; null where an
  /// outer join found none. @throws DataError naming column and value
  Object* read(const EntityPlan& entity) {
    if (entity.is_union) [[unlikely]] {
      return read_of_union(entity);
    }
    return read_own(entity);
  }

  /// Ends a batch of rows: fills joined lists and runs the loaders of selectin steps.
  void finish();

 private:
  void take_criteria(const sql::Ref& statement);
  void tell_loaded(Object& object);
  void tell_refreshed(Object& object);

  /// The objects of one entity in a batch, and the members of its joined lists.
  struct Batch {
    ObjectTable objects;
    std::vector<ListFiller> lists;  ///< one a step
  };

  Object* read_own(const EntityPlan& entity) {
    if (entity.mapper->has_integer_key) [[likely]] {
      return read_by_integer(entity);
    }
    return read_by_values(entity);
  }

  Object* read_of_union(const EntityPlan& entity);
  Object* read_by_integer(const EntityPlan& entity);
  Object* read_by_values(const EntityPlan& entity);
  Object& create(const EntityPlan& entity, std::int64_t key);
  Object& create(const EntityPlan& entity, std::span<const Value> key);
  Object& create_of_its_class(const EntityPlan& entity);
  const SubclassPlan& class_of_row(const EntityPlan& entity);
  void check_class(const EntityPlan& entity, const Object& object) const;
  void fill(const EntityPlan& entity, Object& object);
  void update(const EntityPlan& entity, Object& object);
  void overwrite(const EntityPlan& entity, Object& object);
  void read_more(const EntityPlan& entity, Object& object, bool is_new);
  void read_steps(const EntityPlan& entity, Object& object);
  void finish(const EntityPlan& entity);
  void load_rests();

  void read_column(const ColumnReader& reader, void* target) {
    if (!reader.read(result_.cursor(), reader, target)) [[unlikely]] {
      result_.read(reader, target);  // reads it again, to say what is wrong
    }
  }

  SessionState& session_;
  CursorResult& result_;
  const RowPlan* plan_;
  bool populate_existing_;
  bool tells_;  ///< somebody may listen
  sql::Ref statement_;
  sql::Refs criteria_;               // of the statement
  sql::Refs lasting_;                // those of them that its objects remember
  std::vector<std::uint8_t> marks_;  // of the contexts, by number of the entity; 0: not asked yet
  ObjectTable overwritten_;          // each object once a result
  std::vector<Batch> batches_;       // by number of the entity
  std::vector<std::pair<const PolymorphicPlan*, Object*>> incomplete_;  // new, with a RestPlan
  std::vector<Value> key_;  // of the entity at hand; kept for its memory
};

}  // namespace azoth::orm
