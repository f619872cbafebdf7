// SPDX-License-Identifier: MIT
// Memory of nodes (a free list per thread and size), and their end.
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
  enum class State : std::uint8_t { fresh, open, closed };
  std::array<FreeBlock*, classes> heads{};
  std::array<std::uint32_t, classes> counts{};
  State state = State::fresh;
};

thread_local constinit FreeLists lists{};

// The lists are trivial and outlive this guard, so nodes freed by later destructors of the thread
// fall through to the general allocator.
struct CloseAtThreadExit {
  void open() { lists.state = FreeLists::State::open; }

  ~CloseAtThreadExit() {
    lists.state = FreeLists::State::closed;
    for (FreeBlock*& head : lists.heads) {
      while (head) {
        ::operator delete(std::exchange(head, head->next));
      }
    }
  }
};

thread_local CloseAtThreadExit close_at_exit;

[[gnu::noinline]] bool open_lists() {
  if (lists.state == FreeLists::State::fresh) {
    close_at_exit.open();  // constructs the guard of this thread
  }
  return lists.state == FreeLists::State::open;
}

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
  if (c < classes && lists.counts[c] < most_free &&
      (lists.state == FreeLists::State::open || open_lists())) {
    lists.heads[c] = ::new (memory) FreeBlock{lists.heads[c]};
    ++lists.counts[c];
    return;
  }
  ::operator delete(memory);
}
#endif

// The last owner need not subtract: nobody else can add to a count that only it holds.
void Ref::drop(const Node* node) {
  const Node* n = node->keep_ == Keep::member ? node->keeper_ : node;
  if (n->keep_ != Keep::eternal && (n->refs_.load(std::memory_order_acquire) == 1 ||
                                    n->refs_.fetch_sub(1, std::memory_order_acq_rel) == 1)) {
    delete n;
  }
}

}  // namespace azoth::sql
