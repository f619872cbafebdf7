// SPDX-License-Identifier: MIT
// Common table expressions of mapped classes.
#include "scenarios/erased.hpp"
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Node : Entity<Node, "node"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"node.id">> parent_id;
  Column<"name", std::string, Nullable> name;

  std::string repr() const { return "Node(" + *name + ")"; }
};

struct Copy : Entity<Copy, "copy"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Nullable> name;
};

void recursive(Session& s) {
  rec::step("recursive");
  auto tree = select(&Node::id, &Node::name, literal(0).label("depth"))
                  .where(col(&Node::parent_id) == null)
                  .cte("tree", true);
  const auto child = aliased<Node>();
  const auto tree_id = tree.c<std::int64_t>("id"), depth = tree.c<std::int64_t>("depth");
  tree = tree.union_all(select(child[&Node::id], child[&Node::name], depth + 1)
                            .join(tree, child[&Node::parent_id] == tree_id));
  rec::show("rows", s.execute(select(tree).order_by(tree.c("depth"), tree.c("id"))).all());
  rec::step("entities through the CTE");
  const auto sub = select(&Node::id).where(col(&Node::parent_id) == 1).cte("sub");
  rec::show("rows",
            s.scalars(select<Node>()
                          .join(sub, col(&Node::id) == sub.c<std::int64_t>("id"))
                          .order_by(&Node::id))
                .all());
  const auto en = aliased<Node>(select<Node>().where(col(&Node::id) > 2).cte("n2"));
  rec::show("mapped", s.scalars(select(en).order_by(en[&Node::id])).all());
}

}  // namespace

AZOTH_SCENARIO("160", "Common table expressions") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Node, Copy>(made);
    Session s0(made);
    s0.add_all({make<Node>({.id = 1, .name = "r"}),
                make<Node>({.id = 2, .parent_id = 1, .name = "a"}),
                make<Node>({.id = 3, .parent_id = 1, .name = "b"}),
                make<Node>({.id = 4, .parent_id = 2, .name = "a1"})});
    s0.commit();
    return made;
  });
  {
    Session s(engine);
    rec::step("plain");
    const auto c = select(&Node::id, &Node::name).where(col(&Node::id) > 1).cte("c");
    const auto c_id = c.c<std::int64_t>("id");
    const auto c_name = c.c<std::string>("name");
    rec::show("rows", s.execute(select(c_name).order_by(c_id)).all());
    rec::step("two, one using the other");
    const auto d = select(c_id).where(c_name != "b").cte("d");
    const auto d_id = d.c<std::int64_t>("id");
    rec::show("rows",
              s.execute(select(d_id, c_name).join_from(d, c, d_id == c_id).order_by(d_id)).all());
    recursive(s);
    rec::step("used twice with an alias");
    const auto c2 = alias(c, "c2");
    const auto c2_id = c2.c<std::int64_t>("id");
    rec::show("rows",
              s.execute(select(c_id, c2_id).where(c_id < c2_id).order_by(c_id, c2_id)).all());
    rec::step("in INSERT, UPDATE, DELETE");
    (void)s.execute(insert<Copy>().from_select({"id", "name"}, select(c_id, c_name)));
    (void)s.execute(update<Copy>().where(col(&Copy::id).in(select(d_id))).values({{"name", "u"}}),
                    orm::DmlOptions{.synchronize_session = false});
    (void)s.execute(
        delete_<Copy>().where(col(&Copy::id) == select(d_id).limit(1).scalar_subquery()),
        orm::DmlOptions{.synchronize_session = false});
    rec::show("rows", s.execute(select(&Copy::id, &Copy::name).order_by(&Copy::id)).all());
  }
  rec::step("compile only");
  const auto m = erased::prefixed_cte(select(&Node::id), "m", "MATERIALIZED", "postgresql");
  rec::str("materialized", select(m.c("id")), {.on = "postgresql"});
  const auto x1 = select(&Node::id).cte("same"), x2 = select(&Node::name).cte("same");
  rec::attempt("two CTEs of one name", [&] { (void)to_string(select(x1.c("id"), x2.c("name"))); });
}
