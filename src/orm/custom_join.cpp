// SPDX-License-Identifier: MIT
// What a class says in configure() about a relationship. A primaryjoin is taken apart into its
// conjuncts: equalities of a referring and a referred column become the pairs that loading and
// flush go by, whatever else it says becomes criteria. In these the target's columns are those of
// an alias (`remote`) that stands for the target wherever it will be, so that the two sides of a
// relationship of a class to itself stay apart.
#include "orm/custom_join.hpp"

#include <azoth/base/error.hpp>
#include <azoth/compile/print.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace azoth::orm {

using sql::ColumnNode;
using sql::Kind;
using sql::Ref;
using Pair = RelationshipAttribute::Pair;

namespace {

constexpr std::string_view foreign_mark =
                               "\x01"
                               "foreign",
                           remote_mark =
                               "\x01"
                               "remote";

class ReplaceColumns final : public sql::ChildMap {
 public:
  explicit ReplaceColumns(const ColumnMap& map) : map_(map) {}

  Ref operator()(const Ref& child) override {
    if (!child) {
      return child;
    }
    if (child->kind() != Kind::column) {
      return child->map_children(*this);
    }
    Ref made = map_(sql::as<ColumnNode>(child));
    return made ? made : child;
  }

 private:
  const ColumnMap& map_;
};

// Drops the marks of foreign() and remote(); the columns that remote() marks are replaced.
class Unmark final : public sql::ChildMap {
 public:
  explicit Unmark(const ColumnMap& remote) : remote_(remote) {}

  Ref operator()(const Ref& child) override {
    if (!child || child->kind() != Kind::label) {
      return child ? child->map_children(*this) : child;
    }
    const auto& label = sql::as<sql::Label>(child);
    if (label.name == foreign_mark) {
      return (*this)(label.element);
    }
    return label.name == remote_mark ? ReplaceColumns(remote_)((*this)(label.element))
                                     : child->map_children(*this);
  }

 private:
  const ColumnMap& remote_;
};

std::optional<std::uint32_t> position_in(const Mapper& mapper, const ColumnNode& column) {
  if (column.owner == &sql::as<sql::FromNode>(mapper.selectable)) {
    return column.index;
  }
  for (const MappedTable& table : mapper.tables) {
    if (column.owner == table.table) {
      return table.begin + column.index;
    }
  }
  return std::nullopt;
}

// One side of an equality.
struct Side {
  const ColumnNode* column = nullptr;
  bool is_foreign = false, is_remote = false;
  std::optional<std::uint32_t> parent, target, secondary;  // where it is a column of these
};

Side side_of(const RelationshipAttribute& r, const Ref& given) {
  Side side;
  const sql::Node* node = given.get();
  while (node->kind() == Kind::label) {
    const auto& label = static_cast<const sql::Label&>(*node);
    side.is_foreign |= label.name == foreign_mark;
    side.is_remote |= label.name == remote_mark;
    node = label.element.get();
  }
  if (node->kind() != Kind::column) {
    return side;
  }
  side.column = static_cast<const ColumnNode*>(node);
  side.parent = position_in(*r.parent, *side.column);
  side.target = position_in(*r.target, *side.column);
  if (r.secondary && side.column->owner == r.secondary) {
    side.secondary = side.column->index;
  }
  return side;
}

bool refers(const Side& from, const Side& to) {
  if (!from.column || from.column->owner->kind() != Kind::table) {
    return false;
  }
  const auto& table = static_cast<const sql::TableNode&>(*from.column->owner);
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const auto& key) {
    const auto at = std::find(key.columns.begin(), key.columns.end(), from.column->index);
    if (at == key.columns.end() || !to.column || to.column->owner->kind() != Kind::table) {
      return false;
    }
    const auto& target = static_cast<const sql::TableNode&>(*to.column->owner);
    const auto place = static_cast<std::size_t>(at - key.columns.begin());
    return key.target_table == target.name && key.target_schema == target.schema &&
           sql::referred_position(target, key, place) == static_cast<int>(to.column->index);
  });
}

void split(const Ref& condition, sql::Refs& parts) {
  if (condition->kind() == Kind::clause_list &&
      sql::as<sql::ClauseList>(condition).op == sql::Op::and_) {
    for (const Ref& part : sql::as<sql::ClauseList>(condition).clauses) {
      split(part, parts);
    }
    return;
  }
  parts.push_back(condition);
}

bool is_marked(const Ref& node, std::string_view mark) {
  struct Find final : sql::ChildMap {
    explicit Find(std::string_view m) : mark(m) {}

    Ref operator()(const Ref& child) override {
      if (!child || found) {
        return child;
      }
      found = child->kind() == Kind::label && sql::as<sql::Label>(child).name == mark;
      return found ? child : child->map_children(*this);
    }

    std::string_view mark;
    bool found = false;
  } find(mark);

  find(node);
  return find.found;
}

struct Equality {
  Side left, right;
};

std::optional<Equality> equality(const RelationshipAttribute& r, const Ref& part, bool by_marks) {
  if (part->kind() != Kind::binary || sql::as<sql::BinaryExpression>(part).op != sql::Op::eq) {
    return std::nullopt;
  }
  const auto& binary = sql::as<sql::BinaryExpression>(part);
  Equality e{side_of(r, binary.left), side_of(r, binary.right)};
  if (!e.left.column || !e.right.column) {
    return std::nullopt;
  }
  if (!by_marks) {
    e.left.is_foreign = refers(e.left, e.right);
    e.right.is_foreign = !e.left.is_foreign && refers(e.right, e.left);
  }
  return e.left.is_foreign || e.right.is_foreign ? std::optional(e) : std::nullopt;
}

std::string text_of(const Ref& condition) {
  static const ColumnMap nothing = [](const ColumnNode&) { return Ref(); };
  return to_string(Unmark(nothing)(condition));
}

[[noreturn]] void throw_no_pair(const RelationshipAttribute& r,
                                const Ref& condition,
                                std::string_view word) {
  throw ArgumentError(fmt::format(
      "Could not locate any simple equality expressions involving locally mapped foreign key "
      "columns for {} join condition '{}' on relationship {}.  Ensure that referencing columns are "
      "associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the join "
      "condition "
      "with the foreign() annotation. To allow comparison operators other than '==', the "
      "relationship can be marked as viewonly=True.",
      word,
      text_of(condition),
      r.full_name()));
}

// Which side of an equality stands with the target.
bool is_right_remote(const RelationshipAttribute& r, const Equality& e) {
  if (e.left.is_remote != e.right.is_remote) {
    return e.right.is_remote;
  }
  const bool left_only = e.left.parent && !e.left.target,
             right_only = e.right.parent && !e.right.target;
  if (left_only != right_only) {
    return left_only;
  }
  // A class and itself: the many refer to the one.
  return r.is_list ? e.right.is_foreign : e.left.is_foreign;
}

Ref stand_in_for(const RelationshipAttribute& r) {
  if (r.target->selectable->kind() != Kind::table) {
    throw ArgumentError(
        fmt::format("On relationship {}, a primaryjoin with further criteria or an order by "
                    "expressions needs a "
                    "target of one table; {} has several",
                    r.full_name(),
                    r.target->class_name));
  }
  Ref alias = sql::alias(r.target->selectable);
  sql::NodeAccess::set_eternal(*alias);
  return alias;
}

// The expression with the target's columns as those of the alias.
Ref normalised(RelationshipAttribute& r, const Ref& part) {
  if (!r.remote) {
    r.remote = stand_in_for(r);
  }
  const auto& alias = sql::as<sql::FromNode>(r.remote);
  const ColumnMap of_target = [&](const ColumnNode& column) {
    const auto at = position_in(*r.target, column);
    return at ? alias.column(*at) : Ref();
  };
  const bool is_marked_apart = is_marked(part, remote_mark);
  Ref made = Unmark(of_target)(part);
  if (!is_marked_apart) {
    made = with_columns(made, of_target);
  }
  sql::NodeAccess::set_eternal(*made);
  return made;
}

void find_columns_via_secondary(RelationshipAttribute& r, const JoinRules& rules) {
  const auto pairs_of = [&](const Ref& condition, bool is_primary) {
    sql::Refs parts;
    split(condition, parts);
    for (const Ref& part : parts) {
      const auto e = equality(r, part, is_marked(condition, foreign_mark));
      const bool is_left = e && e->left.secondary.has_value();
      const auto other = !e           ? std::nullopt
                         : is_primary ? (is_left ? e->right : e->left).parent
                                      : (is_left ? e->right : e->left).target;
      const auto own = !e ? std::nullopt : is_left ? e->left.secondary : e->right.secondary;
      if (!own || !other) {
        throw_no_pair(r, condition, is_primary ? "primary" : "secondary");
      }
      is_primary ? r.pairs.push_back({*other, *own}) : r.secondary_pairs.push_back({*own, *other});
    }
  };
  if (!rules.primaryjoin || !rules.secondaryjoin) {
    throw ArgumentError(fmt::format(
        "Relationship {} goes through the table '{}': state both primaryjoin() and secondaryjoin()",
        r.full_name(),
        r.secondary->fullname()));
  }
  pairs_of(rules.primaryjoin, true);
  pairs_of(rules.secondaryjoin, false);
  r.direction = Direction::many_to_many;
}

}  // namespace

JoinRules& MappingRules::of(unsigned attribute) {
  for (JoinRules& rules : joins_) {
    if (rules.attribute == attribute) {
      return rules;
    }
  }
  joins_.reserve(64);  // what was handed out stays where it is
  if (joins_.size() == joins_.capacity()) {
    throw ArgumentError("configure() speaks of more than 64 relationships of one class");
  }
  return joins_.emplace_back(JoinRules{attribute});
}

Ref annotated(Ref column, bool is_foreign) {
  return sql::label(std::move(column), is_foreign ? foreign_mark : remote_mark);
}

Ref with_columns(const Ref& expression, const ColumnMap& map) {
  return ReplaceColumns(map)(expression);
}

Ref criteria_at(const RelationshipAttribute& r,
                const Ref& part,
                const std::function<Ref(std::uint32_t)>& target,
                const std::function<Ref(std::uint32_t)>& parent) {
  return with_columns(part, [&](const ColumnNode& column) {
    if (column.owner == r.remote.get()) {
      return target(column.index);
    }
    const auto at = position_in(*r.parent, column);
    return at ? parent(*at) : Ref();
  });
}

void find_custom_columns(RelationshipAttribute& r, const JoinRules& rules) {
  r.pairs.clear();
  r.secondary_pairs.clear();
  r.criteria.clear();
  if (r.secondary) {
    return find_columns_via_secondary(r, rules);
  }
  sql::Refs parts;
  split(rules.primaryjoin, parts);
  const bool by_marks = is_marked(rules.primaryjoin, foreign_mark);
  bool is_to_one = false;
  for (const Ref& part : parts) {
    const std::optional<Equality> e = equality(r, part, by_marks);
    const bool is_right = e && is_right_remote(r, *e);
    const auto local = e ? (is_right ? e->left : e->right).parent : std::nullopt;
    const auto remote = e ? (is_right ? e->right : e->left).target : std::nullopt;
    if (!local || !remote) {
      r.criteria.push_back(normalised(r, part));
      continue;
    }
    r.pairs.push_back({*local, *remote});
    is_to_one |= (is_right ? e->left : e->right).is_foreign;
  }
  if (r.pairs.empty() && !(r.is_viewonly && by_marks)) {
    throw_no_pair(r, rules.primaryjoin, "primary");
  }
  is_to_one |= r.pairs.empty() && !r.is_list;
  // A list that is only read can go along a reference: what has the same value.
  r.direction =
      is_to_one && !(r.is_list && r.is_viewonly) ? Direction::many_to_one : Direction::one_to_many;
}

void set_custom_order(RelationshipAttribute& r, const JoinRules& rules) {
  r.custom_order.clear();
  for (const Ref& part : rules.order_by) {
    r.custom_order.push_back(normalised(r, part));
  }
}

}  // namespace azoth::orm
