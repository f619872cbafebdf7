// SPDX-License-Identifier: MIT
// Two-phase transactions: the statements are the dialect's, their order and the log SQLAlchemy's.
// A transaction that is prepared belongs to the database; this connection only may end it, and
// executes nothing until then, since it would be outside of any transaction.
#include "engine/announcement.hpp"
#include "engine/connection_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/connection.hpp>

#include <random>

namespace azoth {
namespace detail {

bool ConnectionState::run_two_phase(TwoPhaseStep step, const std::string& xid) {
  const std::vector<std::string> statements = engine.dialect().two_phase_statements(step, xid);
  for (const std::string& sql : statements) {
    const bool is_outside =
        step == TwoPhaseStep::commit_prepared || step == TwoPhaseStep::rollback_prepared;
    log_and_run(sql, "raw sql", [&](DriverConnection& connection) {
      is_outside && !(root && root->xid == xid) ? connection.execute_outside_transaction(sql)
                                                : connection.execute_plain(sql);
    });
  }
  return !statements.empty();
}

void ConnectionState::prepare(TransactionRecord& record) {
  if (!record.is_active) {
    throw InvalidRequestError("This transaction is inactive");
  }
  const RecordRef keep = root;
  fire(event::prepare_twophase, record.xid);
  close_results();
  run_two_phase(TwoPhaseStep::prepare, record.xid);
  for (RecordRef open = nested; open; open = open->outer) {
    open->is_active = false;
  }
  nested.reset();
  record.is_active = false;
  record.is_prepared = true;
}

void ConnectionState::end_two_phase(TransactionRecord& record, bool commits) {
  const bool was_prepared = record.is_prepared;
  const std::string xid = record.xid;
  fire(commits ? event::commit_twophase : event::rollback_twophase, xid, was_prepared);
  const auto end = [&] {
    end_root(record);
    if (driver != nullptr) {
      driver->transaction_ended();
    }
  };
  if (driver == nullptr) {  // what was prepared stays so
    return end_root(record);
  }
  const TwoPhaseStep step =
      was_prepared ? (commits ? TwoPhaseStep::commit_prepared : TwoPhaseStep::rollback_prepared)
                   : (commits ? TwoPhaseStep::commit : TwoPhaseStep::rollback);
  try {
    if (!run_two_phase(step, xid)) {
      run_driver_end(commits);
    }
  } catch (...) {
    if (!was_prepared || !commits) {  // else it can be tried again
      end();
    }
    throw;
  }
  end();
}

void ConnectionState::run_driver_end(bool commits) {
  try {
    commits ? driver->commit() : driver->rollback();
  } catch (const DBAPIError& error) {
    rethrow(error, {});
  }
}

}  // namespace detail

namespace {

// As SQLAlchemy makes them: _sa_ and 32 hexadecimal digits.
std::string random_xid() {
  static constexpr char digits[] = "0123456789abcdef";
  std::random_device random;
  std::string xid = "_sa_";
  for (int i = 0; i < 32; ++i) {
    xid += digits[random() & 15U];
  }
  return xid;
}

}  // namespace

TwoPhaseTransaction Connection::begin_twophase(std::string_view xid) {
  detail::ConnectionState& state = open_state();
  if (state.root) {
    throw InvalidRequestError(
        "Cannot start a two phase transaction when a transaction is already in progress.");
  }
  if (state.driver->is_autocommit()) {
    throw InvalidRequestError(
        "Cannot start a two phase transaction in AUTOCOMMIT: each statement is a transaction of "
        "its own there; set another isolation level first.");
  }
  return TwoPhaseTransaction(state.begin_root(xid.empty() ? random_xid() : std::string(xid)));
}

std::vector<std::string> Connection::recover_twophase() {
  std::vector<std::string> xids;
  for (const std::string& sql :
       dialect().two_phase_statements(TwoPhaseStep::recover, std::string_view())) {
    for (const Row& row : exec_driver_sql(sql)) {
      const std::size_t last = row.size() - 1;
      const Value& data = row[last];
      std::string xid;
      if (const auto* text = data.get_if<std::string>()) {
        xid = *text;
      } else if (const auto* bytes = data.get_if<Bytes>()) {
        xid.assign(reinterpret_cast<const char*>(bytes->data()), bytes->size());
      }
      if (last == 3) {  // XA RECOVER: format, length of xid, length of branch, both
        xid.resize(static_cast<std::size_t>(row[1].get<std::int64_t>()));
      }
      xids.push_back(std::move(xid));
    }
  }
  return xids;
}

void Connection::end_prepared(std::string_view xid, bool commits, bool recover) {
  if (recover) {
    rollback();
  }
  detail::ConnectionState& state = open_state();
  if (state.root) {
    throw InvalidRequestError(
        "Cannot end a prepared transaction within another one; call commit() or rollback() first, "
        "or give recover.");
  }
  const std::string name(xid);
  state.fire(commits ? event::commit_twophase : event::rollback_twophase, name, true);
  state.run_two_phase(commits ? TwoPhaseStep::commit_prepared : TwoPhaseStep::rollback_prepared,
                      name);
}

void Connection::commit_prepared(std::string_view xid, bool recover) {
  end_prepared(xid, true, recover);
}

void Connection::rollback_prepared(std::string_view xid, bool recover) {
  end_prepared(xid, false, recover);
}

}  // namespace azoth
