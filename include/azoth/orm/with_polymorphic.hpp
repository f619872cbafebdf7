// SPDX-License-Identifier: MIT
// `with_polymorphic<Employee, Engineer, Manager>()`: a mapped class together with columns of its
// subclasses, for one statement:
//
//   auto wp = with_polymorphic<Employee, Engineer>();
//   select(wp).where(wp[&Engineer::lang] == "C++").order_by(wp[&Employee::id])
#pragma once
#include <azoth/orm/declaration.hpp>
#include <azoth/sql/select.hpp>

#include <concepts>
#include <vector>

namespace azoth {

/// How the tables of subclasses come to a statement.
struct WithPolymorphicOptions {
  bool flat = false;       ///< each table under another name
  bool aliased = false;    ///< all of them as a subquery
  bool innerjoin = false;  ///< joined so that rows of the subclasses are left only
};

namespace orm {
/// Makes the entity of a class with these subclasses; with all when there are none.
/// @throws ArgumentError for a class that is no subclass, or that has a table apart
sql::Ref polymorphic_entity(const Mapper& mapper,
                            const std::vector<const Mapper*>& subclasses,
                            const WithPolymorphicOptions& options);
}  // namespace orm

/// A mapped class with columns of its subclasses. A cheap handle.
template <class E>
class PolymorphicEntity : public From {
 public:
  using entity = E;
  using azoth_polymorphic = PolymorphicEntity;

  explicit PolymorphicEntity(sql::Ref entity)
      : From(detail::entity_from(entity)), entity_(std::move(entity)) {}

  /// Returns the node by which it enters statements.
  const sql::Ref& azoth_entity() const { return entity_; }

 private:
  sql::Ref entity_;
};

/// Returns a mapped class with columns of these subclasses, or of all.
template <class E, class... Sub>
PolymorphicEntity<E> with_polymorphic(const WithPolymorphicOptions& options = {}) {
  static_assert((std::derived_from<Sub, E> && ...),
                "azoth: with_polymorphic<E, Sub...>() takes a mapped class and subclasses of it");
  return PolymorphicEntity<E>(orm::polymorphic_entity(E::mapper(), {&Sub::mapper()...}, options));
}

}  // namespace azoth
