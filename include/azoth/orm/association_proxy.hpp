// SPDX-License-Identifier: MIT
// An attribute of related objects, as if it were one of the class itself:
//
//   struct User : Entity<User, "user"> { ...
//     Relationship<"links", List<UserKeyword>, Cascade<"all, delete-orphan">> links;
//     AssociationProxy<User, &User::links, &UserKeyword::keyword> keywords;
//   };
//   user->keywords.push_back("cheese");  // makes a UserKeyword with that keyword
//   select<User>().where(col(&User::keywords).contains("cheese"))
//
// It holds nothing. The class of the links stands before the class that has the proxy. Not part of
// <azoth/orm.hpp>.
#pragma once
#include <azoth/orm/declare.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/orm/relationship_path.hpp>
#include <azoth/sql/col.hpp>

#include <algorithm>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth {

namespace orm::detail {
template <class M>
struct ProxyMember;

template <class M, class C>
struct ProxyMember<M C::*> {
  using type = M;
};

// Makes an object with nothing but the attribute.
template <class Target, auto Attribute>
struct MakeLink {
  template <class V>
  ptr<Target> operator()(const V& value) const {
    return make<Target>([&](Target& target) { target.*Attribute = value; });
  }
};
}  // namespace orm::detail

/// The proxy in SQL.
template <auto Collection, auto Attribute>
struct AssociationProxyExpression {
  /// Says whether some related object has the value.
  template <class V>
  Expr<bool> contains(const V& value) const {
    return any(col(Attribute) == value);
  }

  /// Says whether some related object meets the criterion.
  Expr<bool> any(Predicate criterion) const {
    const auto path = col(Collection);
    if constexpr (orm::detail::ProxyMember<decltype(Collection)>::type::is_list) {
      return path.any(std::move(criterion));
    } else {
      return path.has(std::move(criterion));
    }
  }
};

/// Is an attribute of the objects of a list relationship, of class `E`; `Create` makes the object
/// that holds a value.
template <class E,
          auto Collection,
          auto Attribute,
          auto Create = orm::detail::MakeLink<
              typename orm::detail::ProxyMember<decltype(Collection)>::type::target_type,
              Attribute>{}>
class AssociationProxy {
 public:
  using azoth_hybrid = AssociationProxy;
  using entity_type = E;
  using list_type = typename orm::detail::ProxyMember<decltype(Collection)>::type;
  using target_type = typename list_type::target_type;
  using value_type = std::remove_cvref_t<
      decltype(std::declval<typename orm::detail::ProxyMember<decltype(Attribute)>::type&>()
                   .get())>;
  static_assert(list_type::is_list, "azoth: an association proxy goes along a list relationship");

  AssociationProxy() {
    if (orm::MapperBuilder* b = orm::ClassState<E>::slot.building) [[unlikely]] {
      orm::declare_member(*b, this, position_);
    }
  }

  AssociationProxy(std::initializer_list<value_type> values) { *this = values; }

  /// Replaces all values; the objects that held the old ones are removed.
  AssociationProxy& operator=(std::initializer_list<value_type> values) {
    return *this = std::vector<value_type>(values);
  }

  AssociationProxy& operator=(const std::vector<value_type>& values) {
    clear();
    for (const value_type& value : values) {
      push_back(value);
    }
    return *this;
  }

  AssociationProxy& operator=(AssociationProxy&&) = delete;
  AssociationProxy& operator=(const AssociationProxy&) = delete;

  /// Returns the values in the order of the list, which is loaded first. @throws
  /// DetachedInstanceError
  std::vector<value_type> get() const {
    std::vector<value_type> values;
    for (const ptr<target_type> object : list()) {
      values.push_back(((*object).*Attribute).get());
    }
    return values;
  }

  std::size_t size() const { return list().size(); }

  bool empty() const { return list().empty(); }

  /// @throws std::out_of_range
  value_type operator[](std::size_t place) const {
    const ptr<target_type> object = list()[place];
    return ((*object).*Attribute).get();
  }

  bool contains(const value_type& value) const {
    const std::vector<value_type> values = get();
    return std::find(values.begin(), values.end(), value) != values.end();
  }

  void push_back(const value_type& value) { list().push_back(Create(value)); }

  void append(const value_type& value) { push_back(value); }

  /// Removes the first object that has the value; returns whether there was one.
  bool erase(const value_type& value) {
    for (const ptr<target_type>& object : snapshot(list())) {
      if (((*object).*Attribute).get() == value) {
        return list().erase(object);
      }
    }
    return false;
  }

  void clear() { list().clear(); }

  static AssociationProxyExpression<Collection, Attribute> azoth_expression() { return {}; }

 private:
  friend E;
  AssociationProxy(AssociationProxy&&) = default;  // with its entity, by make()

  list_type& list() const {
    return reinterpret_cast<E*>(reinterpret_cast<char*>(const_cast<AssociationProxy*>(this)) -
                                position_.offset)
               ->*Collection;
  }

  static inline constinit orm::Position position_{};
};

}  // namespace azoth
