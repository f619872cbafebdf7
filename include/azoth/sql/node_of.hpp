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
#include <azoth/sql/node.hpp>

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

namespace detail {
inline void visit_field(FieldVisitor& v, const Ref& f) {
  v.child(f);
}

inline void visit_field(FieldVisitor& v, const Refs& f) {
  v.number(f.size());
  for (const Ref& r : f) {
    v.child(r);
  }
}

inline void visit_field(FieldVisitor& v, const std::string& f) {
  v.text(f);
}

inline void visit_field(FieldVisitor& v, TypePtr f) {
  v.type(f);
}

inline void visit_field(FieldVisitor& v, const void* f) {
  v.number(reinterpret_cast<std::uintptr_t>(f));
}

template <class T>
  requires(std::is_enum_v<T> || std::is_integral_v<T>)
void visit_field(FieldVisitor& v, T f) {
  v.number(static_cast<std::uint64_t>(f));
}

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

/// Computes hash and walk flag from the fields, once, when a node is complete. `identity` marks
/// nodes that have no name of their own.
void seal(Node& node, bool identity = false);

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
      seal(*copy, self.is_identity());
      return Ref(copy.release());
    } else {
      return Ref(this);
    }
  }

  static constexpr bool is_copyable = true;

  bool is_identity() const { return false; }
};

/// Makes a node and seals it.
template <class N, class... A>
Ref make_node(A&&... args) {
  N* n = new N(std::forward<A>(args)...);
  Ref ref(n);
  seal(*n, n->is_identity());
  return ref;
}

}  // namespace azoth::sql
