// SPDX-License-Identifier: MIT
// What loading offers to the session: rows of statements with entities, single objects by key,
// refreshes, relationships. Emits SELECTs and never sweeps; only what is loaded because it
// is read flushes first, for all else callers have.
#pragma once
#include "orm/session_state.hpp"

#include <memory>
#include <span>

namespace azoth::orm {

struct LoadPath;

/// What a statement is executed for.
enum class ExecutionPurpose : std::uint8_t { program, relationship_load, column_load };

/// Starts a statement with entities: rewrites it (once, cached), executes it, and returns the
/// reader of its rows.
LoadedRows load_rows(SessionState& session,
                     const sql::Ref& statement,
                     const ExecuteOptions& options);

/// Returns the object with a primary key by a SELECT (`SELECT ... FROM t WHERE t.id = ?`,
/// tablename_plus_col labels), or null.
/// `options` say how what it refers to is loaded, `criteria` (with_loader_criteria) may hide it.
Object* load_by_key(SessionState& session,
                    const Mapper& mapper,
                    std::span<const Value> key,
                    const LoadPath* options = nullptr,
                    const sql::Refs& criteria = {},
                    ExecutionPurpose purpose = ExecutionPurpose::program);

/// Loads an object's unloaded columns, with eager relationships of its mapping.
/// @throws ObjectDeletedError when the row is gone.
void refresh_columns(SessionState& session, Object& object);

/// Reads some columns (places in Mapper::columns) of an object from its row.
/// @throws ObjectDeletedError when the row is gone.
void load_columns(SessionState& session, Object& object, const std::vector<std::uint32_t>& slots);

/// Loads an object, or some of its attributes, anew: Session::refresh.
/// @throws InvalidRequestError when the row is gone.
void refresh(SessionState& session, Object& object, const RefreshOptions& options);

/// Tells listeners of do_orm_execute; returns the statement, to which they may have added options:
/// then it is `changed`.
const sql::Ref& tell_execute(SessionState& session,
                             const sql::Ref& statement,
                             ExecutionPurpose purpose,
                             sql::Ref& changed);

/// Drops what an object remembers of its columns when one that its statement left out is expired.
void expire_context(SessionState& session, Object& object, std::span<const unsigned> attributes);

/// Loads a column before it is read: a deferred one by itself, else all that are expired.
/// @throws ObjectDeletedError
void load_attribute(SessionState& session, Object& object, unsigned attribute);

/// Loads a relationship of a persistent object: from the identity map, else by a SELECT. False when
/// `fetch` forbids the SELECT.
/// @throws InvalidRequestError for raiseload.
bool load_related(SessionState& session,
                  Object& object,
                  const RelationshipAttribute& relationship,
                  Fetch fetch);

}  // namespace azoth::orm
