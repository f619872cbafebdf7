// SPDX-License-Identifier: MIT
// The classes of the ownership stress: a tree, one-to-one, one-way, many-to-many, inheritance.
#pragma once
#include "unit/orm/model.hpp"

namespace azoth::testing::stress {

inline long alive = 0;

struct Canary {
  long value = 0x5afe;

  Canary() { ++alive; }

  Canary(Canary&&) noexcept { ++alive; }

  ~Canary() {
    value = 0xdead;
    --alive;
  }
};

struct Tag;

struct Node : Entity<Node, "stress_node"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"stress_node.id">> parent_id;
  Column<"leader_id", std::optional<std::int64_t>, ForeignKey<"stress_node.id">> leader_id;
  Column<"likes_id", std::optional<std::int64_t>, ForeignKey<"stress_node.id">> likes_id;
  Canary canary;
  Relationship<"parent",
               Node,
               BackPopulates<"children">,
               RemoteSide<"id">,
               ForeignKeys<"parent_id">>
      parent;
  Relationship<"children", List<Node>, BackPopulates<"parent">, ForeignKeys<"parent_id">> children;
  Relationship<"leader",
               Node,
               BackPopulates<"follower">,
               RemoteSide<"id">,
               ForeignKeys<"leader_id">>
      leader;
  Relationship<"follower", Node, BackPopulates<"leader">, ForeignKeys<"leader_id">> follower;
  Relationship<"likes", Node, RemoteSide<"id">, ForeignKeys<"likes_id">> likes;
  Relationship<"seen", List<Node>, Secondary<"stress_seen">, ForeignKeys<"viewer_id, seen_id">>
      seen;
  Relationship<"tags", List<Tag>, Secondary<"stress_node_tag">, BackPopulates<"nodes">> tags;
};

struct Tag : Entity<Tag, "stress_tag"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Canary canary;
  Relationship<"nodes", List<Node>, Secondary<"stress_node_tag">, BackPopulates<"tags">> nodes;
};

struct Leaf : Entity<Leaf, "stress_leaf", Inherits<Node>, Concrete> {
  Column<"extra", std::string> extra;
};

inline const Table seen_table(
    "stress_seen",
    default_metadata(),
    {{"viewer_id", types::Integer(), {.foreign_key = ForeignKey("stress_node.id")}},
     {"seen_id", types::Integer(), {.foreign_key = ForeignKey("stress_node.id")}}});
inline const Table tag_table(
    "stress_node_tag",
    default_metadata(),
    {{"node_id", types::Integer(), {.foreign_key = ForeignKey("stress_node.id")}},
     {"tag_id", types::Integer(), {.foreign_key = ForeignKey("stress_tag.id")}}});

}  // namespace azoth::testing::stress
