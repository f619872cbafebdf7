// SPDX-License-Identifier: MIT
// INSERT, UPDATE and DELETE of mapped classes in a session.
#pragma once
#include "orm/session_state.hpp"
#include <azoth/engine/params.hpp>
#include <azoth/orm/dml_options.hpp>

namespace azoth::orm {

/// Returns the class that a statement was made of, or null for a table's.
const Mapper* dml_mapper(const sql::Ref& statement);

/// Executes a statement. Objects of the session follow an UPDATE or DELETE.
/// @throws ArgumentError for an unknown strategy, InvalidRequestError for criteria that "evaluate"
/// cannot evaluate
CursorResult run_dml(SessionState& session,
                     const sql::Ref& statement,
                     const Params& params,
                     const DmlOptions& options);

/// Inserts many rows, each set by names of attributes: into each table of the class, sets of the
/// same names together, defaults where a name is not given.
CursorResult insert_sets(SessionState& session,
                         const sql::Ref& statement,
                         const ParamsList& sets,
                         const DmlOptions& options);

/// Reads the rows of RETURNING with entities.
LoadedRows load_returned(SessionState& session, CursorResult rows, const DmlOptions& options);

}  // namespace azoth::orm
