// SPDX-License-Identifier: MIT
// Relationships that write the same column. Each case has tables of its own, in a MetaData of its
// own; what a backref would add is written out.
#include <azoth/orm.hpp>
#include <azoth/sql/table.hpp>

using namespace azoth;

namespace {
template <int Case>
MetaData& metadata() {
  static MetaData& made = *new MetaData;  // mapped tables live as long as the program
  return made;
}

template <class T>
void configure(const char* label) {
  rec::step(label);
  rec::attempt("configure", [] { orm::configure(T::mapper()); });
}

namespace neither {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<0>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<0>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent> parent;
};
}  // namespace neither

namespace back_populates {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<1>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>, BackPopulates<"parent">> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<1>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent, BackPopulates<"children">> parent;
};
}  // namespace back_populates

namespace viewonly {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<2>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>, ViewOnly> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<2>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent> parent;
};
}  // namespace viewonly

namespace overlaps {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<3>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<3>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent, Overlaps<"children">> parent;
};
}  // namespace overlaps

namespace sync {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<4>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>, ViewOnly, BackPopulates<"parent">> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<4>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent, BackPopulates<"children">> parent;
};
}  // namespace sync

namespace wrong {
struct Child;

struct Parent : Entity<Parent, "parent", InMetaData<&metadata<5>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>, BackPopulates<"nope">> children;
};

struct Child : Entity<Child, "child", InMetaData<&metadata<5>>> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent> parent;
};
}  // namespace wrong

struct B;

struct A : Entity<A, "a"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bs", List<B>, Secondary<"ab">> bs;
};

struct B : Entity<B, "b"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"as_", List<A>, Secondary<"ab">> as_;
};
}  // namespace

AZOTH_SCENARIO("181", "Relationships that write the same column: the overlaps warning") {
  configure<neither::Parent>("both sides, nothing said");
  configure<back_populates::Parent>("back_populates");
  configure<viewonly::Parent>("viewonly");
  configure<overlaps::Parent>("overlaps");
  rec::step("backref");
  rec::attempt("configure", [] { orm::configure(back_populates::Parent::mapper()); });
  configure<sync::Parent>("sync_backref on viewonly");
  configure<wrong::Parent>("back_populates in the same direction");

  const Table ab("ab",
                 default_metadata(),
                 {azoth::Column("a_id", types::Integer(), {.foreign_key = ForeignKey("a.id")}),
                  azoth::Column("b_id", types::Integer(), {.foreign_key = ForeignKey("b.id")})});
  configure<A>("many-to-many without back_populates");
}
