// SPDX-License-Identifier: MIT
// Writes what a scenario does as a log, one record per event, in the order in which it happens. The
// form is that of the golden logs; what differs between the languages is translated in
// differences.txt and nowhere else.
//
//   # title            == step
//   SQL | statement that goes to the driver, `    >` its parameters
//   TX  | BEGIN (implicit), COMMIT, ROLLBACK     STR | statement as text
//   OUT | label = value, or a note               EVT | a listener was called
//   WARN| category: text    ERR | label -> class: text    LOG | level logger message
#pragma once
#include "scenarios/values.hpp"
#include <azoth/core.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rec {

/// One scenario, registered by AZOTH_SCENARIO.
struct Scenario {
  std::string_view id, title;
  void (*run)();
};

std::vector<Scenario>& scenarios();
bool add_scenario(Scenario scenario);

#define AZOTH_SCENARIO(id, title)                        \
  static void run_scenario();                            \
  [[maybe_unused]] static const bool scenario_is_known = \
      rec::add_scenario({id, title, &run_scenario});     \
  static void run_scenario()

/// Runs a scenario and writes its log to standard output.
void run(const Scenario& scenario);

void emit(std::string_view tag, std::string_view text);
/// Writes a line as it is, unless recording is off.
void raw(std::string_view line);
void step(std::string_view text);
void note(std::string_view text);
void evt(std::string_view text);

template <class T>
void show(std::string_view label, const T& value) {
  emit("OUT", std::string(label) + " = " + fmt(value));
}

/// Nothing is recorded while it lives.
struct Quiet {
  Quiet();
  ~Quiet();
};

/// BEGIN, COMMIT and ROLLBACK are not recorded while it lives.
struct QuietTx {
  QuietTx();
  ~QuietTx();
};

/// Returns what `f` returns; nothing is recorded meanwhile.
template <class F>
auto quiet(F&& f) {
  const Quiet silence;
  return f();
}

/// Records the error that `f` throws, or that it throws none.
void attempt(std::string_view label, const std::function<void()>& f, bool tell_ok = true);

/// How a statement becomes text.
struct Text {
  std::string_view on{};                    ///< a dialect's name; else that for reading
  const azoth::Dialect* dialect = nullptr;  ///< or a dialect
  bool params = false;                      ///< show the parameters too
  bool literal_binds = false, render_postcompile = false, lint_froms = false;
  std::optional<std::vector<std::string>> column_keys{};
};

/// Records the text of a statement, or the error of compiling it.
void str(std::string_view label, const azoth::sql::Ref& statement, const Text& how = {});

template <class S>
  requires requires(const S& s) { azoth::sql::Ref(s.node()); }
void str(std::string_view label, const S& statement, const Text& how = {}) {
  str(label, azoth::sql::Ref(statement.node()), how);
}

/// Records DDL as a statement for which there is no connection.
void ddl(const azoth::sql::Ref& statement, const azoth::Dialect& dialect);

/// Makes an engine whose statements and transactions are recorded.
azoth::Engine engine(std::string_view url = "sqlite://", const azoth::EngineOptions& options = {});
/// Records the statements and transactions of an engine.
void record(const azoth::Engine& engine);

/// Records the log lines of the logger and those below it; call before engines are made.
void capture_logging(std::string_view name = "azoth.engine",
                     azoth::LogLevel level = azoth::LogLevel::info);
/// Hands the log lines of the logger to `f` instead.
void capture_logging(std::string_view name,
                     azoth::LogLevel level,
                     std::function<void(std::string_view message)> f);

/// Names the class of a node as SQLAlchemy does: `class(Label)`.
Notation class_of(const azoth::sql::Ref& node);

/// What the golden logs do not fix: times and addresses.
std::string normalised(std::string_view text);

}  // namespace rec
