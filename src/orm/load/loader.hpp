// SPDX-License-Identifier: MIT
// What loading offers to the session: rows of statements with entities, single objects by key,
// refreshes, relationships. Emits SELECTs, never flushes (callers have autoflushed) and never
// sweeps.
#pragma once
#include "orm/session_state.hpp"

#include <memory>
#include <span>

namespace azoth::orm {

/// Starts a statement with entities: rewrites it (once, cached), executes it, and returns the
/// reader of its rows.
LoadedRows load_rows(SessionState& session,
                     const sql::Ref& statement,
                     const ExecuteOptions& options);

/// Returns the object with a primary key by a SELECT (`SELECT ... FROM t WHERE t.id = ?`,
/// tablename_plus_col labels), or null.
Object* load_by_key(SessionState& session, const Mapper& mapper, std::span<const Value> key);

/// Loads an object's unloaded columns (all of them when `all`), with eager relationships of its
/// mapping.
/// @throws ObjectDeletedError when the row is gone and the object was expired; InvalidRequestError
/// for refresh().
void refresh_columns(SessionState& session, Object& object, bool all);

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
