// SPDX-License-Identifier: MIT
// The identity map. Integer keys: open addressing without tombstones; growing moves entries only
// and never touches the objects. Other keys: a hash of class and values.
#include <azoth/base/assert.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/heap.hpp>
#include <azoth/orm/identity_map.hpp>

#include <algorithm>
#include <bit>
#include <functional>
#include <string>
#include <unordered_map>

namespace azoth::orm {

namespace {

constexpr std::size_t least_capacity = 16;

std::size_t hash_value(const Value& v) {
  switch (v.kind()) {
    case ValueKind::null:
      return 0;
    case ValueKind::boolean:
      return v.get<bool>() ? 1 : 2;
    case ValueKind::integer:
      return std::hash<std::int64_t>{}(v.get<std::int64_t>());
    case ValueKind::real:
      return std::hash<double>{}(v.get<double>());
    case ValueKind::text:
      return std::hash<std::string>{}(v.get<std::string>());
    case ValueKind::blob: {
      const Bytes& b = v.get<Bytes>();
      return std::hash<std::string_view>{}({reinterpret_cast<const char*>(b.data()), b.size()});
    }
    case ValueKind::decimal:
      return v.get<Decimal>().hash();
    case ValueKind::date:
      return std::hash<std::int32_t>{}(v.get<Date>().days_since_epoch());
    case ValueKind::time:
      return std::hash<std::int64_t>{}(v.get<Time>().microseconds());
    case ValueKind::datetime:
      return std::hash<std::int64_t>{}(v.get<DateTime>().time.microseconds() * 31 +
                                       v.get<DateTime>().date.days_since_epoch());
    case ValueKind::interval:
      return std::hash<std::int64_t>{}(v.get<Interval>().microseconds);
    case ValueKind::uuid: {
      const auto& bytes = v.get<Uuid>().bytes;
      return std::hash<std::string_view>{}(
          {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
    case ValueKind::list:
      break;  // no key of a table
  }
  return 0;
}

struct KeyView {
  std::uint32_t base;
  std::span<const Value> values;
};

struct Key {
  std::uint32_t base;
  std::vector<Value> values;

  operator KeyView() const { return {base, values}; }
};

struct HashKey {
  using is_transparent = void;

  std::size_t operator()(const KeyView& key) const {
    std::size_t h = key.base * 0x9E3779B97F4A7C15u;
    for (const Value& v : key.values) {
      h = (h ^ hash_value(v)) * 0x9E3779B97F4A7C15u;
      h ^= h >> 29;
    }
    return h;
  }
};

struct EqualKeys {
  using is_transparent = void;

  bool operator()(const KeyView& a, const KeyView& b) const {
    return a.base == b.base &&
           std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end());
  }
};

std::int64_t read_integer(const void* at, CellKind kind) {
  switch (kind) {
    case CellKind::int8:
      return *static_cast<const std::int8_t*>(at);
    case CellKind::int16:
      return *static_cast<const std::int16_t*>(at);
    case CellKind::int32:
      return *static_cast<const std::int32_t*>(at);
    case CellKind::int64:
      return *static_cast<const std::int64_t*>(at);
    case CellKind::uint8:
      return *static_cast<const std::uint8_t*>(at);
    case CellKind::uint16:
      return *static_cast<const std::uint16_t*>(at);
    case CellKind::uint32:
      return *static_cast<const std::uint32_t*>(at);
    default:
      return static_cast<std::int64_t>(*static_cast<const std::uint64_t*>(at));
  }
}

}  // namespace

std::int64_t integer_identity(const Object& object) {
  const Mapper& mapper = mapper_of(object);
  const ColumnAttribute& column = mapper.columns[mapper.primary_key.front()];
  if (const ColumnChange* change = find_change(object, column); change && change->is_known)
      [[unlikely]] {
    return change->committed.get<std::int64_t>();
  }
  return read_integer(member(object, column), column.cell.kind);
}

std::vector<Value> identity_key(const Object& object) {
  const Mapper& mapper = mapper_of(object);
  std::vector<Value> key;
  key.reserve(mapper.primary_key.size());
  for (std::uint32_t slot : mapper.primary_key) {
    key.push_back(committed_value(object, mapper.columns[slot]));
  }
  return key;
}

struct IdentityMap::General {
  std::unordered_map<Key, Object*, HashKey, EqualKeys> objects;
};

IdentityMap::IdentityMap() : general_(std::make_unique<General>()) {}

IdentityMap::~IdentityMap() = default;

std::size_t IdentityMap::IntegerTable::scattered(std::int64_t key) const {
  const std::uint64_t x = static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15u;
  return (x ^ (x >> 32)) & (capacity - 1);
}

std::size_t IdentityMap::IntegerTable::place(std::int64_t key) const {
  const std::size_t at = home(key);
  const bool is_free = !entries[at].object;
  if (is_free ? displaced == 0 : entries[at].key == key) {
    return at;
  }
  std::size_t i = scattered(key);
  while (entries[i].object && entries[i].key != key) {
    i = (i + 1) & (capacity - 1);
  }
  return is_free && !entries[i].object ? at : i;
}

void IdentityMap::IntegerTable::put(const Entry& entry) {
  const std::size_t at = place(entry.key);
  AZOTH_ASSERT(!entries[at].object);
  entries[at] = entry;
  displaced += at != home(entry.key);
}

void IdentityMap::IntegerTable::resize(std::size_t new_capacity) {
  auto old = std::exchange(entries, std::make_unique<Entry[]>(new_capacity));
  const std::size_t old_capacity = std::exchange(capacity, new_capacity);
  displaced = 0;
  for (std::size_t i = 0; i < old_capacity; ++i) {
    if (old[i].object) {
      put(old[i]);
    }
  }
}

void IdentityMap::IntegerTable::insert(std::int64_t key, Object& object) {
  if ((count + 1) * 4 > capacity * 3) {
    resize(std::max(least_capacity, capacity * 2));
  }
  put({key, &object});
  ++count;
}

// A hole would end the chains that go over it: what stands behind it in its chain moves up, and so
// on. What is at home belongs to no chain and stays.
void IdentityMap::IntegerTable::erase(std::size_t hole) {
  const std::size_t mask = capacity - 1;
  displaced -= hole != home(entries[hole].key);
  for (std::size_t i = (hole + 1) & mask; displaced && entries[i].object; i = (i + 1) & mask) {
    if (home(entries[i].key) == i) {
      continue;
    }
    const std::size_t wanted = scattered(entries[i].key);
    if (((i - wanted) & mask) >= ((i - hole) & mask)) {
      entries[hole] = entries[i];
      displaced -= home(entries[hole].key) == hole;
      hole = i;
    }
  }
  entries[hole].object = nullptr;
  --count;
}

// One pass that counts, one that rebuilds when anything went: dead entries are not erased one by
// one, but when there is no memory for that.
void IdentityMap::IntegerTable::keep_marked(std::uint8_t mark) noexcept {
  std::size_t left = 0;
  for (std::size_t i = 0; i < capacity; ++i) {
    left += entries[i].object && header(*entries[i].object).mark == mark;
  }
  if (left == count) {
    return;
  }
  const std::size_t wanted = std::bit_ceil(std::max(least_capacity, left * 2));
  if (std::unique_ptr<Entry[]> fresh{new (std::nothrow) Entry[wanted]()}) {
    for (std::size_t i = 0; i < capacity; ++i) {
      if (entries[i].object && header(*entries[i].object).mark != mark) {
        entries[i].object = nullptr;
      }
    }
    fresh.swap(entries);
    const std::size_t old_capacity = std::exchange(capacity, wanted);
    displaced = 0;
    for (std::size_t i = 0; i < old_capacity; ++i) {
      if (fresh[i].object) {
        put(fresh[i]);
      }
    }
    count = left;
    return;
  }
  for (std::size_t i = 0; i < capacity;) {  // no memory: one by one; a hole is filled by a later
                                            // entry, so the place is looked at again
    if (entries[i].object && header(*entries[i].object).mark != mark) {
      erase(i);
    } else {
      ++i;
    }
  }
}

Object* IdentityMap::find(const Mapper& mapper, std::span<const Value> key) const {
  if (mapper.has_integer_key) {
    const auto* integer = key.size() == 1 ? key[0].get_if<std::int64_t>() : nullptr;
    return integer ? find(mapper, *integer) : nullptr;
  }
  const auto at = general_->objects.find(KeyView{mapper.base_id, key});
  return at == general_->objects.end() ? nullptr : at->second;
}

void IdentityMap::insert(const Mapper& mapper, std::int64_t key, Object& object) {
  if (mapper.base_id >= integers_.size()) {
    integers_.resize(mapper.base_id + 1);
  }
  integers_[mapper.base_id].insert(key, object);
}

void IdentityMap::insert(const Mapper& mapper, std::span<const Value> key, Object& object) {
  if (mapper.has_integer_key) {
    insert(mapper, key.front().get<std::int64_t>(), object);
    return;
  }
  const bool is_new =
      general_->objects.emplace(Key{mapper.base_id, {key.begin(), key.end()}}, &object).second;
  AZOTH_ASSERT(is_new);
  static_cast<void>(is_new);
}

void IdentityMap::insert(Object& object) {
  const Mapper& mapper = mapper_of(object);
  if (mapper.has_integer_key) {
    insert(mapper, integer_identity(object), object);
  } else {
    insert(mapper, identity_key(object), object);
  }
}

void IdentityMap::erase(const Object& object) {
  const Mapper& mapper = mapper_of(object);
  if (mapper.has_integer_key) {
    if (mapper.base_id >= integers_.size() || !integers_[mapper.base_id].capacity) {
      return;
    }
    IntegerTable& table = integers_[mapper.base_id];
    const std::size_t at = table.place(integer_identity(object));
    if (table.entries[at].object == &object) {
      table.erase(at);
    }
    return;
  }
  const std::vector<Value> key = identity_key(object);
  if (find(mapper, key) == &object) {
    erase(mapper, key);
  }
}

void IdentityMap::erase(const Mapper& mapper, std::span<const Value> key) {
  if (mapper.has_integer_key) {
    const auto* integer = key.size() == 1 ? key[0].get_if<std::int64_t>() : nullptr;
    if (!integer || !find(mapper, *integer)) {
      return;
    }
    IntegerTable& table = integers_[mapper.base_id];
    table.erase(table.place(*integer));
    return;
  }
  const auto at = general_->objects.find(KeyView{mapper.base_id, key});
  if (at != general_->objects.end()) {
    general_->objects.erase(at);
  }
}

void IdentityMap::keep_marked(std::uint8_t mark) noexcept {
  for (IntegerTable& table : integers_) {
    if (table.count) {
      table.keep_marked(mark);
    }
  }
  std::erase_if(general_->objects,
                [&](const auto& entry) { return header(*entry.second).mark != mark; });
}

void IdentityMap::clear() {
  integers_.clear();
  general_->objects.clear();
}

std::size_t IdentityMap::size() const {
  std::size_t count = general_->objects.size();
  for (const IntegerTable& table : integers_) {
    count += table.count;
  }
  return count;
}

void IdentityMap::each_general(void (*f)(void*, Object&), void* context) const {
  for (const auto& [key, object] : general_->objects) {
    f(context, *object);
  }
}

}  // namespace azoth::orm
