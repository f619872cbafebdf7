// SPDX-License-Identifier: MIT
// Relationships in statements of the program: joins along them, and criteria about related objects.
#include "orm/load/relationship_join.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/relationship_path.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth::orm {

using sql::Clause;
using sql::Ref;
using sql::StatementBuilder;

namespace {

// Whether the statement has that join already; aliases without a name are told apart by what they
// are, not by what they look like.
bool has_join(const Ref& statement, const Ref& step) {
  const auto& wanted = sql::as<sql::JoinStep>(step);
  bool found = false;
  sql::as<sql::Statement>(statement).each(Clause::join, [&](const Ref& part) {
    const auto& there = sql::as<sql::JoinStep>(part);
    found |=
        part->hash() == step->hash() && there.left == wanted.left && there.target == wanted.target;
  });
  return found;
}

Ref all_of(sql::Refs conditions) {
  return conditions.size() == 1 ? std::move(conditions.front())
                                : sql::conjunction(sql::Op::and_, std::move(conditions));
}

// Where both ends of a path stand.
struct Ends {
  explicit Ends(const PathPlace& path)
      : relationship(configured(*path.relationship->parent).relationship(path.relationship->index)),
        parent(path.parent ? table_place(path.parent, *relationship.parent)
                           : place_of(*relationship.parent)),
        target(path.target ? table_place(path.target, *relationship.target)
                           : place_of(*relationship.target)) {}

  const RelationshipAttribute& relationship;
  TablePlace parent, target;
};

void append_step(Ref& statement, Ref left, Ref target, Ref on, bool is_outer, bool is_full) {
  const Ref step =
      sql::join_step(std::move(left), std::move(target), std::move(on), is_outer, is_full);
  if (!has_join(statement, step)) {  // joined before: once is enough
    StatementBuilder::append(statement, Clause::join, step);
  }
}

// The target as the join names it: where its table does not tell the class, with the class, so that
// criteria of the class find it.
Ref named_target(const Ends& ends) {
  const Mapper& mapper = *ends.relationship.target;
  if (ends.target.from == mapper.selectable && mapper.inheritance != Inheritance::single) {
    return ends.target.from;
  }
  const sql::Entity& own = sql::as<sql::Entity>(entity_node(mapper));
  if (ends.target.from == own.from) {
    return entity_node(mapper);
  }
  const bool is_plain = mapper.tables.size() == 1 && mapper.inheritance != Inheritance::single;
  return is_plain ? ends.target.from
                  : azoth::detail::aliased_entity(entity_node(mapper), ends.target.from);
}

void join_through_secondary(Ref& statement, const Ends& ends, bool is_outer, bool is_full) {
  const RelationshipAttribute& r = ends.relationship;
  const TablePlace secondary{sql::alias(Ref(r.secondary))};
  Ref beyond =
      with_criteria(beyond_secondary_condition(r, secondary, ends.target), *r.target, ends.target);
  Ref condition = secondary_condition(r, ends.parent, secondary);
  if (is_outer || is_full) {
    Ref both = sql::join(secondary.from, ends.target.from, std::move(beyond));
    return append_step(
        statement, ends.parent.from, std::move(both), std::move(condition), is_outer, is_full);
  }
  append_step(statement, ends.parent.from, secondary.from, std::move(condition), false, false);
  append_step(statement, secondary.from, named_target(ends), std::move(beyond), false, false);
}

Value value_of(const Object& object, const ColumnAttribute& column) {
  Value scratch;
  return Value(load_cell(column.cell, member(object, column), scratch));
}

// `value = column` for each pair, the values taken from the object at the other end.
template <class Own, class Other>
Ref equal_to_object(const RelationshipAttribute& r,
                    const Object& object,
                    const TablePlace& place,
                    Own own,
                    Other other) {
  sql::Refs conditions;
  const Mapper& mapper = mapper_of(object);
  for (const RelationshipAttribute::Pair& pair : r.pairs) {
    const Value value = value_of(object, mapper.column_at(pair.*other));
    if (value.is_null()) {
      throw ArgumentError("The object to which " + r.full_name() +
                          " is compared has no key yet; flush the session first");
    }
    Ref column = place.at(pair.*own);
    const TypePtr type = column->type();
    conditions.push_back(
        sql::compare(sql::Op::eq, sql::bind(Literal(value), "param", type), std::move(column)));
  }
  return all_of(std::move(conditions));
}

Ref no_reference(const Ends& ends) {
  sql::Refs conditions;
  for (const RelationshipAttribute::Pair& pair : ends.relationship.pairs) {
    conditions.push_back(
        sql::compare(sql::Op::eq, ends.parent.at(pair.local), Literal(std::nullopt)));
  }
  return all_of(std::move(conditions));
}

}  // namespace

TablePlace table_place(const Ref& from, const Mapper& mapper) {
  const bool is_alias_of_table = from->kind() == sql::Kind::alias &&
                                 sql::as<sql::Alias>(from).element->kind() == sql::Kind::table;
  if (from->kind() == sql::Kind::table || from->kind() == sql::Kind::join || is_alias_of_table) {
    return {from};
  }
  const auto& own = sql::as<sql::FromNode>(mapper.selectable);
  TablePlace place{from, sql::Refs(own.specs().size())};
  for (std::uint32_t i = 0; i < place.columns.size(); ++i) {
    place.columns[i] = sql::as<sql::FromNode>(from).corresponding(own.column(i));
  }
  return place;
}

void join_along(Ref& statement, const PathPlace& path, bool is_outer, bool is_full) {
  const Ends ends(path);
  const RelationshipAttribute& r = ends.relationship;
  if (ends.parent.from == ends.target.from) {
    throw InvalidRequestError("Can't construct a join from " + r.parent->display_name() + " to " +
                              r.target->display_name() + ", they are the same entity");
  }
  if (r.secondary) {
    return join_through_secondary(statement, ends, is_outer, is_full);
  }
  append_step(statement,
              ends.parent.from,
              named_target(ends),
              with_criteria(target_condition(r, ends.parent, ends.target), *r.target, ends.target),
              is_outer,
              is_full);
}

void join_along(
    Ref& statement, const Mapper& mapper, unsigned attribute, bool is_outer, bool is_full) {
  join_along(statement, {&mapper.relationship(attribute)}, is_outer, is_full);
}

Ref related_exists(const PathPlace& path, Ref criterion) {
  const Ends ends(path);
  const RelationshipAttribute& r = ends.relationship;
  // A target that is the parent's own table needs a name of its own.
  const TablePlace target =
      ends.target.from == ends.parent.from ? aliased_place(*r.target) : ends.target;
  Ref select = StatementBuilder::make(sql::Kind::select);
  StatementBuilder::append(select, Clause::column, sql::literal_column("1"));
  StatementBuilder::append(select, Clause::from, target.from);
  if (r.secondary) {
    const TablePlace secondary{Ref(r.secondary)};
    StatementBuilder::append(select, Clause::from, secondary.from);
    StatementBuilder::append(select, Clause::where, secondary_condition(r, ends.parent, secondary));
    StatementBuilder::append(
        select, Clause::where, beyond_secondary_condition(r, secondary, target));
  } else {
    StatementBuilder::append(
        select,
        Clause::where,
        with_criteria(target_condition(r, ends.parent, target), *r.target, target));
  }
  if (criterion) {
    StatementBuilder::append(select, Clause::where, std::move(criterion));
  }
  StatementBuilder::append(select, Clause::correlate_except, target.from);
  if (r.secondary) {
    StatementBuilder::append(select, Clause::correlate_except, Ref(r.secondary));
  }
  return sql::exists(select);
}

Ref related_is(const PathPlace& path, const Object* target) {
  using Pair = RelationshipAttribute::Pair;
  const Ends ends(path);
  const RelationshipAttribute& r = ends.relationship;
  if (r.secondary) {
    if (!target) {
      return sql::negate(related_exists(path, {}));
    }
    sql::Refs key;
    for (const std::uint32_t slot : r.target->primary_key) {
      const ColumnAttribute& column = r.target->columns[slot];
      key.push_back(sql::compare(
          sql::Op::eq, ends.target.at(column.position), Literal(value_of(*target, column))));
    }
    return related_exists(path, all_of(std::move(key)));
  }
  if (target) {
    return equal_to_object(r, *target, ends.parent, &Pair::local, &Pair::remote);
  }
  return r.direction == Direction::many_to_one ? no_reference(ends)
                                               : sql::negate(related_exists(path, {}));
}

}  // namespace azoth::orm
