// SPDX-License-Identifier: MIT
// with_loader_criteria(): a condition for every occurrence of a mapped class in a statement, and in
// what its objects load later. Included by those who use it:
//
//   select<User>().options(with_loader_criteria<Address>(!col(&Address::deleted)))
//   with_loader_criteria([](const LoaderCriteriaClass& c) { return !c.attribute<bool>("deleted");
//   })
#pragma once
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/comparable.hpp>
#include <azoth/sql/condition.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace azoth {

/// The keyword arguments of with_loader_criteria().
struct LoaderCriteriaOptions {
  bool include_aliases = false;      ///< aliases of the class are meant too
  bool propagate_to_loaders = true;  ///< lazy and joined loads of the objects go by it too
};

/// The option that with_loader_criteria() makes. A value; cheap to copy. For options() of any
/// statement of a Session, and for ORMExecuteState::add_options().
class LoaderCriteria {
 public:
  explicit LoaderCriteria(sql::Ref node) : node_(std::move(node)) {}

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

/// Stands for each mapped class that has attributes of certain names and types, as those with a
/// mixin have. Lives while with_loader_criteria() calls the function it was given.
class LoaderCriteriaClass {
 public:
  /// Names an attribute that the classes have; `T` is its type in C++, without optional.
  template <class T>
  Expr<T> attribute(std::string_view name) const {
    return Expr<T>(add(name, CppType<T>::cell(), detail::sql_type<T>()));
  }

 private:
  friend LoaderCriteria with_attribute_criteria(sql::Ref (*)(const void*,
                                                             const LoaderCriteriaClass&),
                                                const void*,
                                                const LoaderCriteriaOptions&);
  LoaderCriteriaClass() = default;
  sql::Ref add(std::string_view name, const CellType& cell, TypePtr type) const;
  mutable std::string names_, kinds_;
};

/// Does the work of the second form below.
LoaderCriteria with_attribute_criteria(sql::Ref (*make)(const void*, const LoaderCriteriaClass&),
                                       const void* function,
                                       const LoaderCriteriaOptions& options);

namespace orm {
sql::Ref criteria_option(const Mapper& mapper,
                         sql::Ref criteria,
                         const LoaderCriteriaOptions& options);
}

/// Adds a condition wherever a statement selects or joins a mapped class, or one that inherits from
/// it: in all its selects, in joined, selectin and subquery loads, and in lazy loads of its
/// objects. Refreshes are not limited, nor are objects that the session holds already.
template <class E>
LoaderCriteria with_loader_criteria(Predicate where, const LoaderCriteriaOptions& options = {}) {
  static_assert(Mapped<E>,
                "azoth: with_loader_criteria<E>() needs a mapped class (derived from Entity)");
  return LoaderCriteria(orm::criteria_option(E::mapper(), std::move(where).release(), options));
}

/// The same for all classes that have the attributes that `where` asks for.
/// @throws ArgumentError when it asks for none
template <class F>
  requires std::invocable<const F&, const LoaderCriteriaClass&>
LoaderCriteria with_loader_criteria(const F& where, const LoaderCriteriaOptions& options = {}) {
  return with_attribute_criteria(
      [](const void* f, const LoaderCriteriaClass& c) {
        return Predicate((*static_cast<const F*>(f))(c)).release();
      },
      &where,
      options);
}

}  // namespace azoth
