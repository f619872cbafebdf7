// SPDX-License-Identifier: MIT
// Single objects and columns: get, expired and deferred columns, refresh.
#include "orm/load/models.hpp"

namespace load_test {

class ColumnLoad : public LoadTest {
 protected:
  void SetUp() override {
    LoadTest::SetUp();
    execute("INSERT INTO note (slug, number, text) VALUES ('n', 5, 'long')");
    add_users();
  }
};

const std::string note_by_key =
    "SELECT note.slug AS note_slug, note.number AS note_number FROM note WHERE note.slug = ? | "
    "('n',)\n";
const std::string text_by_key =
    "SELECT note.text AS note_text FROM note WHERE note.slug = ? | ('n',)\n";

TEST_F(ColumnLoad, ADeferredColumnIsLoadedByItselfWhenRead) {
  Session s(engine);
  auto note = s.scalars(select<Note>()).one();
  EXPECT_EQ(statements(), "SELECT note.slug, note.number FROM note | ()\n");
  EXPECT_EQ(*note->number, 5);
  EXPECT_EQ(log.count(), 0u);
  EXPECT_EQ(*note->text, "long");
  EXPECT_EQ(statements(), text_by_key);
  EXPECT_EQ(*note->text, "long");
  EXPECT_EQ(log.count(), 0u);
}

TEST_F(ColumnLoad, AnExpiredObjectComesBackWithoutItsDeferredColumns) {
  Session s(engine);
  auto note = s.get<Note>("n");
  (void)*note->text;
  s.commit();
  log.clear();
  EXPECT_EQ(*note->number, 5);
  EXPECT_EQ(statements(), note_by_key);
  EXPECT_EQ(*note->text, "long");
  EXPECT_EQ(statements(), text_by_key);
}

TEST_F(ColumnLoad, ADeferredColumnReadFirstLeavesTheOthersExpired) {
  Session s(engine);
  auto note = s.get<Note>("n");
  s.expire(note);
  log.clear();
  EXPECT_EQ(*note->text, "long");
  EXPECT_EQ(statements(), text_by_key);
  EXPECT_EQ(*note->number, 5);
  EXPECT_EQ(statements(), note_by_key);
}

TEST_F(ColumnLoad, AColumnSetWhileExpiredIsKept) {
  Session s(engine);
  auto ed = s.get<User>(1);
  s.expire(ed);
  ed->name = "new";
  log.clear();
  EXPECT_EQ(*ed->id, 1);
  // The load flushes first, and the flush reads the key that finds the row.
  EXPECT_EQ(statements(),
            "SELECT user.id AS user_id FROM user WHERE user.id = ? | (1,)\n"
            "UPDATE user SET name=? WHERE user.id = ? | ('new', 1)\n"
            "SELECT user.id AS user_id FROM user WHERE user.id = ? | (1,)\n");
  EXPECT_EQ(ed->name.get(), "new");
}

TEST_F(ColumnLoad, RefreshReadsEverythingAnewAndDropsChanges) {
  Session s(engine);
  auto ed = s.get<User>(1);
  (void)ed->addresses.size();
  s.connection().exec_driver_sql("UPDATE user SET name = 'renamed' WHERE id = 1");
  s.no_autoflush([&] {
    ed->name = "lost";
    log.clear();
    s.refresh(ed);
  });
  EXPECT_EQ(statements(), "SELECT user.id, user.name FROM user WHERE user.id = ? | (1,)\n");
  EXPECT_EQ(ed->name.get(), "renamed");
  s.flush();
  EXPECT_EQ(log.count(), 0u);
  (void)ed->addresses.size();
  EXPECT_EQ(log.count(), 1u);  // the list was dropped too
}

TEST_F(ColumnLoad, ARowThatIsGoneIsSaidSo) {
  Session s(engine);
  auto ed = s.get<User>(2);
  s.connection().exec_driver_sql("DELETE FROM user_group");
  s.connection().exec_driver_sql("DELETE FROM user WHERE id = 2");
  const std::string name = orm::instance_name(*ed.object());
  try {
    s.refresh(ed);
    FAIL();
  } catch (const InvalidRequestError& e) {
    EXPECT_EQ(e.message(), "Could not refresh instance '" + name + "'");
  }
  s.expire(ed);
  try {
    (void)ed->name.get();
    FAIL();
  } catch (const ObjectDeletedError& e) {
    EXPECT_EQ(e.message(),
              "Instance '" + name + "' has been deleted, or its row is otherwise not present.");
  }
}

TEST_F(ColumnLoad, AStatementFillsExpiredObjectsAndLeavesOthersAlone) {
  Session s(engine);
  auto ed = s.get<User>(1), wendy = s.get<User>(2);
  s.connection().exec_driver_sql("UPDATE user SET name = name || '!'");
  s.expire(ed);
  log.clear();
  auto users = s.scalars(select<User>().order_by(&User::id)).all();
  EXPECT_EQ(log.count(), 1u);
  EXPECT_EQ(ed->name.get(), "ed!");
  EXPECT_EQ(wendy->name.get(), "wendy");
  EXPECT_EQ(log.count(), 1u);
  EXPECT_EQ(users[0], ed);
}

TEST_F(ColumnLoad, PopulateExistingOverwrites) {
  Session s(engine);
  auto wendy = s.get<User>(2);
  s.connection().exec_driver_sql("UPDATE user SET name = name || '!'");
  s.scalars(select<User>(), {.populate_existing = true}).all();
  EXPECT_EQ(wendy->name.get(), "wendy!");
}

}  // namespace load_test
