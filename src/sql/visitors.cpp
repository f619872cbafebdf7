// SPDX-License-Identifier: MIT
// The walks of visitors.hpp.
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/visitors.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace azoth::sql {

namespace {

class Walker final : public FieldVisitor {
 public:
  explicit Walker(base::FunctionRef<void(const Ref&)> visit) : visit_(visit) {}

  void child(const Ref& node) override {
    if (!node || !seen_.insert(node.get()).second) {
      return;
    }
    visit_(node);
    if (node->kind() != Kind::column) {  // its owner is no part of it
      node->each_field(*this);
    }
  }

  void number(std::uint64_t) override {}

  void text(std::string_view) override {}

  void type(TypePtr) override {}

 private:
  base::FunctionRef<void(const Ref&)> visit_;
  std::unordered_set<const Node*> seen_;
};

class Replacer final : public ChildMap {
 public:
  Replacer(base::FunctionRef<Ref(const Ref&)> replace,
           base::FunctionRef<Ref(const Ref&, Ref)> finish)
      : replace_(replace), finish_(finish) {}

  Ref operator()(const Ref& node) override {
    if (!node) {
      return node;
    }
    if (const auto known = done_.find(node.get()); known != done_.end()) {
      return known->second;
    }
    Ref made = replace_(node);
    if (!made) {
      made = node->kind() == Kind::column ? column(node) : finish_(node, node->map_children(*this));
    }
    kept_.push_back(node);  // its address stays its own while we look it up
    return done_.emplace(node.get(), std::move(made)).first->second;
  }

 private:
  // A column of a FROM element that is another one now.
  Ref column(const Ref& node) {
    const auto& column = as<ColumnNode>(node);
    const Ref owner = (*this)(Ref(column.owner));
    if (owner.get() == column.owner || !is_from(owner->kind())) {
      return node;
    }
    const auto& from = static_cast<const FromNode&>(*owner);
    if (Ref found = from.corresponding(node)) {
      return found;
    }
    const bool is_rebuilt = owner->kind() == column.owner->kind() &&
                            from.specs().size() == column.owner->specs().size();
    return is_rebuilt ? from.column(column.index) : node;
  }

  base::FunctionRef<Ref(const Ref&)> replace_;
  base::FunctionRef<Ref(const Ref&, Ref)> finish_;
  std::unordered_map<const Node*, Ref> done_;
  Refs kept_;
};

// Says whether a FROM element is another name of `from`, or selects from it.
bool is_derived_from(const Node& selectable, const Node& from) {
  const Node* at = &selectable;
  while (is_alias(at->kind()) && is_from(as<Alias>(*at).element->kind())) {
    at = as<Alias>(*at).element.get();
    if (at == &from) {
      return true;
    }
  }
  return false;
}

}  // namespace

void traverse(const Ref& root, base::FunctionRef<void(const Ref&)> visit) {
  Walker(visit).child(root);
}

Refs iterate(const Ref& root) {
  Refs out;
  traverse(root, [&](const Ref& node) { out.push_back(node); });
  return out;
}

Ref replacement_traverse(const Ref& root, base::FunctionRef<Ref(const Ref&)> replace) {
  const auto keep = [](const Ref&, Ref made) { return made; };
  return Replacer(replace, keep)(root);
}

Ref replacement_traverse(const Ref& root,
                         base::FunctionRef<Ref(const Ref&)> replace,
                         base::FunctionRef<Ref(const Ref&, Ref)> finish) {
  return Replacer(replace, finish)(root);
}

Ref ClauseAdapter::replace(const Ref& node) const {
  if (node == selectable_) {
    return node;
  }
  const auto& from = static_cast<const FromNode&>(*selectable_);
  if (is_from(node->kind())) {
    return is_derived_from(*selectable_, *node) ? selectable_ : Ref();
  }
  if (node->kind() != Kind::column) {
    return {};
  }
  if (as<ColumnNode>(node).owner == &from) {
    return node;
  }
  if (Ref found = from.corresponding(node)) {
    return found;
  }
  for (const Refs& group : equivalents_) {
    if (std::find(group.begin(), group.end(), node) == group.end()) {
      continue;
    }
    for (const Ref& other : group) {
      if (Ref found = from.corresponding(other)) {
        return found;
      }
    }
  }
  return {};
}

Ref ClauseAdapter::traverse(const Ref& clause) const {
  return replacement_traverse(clause, [this](const Ref& node) { return replace(node); });
}

}  // namespace azoth::sql
