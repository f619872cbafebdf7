// SPDX-License-Identifier: MIT
// ObjectList. Short lists are plain arrays. A long one gets, when membership is first asked for, a
// hash from member to place; removal then leaves a hole, so that neither finding nor closing ranks
// costs the length. Places by count skip holes from a remembered one; a far jump closes the ranks.
#include <azoth/base/assert.hpp>
#include <azoth/orm/collection.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>

namespace azoth::orm {

namespace {
constexpr std::uint32_t long_list = 64;
constexpr std::size_t longest_walk = 128;

std::size_t scatter(const Object* object) {
  const auto x =
      static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(object)) * 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(x >> 20);
}
}  // namespace

struct ObjectList::Index {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::unique_ptr<std::uint32_t[]> places;  // open addressing: place in the array, or none
  std::uint32_t buckets = 0;
  std::uint32_t end = 0;                // places used, holes included
  mutable std::size_t known_count = 0;  // the member with this count ...
  mutable std::size_t known_place = 0;  // ... is at this place, or further if a hole is there now

  static std::uint32_t buckets_for(std::size_t members) {
    return static_cast<std::uint32_t>(std::bit_ceil(members * 2));
  }

  void reset(std::uint32_t count) {
    places = std::make_unique_for_overwrite<std::uint32_t[]>(count);
    buckets = count;
    std::fill_n(places.get(), count, none);
  }

  std::uint32_t bucket_of(Object* const* data, const Object* object) const {
    std::uint32_t b = static_cast<std::uint32_t>(scatter(object)) & (buckets - 1);
    while (places[b] != none && data[places[b]] != object) {
      b = (b + 1) & (buckets - 1);
    }
    return b;
  }

  // Backward shift, no tombstones. The member at `hole` must still stand in the array.
  void erase(Object* const* data, std::uint32_t hole) {
    for (std::uint32_t b = (hole + 1) & (buckets - 1); places[b] != none;
         b = (b + 1) & (buckets - 1)) {
      const std::uint32_t wanted =
          static_cast<std::uint32_t>(scatter(data[places[b]])) & (buckets - 1);
      if (((b - wanted) & (buckets - 1)) >= ((b - hole) & (buckets - 1))) {
        places[hole] = places[b];
        hole = b;
      }
    }
    places[hole] = none;
  }
};

void ObjectList::destroy() noexcept {
  delete index_;
  ::operator delete(data_);
}

std::size_t ObjectList::indexed_end() const {
  return index_->end;
}

Object* ObjectList::at_indexed(std::size_t place) const {
  if (index_->end == size_) {
    return data_[place];
  }
  std::size_t count = index_->known_count, at = index_->known_place;
  const std::size_t distance = place > count ? place - count : count - place;
  if (distance > longest_walk || at >= index_->end) {
    compact();
    return data_[place];
  }
  while (!data_[at]) {
    ++at;
  }  // the known member was removed: the next one has its count now
  for (; count < place; ++count) {
    do {
      ++at;
    } while (!data_[at]);
  }
  for (; count > place; --count) {
    do {
      --at;
    } while (!data_[at]);
  }
  index_->known_count = count;
  index_->known_place = at;
  return data_[at];
}

void ObjectList::build_index() const {
  auto index = std::make_unique<Index>();
  index->reset(Index::buckets_for(std::max(size_, long_list) * std::size_t{2}));
  index->end = size_;
  for (std::uint32_t i = 0; i < size_; ++i) {
    index->places[index->bucket_of(data_, data_[i])] = i;
  }
  index_ = index.release();
}

void ObjectList::compact() const {
  std::uint32_t to = 0;
  for (std::uint32_t from = 0; from < index_->end; ++from) {
    if (!data_[from]) {
      continue;
    }
    if (to != from) {
      index_->places[index_->bucket_of(data_, data_[from])] = to;
      data_[to] = std::exchange(data_[from], nullptr);
    }
    ++to;
  }
  index_->end = size_;
  index_->known_count = index_->known_place = 0;
}

bool ObjectList::contains(const Object* object) const {
  if (!object) {
    return false;
  }
  if (!index_) {
    if (size_ <= long_list) {
      return std::find(data_, data_ + size_, object) != data_ + size_;
    }
    build_index();
  }
  return index_->places[index_->bucket_of(data_, object)] != Index::none;
}

void ObjectList::reserve_more(std::size_t count) {
  if (index_) {
    if (index_->end + count > capacity_ && index_->end - size_ > size_ / 2) {
      compact();
    }
    if ((size_ + count) * 2 > index_->buckets) {
      Index next;
      next.reset(Index::buckets_for(size_ + count));
      for (std::uint32_t i = 0; i < index_->end; ++i) {
        if (data_[i]) {
          next.places[next.bucket_of(data_, data_[i])] = i;
        }
      }
      index_->places = std::move(next.places);
      index_->buckets = next.buckets;
    }
  }
  const std::size_t used = index_ ? index_->end : size_;
  if (used + count <= capacity_) {
    return;
  }
  const std::size_t wanted = std::max<std::size_t>({4, used + count, std::size_t{capacity_} * 2});
  if (wanted > std::numeric_limits<std::uint32_t>::max()) {
    throw std::bad_alloc();
  }
  auto* data = static_cast<Object**>(::operator new(wanted * sizeof(Object*)));
  if (used) {
    std::copy_n(data_, used, data);
  }
  ::operator delete(data_);
  data_ = data;
  capacity_ = static_cast<std::uint32_t>(wanted);
}

void ObjectList::push_back(Object* object) {
  reserve_more(1);
  if (index_) {
    const std::uint32_t place = index_->end++;
    index_->places[index_->bucket_of(data_, object)] = place;
    data_[place] = object;
  } else {
    data_[size_] = object;
  }
  ++size_;
}

bool ObjectList::erase(const Object* object) noexcept {
  if (!object) {
    return false;
  }
  if (!index_) {
    Object** at = std::find(data_, data_ + size_, object);
    if (at == data_ + size_) {
      return false;
    }
    if (size_ <= long_list) {
      std::copy(at + 1, data_ + size_, at);
      --size_;
      return true;
    }
    try {
      build_index();
    } catch (const std::bad_alloc&) {  // slower, but done
      std::copy(at + 1, data_ + size_, at);
      --size_;
      return true;
    }
  }
  const std::uint32_t bucket = index_->bucket_of(data_, object);
  const std::uint32_t place = index_->places[bucket];
  if (place == Index::none) {
    return false;
  }
  index_->erase(data_, bucket);
  data_[place] = nullptr;
  --size_;
  while (index_->end > 0 && !data_[index_->end - 1]) {
    --index_->end;
  }
  if (place < index_->known_place) {
    --index_->known_count;
  }
  if (index_->known_place >= index_->end) {
    index_->known_place = index_->known_count = 0;
  }
  return true;
}

void ObjectList::clear() noexcept {
  delete std::exchange(index_, nullptr);
  size_ = 0;
}

void ObjectList::swap(ObjectList& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  std::swap(index_, other.index_);
}

}  // namespace azoth::orm
