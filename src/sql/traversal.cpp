// SPDX-License-Identifier: MIT
// The walk that completes a cache key and collects the bind parameters.
//
// A bottom-up hash cannot tell one alias used twice from two like aliases (`FROM t AS u` from
// `FROM t AS u, t AS u`), nor one bind used twice from two binds. So the walk numbers what has
// identity (`is_identity()`: binds, anonymous labels, FROM elements but schema tables) in order of
// first occurrence and folds every *repeated* occurrence (its place in the walk and its ordinal)
// into the key: the root's hash fixes the sequence of visits, hence the repeats fix the identities.
// First occurrences cost no folding. In return, whoever renders a statement may tell nodes apart by
// address only where they have identity, and by hash elsewhere.
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <array>

namespace azoth::sql {
namespace {

// A set of addresses with the ordinal of each: a short array, then a flat hash table for statements
// with many parameters.
class Seen {
 public:
  /// Returns the ordinal and whether the node is new.
  std::pair<std::uint32_t, bool> insert(const Node* node) {
    if (table_.empty()) {
      for (std::uint32_t i = 0; i < size_; ++i) {
        if (few_[i] == node) {
          return {i, false};
        }
      }
      if (size_ < few_.size()) {
        few_[size_] = node;
        return {size_++, true};
      }
      grow(128);
    }
    if (size_ * 2 > table_.size()) {
      grow(table_.size() * 4);
    }
    Slot& slot = find(node);
    if (slot.node) {
      return {slot.ordinal, false};
    }
    slot = {node, size_};
    return {size_++, true};
  }

 private:
  struct Slot {
    const Node* node = nullptr;
    std::uint32_t ordinal = 0;
  };

  Slot& find(const Node* node) {
    const std::size_t mask = table_.size() - 1;
    std::size_t i =
        (reinterpret_cast<std::uintptr_t>(node) >> 4) * 0x9E3779B97F4A7C15u >> 20 & mask;
    while (table_[i].node && table_[i].node != node) {
      i = (i + 1) & mask;
    }
    return table_[i];
  }

  void grow(std::size_t capacity) {
    std::vector<Slot> old(capacity);
    old.swap(table_);
    if (old.empty()) {
      for (std::uint32_t i = 0; i < size_; ++i) {
        find(few_[i]) = {few_[i], i};
      }
    }
    for (const Slot& s : old) {
      if (s.node) {
        find(s.node) = s;
      }
    }
  }

  std::array<const Node*, 24> few_;
  std::uint32_t size_ = 0;
  std::vector<Slot> table_;
};

class Walk final : public FieldVisitor {
 public:
  Walk(std::vector<const BindParameter*>& binds, const Hash& key) : key(key), binds_(binds) {}

  void child(const Ref& node) override {
    if (node && node->has_walk()) {
      enter(*node);
    }
  }

  void number(std::uint64_t) override {}

  void text(std::string_view) override {}

  void type(TypePtr) override {}

  // The nodes that statements are full of are entered by name, which spares the calls of
  // `each_field`; the order is that of their fields.
  void enter(const Node& node) {
    switch (node.kind()) {
      case Kind::bind:
        if (first(node)) {
          binds_.push_back(&as<BindParameter>(node));
        }
        return;
      case Kind::column:  // the owner tells everything
        return enter(*as<ColumnNode>(node).owner);
      case Kind::binary:
        child(as<BinaryExpression>(node).left);
        return child(as<BinaryExpression>(node).right);
      case Kind::clause_list:
        for (const Ref& clause : as<ClauseList>(node).clauses) {
          child(clause);
        }
        return;
      case Kind::assignment:
        child(as<Assignment>(node).column);
        return child(as<Assignment>(node).value);
      case Kind::select:
      case Kind::insert:
      case Kind::update:
      case Kind::delete_:
        return enter_statement(as<Statement>(node));
      case Kind::table_clause:
      case Kind::alias:
      case Kind::subquery:
      case Kind::cte:
      case Kind::lateral:
      case Kind::table_sample:
      case Kind::table_valued_alias:
      case Kind::values:
      case Kind::join:
        if (!first(node)) {
          return;
        }
        break;
      case Kind::label:
        if (as<Label>(node).is_identity() && !first(node)) {
          return;
        }
        break;
      default:
        break;
    }
    node.each_field(*this);
  }

  Hash key;

 private:
  void enter_statement(const Statement& statement) {
    child(statement.table);
    for (const Statement::Part& part : statement.parts()) {
      child(part.node);
    }
  }

  bool first(const Node& node) {
    ++visits_;
    auto [ordinal, is_new] = seen_.insert(&node);
    if (!is_new) {
      key = base::mix(key, (visits_ << 32) | ordinal);
    }
    return is_new;
  }

  std::vector<const BindParameter*>& binds_;
  std::uint64_t visits_ = 0;
  Seen seen_;
};

}  // namespace

Hash collect_binds(const Ref& statement, std::vector<const BindParameter*>& binds) {
  Walk walk(binds, statement->hash());
  if (statement->has_walk()) {
    walk.enter(*statement);
  }
  return walk.key;
}

}  // namespace azoth::sql
