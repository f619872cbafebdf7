// SPDX-License-Identifier: MIT
// The first program of the manual (docs/manual/getting-started.md).
// [snippet program]
#include <azoth/orm.hpp>

#include <iostream>

using namespace azoth;

struct Note : Entity<Note, "note"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string, Length<80>> title;
  Column<"body", std::optional<std::string>> body;
};

int main() {
  Engine engine = create_engine("sqlite://");  // a database in memory
  create_all<Note>(engine);

  Session session(engine);
  session.add(make<Note>({.title = "milk", .body = "two litres"}));
  session.add(make<Note>({.title = "bread"}));
  session.commit();

  for (ptr<Note> note : session.scalars(select<Note>().order_by(&Note::title))) {
    std::cout << note->id << ": " << note->title << " (" << note->body->value_or("-") << ")\n";
  }
}

// [/snippet]
