// SPDX-License-Identifier: MIT
// docs/manual/relationships.md. Each section has its own classes and tables.
#include "manual/transcript.hpp"
#include <azoth/orm/association_proxy.hpp>
#include <azoth/orm/ordering_list.hpp>

namespace manual {
namespace {

using namespace azoth;

// [snippet one-to-many]
struct Employee;

struct Department : Entity<Department, "department"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"staff", List<Employee>, BackPopulates<"department">, OrderBy<"name">> staff;
};

struct Employee : Entity<Employee, "employee"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Column<"department_id", std::optional<std::int64_t>, ForeignKey<"department.id">> department_id;
  Relationship<"department", Department, BackPopulates<"staff">> department;
};
// [/snippet]

// [snippet one-to-one]
struct Passport;

struct Citizen : Entity<Citizen, "citizen"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"passport", Passport, BackPopulates<"citizen">, Uselist<false>> passport;
};

struct Passport : Entity<Passport, "passport"> {
  Column<"number", std::string, PrimaryKey> number;
  Column<"citizen_id", std::optional<std::int64_t>, Unique, ForeignKey<"citizen.id">> citizen_id;
  Relationship<"citizen", Citizen, BackPopulates<"passport">> citizen;
};

// [/snippet]

// [snippet many-to-many]
const Table enrolment("enrolment",
                      default_metadata(),
                      {Column("student_id",
                              types::Integer(),
                              {.primary_key = true, .foreign_key = ForeignKey("student.id")}),
                       Column("course_id",
                              types::Integer(),
                              {.primary_key = true, .foreign_key = ForeignKey("course.id")})});

struct Course;

struct Student : Entity<Student, "student"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Relationship<"courses", List<Course>, Secondary<"enrolment">, BackPopulates<"students">> courses;
};

struct Course : Entity<Course, "course"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string> title;
  Relationship<"students", List<Student>, Secondary<"enrolment">, BackPopulates<"courses">>
      students;
};

// [/snippet]

// [snippet association]
struct Tag : Entity<Tag, "tag"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"post_id", std::int64_t, ForeignKey<"post.id">> post_id;
  Column<"word", std::string> word;
};

struct Post : Entity<Post, "post"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"tags", List<Tag>, Cascade<"all, delete-orphan">, OrderBy<"id">> tags;
  AssociationProxy<Post, &Post::tags, &Tag::word> words;
};

// [/snippet]

// [snippet self]
struct Folder : Entity<Folder, "folder"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"folder.id">> parent_id;
  Relationship<"parent", Folder, RemoteSide<"id">, BackPopulates<"children">> parent;
  Relationship<"children", List<Folder>, BackPopulates<"parent">> children;
};

// [/snippet]

// [snippet several-keys]
struct Place : Entity<Place, "place"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"city", std::string> city;
};

struct Parcel : Entity<Parcel, "parcel"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"origin_id", std::int64_t, ForeignKey<"place.id">> origin_id;
  Column<"target_id", std::int64_t, ForeignKey<"place.id">> target_id;
  Relationship<"origin", Place, ForeignKeys<"origin_id">> origin;
  Relationship<"target", Place, ForeignKeys<"target_id">> target;
};
// [/snippet]

// [snippet primaryjoin]
struct Reading;

struct Sensor : Entity<Sensor, "sensor"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"alarms", List<Reading>, ViewOnly> alarms;

  static void configure(Mapping<Sensor>& mapping);
};

struct Reading : Entity<Reading, "reading"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"sensor_id", std::int64_t, ForeignKey<"sensor.id">> sensor_id;
  Column<"value", std::int64_t> value;
};

void Sensor::configure(Mapping<Sensor>& mapping) {
  mapping.relationship(&Sensor::alarms)
      .primaryjoin(col(&Sensor::id) == col(&Reading::sensor_id) && col(&Reading::value) > 100)
      .order_by(desc(&Reading::value));
}

// [/snippet]

// [snippet ordering]
struct Bullet : Entity<Bullet, "bullet"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"slide_id", std::optional<std::int64_t>, ForeignKey<"slide.id">> slide_id;
  Column<"position", std::int64_t> position;
  Column<"text", std::string> text;
};

struct Slide : Entity<Slide, "slide"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"bullets", List<Bullet>, OrderBy<"position">> bullets;
};

// [/snippet]

class Relationships : public Transcript {
 protected:
  Engine engine = create_engine("sqlite://", {.connect_args = {{"foreign_keys", "on"}}});

  // Makes the tables; from then on statements are in the transcript.
  template <class... E>
  void prepare() {
    create_all<E...>(engine);
    set_log_level("azoth.engine", LogLevel::info);
  }

  ~Relationships() override { reset_log_level("azoth.engine"); }
};

TEST_F(Relationships, BothSidesFollowEachOther) {
  prepare<Department, Employee>();
  // [snippet use-one-to-many]
  ptr<Department> research = make<Department>({.name = "research"});
  ptr<Employee> ada = make<Employee>({.name = "ada", .department = research});
  research->staff.push_back(make<Employee>({.name = "bob"}));
  std::cout << research->staff.size() << ' ' << research->staff[1]->department->name << '\n';

  Session session(engine);
  session.add(research);
  session.commit();
  // [/snippet]
  // [output use-one-to-many-says]
  EXPECT_EQ(said(), R"(
2 research
BEGIN (implicit)
INSERT INTO department (name) VALUES (?)
[...] ('research',)
INSERT INTO employee (name, department_id) VALUES (?, ?) RETURNING id
[...] ('ada', 1)
INSERT INTO employee (name, department_id) VALUES (?, ?) RETURNING id
[...] ('bob', 1)
COMMIT
)");
  // [/output]

  // [snippet move]
  ada->department = make<Department>({.name = "sales"});
  session.flush();
  std::cout << research->staff.size() << '\n';
  // [/snippet]
  // [output move-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO department (name) VALUES (?)
[...] ('sales',)
SELECT employee.id AS employee_id, employee.name AS employee_name
FROM employee
WHERE employee.id = ?
[...] (1,)
UPDATE employee SET department_id=? WHERE employee.id = ?
[...] (2, 1)
SELECT department.id AS department_id, department.name AS department_name
FROM department
WHERE department.id = ?
[...] (1,)
SELECT employee.id AS employee_id, employee.name AS employee_name, employee.department_id AS employee_department_id
FROM employee
WHERE ? = employee.department_id ORDER BY employee.name
[...] (1,)
1
)");
  // [/output]

  // [snippet delete-parent]
  session.delete_(research);
  session.flush();
  // [/snippet]
  // [output delete-parent-says]
  EXPECT_EQ(said(), R"(
UPDATE employee SET department_id=? WHERE employee.id = ?
[...] (None, 2)
DELETE FROM department WHERE department.id = ?
[...] (1,)
)");
  // [/output]
}

TEST_F(Relationships, OneToOneHoldsOneObject) {
  prepare<Citizen, Passport>();
  Session session(engine);
  // [snippet use-one-to-one]
  ptr<Citizen> ada = make<Citizen>({.name = "ada", .passport = make<Passport>({.number = "P1"})});
  session.add(ada);
  session.flush();
  ada->passport = make<Passport>({.number = "P2"});
  session.flush();
  // [/snippet]
  // [output use-one-to-one-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO citizen (name) VALUES (?)
[...] ('ada',)
INSERT INTO passport (number, citizen_id) VALUES (?, ?)
[...] ('P1', 1)
UPDATE passport SET citizen_id=? WHERE passport.number = ?
[...] (None, 'P1')
INSERT INTO passport (number, citizen_id) VALUES (?, ?)
[...] ('P2', 1)
)");
  // [/output]
}

TEST_F(Relationships, ManyToManyWritesTheAssociationTable) {
  prepare<Student, Course>();
  Session session(engine);
  // [snippet use-many-to-many]
  ptr<Course> algebra = make<Course>({.title = "algebra"});
  ptr<Student> ada = make<Student>({.name = "ada", .courses = {algebra}});
  session.add(ada);
  session.flush();
  ada->courses.remove(algebra);
  session.flush();
  // [/snippet]
  // [output use-many-to-many-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO student (name) VALUES (?)
[...] ('ada',)
INSERT INTO course (title) VALUES (?)
[...] ('algebra',)
INSERT INTO enrolment (student_id, course_id) VALUES (?, ?)
[...] (1, 1)
DELETE FROM enrolment WHERE enrolment.student_id = ? AND enrolment.course_id = ?
[...] (1, 1)
)");
  // [/output]
}

TEST_F(Relationships, AProxyShowsAnAttributeOfRelatedObjects) {
  prepare<Post, Tag>();
  Session session(engine);
  // [snippet use-association]
  ptr<Post> post = make<Post>({.words = {"sea", "ships"}});  // makes two tags
  session.add(post);
  session.flush();
  post->words.erase("sea");
  post->words.push_back("harbour");
  session.flush();
  auto found =
      session.scalars(select(&Post::id).where(col(&Post::words).any(col(&Tag::word) == "ships")))
          .all();
  // [/snippet]
  // [output use-association-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO post DEFAULT VALUES
[...] ()
INSERT INTO tag (post_id, word) VALUES (?, ?) RETURNING id
[...] (1, 'sea')
INSERT INTO tag (post_id, word) VALUES (?, ?) RETURNING id
[...] (1, 'ships')
INSERT INTO tag (post_id, word) VALUES (?, ?)
[...] (1, 'harbour')
DELETE FROM tag WHERE tag.id = ?
[...] (1,)
SELECT post.id
FROM post
WHERE EXISTS (SELECT 1
FROM tag
WHERE post.id = tag.post_id AND tag.word = ?)
[...] ('ships',)
)");
  // [/output]
  EXPECT_EQ(found, std::vector<std::int64_t>{1});
  EXPECT_EQ(post->words.get(), (std::vector<std::string>{"ships", "harbour"}));
}

TEST_F(Relationships, AClassMayBeRelatedToItself) {
  prepare<Folder>();
  Session session(engine);
  // [snippet use-self]
  ptr<Folder> root = make<Folder>({.name = "/"});
  root->children = {make<Folder>({.name = "etc"}), make<Folder>({.name = "usr"})};
  session.add(root);
  session.commit();

  auto child = aliased<Folder>("child");
  auto names = select(&Folder::name, child[&Folder::name])
                   .join(col(&Folder::children).of_type(child))
                   .order_by(child[&Folder::name]);
  for (auto [parent_name, name] : session.execute(names)) {
    std::cout << parent_name << name << '\n';
  }
  // [/snippet]
  // [output use-self-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO folder (name, parent_id) VALUES (?, ?)
[...] ('/', None)
INSERT INTO folder (name, parent_id) VALUES (?, ?) RETURNING id
[...] ('etc', 1)
INSERT INTO folder (name, parent_id) VALUES (?, ?) RETURNING id
[...] ('usr', 1)
COMMIT
BEGIN (implicit)
SELECT folder.name, child.name AS name_1
FROM folder JOIN folder AS child ON folder.id = child.parent_id ORDER BY child.name
[...] ()
/etc
/usr
)");
  // [/output]
}

TEST_F(Relationships, SeveralKeysNeedToBeToldApart) {
  prepare<Place, Parcel>();
  Session session(engine);
  session.add(make<Parcel>(
      {.origin = make<Place>({.city = "Oslo"}), .target = make<Place>({.city = "Rome"})}));
  session.flush();
  hush();
  // [snippet use-several-keys]
  auto stmt = select(&Parcel::id).join(&Parcel::target).where(col(&Place::city) == "Rome");
  std::cout << session.scalars(stmt).one() << '\n';
  // [/snippet]
  // [output use-several-keys-says]
  EXPECT_EQ(said(), R"(
SELECT parcel.id
FROM parcel JOIN place ON place.id = parcel.target_id
WHERE place.city = ?
[...] ('Rome',)
1
)");
  // [/output]
}

TEST_F(Relationships, AClassMayStateTheCondition) {
  prepare<Sensor, Reading>();
  Session session(engine);
  session.add(make<Sensor>({.id = 1}));
  session.flush();
  session.add_all({make<Reading>({.sensor_id = 1, .value = 99}),
                   make<Reading>({.sensor_id = 1, .value = 120})});
  session.commit();
  hush();
  // [snippet use-primaryjoin]
  ptr<Sensor> sensor = session.get<Sensor>(1);
  for (ptr<Reading> alarm : sensor->alarms) {
    std::cout << alarm->value << '\n';
  }
  // [/snippet]
  // [output use-primaryjoin-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
SELECT sensor.id AS sensor_id
FROM sensor
WHERE sensor.id = ?
[...] (1,)
SELECT reading.id AS reading_id, reading.sensor_id AS reading_sensor_id, reading.value AS reading_value
FROM reading
WHERE ? = reading.sensor_id AND reading.value > ? ORDER BY reading.value DESC
[...] (1, 100)
120
)");
  // [/output]
}

TEST_F(Relationships, AListMayNumberItsMembers) {
  prepare<Slide, Bullet>();
  Session session(engine);
  // [snippet use-ordering]
  ptr<Slide> slide = make<Slide>({});
  auto bullets = ordering_list(slide->bullets, &Bullet::position);
  bullets.append(make<Bullet>({.text = "second"}));
  bullets.insert(0, make<Bullet>({.text = "first"}));
  session.add(slide);
  session.flush();
  // [/snippet]
  // [output use-ordering-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
INSERT INTO slide DEFAULT VALUES
[...] ()
INSERT INTO bullet (slide_id, position, text) VALUES (?, ?, ?) RETURNING id
[...] (1, 0, 'first')
INSERT INTO bullet (slide_id, position, text) VALUES (?, ?, ?) RETURNING id
[...] (1, 1, 'second')
)");
  // [/output]
}

}  // namespace
}  // namespace manual
