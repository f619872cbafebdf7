// SPDX-License-Identifier: MIT
// Builds the statement of a record, compiles it, and tells what differs.
#include "conformance/builder.hpp"
#include "conformance/compare.hpp"
#include "conformance/dialects.hpp"
#include "conformance/outcome.hpp"
#include <azoth/base/error.hpp>

namespace azoth::conformance {

namespace {

// The statement of a record: a node, or a lone type.
struct Subject {
  sql::Ref statement;
  TypePtr type = nullptr;
};

Subject build(Builder& builder, const Json& tree) {
  Subject subject;
  builder.build_schema();
  if (tree.contains("class") || tree.contains("$col") || tree.contains("$ref")) {
    subject.statement = builder.node(tree);
  } else {
    subject.type = builder.type(tree);
  }
  return subject;
}

Result compile(const Subject& subject, const Dialect& dialect, const CompileOptions& options) {
  Result result;
  try {
    if (subject.type) {
      result.compiled.text = dialect.type_name(subject.type);
    } else {
      sql::collect_binds(subject.statement, result.binds);
      result.compiled = dialect.compile(subject.statement, options, &result.binds);
    }
  } catch (const Error& error) {
    result.error_class = error.class_name();
    result.error_message = error.message();
  } catch (const std::exception& error) {
    result.error_class = "std::exception";
    result.error_message = error.what();
  }
  return result;
}

void check_also(const Subject& subject, const Json& record, Outcome& outcome) {
  const Json* also = find(record, "also");
  if (!also) {
    return;
  }
  for (const auto& [name, expected] : also->items()) {
    AlsoOutcome other{name, {}};
    try {
      if (!outcome.cannot_build.empty()) {
        throw CannotBuild(outcome.cannot_build);
      }
      const Result result = compile(subject, plain_dialect(name), options_of(record));
      other.difference = compare_text(expected, result);
    } catch (const std::exception& error) {
      other.difference = {std::string("cannot build: ") + error.what(), expected.dump(), ""};
    }
    outcome.also.push_back(std::move(other));
  }
}

}  // namespace

Outcome blank_outcome(const Json& record) {
  Outcome outcome;
  outcome.id = text(record, "id");
  outcome.group = text(record, "group");
  outcome.dialect = text(record, "dialect");
  if (outcome.dialect == "default_enhanced") {
    outcome.dialect = "default";
  }
  return outcome;
}

Outcome check(const Json& record) {
  Outcome outcome = blank_outcome(record);
  std::optional<Builder> builder;
  Subject subject;
  try {
    builder.emplace(record);
    subject = build(*builder, record["statement"]);
    const std::unique_ptr<Dialect> dialect = make_dialect_of(record);
    Result result = compile(subject, *dialect, options_of(record));
    for (const sql::BindParameter* bind : result.binds) {
      result.copies.push_back(builder->copies_of(bind));
    }
    compare(record, result, outcome.differences);
  } catch (const Error& error) {
    Result result;
    result.error_class = error.class_name();
    result.error_message = error.message();
    if (find(record, "error")) {
      compare(record, result, outcome.differences);
    } else {
      outcome.cannot_build = result.error_class + ": " + result.error_message;
    }
  } catch (const std::exception& error) {
    outcome.cannot_build = error.what();
  }
  check_also(subject, record, outcome);
  return outcome;
}

Json to_json(const Outcome& outcome) {
  Json differences = Json::array(), also = Json::array();
  for (const Difference& d : outcome.differences) {
    differences.push_back({d.what, d.expected, d.got});
  }
  for (const AlsoOutcome& a : outcome.also) {
    also.push_back(
        a.difference
            ? Json{a.dialect, a.difference->what, a.difference->expected, a.difference->got}
            : Json{a.dialect});
  }
  return Json{outcome.id, outcome.group, outcome.dialect, outcome.cannot_build, differences, also};
}

Outcome from_json(const Json& json) {
  Outcome outcome{json[0], json[1], json[2], json[3], {}, {}};
  for (const Json& d : json[4]) {
    outcome.differences.push_back({d[0], d[1], d[2]});
  }
  for (const Json& a : json[5]) {
    outcome.also.push_back({a[0], {}});
    if (a.size() > 1) {
      outcome.also.back().difference = Difference{a[1], a[2], a[3]};
    }
  }
  return outcome;
}

}  // namespace azoth::conformance
