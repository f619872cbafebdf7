// SPDX-License-Identifier: MIT
// Classes whose rows are spread over joined tables.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Employee;

struct Company : Entity<Company, "company"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"staff", List<Employee>, OrderBy<"Employee.id">> staff;
};

struct Employee
    : Entity<Employee, "employee", PolymorphicOn<"type">, PolymorphicIdentity<"employee">> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"company_id", std::optional<std::int64_t>, ForeignKey<"company.id">> company_id;
  Column<"name", std::optional<std::string>> name;
  Column<"type", std::optional<std::string>> type;
};

struct Engineer
    : Entity<Engineer, "engineer", Inherits<Employee>, PolymorphicIdentity<"engineer">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;
  Column<"lang", std::optional<std::string>> lang;
};

struct Manager : Entity<Manager, "manager", Inherits<Employee>, PolymorphicIdentity<"manager">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;
  Column<"budget", std::optional<std::int64_t>> budget;
};

struct Boss : Entity<Boss, "boss", Inherits<Manager>, PolymorphicIdentity<"boss">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"manager.id">> id;
  Column<"golf", std::optional<std::string>> golf;
};

template <class T>
rec::Notation shown(const ptr<T>& e) {
  return {e ? orm::mapper_of(*e.object()).class_name + "(" + e->name->value_or("None") + ")"
            : "null"};
}

template <class R>
std::vector<rec::Notation> shown_all(R&& objects) {
  std::vector<rec::Notation> out;
  for (const auto& e : objects) {
    out.push_back(shown(ptr(e)));
  }
  return out;
}

void update_step(Session& s) {
  rec::step("update");
  auto b = s.get<Boss>(3);
  b->name = "bb";
  s.flush();
  b->golf = "no";
  s.flush();
  b->name = "x";
  b->budget = 1;
  b->golf = "z";
  s.flush();

  rec::step("relationship to the base");
  s.expire_all();
  auto company = s.get<Company>(1);
  rec::show("staff", shown_all(company->staff));

  rec::step("delete");
  s.delete_(b);
  s.flush();
  s.rollback();
}

}  // namespace

AZOTH_SCENARIO("136", "Joined-table inheritance") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    made.connect().exec_driver_sql("PRAGMA foreign_keys=ON");
    create_all<Company, Employee, Engineer, Manager, Boss>(made);
    return made;
  });
  Session s(engine);
  rec::step("insert");
  auto e = make<Engineer>([](Engineer& x) {
    x.name = "e";
    x.lang = "C++";
  });
  auto m = make<Manager>([](Manager& x) {
    x.name = "m";
    x.budget = 5;
  });
  auto b = make<Boss>([](Boss& x) {
    x.name = "b";
    x.budget = 9;
    x.golf = "yes";
  });
  auto p = make<Employee>({.name = "p"});
  s.add(make<Company>({.id = 1, .staff = {e, m, b, p}}));
  s.commit();

  rec::step("query base");
  const auto base = select<Employee>().order_by(&Employee::id);
  auto rows = s.scalars(base).all();
  rec::show("rows", shown_all(rows));
  rec::step("sub columns on access");
  s.expunge_all();
  rows = s.scalars(base).all();
  rec::show("lang", *ptr_cast<Engineer>(rows[0])->lang);
  rec::show("budget", *ptr_cast<Manager>(rows[1])->budget);

  rec::step("query sub");
  rec::show("managers", shown_all(s.scalars(select<Manager>().order_by(&Manager::id)).all()));
  rec::show("criteria on both tables",
            shown_all(s.scalars(select<Engineer>().where(col(&Engineer::name) == "e" &&
                                                         col(&Engineer::lang) == "C++"))
                          .all()));
  rec::show("columns", s.execute(select(&Boss::name, &Boss::budget, &Boss::golf)).all());

  rec::step("get");
  rows.clear();
  s.expunge_all();
  rec::show("base class get", shown(s.get<Employee>(3)));
  rec::show("sub class get from identity map", shown(s.get<Boss>(3)));
  rec::show("wrong sub class", shown(s.get<Engineer>(3)));
  update_step(s);
}
