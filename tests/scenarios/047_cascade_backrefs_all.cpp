// SPDX-License-Identifier: MIT
// Which of two related objects brings the other into its session. Lists are not assigned by slices
// here: a list that puts a member first stands for that.
#include <azoth/orm.hpp>
#include <azoth/sql/table.hpp>

#include <functional>

using namespace azoth;

namespace {
struct Child;
struct Detail;
struct Item;

struct Parent : Entity<Parent, "parent"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"children", List<Child>, BackPopulates<"parent">> children;
  Relationship<"detail", Detail, BackPopulates<"parent">> detail;
};

struct Child : Entity<Child, "child"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent, BackPopulates<"children">> parent;
};

struct Detail : Entity<Detail, "detail"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"parent.id">> parent_id;
  Relationship<"parent", Parent, BackPopulates<"detail">> parent;
};

struct Tag : Entity<Tag, "tag"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"items", List<Item>, Secondary<"tag_item">, BackPopulates<"tags">> items;
};

struct Item : Entity<Item, "item"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"tags", List<Tag>, Secondary<"tag_item">, BackPopulates<"items">> tags;
};

// `present` is in the session; `relate` returns the other object.
template <class T, class F>
void when(const Engine& engine, std::string label, const ptr<T>& present, F relate) {
  std::optional<Session> s(engine);
  const auto other = rec::quiet([&] {
    s->add(present);
    s->flush();
    return relate(present);
  });
  rec::show(label + ": other in session", s->contains(other));
  const rec::Quiet silence;
  s->expunge_all();
  s.reset();
}

template <class T, class F>
auto with(F relate) {
  return [relate](const auto& present) {
    auto made = make<T>({});
    relate(present, made);
    return made;
  };
}
}  // namespace

AZOTH_SCENARIO("047", "Save-update cascade in every direction and by every way of associating") {
  const Table tag_item(
      "tag_item",
      default_metadata(),
      {azoth::Column("tag_id", types::Integer(), {.foreign_key = ForeignKey("tag.id")}),
       azoth::Column("item_id", types::Integer(), {.foreign_key = ForeignKey("item.id")})});
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Parent, Child, Detail, Tag, Item>(made);
    return made;
  });
  const auto parent = [] { return make<Parent>({}); };
  rec::step("parent present, forward: children / detail");
  when(engine, "p.children.append(c)", parent(), with<Child>([](auto& p, auto& c) {
         p->children.push_back(c);
       }));
  when(engine, "p.children = [c]", parent(), with<Child>([](auto& p, auto& c) {
         p->children = {c};
       }));
  when(engine, "p.children[0:0] = [c]", parent(), with<Child>([](auto& p, auto& c) {
         auto all = snapshot(p->children);
         all.insert(all.begin(), c);
         p->children = all;
       }));
  when(engine, "p.detail = d", parent(), with<Detail>([](auto& p, auto& d) { p->detail = d; }));
  rec::step("parent present, by the backref side");
  when(engine, "c.parent = p", parent(), with<Child>([](auto& p, auto& c) { c->parent = p; }));
  when(engine, "Child(parent=p)", parent(), [](const ptr<Parent>& p) {
    return make<Child>({.parent = p});
  });
  when(engine, "d.parent = p", parent(), with<Detail>([](auto& p, auto& d) { d->parent = p; }));
  rec::step("child present, forward: parent");
  when(engine, "c.parent = p", make<Child>({}), with<Parent>([](auto& c, auto& p) {
         c->parent = p;
       }));
  when(engine, "d.parent = p", make<Detail>({}), with<Parent>([](auto& d, auto& p) {
         d->parent = p;
       }));
  rec::step("child present, by the backref side");
  when(engine, "p.children.append(c)", make<Child>({}), with<Parent>([](auto& c, auto& p) {
         p->children.push_back(c);
       }));
  when(engine, "Parent(children=[c])", make<Child>({}), [](const ptr<Child>& c) {
    return make<Parent>({.children = {c}});
  });
  when(engine, "p.detail = d", make<Detail>({}), with<Parent>([](auto& d, auto& p) {
         p->detail = d;
       }));
  rec::step("many-to-many");
  when(engine, "tag present, tag.items.append(i)", make<Tag>({}), with<Item>([](auto& t, auto& i) {
         t->items.push_back(i);
       }));
  when(engine, "tag present, i.tags.append(tag)", make<Tag>({}), with<Item>([](auto& t, auto& i) {
         i->tags.push_back(t);
       }));
  rec::step("chains");
  when(engine,
       "p.children.append(c) where c has a parent-less sibling graph",
       parent(),
       with<Child>([](auto& p, auto& c) { p->children.push_back(c); }));
  when(engine,
       "c moved from a transient parent to the present one: old parent",
       parent(),
       [](const ptr<Parent>& p) {
         auto c = make<Child>({});
         auto p2 = make<Parent>({.children = {c}});
         c->parent = p;
         return p2;
       });

  rec::step("add() cascades along both directions at that time");
  Session s(engine);
  auto p = parent();
  auto c = make<Child>({.parent = p});
  s.add(c);
  rec::show("parent in session", s.contains(p));
  s.expunge_all();
  p = parent();
  c = make<Child>({.parent = p});
  s.add(p);
  rec::show("child in session", s.contains(c));
}
