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

inline void visit_field(FieldVisitor& v, const std::vector<TypeOption>& f) {
  v.number(f.size());
  for (const TypeOption& o : f) {
    v.text(o.name);
    v.text(o.text);
    v.number(static_cast<std::uint64_t>(o.number));
  }
}

inline void visit_field(FieldVisitor& v, const std::vector<std::string>& f) {
  v.number(f.size());
  for (const std::string& s : f) {
    v.text(s);
  }
}

inline void visit_field(FieldVisitor& v, const std::vector<TypePtr>& f) {
  v.number(f.size());
  for (const TypePtr t : f) {
    v.type(t);
  }
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

// Mixes the fields of one node; what is short is packed into one word, mixed last.
class FieldHash {
 public:
  FieldHash(const Hash& start, const Node& node)
      : h_{start.a ^ reinterpret_cast<std::uintptr_t>(node.type()), start.b},
        packed_(static_cast<std::uint64_t>(node.kind())) {}

  void add(const Ref& f) {
    if (!f) {
      h_ = base::mix(h_, std::uint64_t{0x6e});
      return;
    }
    has_walk_ |= f->has_walk();
    h_ = base::mix(h_, f->hash());
  }

  void add(const Refs& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const Ref& r : f) {
      add(r);
    }
  }

  void add(const std::string& f) {
    add(!f.empty());
    if (!f.empty()) {
      h_ = base::mix(h_, std::string_view(f));
    }
  }

  void add(const std::vector<TypeOption>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const TypeOption& o : f) {
      add(o.name);
      add(o.text);
      add(static_cast<std::uint64_t>(o.number));
    }
  }

  void add(const std::vector<std::string>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const std::string& s : f) {
      add(s);
    }
  }

  void add(const std::vector<TypePtr>& f) {
    add(static_cast<std::uint64_t>(f.size()));
    for (const TypePtr t : f) {
      add(t);
    }
  }

  void add(TypePtr f) { add(reinterpret_cast<std::uintptr_t>(f)); }

  void add(const void* f) { add(reinterpret_cast<std::uintptr_t>(f)); }

  void add(std::uint64_t f) { h_ = base::mix(h_, f); }

  template <class T>
    requires(std::is_enum_v<T> || std::is_integral_v<T>)
  void add(T f) {
    if constexpr (sizeof(T) > 1) {
      add(static_cast<std::uint64_t>(f));
    } else {
      if (packed_ >> 56) {
        h_ = base::mix(h_, packed_);
        packed_ = 1;
      }
      packed_ = packed_ << 8 | static_cast<std::uint8_t>(f);
    }
  }

  Hash value() const { return base::mix(h_, packed_); }

  bool has_walk() const { return has_walk_; }

 private:
  Hash h_;
  std::uint64_t packed_;
  bool has_walk_ = false;
};

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
