// SPDX-License-Identifier: MIT
// Rows that refer to rows of their own table are written level by level.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {
struct Node : Entity<Node, "node"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"node.id">> parent_id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"children", List<Node>, Cascade<"all">, BackPopulates<"parent">, OrderBy<"id">>
      children;
  Relationship<"parent", Node, RemoteSide<"id">, BackPopulates<"children">> parent;
};

struct Plain : Entity<Plain, "plain"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"plain.id">> parent_id;
  Relationship<"children", List<Plain>> children;
};
}  // namespace

AZOTH_SCENARIO("102", "Unit of work: self-referential rows are inserted parent by parent") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});
    create_all<Node, Plain>(made);
    return made;
  });
  Session s(engine);
  rec::step("tree added from the leaf");
  auto root = make<Node>({.name = "root"});
  auto a = make<Node>({.name = "a", .parent = root});
  auto b = make<Node>({.name = "b", .parent = root});
  auto a1 = make<Node>({.name = "a1", .parent = a});
  auto b1 = make<Node>({.name = "b1", .parent = b});
  s.add(a1);
  s.flush();
  std::vector<std::tuple<std::optional<std::string>, std::int64_t, std::optional<std::int64_t>>>
      ids;
  for (const auto& n : {root, a, b, a1, b1}) {
    ids.emplace_back(*n->name, *n->id, *n->parent_id);
  }
  rec::show("ids", ids);

  rec::step("move a node");
  a1->parent = b;
  s.flush();

  rec::step("delete the subtree b");
  root->children.remove(b);
  s.delete_(b);
  s.flush();

  rec::step("delete the root");
  s.delete_(root);
  s.flush();

  rec::step("without delete cascade");
  auto p = make<Plain>({.children = {make<Plain>({}), make<Plain>({})}});
  s.add(p);
  s.flush();
  s.delete_(p);
  s.flush();
  s.rollback();
}
