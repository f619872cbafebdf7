// SPDX-License-Identifier: MIT
// What relationship members rest on: the erased work, done in src/orm/relationship.cpp, and where a
// member lies in its owner. The members themselves are in relationship.hpp and
// list_relationship.hpp.
#pragma once
#include <azoth/orm/collection.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/node.hpp>

#include <cstddef>
#include <string_view>

namespace azoth::orm {

/// The erased work; `owner` may be on the stack.
void load_relationship_before_use(Object& owner,
                                  unsigned attribute);  ///< @throws DetachedInstanceError
void assign_target(Object& owner, unsigned attribute, Object*& member, Object* target);
void destroy_target(Object& owner, Object* member) noexcept;
Object* list_at(const ObjectList& list, std::size_t place);  ///< @throws std::out_of_range
void append(Object& owner, unsigned attribute, ObjectList& member, Object* target);
bool remove(Object& owner, unsigned attribute, ObjectList& member, Object* target);
void clear(Object& owner, unsigned attribute, ObjectList& member);
void assign_list(Object& owner,
                 unsigned attribute,
                 ObjectList& member,
                 Object* const* targets,
                 std::size_t count);
void destroy_list(Object& owner, ObjectList& member) noexcept;
const RelationshipAttribute& relationship_attribute(const Mapper& mapper, unsigned attribute);
/// Appends the joins along a relationship to a select.
void join_along(
    sql::Ref& statement, const Mapper& mapper, unsigned attribute, bool is_outer, bool is_full);

[[noreturn]] void unreachable_mapper();

template <class T>
concept MappedClass = requires { typename T::azoth_entity; };

namespace detail {
template <class T>
const Mapper& mapper_of_target() {
  static_assert(MappedClass<T>,
                "azoth: the target of this relationship is not a mapped class (declared only, or "
                "not derived from Entity); include its definition");
  if constexpr (MappedClass<T>) {
    return T::mapper();
  } else {
    unreachable_mapper();
  }
}

template <class T, bool IsList, class... O>
constexpr RelationshipDeclaration declare_relation(std::string_view name) {
  RelationshipDeclaration d{.name = name, .target = &mapper_of_target<T>, .is_list = IsList};
  (O::apply(d), ...);
  return d;
}

// What both forms share: where the member lies in its owner.
template <class E, Name N, class T, bool IsList, class... O>
class RelationshipPosition {
 public:
  /// Returns the mapper's description of this attribute, resolved or not.
  static const RelationshipAttribute& attribute() {
    const Mapper& m = E::mapper();
    return relationship_attribute(m, position_.index);
  }  // the mapper sets the position

  static std::string_view azoth_name() { return N.view(); }

  /// What join(&User::addresses) does.
  static void azoth_join(sql::Ref& statement, bool is_outer, bool is_full) {
    const Mapper& m = E::mapper();
    join_along(statement, m, position_.index, is_outer, is_full);
  }

 protected:
  void declare_in_prototype() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_relationship(*b, this, position_, declaration);
    }
  }

  Object& owner() const {
    return *reinterpret_cast<Object*>(
        reinterpret_cast<char*>(const_cast<RelationshipPosition*>(this)) - position_.offset);
  }

  void before_use() const {
    const ObjectHeader& h = header(owner());
    if (h.has_extra || h.bits.unloaded) [[unlikely]] {
      load_relationship_before_use(owner(), position_.index);
    }
  }

  static constexpr RelationshipDeclaration declaration =
      declare_relation<T, IsList, O...>(N.view());
  static inline constinit Position position_{};
};
}  // namespace detail

template <class A>
concept RelationshipMember = requires { typename A::azoth_relationship; };

}  // namespace azoth::orm
