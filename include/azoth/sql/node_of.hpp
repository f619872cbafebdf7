// SPDX-License-Identifier: MIT
// Derives everything generic from the one place where a node states its fields:
//
//   struct Between final : NodeOf<Between> {
//     template <class Self, class F> static void fields(Self& self, F&& f) { f(self.subject,
//     self.low, self.high, self.is_negated); }
//   };
//
// hash, walk flag, visits and copying with replaced children follow. Included where nodes are made
// or inspected, never by user code.
#pragma once
#include <azoth/sql/fields.hpp>

#include <memory>
#include <type_traits>

namespace azoth::sql {

/// The one gate to the private state of nodes, for the functions that make them.
struct NodeAccess {
  static void set_hash(Node& n, const Hash& h) { n.hash_ = h; }

  static void set_walk(Node& n, bool walk) { n.walk_ = walk; }

  static void set_type(Node& n, TypePtr t) { n.type_ = t; }

  static void set_eternal(const Node& n) { const_cast<Node&>(n).keep_ = Keep::eternal; }

  static void set_member(Node& n, const Node& keeper) {
    n.keep_ = Keep::member;
    n.keeper_ = &keeper;
  }

  static Keep keep(const Node& n) { return n.keep_; }

  static void delete_member(const Node* n) { delete n; }
};

/// Allocates from the free lists of nodes: for the arrays that come and go with them.
template <class T>
struct NodeMemory {
  using value_type = T;
  NodeMemory() = default;

  template <class U>
  NodeMemory(const NodeMemory<U>&) {}

  T* allocate(std::size_t n) { return static_cast<T*>(Node::operator new(n * sizeof(T))); }

  void deallocate(T* memory, std::size_t n) { Node::operator delete(memory, n * sizeof(T)); }

  bool operator==(const NodeMemory&) const = default;
};

namespace detail {
template <class T>
bool map_field(ChildMap&, T&) {
  return false;
}

inline bool map_field(ChildMap& m, Ref& f) {
  if (!f) {
    return false;
  }
  Ref r = m(f);
  bool c = !(r == f);
  f = std::move(r);
  return c;
}

inline bool map_field(ChildMap& m, Refs& f) {
  bool c = false;
  for (Ref& r : f) {
    c |= map_field(m, r);
  }
  return c;
}
}  // namespace detail

/// Returns the random start of the hashes of this process, as `base::hash_seed()`, without a call.
inline const Hash& hash_start() {
  static const Hash start = base::hash_seed();
  return start;
}

/// Computes hash and walk flag from the fields, once, when a node is complete.
template <class N>
void seal(N& node) {
  detail::FieldHash hash(hash_start(), node);
  N::fields(static_cast<const N&>(node), [&](const auto&... f) { (hash.add(f), ...); });
  NodeAccess::set_hash(node, hash.value());
  NodeAccess::set_walk(node, node.is_identity() || hash.has_walk());
}

/// Base of concrete nodes: `struct N final : NodeOf<N>`; `Base` may be `FromNode` or `Statement`.
template <class N, class Base = Node>
class NodeOf : public Base {
 public:
  using Base::Base;

  void each_field(FieldVisitor& v) const override {
    N::fields(static_cast<const N&>(*this),
              [&](const auto&... f) { (detail::visit_field(v, f), ...); });
  }

  Ref map_children(ChildMap& m) const override {
    const N& self = static_cast<const N&>(*this);
    if constexpr (N::is_copyable) {
      auto copy = std::make_unique<N>(self);
      bool changed = false;
      N::fields(*copy, [&](auto&... f) { ((changed |= detail::map_field(m, f)), ...); });
      if (!changed) {
        return Ref(this);
      }
      if constexpr (requires { copy->describe(); }) {
        copy->describe();
      }
      seal(*copy);
      return Ref::adopt(copy.release());
    } else {
      return Ref(this);
    }
  }

  static constexpr bool is_copyable = true;

  /// True for nodes that are told apart by more than their fields (see `collect_binds`).
  bool is_identity() const { return false; }
};

/// Makes a node and seals it.
template <class N, class... A>
Ref make_node(A&&... args) {
  N* n = new N(std::forward<A>(args)...);
  seal(*n);
  return Ref::adopt(n);
}

}  // namespace azoth::sql
