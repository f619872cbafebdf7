// SPDX-License-Identifier: MIT
// The statement as immutable data: `Node`, its counted handle `Ref`, and what every traversal needs
// to know of a node. What kinds of nodes there are stands in elements.hpp, from_clause.hpp,
// statement.hpp and ddl.hpp; how they become text, in compile/.
#pragma once
#include <azoth/base/hash.hpp>
#include <azoth/sql/kind.hpp>
#include <azoth/types/types.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::sql {

/// Says who keeps a node alive.
enum class Keep : std::uint8_t {
  counted,  ///< its own count
  member,   ///< the FROM element it belongs to (see `Node::keeper`)
  eternal   ///< nobody: it is never destroyed (mapped tables and their columns, constants)
};

class Node;
class Ref;
class FieldVisitor;
class ChildMap;

/// Receives the fields of a node, in order of declaration; a node states its fields once and hash,
/// comparison and walks derive from it.
class FieldVisitor {
 public:
  virtual void child(const Ref& node) = 0;  ///< may be empty
  virtual void number(std::uint64_t value) = 0;
  virtual void text(std::string_view value) = 0;
  virtual void type(TypePtr type) = 0;

 protected:
  ~FieldVisitor() = default;
};

/// Base of everything a statement consists of: immutable once made, shared between threads, counted
/// atomically. The structural hash is computed when the node is made and leaves out the values of
/// bind parameters.
class Node {
 public:
  Kind kind() const { return kind_; }

  const Hash& hash() const { return hash_; }

  /// True when a bind parameter or an anonymous name lies in or below this node, so that the walk
  /// for the cache key must enter it.
  bool has_walk() const { return walk_; }

  /// The type of an element; the unknown type for everything else.
  TypePtr type() const { return type_; }

  virtual void each_field(FieldVisitor& visitor) const = 0;
  /// Returns this node with each child replaced by what `map` returns for it, or this very node
  /// when no child changes. Columns are no children of their owner: a map that replaces a FROM
  /// element must replace its columns too (see `FromNode::corresponding`).
  virtual Ref map_children(ChildMap& map) const = 0;

  Node& operator=(const Node&) = delete;
  static void* operator new(std::size_t size);  ///< from a free list per thread
  static void operator delete(void* memory, std::size_t size);

 protected:
  explicit Node(Kind kind) : kind_(kind), type_(types::null_type()) {}

  Node(Kind kind, TypePtr type) : kind_(kind), type_(type) {}

  Node(const Node& o)
      : kind_(o.kind_), walk_(o.walk_), hash_(o.hash_), type_(o.type_) {}  // a fresh count

  virtual ~Node() = default;
  friend class Ref;
  friend struct NodeAccess;

  mutable std::atomic<std::uint32_t> refs_{0};
  Kind kind_;
  Keep keep_ = Keep::counted;
  bool walk_ = false;
  Hash hash_;
  TypePtr type_;
  const Node* keeper_ = nullptr;  // of `member` nodes
};

/// Holds a node; may be empty. As cheap as a pointer for eternal nodes.
class Ref {
 public:
  Ref() = default;

  explicit Ref(const Node* node) : node_(node) { retain(); }

  /// Holds a node that was just made with `new` and that nobody holds yet.
  static Ref adopt(Node* fresh) {
    fresh->refs_.store(1, std::memory_order_relaxed);
    Ref ref;
    ref.node_ = fresh;
    return ref;
  }

  Ref(const Ref& other) : node_(other.node_) { retain(); }

  Ref(Ref&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}

  Ref& operator=(Ref other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }

  ~Ref() { release(); }

  const Node* get() const { return node_; }

  const Node* operator->() const { return node_; }

  const Node& operator*() const { return *node_; }

  explicit operator bool() const { return node_ != nullptr; }

  bool operator==(const Ref& other) const { return node_ == other.node_; }

  /// True when this handle is the only one, so that a builder may change the node in place.
  bool unique() const {
    return node_ && node_->keep_ == Keep::counted &&
           node_->refs_.load(std::memory_order_acquire) == 1;
  }

 private:
  void retain() const {
    if (!node_ || node_->keep_ == Keep::eternal) {
      return;
    }
    const Node* n = node_->keep_ == Keep::member ? node_->keeper_ : node_;
    n->refs_.fetch_add(1, std::memory_order_relaxed);
  }

  void release() const {
    if (node_ && node_->keep_ != Keep::eternal) {
      drop(node_);
    }
  }

  static void drop(const Node* node);
  const Node* node_ = nullptr;
};

using Refs = std::vector<Ref>;

/// Maps children while a tree is copied; see `Node::map_children`.
class ChildMap {
 public:
  virtual Ref operator()(const Ref& child) = 0;

 protected:
  ~ChildMap() = default;
};

/// Downcasts a node whose kind is known; `N::accepts(kind)` is asserted in debug builds.
template <class N>
const N& as(const Node& node) {
  return static_cast<const N&>(node);
}

template <class N>
const N& as(const Ref& ref) {
  return static_cast<const N&>(*ref);
}

}  // namespace azoth::sql
