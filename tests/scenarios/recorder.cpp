// SPDX-License-Identifier: MIT
// Listens to engines, warnings and log lines, and writes them down.
#include "scenarios/recorder.hpp"

#include <azoth/compile/parameters.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <cstdio>
#include <regex>

namespace rec {
namespace {

int silences = 0, transaction_silences = 0;
std::optional<azoth::CaptureWarnings> warnings;

void write_lines(std::string_view tag, const std::string& text) {
  std::string line = std::string(tag);
  line.resize(4, ' ');
  line += "| ";
  for (const char c : text) {
    line += c;
    if (c == '\n') {
      line += "    | ";
    }
  }
  std::puts(line.c_str());
}

// Warnings are written where they came up: before whatever is recorded next.
void drain_warnings() {
  if (!warnings) {
    return;
  }
  for (const azoth::WarningRecord& warning : warnings->records()) {
    if (silences == 0) {
      write_lines("WARN",
                  normalised(std::string(azoth::warning_category_name(warning.category)) + ": " +
                             warning.message));
    }
  }
  warnings->clear();
}

std::string parameter_list(const std::vector<Value>& values) {
  std::string out;
  for (const Value& value : values) {
    out += (out.empty() ? "" : ", ") + fmt(value);
  }
  return "[" + out + "]";
}

void record_execution(const azoth::CursorExecution& execution) {
  emit("SQL", execution.statement);
  if (execution.executemany) {
    std::string sets;
    for (const std::vector<Value>& set : execution.parameters) {
      sets += (sets.empty() ? "" : ", ") + parameter_list(set);
    }
    raw("    > many [" + sets + "]");
  } else if (!execution.parameters.empty() && !execution.parameters.front().empty()) {
    raw("    > " + normalised(parameter_list(execution.parameters.front())));
  }
}

void record_transaction(std::string_view what) {
  if (transaction_silences == 0) {
    emit("TX", what);
  }
}

class Sink final : public azoth::LogSink {
 public:
  Sink(std::string_view name, std::function<void(std::string_view)> f)
      : name_(name), function_(std::move(f)) {}

  void write(const azoth::LogRecord& record) override {
    if (!record.logger.starts_with(name_)) {
      return;
    }
    if (function_) {
      function_(record.message);
    } else {
      emit("LOG",
           std::string(azoth::log_level_name(record.level)) + " " + std::string(record.logger) +
               " " + std::string(record.message));
    }
  }

 private:
  std::string name_;
  std::function<void(std::string_view)> function_;
};

std::string shown(const azoth::ParameterValue& parameter) {
  if (!parameter.is_list) {
    return fmt(parameter.values.front());
  }
  return parameter_list(parameter.values);
}

std::string shown(const std::vector<azoth::ParameterValue>& parameters) {
  std::string out;
  std::vector<std::string> seen;
  for (const azoth::ParameterValue& parameter : parameters) {
    if (std::find(seen.begin(), seen.end(), parameter.name) == seen.end()) {
      out += (out.empty() ? "" : ", ") + quoted(parameter.name) + ": " + shown(parameter);
      seen.push_back(parameter.name);
    }
  }
  return "{" + out + "}";
}

}  // namespace

std::vector<Scenario>& scenarios() {
  static std::vector<Scenario> all;
  return all;
}

bool add_scenario(Scenario scenario) {
  scenarios().push_back(scenario);
  return true;
}

void run(const Scenario& scenario) {
  warnings.emplace();
  std::printf("# %.*s\n", static_cast<int>(scenario.title.size()), scenario.title.data());
  scenario.run();
  drain_warnings();
  std::fflush(stdout);
}

std::string normalised(std::string_view text) {
  static const std::regex sessions(R"(to session '[^']*' \(this is '[^']*'\))");
  static const std::regex address("0x[0-9a-fA-F]{6,}");
  static const std::regex time(R"(\b\d+(\.\d+)?(e-\d+)?s( ago)?(?=[\] ]))");
  const std::string unnumbered =
      std::regex_replace(std::string(text), sessions, "to session 'N' (this is 'M')");
  const std::string without = std::regex_replace(unnumbered, address, "0x...");
  return std::regex_replace(without, time, "...s$3");
}

void raw(std::string_view line) {
  if (silences == 0) {
    std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
  }
}

void emit(std::string_view tag, std::string_view text) {
  drain_warnings();
  if (silences == 0) {
    write_lines(tag, normalised(text));
  }
}

void step(std::string_view text) {
  drain_warnings();
  raw("== " + std::string(text));
}

void note(std::string_view text) {
  emit("OUT", text);
}

void evt(std::string_view text) {
  emit("EVT", text);
}

Quiet::Quiet() {
  drain_warnings();
  ++silences;
}

Quiet::~Quiet() {
  drain_warnings();
  --silences;
}

QuietTx::QuietTx() {
  ++transaction_silences;
}

QuietTx::~QuietTx() {
  --transaction_silences;
}

void attempt(std::string_view label, const std::function<void()>& f, bool tell_ok) {
  const std::string name(label);
  try {
    f();
    if (tell_ok) {
      emit("OUT", name + " -> no error");
    }
  } catch (const azoth::Error& error) {
    emit("ERR", name + " -> " + error.class_name() + ": " + error.what());
  } catch (const std::exception& error) {
    emit("ERR", name + " -> std::exception: " + error.what());
  }
}

void str(std::string_view label, const azoth::sql::Ref& statement, const Text& how) {
  if (silences > 0) {
    return;
  }
  const azoth::Dialect& dialect = how.dialect != nullptr ? *how.dialect
                                  : how.on.empty()       ? azoth::printing_dialect()
                                                         : azoth::dialect(how.on);
  azoth::CompileOptions options;
  options.literal_binds = how.literal_binds;
  options.render_postcompile = how.render_postcompile;
  options.lint_froms = how.lint_froms;
  options.column_keys = how.column_keys;
  azoth::Compiled compiled;
  std::vector<const azoth::sql::BindParameter*> binds;
  try {
    azoth::sql::collect_binds(statement, binds);
    compiled = dialect.compile(statement, options, &binds);
  } catch (const azoth::Error& error) {
    emit("ERR", std::string(label) + " -> " + error.class_name() + ": " + error.what());
    return;
  }
  for (const std::string& warning : compiled.warnings) {
    azoth::warn(azoth::WarningCategory::sa_warning, warning);
  }
  emit("STR", std::string(label) + ":\n" + compiled.text);
  if (how.params) {
    std::vector<azoth::ParameterValue> given;  // what has no value is shown as null
    for (const azoth::BindSlot& slot : compiled.slots) {
      if (slot.required) {
        given.push_back({slot.key, false, {Value()}});
      }
    }
    raw("    > " + shown(azoth::construct_params(compiled, binds, given)));
  }
}

void ddl(const azoth::sql::Ref& statement, const azoth::Dialect& dialect) {
  const std::string text = to_string(statement, dialect);
  const std::size_t first = text.find_first_not_of("\n "), last = text.find_last_not_of("\n ");
  emit("SQL", text.substr(first, last - first + 1));
}

void record(const azoth::Engine& engine) {
  using namespace azoth;
  event::listen(engine,
                event::before_cursor_execute,
                [](Connection&, const CursorExecution& execution) { record_execution(execution); });
  event::listen(engine, event::begin, [](Connection&) { record_transaction("BEGIN (implicit)"); });
  event::listen(engine, event::commit, [](Connection&) { record_transaction("COMMIT"); });
  event::listen(engine, event::rollback, [](Connection&) { record_transaction("ROLLBACK"); });
}

azoth::Engine engine(std::string_view url, const azoth::EngineOptions& options) {
  azoth::Engine made = azoth::create_engine(url, options);
  record(made);
  return made;
}

Notation class_of(const azoth::sql::Ref& node) {
  using azoth::sql::Kind;
  switch (node->kind()) {
    case Kind::column:
      return {"class(Column)"};
    case Kind::column_clause:
      return {"class(ColumnClause)"};
    case Kind::label:
      return {"class(Label)"};
    case Kind::alias:
      return {"class(Alias)"};
    case Kind::subquery:
      return {"class(Subquery)"};
    default:
      return {"class(kind " + std::to_string(static_cast<int>(node->kind())) + ")"};
  }
}

void capture_logging(std::string_view name, azoth::LogLevel level) {
  capture_logging(name, level, nullptr);
}

void capture_logging(std::string_view name,
                     azoth::LogLevel level,
                     std::function<void(std::string_view message)> f) {
  azoth::set_log_level(name, level);
  azoth::set_log_sink(std::make_shared<Sink>(name, std::move(f)));
}

}  // namespace rec
