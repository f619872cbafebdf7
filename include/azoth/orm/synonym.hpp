// SPDX-License-Identifier: MIT
// `Synonym<"login", &User::name>`: a mapped attribute under another name. It holds nothing;
// reading, writing and statements go to the attribute, which stands before it in the class.
#pragma once
#include <azoth/orm/declare.hpp>
#include <azoth/sql/select.hpp>

#include <concepts>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace azoth::orm {

namespace detail {
template <class M, bool IsColumn = ColumnMember<M>>
struct SynonymOf {  // of a column
  using azoth_column = M;
  using value_type = typename M::value_type;

  static sql::Ref azoth_node() { return M::azoth_node(); }

  static std::string_view azoth_key() { return M::azoth_key(); }
};

template <class M>
struct SynonymOf<M, false> {  // of a relationship
  using azoth_relationship = M;
  using target_type = typename M::target_type;
  static constexpr bool is_list = M::is_list;

  template <class... A>
  static void azoth_join(A&&... arguments) {
    M::azoth_join(std::forward<A>(arguments)...);
  }
};

template <class M>
struct MemberOf;

template <class M, class C>
struct MemberOf<M C::*> {
  using type = M;
};
}  // namespace detail

/// Is what `Synonym<"name", &E::attribute>` names inside a mapped class `E`. `Set` makes what is
/// stored of what is assigned.
template <class E, Name N, auto Target, auto Set>
class MappedSynonym : public detail::SynonymOf<typename detail::MemberOf<decltype(Target)>::type> {
 public:
  using azoth_synonym = MappedSynonym;
  using entity_type = E;
  using member_type = typename detail::MemberOf<decltype(Target)>::type;

  MappedSynonym() {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_synonym(*b, this, position_, N.view(), target_name());
    }
  }

  /// Gives the attribute its value, in `make<E>({.name = ...})`.
  template <class V>
    requires(!std::same_as<std::remove_cvref_t<V>, MappedSynonym>)
  MappedSynonym(V&& value) {
    *this = std::forward<V>(value);
  }

  template <class P>
  MappedSynonym(std::initializer_list<P> values) {
    member() = values;
  }

  template <class V>
    requires(!std::same_as<std::remove_cvref_t<V>, MappedSynonym>)
  MappedSynonym& operator=(V&& value) {
    member() = Set(std::forward<V>(value));
    return *this;
  }

  MappedSynonym& operator=(MappedSynonym&&) = delete;

  MappedSynonym& operator=(const MappedSynonym& other) {
    member() = other.member();
    return *this;
  }

  /// Returns the attribute itself.
  member_type& member() const { return owner().*Target; }

  decltype(auto) get() const { return member().get(); }

  decltype(auto) operator*() const { return *member(); }

  decltype(auto) operator->() const { return member().operator->(); }

  operator member_type&() const { return member(); }

  static const auto& attribute() { return member_type::attribute(); }

  /// What select(&E::name) selects, under the synonym's name.
  static auto azoth_output()
    requires ColumnMember<member_type>
  {
    return azoth::detail::KeyedOutput<typename member_type::value_type>{member_type::azoth_node(),
                                                                        N.view()};
  }

 private:
  friend E;
  MappedSynonym(MappedSynonym&&) = default;  // with its entity, by make()

  static std::string_view target_name() {
    if constexpr (requires { member_type::azoth_key(); }) {
      return member_type::azoth_key();
    } else {
      return member_type::azoth_name();
    }
  }

  E& owner() const {
    return *reinterpret_cast<E*>(reinterpret_cast<char*>(const_cast<MappedSynonym*>(this)) -
                                 position_.offset);
  }

  static inline constinit Position position_{};
};

}  // namespace azoth::orm
