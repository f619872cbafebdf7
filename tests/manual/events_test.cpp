// SPDX-License-Identifier: MIT
// docs/manual/events.md.
#include "manual/transcript.hpp"
#include <azoth/orm/events.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/sql/schema_events.hpp>

#include <stdexcept>

namespace manual {
namespace {

using namespace azoth;

// [snippet classes]
struct Document : Entity<Document, "document"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string> title;
  Column<"revision", std::int64_t, Default<0>> revision;
};

struct LogEntry : Entity<LogEntry, "log_entry"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"message", std::string> message;
};

// [/snippet]

class Events : public Transcript {
 protected:
  void SetUp() override { create_all<Document, LogEntry>(engine); }

  Engine engine = create_engine("sqlite://");
};

TEST_F(Events, OfEnginesAndPools) {
  // [snippet engine]
  event::ListenerId id = event::listen(
      engine, event::before_cursor_execute, [](Connection&, const CursorExecution& execution) {
        std::cout << "-> " << execution.statement << '\n';
      });
  event::listen(engine, event::commit, [](Connection&) { std::cout << "-> commit\n"; });

  engine.begin([](Connection& connection) {
    connection.execute(text("INSERT INTO document (title, revision) VALUES ('a', 0)"));
  });
  event::remove(engine, id);
  // [/snippet]
  // [output engine-says]
  EXPECT_EQ(said(), R"(
-> INSERT INTO document (title, revision) VALUES ('a', 0)
-> commit
)");
  // [/output]

  // [snippet pool]
  event::listen(engine.pool(), event::checkout, [](DriverConnection&, ConnectionRecord& record) {
    record.info["seen"] = true;  // notes that live as long as the connection
    std::cout << "-> checkout\n";
  });
  // [/snippet]
  static_cast<void>(engine.connect());
  EXPECT_EQ(said(), "\n-> checkout\n");
}

TEST_F(Events, OfSessions) {
  // [snippet before-flush]
  Session session(engine);
  event::listen(session, event::before_flush, [](Session& s) {
    for (const ptr<orm::Object>& object : s.dirty()) {
      if (ptr<Document> document = ptr_cast<Document>(object)) {
        document->revision += 1;
        s.add(make<LogEntry>({.message = "changed " + *document->title}));
      }
    }
  });

  ptr<Document> document = make<Document>({.title = "draft"});
  session.add(document);
  session.commit();
  document->title = "final";
  session.commit();
  std::cout << document->revision << ' ' << session.scalars(select(&LogEntry::message)).one()
            << '\n';
  // [/snippet]
  // [output before-flush-says]
  EXPECT_EQ(said(), R"(
1 changed final
)");
  // [/output]
}

TEST_F(Events, OfTransactions) {
  // [snippet commit]
  Session session(engine);
  event::listen(session, event::after_commit, [](Session&) { std::cout << "committed\n"; });
  event::listen(session, event::after_rollback, [](Session&) { std::cout << "rolled back\n"; });
  session.add(make<Document>({.title = "one"}));
  session.commit();
  session.add(make<Document>({.title = "two"}));
  session.flush();
  session.rollback();
  // [/snippet]
  // [output commit-says]
  EXPECT_EQ(said(), R"(
committed
rolled back
)");
  // [/output]
}

TEST_F(Events, OfExecutions) {
  // [snippet execute]
  Session session(engine);
  event::listen(session, event::do_orm_execute, [](ORMExecuteState& state) {
    if (state.is_delete) {
      throw std::runtime_error("nothing is deleted here");
    }
  });
  try {
    session.execute(delete_<Document>());
  } catch (const std::runtime_error& error) {
    std::cout << error.what() << '\n';
  }
  // [/snippet]
  // [output execute-says]
  EXPECT_EQ(said(), R"(
nothing is deleted here
)");
  // [/output]
}

TEST_F(Events, OfMappedClasses) {
  // [snippet mapper]
  event::ListenerId id =
      event::listen(Document::mapper(),
                    event::before_insert,
                    [](const orm::Mapper&, Connection&, const ptr<orm::Object>& object) {
                      ptr<Document> document = ptr_cast<Document>(object);
                      document->title = "[new] " + *document->title;
                    });

  Session session(engine);
  ptr<Document> document = make<Document>({.title = "letter"});
  session.add(document);
  session.flush();
  std::cout << document->title << '\n';
  event::remove(Document::mapper(), id);
  // [/snippet]
  // [output mapper-says]
  EXPECT_EQ(said(), R"(
[new] letter
)");
  // [/output]
}

TEST_F(Events, OfStates) {
  // [snippet states]
  Session session(engine);
  event::listen(
      session, event::pending_to_persistent, [](Session&, const ptr<orm::Object>& object) {
        std::cout << "stored " << ptr_cast<Document>(object)->id << '\n';
      });
  session.add(make<Document>({.title = "a"}));
  session.add(make<Document>({.title = "b"}));
  session.flush();
  // [/snippet]
  // [output states-says]
  EXPECT_EQ(said(), R"(
stored 1
stored 2
)");
  // [/output]
}

TEST_F(Events, OfTables) {
  // [snippet ddl]
  MetaData metadata;
  Table stock(
      "stock",
      metadata,
      {Column("id", types::Integer(), {.primary_key = true}), Column("n", types::Integer())});
  event::listen(stock,
                event::after_create,
                DDL("CREATE TRIGGER count_up AFTER INSERT ON %(table)s "
                    "BEGIN UPDATE stock SET n = 0 WHERE n IS NULL; END"));

  Engine engine = create_engine("sqlite://", {.echo = true});
  create_all(metadata, engine);
  // [/snippet]
  // [output ddl-says]
  EXPECT_EQ(said(), R"(
BEGIN (implicit)
PRAGMA main.table_info("stock")
[...] ()
PRAGMA temp.table_info("stock")
[...] ()

CREATE TABLE stock (
	id INTEGER NOT NULL,
	n INTEGER,
	PRIMARY KEY (id)
)


[...] ()
CREATE TRIGGER count_up AFTER INSERT ON stock BEGIN UPDATE stock SET n = 0 WHERE n IS NULL; END
[...] ()
COMMIT
)");
  // [/output]
}

}  // namespace
}  // namespace manual
