// SPDX-License-Identifier: MIT
// Fills Azoth's databases through its own connections, with the statements and rows of the
// hand-written loops.
#include "model.hpp"

#include "raw_sqlite.hpp"

namespace bench {

void fill(const azoth::Engine& engine, int users, int children) {
  engine.begin([&](azoth::Connection& connection) {
    for (const char* statement : raw::schema()) {
      connection.exec_driver_sql(statement);
    }
    for (int id = 1; id <= users; ++id) {
      const std::optional<std::string> fullname = fullname_of(id);
      connection.exec_driver_sql("INSERT INTO users (id, name, fullname) VALUES (?, ?, ?)",
                                 {azoth::Value(id),
                                  azoth::Value(name_of(id)),
                                  fullname ? azoth::Value(*fullname) : azoth::Value()});
      for (int child = 0; child < children; ++child) {
        connection.exec_driver_sql("INSERT INTO addresses (email, user_id) VALUES (?, ?)",
                                   {azoth::Value(email_of(id, child)), azoth::Value(id)});
      }
    }
  });
}

azoth::Engine filled_engine(int users, int children) {
  azoth::Engine engine = azoth::create_engine("sqlite://");
  fill(engine, users, children);
  return engine;
}

}  // namespace bench
