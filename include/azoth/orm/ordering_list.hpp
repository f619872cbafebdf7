// SPDX-License-Identifier: MIT
// A list relationship whose members keep their place in a column:
//
//   struct Slide : Entity<Slide, "slide"> { ...
//     Relationship<"bullets", List<Bullet>, OrderBy<"position">> bullets;
//   };
//   auto bullets = ordering_list(slide->bullets, &Bullet::position);
//   bullets.insert(0, make<Bullet>({.text = "first"}));  // all others move up
//
// The list itself may be changed too; reorder() then puts the numbers right. Not part of
// <azoth/orm.hpp>.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/orm/list_relationship.hpp>
#include <azoth/sql/comparable.hpp>

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth {

/// The keyword arguments of ordering_list().
struct OrderingListOptions {
  std::int64_t count_from = 0;
  std::function<std::int64_t(std::size_t place)> ordering_func{};  ///< instead of counting
  bool reorder_on_append = false;  ///< append() also changes a number that is there already
};

/// A view of a list relationship that numbers its members; good as long as the list's owner.
template <class L, class M, class T>
class OrderingList {
 public:
  using target_type = typename L::target_type;
  static_assert(std::is_base_of_v<T, target_type>,
                "azoth: ordering_list() takes a column of the class that the list is of");

  OrderingList(L& list, M T::* position, OrderingListOptions options)
      : list_(&list), position_(position), options_(std::move(options)) {}

  /// Appends an object, which gets the number of its place unless it has one.
  void append(const ptr<target_type>& object) {
    list_->push_back(object);
    number(object, list_->size() - 1, options_.reorder_on_append);
  }

  void push_back(const ptr<target_type>& object) { append(object); }

  /// Puts an object before a place; a place behind the end is the end. All are numbered.
  void insert(std::size_t place, const ptr<target_type>& object) {
    std::vector<ptr<target_type>> all = snapshot(*list_);
    std::erase(all, object);
    place = place < all.size() ? place : all.size();
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(place), object);
    list_->assign(all);
    reorder();
  }

  /// Takes an object out; those behind it move up.
  /// @throws InvalidRequestError when it is no member.
  void remove(const ptr<target_type>& object) {
    list_->remove(object);
    reorder();
  }

  /// Takes the object at a place out, and returns it. @throws std::out_of_range
  ptr<target_type> pop(std::size_t place) {
    ptr<target_type> object = (*list_)[place];
    remove(object);
    return object;
  }

  /// Numbers all members by their places; numbers that are right are not touched.
  void reorder() {
    const std::vector<ptr<target_type>> all = snapshot(*list_);
    for (std::size_t place = 0; place < all.size(); ++place) {
      number(all[place], place, true);
    }
  }

 private:
  void number(const ptr<target_type>& object, std::size_t place, bool replaces) {
    auto& member = (*object).*position_;
    const std::int64_t wanted = options_.ordering_func
                                    ? options_.ordering_func(place)
                                    : options_.count_from + static_cast<std::int64_t>(place);
    if constexpr (requires { member.get().has_value(); }) {
      if ((replaces || !member.get().has_value()) && member.get() != wanted) {
        member = wanted;
      }
    } else if (member.get() != wanted || wanted == 0) {  // 0 may be a number never given
      member = wanted;
    }
  }

  L* list_;
  M T::* position_;
  OrderingListOptions options_;
};

/// Returns a view of a list relationship whose members' places stand in an integer column.
template <orm::RelationshipMember L, class M, class T>
  requires ColumnMember<M>
OrderingList<L, M, T> ordering_list(L& list, M T::* position, OrderingListOptions options = {}) {
  return OrderingList<L, M, T>(list, position, std::move(options));
}

}  // namespace azoth
