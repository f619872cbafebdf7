// SPDX-License-Identifier: MIT
// A write-only collection is never loaded, so that nothing can walk over it.
// expect: azoth: WriteOnly collections don't support iteration in-place
#include <azoth/orm.hpp>
#include <azoth/orm/write_only.hpp>

using namespace azoth;

struct Leaf;

struct Tree : Entity<Tree, "tree"> {
  Column<"id", int, PrimaryKey> id;
  Relationship<"leaves", WriteOnlyMapped<Leaf>> leaves;
};

struct Leaf : Entity<Leaf, "leaf"> {
  Column<"id", int, PrimaryKey> id;
  Column<"tree_id", int, ForeignKey<"tree.id">> tree_id;
};

void use(Session& session, const ptr<Tree>& tree) {
  (void)session.scalars(tree->leaves.select());
#ifdef AZOTH_REFUSED
  for (auto leaf : tree->leaves) {
    (void)leaf;
  }
#endif
}
