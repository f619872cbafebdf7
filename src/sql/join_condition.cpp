// SPDX-License-Identifier: MIT
// The condition that foreign keys imply between two FROM elements.
#include "sql/lineage.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::sql {

namespace {
struct Candidate {
  const ForeignKeyInfo* key;
  std::vector<std::pair<Ref, Ref>> pairs;  // referred column, referring column
};

// The table a foreign key refers to. What is missing concerns this join only when it should be one
// of its sides: another key may do.
const TableNode* referred_table(const TableNode& table,
                                const ForeignKeyInfo& key,
                                const FromNode& parent) {
  try {
    return &resolve(table, key);
  } catch (const NoReferenceError&) {
    if (parent.kind() == Kind::table &&
        key.target_table == static_cast<const TableNode&>(parent).name) {
      throw;
    }
    return nullptr;
  }
}

// Finds foreign keys whose referring columns lie in `child` and whose referred columns lie in
// `parent`.
void scan(const FromNode& parent, const FromNode& child, std::vector<Candidate>& out) {
  for (std::size_t i = 0; i < child.specs().size(); ++i) {
    const Ref referring = child.column(i);
    const ColumnNode* base = schema_column(referring);
    if (!base) {
      continue;
    }
    const auto& table = static_cast<const TableNode&>(*base->owner);
    for (const ForeignKeyInfo& key : table.foreign_keys) {
      const auto place = std::find(key.columns.begin(), key.columns.end(), base->index);
      if (place == key.columns.end()) {
        continue;
      }
      const TableNode* target = referred_table(table, key, parent);
      if (!target) {
        continue;
      }
      const int referred_place =
          referred_position(*target, key, static_cast<std::size_t>(place - key.columns.begin()));
      const Ref referred =
          parent.corresponding(target->column(static_cast<std::size_t>(referred_place)));
      if (!referred) {
        continue;
      }
      auto it =
          std::find_if(out.begin(), out.end(), [&](const Candidate& c) { return c.key == &key; });
      if (it == out.end()) {
        it = out.insert(out.end(), Candidate{&key, {}});
      }
      it->pairs.emplace_back(referred, referring);
    }
  }
}

std::vector<Candidate> candidates(const Ref& left, const Ref& right) {
  const auto& b = static_cast<const FromNode&>(*right);
  std::vector<Candidate> out;
  const auto both = [&](const Ref& side) {
    const auto& a = static_cast<const FromNode&>(*side);
    scan(a, b, out);
    if (&a != &b) {
      scan(b, a, out);
    }
  };
  if (left->kind() == Kind::join) {
    both(as<Join>(left).right);
  }  // the nearest neighbour first
  if (out.empty()) {
    both(left);
  }
  for (auto it = out.begin(); it != out.end();) {  // keys that say the same are one
    const bool is_repeat =
        std::any_of(out.begin(), it, [&](const Candidate& c) { return c.pairs == it->pairs; });
    it = is_repeat ? out.erase(it) : std::next(it);
  }
  return out;
}
}  // namespace

bool can_join(const Ref& left, const Ref& right) {
  return !candidates(left, right).empty();
}

Ref join_condition(const Ref& left, const Ref& right) {
  const std::vector<Candidate> found = candidates(left, right);
  const std::string names = "'" + name_of_from(left) + "' and '" + name_of_from(right) + "'";
  if (found.empty()) {
    throw NoForeignKeysError("Can't find any foreign key relationships between " + names + ".");
  }
  if (found.size() > 1) {
    throw AmbiguousForeignKeysError(
        "Can't determine join between " + names +
        "; tables have more than one foreign key constraint relationship between them. "
        "Please specify the 'onclause' of this join explicitly.");
  }
  Refs equalities;
  for (const auto& [referred, referring] : found.front().pairs) {
    equalities.push_back(
        make_node<BinaryExpression>(Op::eq, referred, referring, types::Boolean()));
  }
  if (equalities.size() == 1) {
    return equalities.front();
  }
  return make_node<ClauseList>(Op::and_, std::move(equalities), types::Boolean());
}

}  // namespace azoth::sql
