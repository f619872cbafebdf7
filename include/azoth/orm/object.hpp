// SPDX-License-Identifier: MIT
// `Object`, the 32 bytes in front of every mapped object: where it lives, whose it is, which
// attributes are loaded and changed. It says nothing of what the attributes are (mapper.hpp) or how
// changes are kept (changes.hpp).
#pragma once
#include <azoth/orm/options.hpp>

#include <cstddef>
#include <cstdint>

namespace azoth::orm {

class Heap;
class ObjectSession;
class Object;
struct ColumnAttribute;
struct Mapper;
struct RelationshipAttribute;
struct Slab;
struct ObjectExtra;

/// Names where an object stands with its session; the words are SQLAlchemy's.
enum class ObjectState : std::uint8_t {
  transient,   ///< not in a session, has no row
  pending,     ///< added, to be inserted by the next flush
  persistent,  ///< in a session, has a row
  deleted,     ///< its row is deleted or will be by the next flush, not committed yet
  detached     ///< has (or had) a row, not in a session
};

/// Holds what the ORM knows of one object. Internal: applications never see it; Session, flush and
/// loaders reach it through `header()`.
///
/// Two bits an attribute, numbered through columns and relationships in order of declaration:
/// `unloaded` (reading must load first) and `modified` (of a transient or pending object: was given
/// a value). They are kept inline for up to 32 attributes; classes with more, and objects with
/// recorded changes, keep them in an ObjectExtra. Use the functions below, which know where the
/// bits are.
struct ObjectHeader {
  Slab* slab = nullptr;  ///< null: on the stack, a value that make() may consume
  ObjectSession* session = nullptr;
  std::uint32_t handles = 0;
  ObjectState state = ObjectState::transient;
  bool is_queued : 1 = false;  ///< stands in its session's list of objects to flush
  bool is_dirty : 1 = false;   ///< has changes since the last flush
  bool has_extra : 1 = false;  ///< `extra` is valid instead of the inline bits
  bool has_unloaded_columns : 1 =
      false;  ///< some column must be loaded before it is read: the one test of a column read
  bool is_loading : 1 = false;   ///< free for loaders: its attributes are being filled
  std::uint8_t mark = 0;         ///< epoch of the last sweep that reached it
  std::uint8_t loader_mark = 0;  ///< free for loaders

  struct Bits {
    std::uint32_t unloaded, modified;
  };

  union {
    Bits bits{0, 0};
    ObjectExtra* extra;
  };
};

static_assert(sizeof(void*) != 8 || sizeof(ObjectHeader) == 32);

/// Is the base of every mapped class, by way of `Entity`. Objects are values on the stack until
/// make() moves them into a slab; then they stay where they are until nothing reaches them. Not
/// copied, assigned, `new`ed or deleted; moving one that lives in a heap throws
/// InvalidRequestError. An object and everything connected with it belongs to one thread at a time.
class Object : public DeclarationWords {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  Object(Object&& other);

  ~Object() {
    if (header_.has_extra) {
      drop_extra();
    }
  }

  static void* operator new(std::size_t) = delete;  // write make<T>({...})
  static void operator delete(void*) = delete;

 private:
  friend ObjectHeader& header(Object& object);
  friend const ObjectHeader& header(const Object& object);
  void drop_extra();
  ObjectHeader header_;
};

/// Returns the header of an object.
inline ObjectHeader& header(Object& object) {
  return object.header_;
}

inline const ObjectHeader& header(const Object& object) {
  return object.header_;
}

/// Holds up to 64 objects of one class; a bit says which slots are in use. An object made alone has
/// a slab of one slot and no heap.
struct Slab {
  Heap* heap;
  const Mapper* mapper;
  Slab* previous;
  Slab* next;
  std::uint64_t used;
  std::uint32_t capacity;
  std::uint32_t stride;
  std::uint32_t first;  ///< offset of the first slot

  static Slab* create(const Mapper& mapper, std::uint32_t capacity);
  static void destroy(Slab* slab) noexcept;

  std::uint64_t full() const {
    return capacity == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << capacity) - 1;
  }

  void* at(unsigned slot) {
    return reinterpret_cast<char*>(this) + first + std::size_t{slot} * stride;
  }

  Object* object(unsigned slot);
  /// Gives the memory of a slot for constructing an object, and takes it back.
  void* open(unsigned slot) noexcept;
  void close(void* slot) noexcept;
  void release_slot(Object* object) noexcept;
};

/// Returns the mapper of an object in a heap or slab. @pre the object is not on the stack.
inline const Mapper& mapper_of(const Object& object) {
  return *header(object).slab->mapper;
}

// The bits of objects that keep them in an ObjectExtra.
bool is_loaded_in_extra(const Object& object, unsigned attribute);
bool is_modified_in_extra(const Object& object, unsigned attribute);

/// Says whether the attribute can be read without loading. Always true for transient and pending
/// objects that were never persistent.
inline bool is_loaded(const Object& object, unsigned attribute) {
  const ObjectHeader& h = header(object);
  return h.has_extra ? is_loaded_in_extra(object, attribute)
                     : !(h.bits.unloaded >> attribute % 32 & 1);
}

/// Marks one attribute as loaded or as to be loaded at the next read.
void set_loaded(Object& object, unsigned attribute);
void set_unloaded(Object& object, unsigned attribute);

/// Says whether the attribute has a change that was not flushed (of transient and pending objects:
/// was given a value).
inline bool is_modified(const Object& object, unsigned attribute) {
  const ObjectHeader& h = header(object);
  return h.has_extra ? is_modified_in_extra(object, attribute)
                     : (h.bits.modified >> attribute % 32 & 1) != 0;
}

/// Marks the attribute as changed without recording what it was.
void set_modified(Object& object, unsigned attribute);
/// Sets all unloaded bits at once from words of 32 bits, lowest attribute first; what a row's
/// loader does with its ready-made mask.
void set_unloaded_words(Object& object, const std::uint32_t* words, bool any_column);
/// Makes every attribute unloaded and forgets changes: what expire() and commit() do. Members keep
/// their bytes; keys stay readable by raw access.
void expire_all(Object& object);
/// Makes one attribute unloaded and forgets its change.
void expire_attribute(Object& object, unsigned attribute);
/// Clears the modified bits and recorded changes, and the dirty flag: what a flush does when it has
/// written the object.
void commit_changes(Object& object);

/// Returns `<User at 0x7f...>`, as messages name an instance.
std::string instance_name(const Object& object);

}  // namespace azoth::orm
