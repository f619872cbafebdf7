// SPDX-License-Identifier: MIT
// Statements as lists of parts, and how builders change them.
#include <azoth/base/assert.hpp>
#include <azoth/base/error.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/visitors.hpp>

#include <algorithm>
#include <memory>

namespace azoth::sql {

// A copy is made to be added to.
Statement::Statement(const Statement& other)
    : Node(other),
      table(other.table),
      is_distinct(other.is_distinct),
      flags(other.flags),
      label_style(other.label_style),
      set_op(other.set_op),
      text(other.text),
      clauses_(other.clauses_) {
  parts_.reserve(other.parts_.size() + 4);
  parts_.insert(parts_.end(), other.parts_.begin(), other.parts_.end());
}

Statement::Statement(Kind kind) : Node(kind) {
  parts_.reserve(kind == Kind::select ? 16 : 8);
}

const Ref* Statement::first(Clause clause) const {
  for (const Part& p : parts_) {
    if (p.clause == clause) {
      return &p.node;
    }
  }
  return nullptr;
}

namespace {
std::uint64_t own_bits(const Statement& s) {
  return static_cast<std::uint64_t>(s.is_distinct) |
         static_cast<std::uint64_t>(s.label_style) << 8 |
         static_cast<std::uint64_t>(s.set_op) << 16 | static_cast<std::uint64_t>(s.flags) << 24;
}
}  // namespace

void Statement::each_field(FieldVisitor& visitor) const {
  visitor.child(table);
  visitor.number(own_bits(*this));
  visitor.text(text);
  for (const Part& p : parts_) {
    visitor.number(static_cast<std::uint64_t>(p.clause));
    visitor.child(p.node);
  }
}

namespace {
// Elements of a columns clause that are named by what they are, not by who they are.
bool has_own_name(Kind kind) {
  return kind == Kind::column || kind == Kind::entity || kind == Kind::label ||
         kind == Kind::column_clause;
}
}  // namespace

// The hash of a statement is that of its own fields plus the sum of its parts' hashes, each mixed
// with its clause and its place in it: so appending costs one mix, and the order in which different
// clauses were called does not matter. Parts are kept sorted by clause, so that the walk for the
// binds meets them in one order too. One expression given twice to a columns clause is named
// `anon_1__1` the second time, where two like expressions are `anon_1` and `anon_2`: so the repeat
// is part of the hash.
struct StatementHash {
  static Hash part(const Statement& s, const Statement::Part& part) {
    std::uint64_t salt = (static_cast<std::uint64_t>(part.clause) << 32 | part.place) + 1;
    if ((part.clause == Clause::column || part.clause == Clause::returning) &&
        !has_own_name(part.node->kind())) {
      salt |= repeated(s, part) << 40;
    }
    return base::mix(Hash{hash_start().a ^ salt, hash_start().b ^ salt}, part.node->hash());
  }

  static Hash own(const Statement& s) {
    Hash h = base::mix(hash_start(), static_cast<std::uint64_t>(s.kind()) << 8 | 0x53);
    h = base::mix(h, s.table ? s.table->hash() : Hash{});
    h = base::mix(h, own_bits(s));
    return s.text.empty() ? h : base::mix(h, s.text);
  }

  static void add(Statement& s, const Statement::Part& p) {
    const Hash more = part(s, p);
    NodeAccess::set_hash(s, {s.hash().a + more.a, s.hash().b + more.b});
    s.clauses_ |= 1u << static_cast<unsigned>(p.clause);
    if (p.node->has_walk()) {
      NodeAccess::set_walk(s, true);
    }
  }

  static void recompute(Statement& s) {
    NodeAccess::set_hash(s, own(s));
    NodeAccess::set_walk(s, s.table && s.table->has_walk());
    s.clauses_ = 0;
    for (const Statement::Part& p : s.parts_) {
      add(s, p);
    }
  }

 private:
  // One more than the place in the clause where the same node stands first, or 0.
  static std::uint64_t repeated(const Statement& s, const Statement::Part& part) {
    for (const Statement::Part& p : s.parts_) {
      if (p.clause == part.clause && p.place < part.place && p.node == part.node) {
        return p.place + 1;
      }
    }
    return 0;
  }
};

Ref Statement::map_children(ChildMap& map) const {
  auto copy = std::make_unique<Statement>(*this);
  bool changed = detail::map_field(map, copy->table);
  for (Part& p : copy->parts_) {
    changed |= detail::map_field(map, p.node);
  }
  if (!changed) {
    return Ref(this);
  }
  StatementHash::recompute(*copy);
  return Ref::adopt(copy.release());
}

namespace {
// Hands out a statement that may be changed: the given one when nobody else holds it.
Statement& own(Ref& statement) {
  if (!statement.unique()) {
    statement = Ref::adopt(new Statement(as<Statement>(statement)));
  }
  return const_cast<Statement&>(as<Statement>(statement));
}
}  // namespace

void Entity::describe() {
  for (Ref& column : columns) {
    column = column->kind() == Kind::label
                 ? ClauseAdapter(from).traverse(column)
                 : static_cast<const FromNode&>(*from).corresponding(column);
  }
}

Ref StatementBuilder::make(Kind kind, Ref table) {
  auto* s = new Statement(kind);
  Ref ref = Ref::adopt(s);
  s->table = std::move(table);
  StatementHash::recompute(*s);
  return ref;
}

void StatementBuilder::append(Ref& statement, Clause clause, Ref node) {
  AZOTH_ASSERT(node);
  if (clause == Clause::column || clause == Clause::from) {
    refuse_statement(node);
  }
  Statement& s = own(statement);
  auto place = s.parts_.end();
  while (place != s.parts_.begin() && std::prev(place)->clause > clause) {
    --place;
  }
  const bool is_first = place == s.parts_.begin() || std::prev(place)->clause != clause;
  const std::uint32_t index = is_first ? 0 : std::prev(place)->place + 1;
  if (place == s.parts_.end()) {
    StatementHash::add(s, s.parts_.emplace_back(clause, index, std::move(node)));
  } else {
    StatementHash::add(s, *s.parts_.insert(place, Statement::Part(clause, index, std::move(node))));
  }
}

void StatementBuilder::remove(Ref& statement, Clause clause) {
  Statement& s = own(statement);
  std::erase_if(s.parts_, [&](const Statement::Part& p) { return p.clause == clause; });
  StatementHash::recompute(s);
}

void StatementBuilder::set_distinct(Ref& statement) {
  Statement& s = own(statement);
  s.is_distinct = true;
  StatementHash::recompute(s);
}

void StatementBuilder::set_flag(Ref& statement, Flag flag) {
  Statement& s = own(statement);
  s.flags = static_cast<std::uint8_t>(s.flags | 1u << static_cast<unsigned>(flag));
  StatementHash::recompute(s);
}

void StatementBuilder::set_label_style(Ref& statement, LabelStyle style) {
  Statement& s = own(statement);
  s.label_style = style;
  StatementHash::recompute(s);
}

void StatementBuilder::set_set_op(Ref& statement, SetOp op) {
  Statement& s = own(statement);
  s.set_op = op;
  StatementHash::recompute(s);
}

Ref restate(const Ref& cte, SetOp op, const Ref& select) {
  if (cte->kind() != Kind::cte) {
    throw InvalidRequestError(
        "Only a common table expression can be completed by union_() and union_all(); call .cte() "
        "on a select first.");
  }
  const auto& before = as<Alias>(cte);
  Ref compound = StatementBuilder::make(Kind::compound_select);
  StatementBuilder::set_set_op(compound, op);
  StatementBuilder::append(compound, Clause::member, before.element);
  StatementBuilder::append(compound, Clause::member, select);
  auto* details = before.details ? new AliasDetails(*before.more()) : new AliasDetails;
  Ref ref = Ref::adopt(details);
  details->restates = cte;
  seal(*details);
  return make_node<Alias>(
      Kind::cte, std::move(compound), before.name, before.is_recursive, std::move(ref));
}

Refs expanded_columns(const Ref& statement) {
  Refs out;
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return expanded_columns(*s.first(Clause::member));
  }
  const auto expand = [&](const Ref& part) {
    if (part->kind() == Kind::entity) {
      out.insert(out.end(), as<Entity>(part).columns.begin(), as<Entity>(part).columns.end());
    } else if (is_from(part->kind())) {
      const auto& from = static_cast<const FromNode&>(*part);
      for (std::size_t i = 0; i < from.specs().size(); ++i) {
        out.push_back(from.column(i));
      }  // of a join: its sides' columns
    } else {
      out.push_back(part);
    }
  };
  const bool selects = s.kind() == Kind::select || s.kind() == Kind::text_select;
  s.each(selects ? Clause::column : Clause::returning, expand);
  return out;
}

}  // namespace azoth::sql
