// SPDX-License-Identifier: MIT
// A column as a member of a mapped class. To its user it is a value; beneath, reading loads what is
// expired and writing records what it was. It holds nothing but the value: its owner lies at a
// fixed distance. All that is more than a test is in src/orm/attribute.cpp.
#pragma once
#include <azoth/base/inline.hpp>
#include <azoth/orm/column_value.hpp>
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/object.hpp>
#include <azoth/sql/comparable.hpp>
#include <azoth/sql/node.hpp>

#include <compare>
#include <optional>
#include <type_traits>
#include <utility>

namespace azoth::orm {

/// Loads a column before it is read. @throws DetachedInstanceError when the object has no session.
void load_before_read(const Object& object, unsigned attribute);
/// Records a column's committed value before its first change.
void record_before_change(Object& object, unsigned attribute);
/// Takes a SQL expression as a column's value, which the next flush writes.
void set_expression(Object& object, unsigned attribute, const sql::Ref& expression);
/// Marks an attribute of an object under construction as given.
void mark_given(Object& object, unsigned attribute);
const ColumnAttribute& column_attribute(const Mapper& mapper, unsigned attribute);
sql::Ref column_node(const Mapper& mapper, unsigned attribute);
/// The same of the column that the class's own table has for a key that it shares with its
/// parent's.
sql::Ref key_node(const Mapper& mapper, unsigned attribute);

namespace detail {
template <class T, class... O>
constexpr ColumnDeclaration declare(std::string_view name) {
  ColumnDeclaration d{.name = name, .cell = CppType<T>::cell(), .type = &CppType<T>::type};
  (O::apply(d), ...);
  return d;
}
template <class O>
concept HasInitial = requires { O::initial(); };

template <class T, class... O>
T initial() {
  if constexpr ((HasInitial<O> || ...)) {
    T value{};
    (
        [&] {
          if constexpr (HasInitial<O>) {
            value = static_cast<T>(O::initial());
          }
        }(),
        ...);
    return value;
  } else {
    return T();
  }
}
}  // namespace detail

#define AZOTH_WRONG_COLUMN_VALUE                                                                  \
  "azoth: the value has another type than the column (or would lose digits in it); give a value " \
  "of the column's type"

/// Is what `Column<"name", T, Options...>` names inside a mapped class `E`.
template <class E, Name N, class T, class... O>
class MappedColumn {
  static_assert(ColumnType<T>,
                "azoth: this C++ type cannot be a column; specialise azoth::CppType for it");

 public:
  using azoth_column = MappedColumn;
  using value_type = T;
  using entity_type = E;

  AZOTH_INLINE MappedColumn() : value_(detail::initial<T, O...>()) {
    if (MapperBuilder* b = ClassState<E>::slot.building) [[unlikely]] {
      declare_column(*b, this, position_, declaration);
    }
  }

  template <class U>
    requires(detail::takes<T, U> && !std::is_same_v<std::remove_cvref_t<U>, MappedColumn>)
  MappedColumn(U&& value) : value_(detail::take<T>(std::forward<U>(value))) {
    mark_given(owner(), position_.index);
  }

  /// Takes a SQL expression, as assigning one does.
  template <ExprLike X>
  MappedColumn(const X& expression) : value_(detail::initial<T, O...>()) {
    *this = expression;
  }

  template <class U>
    requires(!detail::takes<T, U> && !ExprLike<std::remove_cvref_t<U>> &&
             !std::is_same_v<std::remove_cvref_t<U>, MappedColumn>)
  MappedColumn(U&&) {
    static_assert(detail::takes<T, U>, AZOTH_WRONG_COLUMN_VALUE);
  }

  /// Returns the value; loads it first when it is expired or deferred. @throws
  /// DetachedInstanceError
  AZOTH_INLINE const T& get() const {
    if (header(owner()).has_unloaded_columns) [[unlikely]] {
      load_before_read(owner(), position_.index);
    }
    return value_;
  }

  AZOTH_INLINE operator const T&() const { return get(); }

  const T& operator*() const { return get(); }

  const T* operator->() const { return &get(); }

  template <class U>
    requires(detail::takes<T, U> && !std::is_same_v<std::remove_cvref_t<U>, MappedColumn>)
  MappedColumn& operator=(U&& value) {
    record_before_change(owner(), position_.index);
    value_ = detail::take<T>(std::forward<U>(value));
    return *this;
  }

  /// Takes a SQL expression, which the next flush writes: `user->visits = col(&User::visits) + 1`.
  /// Until then reading the attribute throws InvalidRequestError; then it reads what the database
  /// made of it.
  template <ExprLike X>
  MappedColumn& operator=(const X& expression) {
    static_assert(ComparableWith<T, typename X::value_type>, AZOTH_WRONG_COLUMN_VALUE);
    set_expression(owner(), position_.index, expression.node());
    return *this;
  }

  template <class U>
    requires(!detail::takes<T, U> && !ExprLike<std::remove_cvref_t<U>> &&
             !std::is_same_v<std::remove_cvref_t<U>, MappedColumn>)
  MappedColumn& operator=(U&&) {
    static_assert(detail::takes<T, U>, AZOTH_WRONG_COLUMN_VALUE);
    return *this;
  }

  /// Not from `{}`, which would be an attribute without an owner: write T() or std::nullopt.
  MappedColumn& operator=(MappedColumn&&) = delete;

  MappedColumn& operator=(const MappedColumn& other) { return *this = other.get(); }

  /// Returns the mapper's description of this attribute.
  static const ColumnAttribute& attribute() {
    const Mapper& m = E::mapper();
    return column_attribute(m, position_.index);
  }  // the mapper sets the position

  /// Returns the table's column, for expressions: what col(&User::name) stands for.
  AZOTH_INLINE static sql::Ref azoth_node() {
    const Mapper& m = E::mapper();
    return column_node(m, position_.index);
  }

  static std::string_view azoth_key() { return N.view(); }

 private:
  friend E;
  MappedColumn(MappedColumn&&) = default;  // with its entity, by make()

  AZOTH_INLINE Object& owner() const {
    return *reinterpret_cast<Object*>(reinterpret_cast<char*>(const_cast<MappedColumn*>(this)) -
                                      position_.offset);
  }

  static constexpr ColumnDeclaration declaration = detail::declare<T, O...>(N.view());
  static inline constinit Position position_{};
  T value_;
};

#undef AZOTH_WRONG_COLUMN_VALUE

template <class A>
concept ColumnMember = requires { typename A::azoth_column; };
// A plain value to compare with: neither an attribute nor a SQL expression.
template <class U>
concept PlainValue = !ColumnMember<U> && !requires { typename U::azoth_expr; };

template <ColumnMember A, ColumnMember B>
bool operator==(const A& a, const B& b) {
  return a.get() == b.get();
}

template <ColumnMember A, ColumnMember B>
auto operator<=>(const A& a, const B& b) {
  return a.get() <=> b.get();
}

template <ColumnMember A, PlainValue U>
bool operator==(const A& a, const U& b) {
  return a.get() == b;
}

template <ColumnMember A, PlainValue U>
auto operator<=>(const A& a, const U& b) {
  return a.get() <=> b;
}

template <ColumnMember A, class U>
A& operator+=(A& a, const U& b) {
  return a = a.get() + b;
}

template <ColumnMember A, class U>
A& operator-=(A& a, const U& b) {
  return a = a.get() - b;
}

template <ColumnMember A>
A& operator++(A& a) {
  return a = a.get() + 1;
}

template <ColumnMember A>
A& operator--(A& a) {
  return a = a.get() - 1;
}

/// Prints the value to any stream that can print a T.
template <class Stream, ColumnMember A>
auto operator<<(Stream& stream, const A& a) -> decltype(stream << a.get()) {
  return stream << a.get();
}

}  // namespace azoth::orm
