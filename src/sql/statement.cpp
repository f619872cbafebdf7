// SPDX-License-Identifier: MIT
// Statements as lists of parts, and how builders change them.
#include <azoth/base/assert.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <memory>

namespace azoth::sql {

Statement::Statement(Kind kind) : Node(kind) {
  parts_.reserve(kind == Kind::select ? 12 : 8);
}

bool Statement::has(Clause clause) const {
  return counts_[static_cast<std::size_t>(clause)] != 0;
}

const Ref* Statement::first(Clause clause) const {
  for (const Part& p : parts_) {
    if (p.clause == clause) {
      return &p.node;
    }
  }
  return nullptr;
}

void Statement::each_field(FieldVisitor& visitor) const {
  visitor.child(table);
  visitor.number(static_cast<std::uint64_t>(is_distinct) |
                 static_cast<std::uint64_t>(label_style) << 8 |
                 static_cast<std::uint64_t>(set_op) << 16);
  visitor.text(text);
  for (const Part& p : parts_) {
    visitor.child(p.node);
  }
}

namespace {
Hash clause_salt(Clause clause, std::uint16_t place) {
  return base::mix(base::hash_seed(), (static_cast<std::uint64_t>(clause) << 32 | place) + 1);
}
}  // namespace

// The hash of a statement is that of its own fields plus the sum of its parts' hashes, each mixed
// with its clause and its place in it: so appending costs one mix, and the order in which different
// clauses were called does not matter. Parts are kept sorted by clause, so that the walk for the
// binds meets them in one order too.
struct StatementHash {
  static Hash part(Clause clause, std::uint16_t place, const Node& node) {
    return base::mix(clause_salt(clause, place), node.hash());
  }

  static Hash own(const Statement& s) {
    Hash h = base::mix(base::hash_seed(), static_cast<std::uint64_t>(s.kind()) << 8 | 0x53);
    h = base::mix(h, s.table ? s.table->hash() : Hash{});
    h = base::mix(h,
                  static_cast<std::uint64_t>(s.is_distinct) |
                      static_cast<std::uint64_t>(s.label_style) << 8 |
                      static_cast<std::uint64_t>(s.set_op) << 16);
    return s.text.empty() ? h : base::mix(h, s.text);
  }

  static void recompute(Statement& s, std::uint16_t (&counts)[24]) {
    Hash h = own(s);
    bool walk = s.table && s.table->has_walk();
    std::fill(std::begin(counts), std::end(counts), std::uint16_t{0});
    for (const Statement::Part& p : s.parts()) {
      const Hash add = part(p.clause, counts[static_cast<std::size_t>(p.clause)]++, *p.node);
      h.a += add.a;
      h.b += add.b;
      walk |= p.node->has_walk();
    }
    NodeAccess::set_hash(s, h);
    NodeAccess::set_walk(s, walk);
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
  StatementHash::recompute(*copy, copy->counts_);
  return Ref(copy.release());
}

namespace {
// Hands out a statement that may be changed: the given one when nobody else holds it.
Statement& own(Ref& statement) {
  if (!statement.unique()) {
    statement = Ref(new Statement(as<Statement>(statement)));
  }
  return const_cast<Statement&>(as<Statement>(statement));
}
}  // namespace

Ref StatementBuilder::make(Kind kind, Ref table) {
  auto* s = new Statement(kind);
  Ref ref(s);
  s->table = std::move(table);
  StatementHash::recompute(*s, s->counts_);
  return ref;
}

void StatementBuilder::append(Ref& statement, Clause clause, Ref node) {
  AZOTH_ASSERT(node);
  Statement& s = own(statement);
  const Hash add =
      StatementHash::part(clause, s.counts_[static_cast<std::size_t>(clause)]++, *node);
  NodeAccess::set_hash(s, {s.hash().a + add.a, s.hash().b + add.b});
  if (node->has_walk()) {
    NodeAccess::set_walk(s, true);
  }
  auto place = s.parts_.end();
  while (place != s.parts_.begin() && std::prev(place)->clause > clause) {
    --place;
  }
  s.parts_.insert(place, {clause, std::move(node)});
}

void StatementBuilder::remove(Ref& statement, Clause clause) {
  Statement& s = own(statement);
  std::erase_if(s.parts_, [&](const Statement::Part& p) { return p.clause == clause; });
  StatementHash::recompute(s, s.counts_);
}

void StatementBuilder::set_distinct(Ref& statement) {
  Statement& s = own(statement);
  s.is_distinct = true;
  StatementHash::recompute(s, s.counts_);
}

void StatementBuilder::set_label_style(Ref& statement, LabelStyle style) {
  Statement& s = own(statement);
  s.label_style = style;
  StatementHash::recompute(s, s.counts_);
}

void StatementBuilder::set_set_op(Ref& statement, SetOp op) {
  Statement& s = own(statement);
  s.set_op = op;
  StatementHash::recompute(s, s.counts_);
}

Refs expanded_columns(const Ref& statement) {
  Refs out;
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return expanded_columns(*s.first(Clause::member));
  }
  const auto expand = [&](const Ref& part) {
    switch (part->kind()) {
      case Kind::entity:
        for (const Ref& c : as<Entity>(part).columns) {
          out.push_back(c);
        }
        break;
      case Kind::table:
      case Kind::table_clause:
      case Kind::alias:
      case Kind::subquery:
      case Kind::cte:
      case Kind::lateral:
      case Kind::join: {
        const auto& from = static_cast<const FromNode&>(*part);
        for (std::size_t i = 0; i < from.specs().size(); ++i) {
          out.push_back(from.column(i));
        }  // of a join: its sides' columns
        break;
      }
      default:
        out.push_back(part);
    }
  };
  s.each(s.kind() == Kind::select ? Clause::column : Clause::returning, expand);
  return out;
}

}  // namespace azoth::sql
