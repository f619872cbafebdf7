// SPDX-License-Identifier: MIT
// A class together with columns of its subclasses.
#include <azoth/orm.hpp>

using namespace azoth;

namespace {

struct Employee;

struct Company : Entity<Company, "company"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"staff", List<Employee>> staff;
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

struct Manager : Entity<Manager,
                        "manager",
                        Inherits<Employee>,
                        PolymorphicIdentity<"manager">,
                        PolymorphicLoad<"inline">> {
  Column<"id", std::int64_t, PrimaryKey, ForeignKey<"employee.id">> id;
  Column<"budget", std::optional<std::int64_t>> budget;
};

template <class R>
std::vector<rec::Notation> shown(const R& objects) {
  std::vector<rec::Notation> out;
  for (const auto& e : objects) {
    out.push_back({orm::mapper_of(*e.object()).class_name + "(" + e->name->value_or("None") + ")"});
  }
  return out;
}

void eager(Session& s) {
  rec::step("eager load of it");
  s.expunge_all();
  const auto we = with_polymorphic<Employee>({.flat = true});
  const auto c = s.scalars(select<Company>().options(joinedload(col(&Company::staff).of_type(we))))
                     .unique()
                     .one();
  std::vector<ptr<Employee>> staff;
  for (const auto& x : c->staff) {
    staff.push_back(x);
  }
  std::sort(staff.begin(), staff.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
  std::vector<rec::Notation> values;
  for (const ptr<Employee>& x : staff) {
    if (const auto e = ptr_cast<Engineer>(x)) {
      values.push_back({rec::fmt(*e->lang)});
    } else if (const auto m = ptr_cast<Manager>(x)) {
      values.push_back({rec::fmt(*m->budget)});
    } else {
      values.push_back({"null"});
    }
  }
  rec::show("values", values);
}

}  // namespace

AZOTH_SCENARIO("139", "with_polymorphic") {
  Engine engine = rec::quiet([] {
    Engine made = rec::engine();
    create_all<Company, Employee, Engineer, Manager>(made);
    Session s0(made);
    s0.add(make<Company>({.id = 1,
                          .staff = {make<Engineer>([](Engineer& e) {
                                      e.name = "e";
                                      e.lang = "C";
                                    }),
                                    make<Manager>([](Manager& m) {
                                      m.name = "m";
                                      m.budget = 2;
                                    }),
                                    make<Employee>({.name = "p"})}}));
    s0.commit();
    return made;
  });
  Session s(engine);
  rec::step("inline by the mapping (Manager only)");
  const auto inline_rows = s.scalars(select<Employee>().order_by(&Employee::id)).all();
  rec::show("rows", shown(inline_rows));
  rec::show("budget", ptr_cast<Manager>(inline_rows[1])->budget);
  rec::step("'*'");
  s.expunge_all();
  const auto wp = with_polymorphic<Employee>();
  const auto rows = s.scalars(select(wp).order_by(wp[&Employee::id])).all();
  rec::show("values",
            std::pair(*ptr_cast<Engineer>(rows[0])->lang, *ptr_cast<Manager>(rows[1])->budget));
  rec::step("criteria on sub-entities");
  rec::show("rows",
            shown(s.scalars(select(wp)
                                .where(wp[&Engineer::lang] == "C" || wp[&Manager::budget] > 1)
                                .order_by(wp[&Employee::id]))
                      .all()));
  rec::step("list, aliased flat");
  const auto wf = with_polymorphic<Employee, Engineer>({.flat = true});
  rec::show("rows", shown(s.scalars(select(wf).where(wf[&Engineer::lang] == "C")).all()));
  rec::step("aliased subquery");
  const auto wa = with_polymorphic<Employee, Engineer>({.aliased = true});
  rec::show("rows", shown(s.scalars(select(wa).where(wa[&Engineer::lang] == "C")).all()));
  rec::step("join from another class");
  const auto wj = with_polymorphic<Employee, Engineer, Manager>({.flat = true});
  rec::show("rows",
            s.execute(select(&Company::id, wj[&Engineer::lang], wj[&Manager::budget])
                          .join(col(&Company::staff).of_type(wj)))
                .all());
  eager(s);
  rec::step("innerjoin");
  const auto wi = with_polymorphic<Employee, Engineer>({.innerjoin = true});
  rec::show("rows", shown(s.scalars(select(wi)).all()));
}
