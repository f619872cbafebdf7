// SPDX-License-Identifier: MIT
// What pools do with connections, told by their events.
#include "scenarios/wrapped_driver.hpp"

using namespace azoth;
using scenarios::number_of;

namespace {

class Creator final : public ConnectionFactory {
 public:
  DriverConnection* open() override {
    return scenarios::WrappedConnection::open(count_, false).release();
  }

  void close(DriverConnection* connection) noexcept override { delete connection; }

  bool reset(DriverConnection& connection) noexcept override {
    connection.rollback();
    return true;
  }

  bool ping(DriverConnection&) noexcept override { return true; }

 private:
  int count_ = 0;
};

std::string numbered(const char* what, const DriverConnection& connection) {
  return std::string(what) + " " + std::to_string(number_of(connection));
}

std::unique_ptr<Pool> watched(std::unique_ptr<Pool> pool) {
  using C = DriverConnection&;
  using R = ConnectionRecord&;
  event::listen(*pool, event::connect, [](C, R) { rec::evt("connect"); });
  event::listen(*pool, event::first_connect, [](C, R) { rec::evt("first_connect"); });
  event::listen(*pool, event::checkout, [](C c, R) { rec::evt(numbered("checkout", c)); });
  event::listen(*pool, event::checkin, [](DriverConnection* c, R) {
    rec::evt(c != nullptr ? numbered("checkin", *c) : "checkin None");
  });
  event::listen(
      *pool, event::reset, [](C c, R, PoolResetState) { rec::evt(numbered("reset", c)); });
  event::listen(*pool, event::invalidate, [](C c, R, const std::exception*) {
    rec::evt(numbered("invalidate", c));
  });
  event::listen(*pool, event::close, [](C c, R) { rec::evt(numbered("close", c)); });
  event::listen(*pool, event::detach, [](C, R) { rec::evt("detach"); });
  return pool;
}

Value note_of(const PooledConnection& connection) {
  const auto found = connection.info().find("k");
  return found == connection.info().end() ? Value() : found->second;
}

}  // namespace

AZOTH_SCENARIO("220", "Connection pool: events, checkout, checkin, sizes") {
  Creator creator;
  rec::step("checkout and checkin");
  auto p = watched(Pool::create({.size = 2, .max_overflow = 1, .timeout = 0.01}, creator));
  {
    PooledConnection c1 = p->connect(), c2 = p->connect();
    rec::show("status", p->status());
    rec::show("size, checkedin, checkedout, overflow",
              std::tuple(p->size(), p->checked_in(), p->checked_out(), p->overflow()));
    c1.close();
    c2.close();
  }
  rec::show("status", p->status());
  rec::step("reuse: FIFO");
  p->connect().close();
  rec::step("info dictionaries");
  PooledConnection c = p->connect();
  c.info()["k"] = Value(1);
  c.close();
  c = p->connect();
  rec::show("other connection", note_of(c));
  c.close();
  c = p->connect();
  rec::show("same connection again", note_of(c));
  rec::step("detach");
  c.detach();
  c.close();
  rec::show("status", p->status());
  rec::step("invalidate");
  c = p->connect();
  c.invalidate();
  rec::show("status", p->status());
  c = p->connect();
  c.close();
  rec::step("dispose");
  p->dispose();
  rec::show("status", p->status());
  rec::step("LIFO");
  auto lifo = watched(Pool::create({.size = 2, .use_lifo = true}, creator));
  {
    PooledConnection a = lifo->connect(), b = lifo->connect();
    a.close();
    b.close();
  }
  lifo->connect().close();
  rec::step("NullPool");
  auto null = watched(Pool::create({.kind = PoolKind::null}, creator));
  null->connect().close();
  null->connect().close();
  rec::step("default pools by URL");
  rec::show("memory", create_engine("sqlite://").pool().name());
  rec::show("file", create_engine("sqlite:///x.db").pool().name());
  rec::quiet([&] {  // they close what they hold
    lifo.reset();
    p.reset();
  });
}
