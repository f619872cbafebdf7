// SPDX-License-Identifier: MIT
// Statements about the members of collections that are never loaded: the condition of a lazy load,
// with the values that the parent has now.
//
//   SELECT post.id, post.title FROM post WHERE ? = post.user_id ORDER BY post.id
#include "orm/custom_join.hpp"
#include "orm/flush/dependency.hpp"
#include "orm/load/relationship_join.hpp"
#include "orm/session_state.hpp"
#include "orm/tracking.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/dynamic.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth::orm {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

namespace {

const RelationshipAttribute& relationship_of(const Object& owner, unsigned attribute) {
  return configured(mapper_of(owner)).relationship(attribute);
}

// The value of a column of the parent, read anew if it is expired.
Value value_at(Object& owner, const RelationshipAttribute& r, std::uint32_t position) {
  const ColumnAttribute& column = mapper_of(owner).column_at(position);
  load_before_read(owner, column.index);
  Value scratch;
  Value value(load_cell(column.cell, member(owner, column), scratch));
  const bool is_key_missing =
      column.is_primary_key && !keeps_changes(owner) && !is_modified(owner, column.index);
  if (value.is_null() || is_key_missing) {
    throw InvalidRequestError("The object whose " + r.full_name() +
                              " is asked for has no key yet; flush the session first");
  }
  return value;
}

Ref parameter(const Value& value, TypePtr type) {
  return sql::bind(Literal(value), "param", type);
}

// Appends the condition under which a row is a member.
void append_membership(Ref& statement, Object& owner, const RelationshipAttribute& r) {
  const TablePlace target = place_of(*r.target);
  const TablePlace remote{r.secondary ? Ref(r.secondary) : target.from};
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    Ref column = remote.at(pair.remote);
    const TypePtr type = column->type();
    StatementBuilder::append(
        statement,
        Clause::where,
        sql::compare(
            sql::Op::eq, parameter(value_at(owner, r, pair.local), type), std::move(column)));
  }
  if (r.secondary) {
    StatementBuilder::append(
        statement, Clause::where, beyond_secondary_condition(r, remote, target));
  }
  for (const Ref& part : r.criteria) {
    const auto of_target = [&](std::uint32_t position) { return target.at(position); };
    const auto of_parent = [&](std::uint32_t position) {
      return parameter(value_at(owner, r, position), mapper_of(owner).column_at(position).type);
    };
    StatementBuilder::append(statement, Clause::where, criteria_at(r, part, of_target, of_parent));
  }
}

// The reference of new members, which the statement fills in.
void append_reference(Ref& insert, Object& owner, const RelationshipAttribute& r) {
  if (r.direction != Direction::one_to_many) {
    throw InvalidRequestError(
        "Write only bulk INSERT only supported for one-to-many collections; for many-to-many, use "
        "a separate bulk INSERT along with add_all().");
  }
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    const std::string& key = r.target->column_at(pair.remote).name;
    StatementBuilder::append(
        insert,
        Clause::set,
        sql::assignment(r.target->table_ref, key, Literal(value_at(owner, r, pair.local))));
  }
}

}  // namespace

Ref select_members(Object& owner, unsigned attribute, bool labels) {
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  Ref select = StatementBuilder::make(sql::Kind::select);
  if (labels) {
    StatementBuilder::set_label_style(select, sql::LabelStyle::tablename_plus_col);
  }
  StatementBuilder::append(select, Clause::column, entity_node(*r.target));
  if (r.secondary) {
    StatementBuilder::append(select, Clause::from, place_of(*r.target).from);
    StatementBuilder::append(select, Clause::from, Ref(r.secondary));
  }
  append_membership(select, owner, r);
  append_order(select, r, place_of(*r.target));
  return select;
}

Ref change_members(Object& owner, unsigned attribute, sql::Kind kind) {
  const RelationshipAttribute& r = relationship_of(owner, attribute);
  Ref statement = azoth::detail::entity_dml(kind, table_node(*r.target), entity_node(*r.target));
  if (kind == sql::Kind::insert) {
    append_reference(statement, owner, r);
  } else {
    append_membership(statement, owner, r);
  }
  return statement;
}

std::vector<Object*> added_since_flush(Object& owner, unsigned attribute) {
  return added_members(owner, relationship_of(owner, attribute));
}

bool is_without_session(const Object& owner) {
  return header(owner).session == nullptr;
}

Session& session_of_members(Object& owner, unsigned attribute) {
  auto* session = static_cast<SessionState*>(header(owner).session);
  if (session && header(owner).state == ObjectState::pending) {
    session->autoflush();
  }
  if (!session || !keeps_changes(owner)) {
    throw DetachedInstanceError(
        "Parent instance " + instance_name(owner) +
        " is not bound to a Session, and no contextual session is established; lazy load operation "
        "of attribute '" +
        relationship_of(owner, attribute).name + "' cannot proceed");
  }
  return *session->owner;
}

}  // namespace azoth::orm
