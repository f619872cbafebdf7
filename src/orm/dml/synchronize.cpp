// SPDX-License-Identifier: MIT
// How a session's objects follow an UPDATE or DELETE that did not come from a flush: the rows it
// hits are found among the objects by evaluating its criteria on them, or are asked of the database
// (RETURNING the keys, else a SELECT before). New values are evaluated on the objects; what cannot
// be is expired.
#include "orm/dml/dml.hpp"
#include "orm/dml/evaluator.hpp"
#include "orm/load/criteria.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_loader.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>
#include <azoth/sql/visitors.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Clause;
using sql::Kind;
using sql::Ref;
using sql::StatementBuilder;

const Mapper* dml_mapper(const Ref& statement) {
  const Mapper* mapper = nullptr;
  sql::as<sql::Statement>(statement).each(Clause::option, [&](const Ref& part) {
    if (part->kind() == Kind::entity) {
      mapper = static_cast<const Mapper*>(sql::as<sql::Entity>(part).mapper);
    }
  });
  return mapper;
}

namespace {

enum class Strategy : std::uint8_t { none, evaluate, fetch };

class Synchronizer {
 public:
  Synchronizer(SessionState& session,
               const Mapper& mapper,
               const Ref& statement,
               const ExecutionOptions& options)
      : session_(session),
        mapper_(mapper),
        statement_(statement),
        execution_(options),
        evaluator_(mapper) {}

  CursorResult run(const Params& params, const std::string& wanted) {
    const Strategy strategy = choose(wanted);
    if (strategy == Strategy::evaluate) {
      match_by_criteria();
    }
    if (strategy != Strategy::fetch) {
      CursorResult result = session_.connection().run(statement_, params, execution_);
      follow();
      return result;
    }
    const Capabilities& can = session_.connection().dialect().capabilities();
    const auto& s = sql::as<sql::Statement>(statement_);
    const bool is_update = s.kind() == Kind::update;
    if (!s.has(Clause::returning) && (is_update ? can.update_returning : can.delete_returning)) {
      return run_returning(params);
    }
    match_by_select();
    CursorResult result = session_.connection().run(statement_, params, execution_);
    follow();
    return result;
  }

 private:
  Strategy choose(const std::string& wanted) const {
    if (wanted.empty()) {
      return Strategy::none;
    }
    if (wanted == "fetch") {
      return Strategy::fetch;
    }
    if (wanted != "auto" && wanted != "evaluate") {
      throw ArgumentError(
          "Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', False");
    }
    std::optional<std::string> why;
    sql::as<sql::Statement>(statement_).each(Clause::where, [&](const Ref& part) {
      why = why ? why : evaluator_.refusal(part);
    });
    if (why && wanted == "evaluate") {
      throw InvalidRequestError("Could not evaluate current criteria in the program: \"" + *why +
                                "\". Specify 'fetch' or False for the synchronize_session "
                                "execution option.");
    }
    return why ? Strategy::fetch : Strategy::evaluate;
  }

  void match_by_criteria() {
    session_.identities.each([&](Object& o) {
      if (mapper_of(o).isa(mapper_) && is_hit(o)) {
        matched_.push_back(&o);
      }
    });
  }

  // What is not loaded may be hit.
  bool is_hit(const Object& object) const {
    bool hit = true;
    sql::as<sql::Statement>(statement_).each(Clause::where, [&](const Ref& part) {
      const std::optional<Value> v = evaluator_.evaluate(part, object);
      hit = hit && (!v || *v == Value(true) || *v == Value(std::int64_t{1}));
    });
    return hit;
  }

  void match_by_select() {
    Ref select = StatementBuilder::make(Kind::select);
    for (const ColumnAttribute& key : mapper_.tables.back().keys) {
      StatementBuilder::append(select, Clause::column, key.table->column(key.table_position));
    }
    sql::as<sql::Statement>(statement_).each(Clause::where, [&](const Ref& part) {
      StatementBuilder::append(select, Clause::where, part);
    });
    CursorResult rows = session_.connection().run(select);
    match_rows(rows);
  }

  CursorResult run_returning(const Params& params) {
    Ref statement = statement_;
    for (const ColumnAttribute& key : mapper_.tables.back().keys) {
      StatementBuilder::append(statement, Clause::returning, key.table->column(key.table_position));
    }
    CursorResult result = session_.connection().run(statement, params);
    match_rows(result);
    follow();
    return result;
  }

  void match_rows(CursorResult& rows) {
    std::vector<Value> key(mapper_.tables.back().keys.size());
    while (rows.next()) {
      for (std::size_t i = 0; i < key.size(); ++i) {
        key[i] = rows.value(i);
      }
      if (Object* o = of_class(session_.identities.find(mapper_, key), mapper_)) {
        matched_.push_back(o);
      }
    }
  }

  void follow() {
    const auto& s = sql::as<sql::Statement>(statement_);
    for (Object* o : matched_) {
      if (s.kind() == Kind::delete_) {
        forget_deleted(*o);
      } else {
        set_values(s, *o);
        if (session_.transaction().is_nested) {
          session_.transaction().altered.push_back(o);
        }
      }
    }
  }

  void forget_deleted(Object& object) const {
    std::vector<Value> key = identity_key(object);
    session_.identities.erase(object);
    std::erase(session_.queue, &object);
    header(object).is_queued = false;
    header(object).state = ObjectState::deleted;
    session_.transaction().deleted.push_back({&object, std::move(key)});
  }

  // Attributes with changes of their own keep them. The values are all of before.
  void set_values(const sql::Statement& s, Object& object) const {
    std::vector<std::pair<const ColumnAttribute*, std::optional<Value>>> values;
    s.each(Clause::set, [&](const Ref& part) {
      const auto& a = sql::as<sql::Assignment>(part);
      const ColumnAttribute* c = a.key.empty() ? nullptr : mapper_of(object).find_column(a.key);
      if (c && is_loaded(object, c->index) && !is_modified(object, c->index)) {
        values.emplace_back(
            c, evaluator_.refusal(a.value) ? std::nullopt : evaluator_.evaluate(a.value, object));
      }
    });
    for (const auto& [column, value] : values) {
      if (value && (!value->is_null() || column->cell.optional)) {
        store_cell(column->cell, member(object, *column), *value);
      } else {
        set_unloaded(object, column->index);
      }
    }
  }

  SessionState& session_;
  const Mapper& mapper_;
  const Ref& statement_;
  const ExecutionOptions& execution_;
  Evaluator evaluator_;
  std::vector<Object*> matched_;
};

}  // namespace

namespace {

// The statement with columns that select from a join as columns of the tables they are of, which is
// what DML draws on.
Ref with_plain_columns(const Ref& statement) {
  return sql::replacement_traverse(statement, [](const Ref& node) {
    if (node->kind() != Kind::column || !sql::as<sql::ColumnNode>(node).from) {
      return Ref();
    }
    const auto& column = sql::as<sql::ColumnNode>(node);
    return column.owner->column(column.index);
  });
}

bool returns_entities(const Ref& statement) {
  bool found = false;
  sql::as<sql::Statement>(statement).each(
      Clause::returning, [&](const Ref& part) { found |= part->kind() == Kind::entity; });
  return found;
}

}  // namespace

LoadedRows load_returned(SessionState& session, CursorResult rows, const DmlOptions& options) {
  ExecuteOptions read;
  read.populate_existing = options.populate_existing;
  return LoadedRows(std::make_unique<RowLoader>(session, std::move(rows), read));
}

CursorResult run_dml(SessionState& session,
                     const Ref& original,
                     const Params& params,
                     const DmlOptions& options) {
  const Mapper* mapper = dml_mapper(original);
  if (!mapper) {
    return session.connection().run(original, params);
  }
  configured(*mapper);
  Ref statement = original;
  const sql::Refs criteria = criteria_of(original);
  StatementBuilder::remove(statement, Clause::option);
  const ExecutionOptions entities{
      .rewriter = returns_entities(statement) ? &EntityRewriter::instance() : nullptr};
  if (statement->kind() == Kind::insert) {
    return session.connection().run(statement, params, entities);
  }
  if (!criteria.empty()) {
    statement = with_criteria(statement, criteria, false);
    append_criteria_of(statement, criteria, *mapper, {mapper->selectable});
  }
  if (Ref own_rows = single_table_criteria(*mapper, {mapper->selectable})) {
    StatementBuilder::append(statement, Clause::where, std::move(own_rows));
  }
  if (mapper->tables.size() > 1) {
    statement = with_plain_columns(statement);
  }
  return Synchronizer(session, *mapper, statement, entities)
      .run(params, options.synchronize_session.strategy());
}

}  // namespace azoth::orm
