// SPDX-License-Identifier: MIT
// The statements by which single objects and their relationships are loaded, built once a class
// from bind parameters without values. Immutable, shared by all threads, never destroyed, as
// mappers are.
#pragma once
#include "orm/session_state.hpp"
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/statement_builder.hpp>

#include <span>
#include <vector>

namespace azoth::orm {

/// How a relationship is loaded lazily: a select, and the parent's columns (places in
/// Mapper::columns) whose values it takes, in order.
struct LazyStatement {
  sql::Ref select;
  std::vector<std::uint32_t> parent_slots;
  std::vector<TypePtr> types;
  bool has_own_values = false;  ///< beside those: constants of a primaryjoin
};

struct MapperStatements {
  sql::Ref by_key;                  ///< `SELECT t.id AS t_id, ... WHERE t.id = ?`
  sql::Ref unexpire;                ///< the same of an object that is there, but expired
  sql::Ref refresh;                 ///< `SELECT t.id, ... WHERE t.id = ?`
  std::vector<LazyStatement> lazy;  ///< by place in Mapper::relationships
};

/// Returns the statements of a class, built at the first call.
const MapperStatements& statements_of(const Mapper& mapper);

/// Makes `SELECT columns WHERE key = ?` of some of the class's columns (places in Mapper::columns).
sql::Ref select_columns(const Mapper& mapper,
                        const std::vector<std::uint32_t>& slots,
                        sql::LabelStyle style = sql::LabelStyle::tablename_plus_col);

/// Executes one of these statements, of a class, with the key's or the parent's values; some have
/// values of their own beside them.
CursorResult run_with(SessionState& session,
                      const Mapper& mapper,
                      const sql::Ref& select,
                      std::span<const Literal> values,
                      const ExecutionOptions& options = {},
                      bool has_own_values = false);

}  // namespace azoth::orm
