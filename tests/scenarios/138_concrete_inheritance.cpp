// SPDX-License-Identifier: MIT
// Classes that inherit and have tables of their own with all columns.
#include <azoth/orm.hpp>

#include <algorithm>
#include <set>

using namespace azoth;

namespace {

struct Employee : Entity<Employee, "employee", ConcreteBase, PolymorphicIdentity<"employee">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>, Length<50>> name;
};

struct Manager
    : Entity<Manager, "manager", Inherits<Employee>, Concrete, PolymorphicIdentity<"manager">> {
  Column<"budget", std::optional<std::int64_t>> budget;
};

struct Engineer
    : Entity<Engineer, "engineer", Inherits<Employee>, Concrete, PolymorphicIdentity<"engineer">> {
  Column<"lang", std::optional<std::string>, Length<30>> lang;
};

std::string name_of(const ptr<Employee>& e) {
  return orm::mapper_of(*e.object()).class_name + "(" + e->name->value_or("None") + ")";
}

template <class R>
std::vector<rec::Notation> shown_all(R&& objects) {
  std::vector<rec::Notation> out;
  for (const auto& e : objects) {
    out.push_back({name_of(ptr<Employee>(e))});
  }
  return out;
}

void show_rows(const std::vector<ptr<Employee>>& rows) {
  std::vector<std::string> names;
  for (const ptr<Employee>& e : rows) {
    names.push_back(name_of(e));
  }
  std::sort(names.begin(), names.end());
  rec::show("rows", names);
  std::vector<Value> budgets;
  for (const ptr<Employee>& e : rows) {
    if (const auto m = ptr_cast<Manager>(e)) {
      budgets.emplace_back(*m->budget);
    }
  }
  rec::show("budget loaded", budgets);
}

}  // namespace

AZOTH_SCENARIO("138", "Concrete-table inheritance and polymorphic_union") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Employee, Manager, Engineer>(made);
    return made;
  });
  Session s(engine);
  rec::step("insert");
  s.add(make<Employee>({.id = 1, .name = "p"}));
  s.add(make<Manager>([](Manager& m) {
    m.id = 1;
    m.name = "m";
    m.budget = 3;
  }));
  s.add(make<Engineer>([](Engineer& e) {
    e.id = 1;
    e.name = "e";
    e.lang = "C";
  }));
  s.commit();
  rec::step("sub query");
  rec::show("managers", shown_all(s.scalars(select<Manager>()).all()));
  rec::step("base query");
  s.expunge_all();
  const auto rows = s.scalars(select<Employee>()).all();
  show_rows(rows);
  rec::step("criterion");
  rec::show("rows",
            shown_all(s.scalars(select<Employee>().where(col(&Employee::name) == "e")).all()));
  rec::step("identity is per table");
  std::set<const orm::Object*> objects;
  for (const ptr<Employee>& e : rows) {
    objects.insert(e.object());
  }
  rec::show("three objects of key 1", objects.size());
  rec::step("update, delete");
  auto m = s.get<Manager>(1);
  m->budget = 4;
  s.flush();
  s.delete_(m);
  s.flush();
  s.rollback();
}
