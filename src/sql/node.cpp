// SPDX-License-Identifier: MIT
// Memory of nodes (a free list per thread and size), their end, and the hash that each gets when it
// is made.
#include <azoth/sql/node_of.hpp>

#include <array>
#include <cstddef>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AZOTH_PLAIN_NODE_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define AZOTH_PLAIN_NODE_MEMORY 1
#endif
#endif

namespace azoth::sql {

#ifdef AZOTH_PLAIN_NODE_MEMORY
void* Node::operator new(std::size_t size) {
  return ::operator new(size);
}

void Node::operator delete(void* memory, std::size_t) {
  ::operator delete(memory);  // clang 14 has the form with a size only behind an option
}
#else
namespace {
// Statements are built and dropped all the time, mostly by the thread that made them: a list of
// free blocks per thread and size class serves most allocations without the general allocator. A
// block freed by another thread joins that thread's list.
constexpr std::size_t granule = 16, classes = 20, most_free = 512;

struct FreeBlock {
  FreeBlock* next;
};

struct FreeLists {
  std::array<FreeBlock*, classes> heads{};
  std::array<std::size_t, classes> counts{};
  bool is_alive = true;
};

thread_local constinit FreeLists lists{};

// Trivial storage outlives this guard, so nodes freed by later destructors of the thread fall
// through to the general allocator.
struct ReleaseAtThreadExit {
  bool touched = false;

  ~ReleaseAtThreadExit() {
    lists.is_alive = false;
    for (FreeBlock*& head : lists.heads) {
      while (head) {
        ::operator delete(std::exchange(head, head->next));
      }
    }
  }
};

thread_local ReleaseAtThreadExit release_at_exit;

std::size_t class_of(std::size_t size) {
  return (size + granule - 1) / granule;
}
}  // namespace

void* Node::operator new(std::size_t size) {
  const std::size_t c = class_of(size);
  if (c < classes) {
    if (FreeBlock* block = lists.heads[c]) {
      lists.heads[c] = block->next;
      --lists.counts[c];
      return block;
    }
  }
  return ::operator new(c * granule);
}

void Node::operator delete(void* memory, std::size_t size) {
  const std::size_t c = class_of(size);
  if (c < classes && lists.is_alive && lists.counts[c] < most_free) {
    release_at_exit.touched = true;  // constructs the guard on this thread's first use
    lists.heads[c] = ::new (memory) FreeBlock{lists.heads[c]};
    ++lists.counts[c];
    return;
  }
  ::operator delete(memory);
}
#endif

void Ref::destroy(const Node* node) {
  delete node;
}

namespace {
// Mixes all fields; binds leave their values out by not stating them.
class HashVisitor final : public FieldVisitor {
 public:
  explicit HashVisitor(const Node& node) {
    hash = base::mix(base::hash_seed(), static_cast<std::uint64_t>(node.kind()));
    hash = base::mix(hash, reinterpret_cast<std::uintptr_t>(node.type()));
  }

  void child(const Ref& node) override {
    if (!node) {
      hash = base::mix(hash, std::uint64_t{0x6e});
      return;
    }
    has_walk |= node->has_walk();
    hash = base::mix(hash, node->hash());
  }

  void number(std::uint64_t value) override { hash = base::mix(hash, value); }

  void text(std::string_view value) override { hash = base::mix(hash, value); }

  void type(TypePtr type) override {
    hash = base::mix(hash, reinterpret_cast<std::uintptr_t>(type));
  }

  Hash hash;
  bool has_walk = false;
};
}  // namespace

void seal(Node& node, bool identity) {
  HashVisitor visitor(node);
  node.each_field(visitor);
  NodeAccess::set_hash(node, visitor.hash);
  NodeAccess::set_walk(node, identity || visitor.has_walk);
}

}  // namespace azoth::sql
