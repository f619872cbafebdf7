// SPDX-License-Identifier: MIT
// Slabs: the memory of up to 64 objects of one class.
#include "orm/poison.hpp"
#include <azoth/orm/heap.hpp>
#include <azoth/orm/mapper.hpp>

#include <algorithm>
#include <new>

namespace azoth::orm {

namespace {
std::size_t slab_align(const Mapper& mapper) {
  return std::max<std::size_t>(16, mapper.align);
}
}  // namespace

Slab* Slab::create(const Mapper& mapper, std::uint32_t capacity) {
  const std::size_t align = slab_align(mapper);
  const std::size_t head = (sizeof(Slab) + align - 1) / align * align;
  const std::size_t stride = (mapper.size + align - 1) / align * align;
  void* memory = ::operator new(head + stride * capacity, std::align_val_t{align});
  auto* slab = ::new (memory) Slab{nullptr,
                                   &mapper,
                                   nullptr,
                                   nullptr,
                                   0,
                                   capacity,
                                   static_cast<std::uint32_t>(stride),
                                   static_cast<std::uint32_t>(head)};
  poison(slab->at(0), stride * capacity);
  return slab;
}

void Slab::destroy(Slab* slab) noexcept {
  unpoison(slab->at(0), std::size_t{slab->stride} * slab->capacity);
  ::operator delete(slab, std::align_val_t{slab_align(*slab->mapper)});
}

// Entity<D, ...> has Object as its first base and no virtual functions, so an object begins where
// its slot does.
Object* Slab::object(unsigned slot) {
  return static_cast<Object*>(at(slot));
}

void* Slab::open(unsigned slot) noexcept {
  unpoison(at(slot), stride);
  return at(slot);
}

void Slab::close(void* slot) noexcept {
  poison(slot, stride);
}

void Slab::release_slot(Object* object) noexcept {
  const auto offset =
      static_cast<std::size_t>(reinterpret_cast<char*>(object) - reinterpret_cast<char*>(at(0)));
  used &= ~(std::uint64_t{1} << (offset / stride));
  close(object);
}

}  // namespace azoth::orm
