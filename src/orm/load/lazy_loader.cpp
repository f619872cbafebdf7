// SPDX-License-Identifier: MIT
// Loads one relationship of one object when it is first read: many-to-one from the identity map
// when it holds the target, everything else by a SELECT.
#include "orm/load/criteria.hpp"
#include "orm/load/loader.hpp"
#include "orm/load/mapper_statements.hpp"
#include "orm/load/options.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/orm/changes.hpp>

namespace azoth::orm {

namespace {

class LazyLoader {
 public:
  /// `below` says how the related objects are loaded further, `criteria` which of them are not,
  /// `may_emit` whether SQL is allowed.
  LazyLoader(SessionState& session,
             Object& object,
             const RelationshipAttribute& relationship,
             const LoadPath* below,
             const sql::Refs& criteria,
             bool may_emit)
      : session_(session),
        object_(object),
        relationship_(relationship),
        below_(below),
        criteria_(criteria),
        may_emit_(may_emit),
        statement_(statements_of(*relationship.parent).lazy[relationship.slot]) {}

  bool load(Fetch fetch) {
    if (!read_parent_values(fetch)) {
      return false;
    }
    if (is_loaded(object_, relationship_.index)) {
      return true;  // came along with the parent's expired columns
    }
    if (has_null_) {
      fill({});
      return true;
    }
    if (relationship_.is_key_lookup && load_from_identity_map(fetch)) {
      return true;
    }
    if (fetch == Fetch::from_memory) {
      return false;
    }
    require_sql();
    load_by_select();
    return true;
  }

 private:
  // The values that the parent gives, as they are now; expired ones are loaded first.
  bool read_parent_values(Fetch fetch) {
    values_.resize(statement_.parent_slots.size());
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const ColumnAttribute& column = relationship_.parent->columns[statement_.parent_slots[i]];
      if (!is_loaded(object_, column.index)) {
        if (fetch == Fetch::from_memory) {
          return false;
        }
        load_attribute(session_, object_, column.index);
      }
      values_[i] = value_of(column);
      has_null_ |= values_[i].is_null();
    }
    return true;
  }

  // A flush asks for the children that the rows have: of the key as it was.
  Value value_of(const ColumnAttribute& column) const {
    if (session_.is_flushing && relationship_.direction != Direction::many_to_one) {
      if (const ColumnChange* change = find_change(object_, column); change && change->is_known) {
        return change->committed;
      }
    }
    Value scratch;
    return Value(load_cell(column.cell, member(object_, column), scratch));
  }

  // The target's key in its own order, from the values in the order of the pairs.
  std::vector<Value> target_key() const {
    std::vector<Value> key;
    for (const std::uint32_t slot : relationship_.target->primary_key) {
      for (std::size_t i = 0; i < values_.size(); ++i) {
        if (relationship_.target->slots_at[relationship_.pairs[i].remote] == slot) {
          key.push_back(values_[i]);
        }
      }
    }
    return key;
  }

  bool load_from_identity_map(Fetch fetch) {
    const std::vector<Value> key = target_key();
    Object* target =
        of_class(session_.identities.find(*relationship_.target, key), *relationship_.target);
    const bool is_at_hand = target && !header(*target).has_unloaded_columns;
    if (!is_at_hand && fetch == Fetch::from_memory) {
      return false;
    }
    if (!target) {
      require_sql();
      target = load_by_key(session_,
                           *relationship_.target,
                           key,
                           below_,
                           criteria_,
                           ExecutionPurpose::relationship_load);
    } else if (!is_at_hand) {
      try {  // an expired target is read anew, which tells whether its row is still there
        refresh_columns(session_, *target);
      } catch (const ObjectDeletedError&) {
        target = nullptr;
      }
    }
    if (!is_loaded(object_, relationship_.index)) {
      load_target(object_, relationship_, target);
    }
    return true;
  }

  void require_sql() const {
    if (!may_emit_) {
      throw InvalidRequestError("'" + relationship_.full_name() +
                                "' is not available due to lazy='raise_on_sql'");
    }
  }

  void load_by_select() {
    const std::vector<Literal> literals(values_.begin(), values_.end());
    sql::Ref select = statement_.select;
    if (below_) {
      append_options(select, *below_);
    }
    append_criteria(select, criteria_);
    sql::Ref changed;
    const sql::Ref& told =
        tell_execute(session_, select, ExecutionPurpose::relationship_load, changed);
    CursorResult rows = run_with(session_,
                                 *relationship_.target,
                                 told,
                                 literals,
                                 {.rewriter = &EntityRewriter::instance()},
                                 statement_.has_own_values || !criteria_.empty() || changed);
    RowReader reader(session_, rows, false);
    reader.follow_criteria(told);
    const EntityPlan& entity = *reader.plan().entities.front();
    ObjectTable found;
    while (rows.next()) {
      if (Object* target = reader.read(entity)) {
        found.insert(target);
      }
    }
    reader.finish();
    fill(found.objects());
  }

  void fill(std::span<Object* const> targets) {
    if (relationship_.is_list) {
      return load_list(object_, relationship_, targets);
    }
    if (targets.size() > 1) {
      warn(WarningCategory::sa_warning,
           "Multiple rows returned with uselist=False for lazily-loaded attribute '" +
               relationship_.full_name() + "' ");
    }
    load_target(object_, relationship_, targets.empty() ? nullptr : targets.front());
  }

  SessionState& session_;
  Object& object_;
  const RelationshipAttribute& relationship_;
  const LoadPath* below_;
  const sql::Refs& criteria_;
  bool may_emit_;
  const LazyStatement& statement_;
  std::vector<Value> values_;
  bool has_null_ = false;
};

}  // namespace

bool load_related(SessionState& session,
                  Object& object,
                  const RelationshipAttribute& relationship,
                  Fetch fetch) {
  if (relationship.is_never_loaded && fetch == Fetch::from_memory) {
    return false;
  }
  const LoadContext* context = session.contexts.of(object);
  const LazyStrategy strategy = context && !relationship.is_never_loaded
                                    ? context->path.strategy_of(relationship)
                                    : relationship.lazy;
  if (strategy == LazyStrategy::write_only) {
    throw InvalidRequestError(
        "Attribute " + relationship.full_name() +
        " can't load the existing state from the database for this operation; full iteration is "
        "not permitted.  If this is a delete operation, configure passive_deletes=True on the " +
        relationship.full_name() + " relationship in order to resolve this error.");
  }
  if (strategy == LazyStrategy::raise) {
    if (fetch == Fetch::from_memory) {
      return false;
    }
    throw InvalidRequestError("'" + relationship.full_name() +
                              "' is not available due to lazy='raise'");
  }
  if (strategy == LazyStrategy::noload) {
    relationship.is_list ? load_list(object, relationship, {})
                         : load_target(object, relationship, nullptr);
    return true;
  }
  const LoadPath::Step* step = context ? context->path.find(relationship) : nullptr;
  const LoadPath* below = step && !step->below.empty() ? &step->below : nullptr;
  const bool may_emit = strategy != LazyStrategy::raise_on_sql;
  static const sql::Refs none;
  const sql::Refs& criteria = context ? context->criteria : none;
  return LazyLoader(session, object, relationship, below, criteria, may_emit).load(fetch);
}

}  // namespace azoth::orm
