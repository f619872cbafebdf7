// SPDX-License-Identifier: MIT
// From the names of types to SqlTypes.
#include "dialects/postgresql/reflection_types.hpp"

#include "dialects/postgresql/reflection_queries.hpp"
#include <azoth/base/warning.hpp>
#include <azoth/dialects/postgresql.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace azoth::postgresql {
namespace {

// `timestamp(3) with time zone`: the words without the parentheses, and the numbers in these.
struct Format {
  std::string words;
  int numbers[2] = {-1, -1};
  std::string arguments{};
};

Format parse(std::string_view text) {
  Format format;
  const std::size_t open = text.find('('), close = text.find(')');
  if (open == text.npos || close == text.npos) {
    format.words = text;
    return format;
  }
  format.words = std::string(text.substr(0, open)) + std::string(text.substr(close + 1));
  format.arguments = text.substr(open + 1, close - open - 1);
  const char* at = format.arguments.c_str();
  const char* const end = at + format.arguments.size();
  for (int& number : format.numbers) {
    at = std::from_chars(at, end, number).ptr;
    at += at < end && *at == ',' ? 1 : 0;
  }
  return format;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

TypePtr numeric(const Format& f) {
  return f.numbers[1] < -1 || f.numbers[1] > f.numbers[0]
             ? types::Literal("NUMERIC(" + f.arguments + ")")  // a scale beyond the standard's
             : types::NUMERIC(f.numbers[0], f.numbers[1]);
}

using Make = TypePtr (*)(const Format&);

constexpr std::pair<std::string_view, Make> known[] = {
    {"integer", [](const Format&) { return types::INTEGER(); }},
    {"bigint", [](const Format&) { return types::BIGINT(); }},
    {"smallint", [](const Format&) { return types::SMALLINT(); }},
    {"boolean", [](const Format&) { return types::BOOLEAN(); }},
    {"text", [](const Format&) { return types::TEXT(); }},
    {"character varying", [](const Format& f) { return types::VARCHAR(f.numbers[0]); }},
    {"character", [](const Format& f) { return types::CHAR(f.numbers[0]); }},
    {"real", [](const Format&) { return types::REAL(); }},
    {"double precision", [](const Format&) { return types::DOUBLE(); }},
    {"numeric", &numeric},
    {"date", [](const Format&) { return types::DATE(); }},
    {"bytea", [](const Format&) { return BYTEA(); }},
    {"json", [](const Format&) { return JSON(); }},
    {"jsonb", [](const Format&) { return JSONB(); }},
    {"timestamp without time zone", [](const Format& f) { return TIMESTAMP(false, f.numbers[0]); }},
    {"timestamp with time zone", [](const Format& f) { return TIMESTAMP(true, f.numbers[0]); }},
    {"time without time zone", [](const Format& f) { return TIME(false, f.numbers[0]); }},
    {"time with time zone", [](const Format& f) { return TIME(true, f.numbers[0]); }},
    {"bit", [](const Format& f) { return BIT(f.numbers[0]); }},
    {"bit varying", [](const Format& f) { return BIT(f.numbers[0], true); }},
};

// Types without arguments that are written as they are called.
constexpr std::array plain{std::string_view("box"),
                           std::string_view("bpchar"),
                           std::string_view("cid"),
                           std::string_view("cidr"),
                           std::string_view("circle"),
                           std::string_view("citext"),
                           std::string_view("cube"),
                           std::string_view("datemultirange"),
                           std::string_view("daterange"),
                           std::string_view("hstore"),
                           std::string_view("inet"),
                           std::string_view("int4multirange"),
                           std::string_view("int4range"),
                           std::string_view("int8multirange"),
                           std::string_view("int8range"),
                           std::string_view("jsonpath"),
                           std::string_view("line"),
                           std::string_view("lquery"),
                           std::string_view("lseg"),
                           std::string_view("ltree"),
                           std::string_view("ltxtquery"),
                           std::string_view("macaddr"),
                           std::string_view("macaddr8"),
                           std::string_view("money"),
                           std::string_view("name"),
                           std::string_view("nummultirange"),
                           std::string_view("numrange"),
                           std::string_view("oid"),
                           std::string_view("path"),
                           std::string_view("pg_lsn"),
                           std::string_view("pg_snapshot"),
                           std::string_view("point"),
                           std::string_view("polygon"),
                           std::string_view("regclass"),
                           std::string_view("regcollation"),
                           std::string_view("regconfig"),
                           std::string_view("regdictionary"),
                           std::string_view("regnamespace"),
                           std::string_view("regoper"),
                           std::string_view("regoperator"),
                           std::string_view("regproc"),
                           std::string_view("regprocedure"),
                           std::string_view("regrole"),
                           std::string_view("regtype"),
                           std::string_view("tid"),
                           std::string_view("tsmultirange"),
                           std::string_view("tsquery"),
                           std::string_view("tsrange"),
                           std::string_view("tstzmultirange"),
                           std::string_view("tstzrange"),
                           std::string_view("tsvector"),
                           std::string_view("txid_snapshot"),
                           std::string_view("uuid"),
                           std::string_view("xid"),
                           std::string_view("xid8"),
                           std::string_view("xml")};

// What the database brings along, and what well-known extensions do; null: not known.
TypePtr base_type(std::string_view text) {
  const Format format = parse(text);
  const std::string_view words = format.words;
  for (const auto& [name, make] : known) {
    if (name == words) {
      return make(format);
    }
  }
  if (words == "\"char\"") {
    return types::vendor_type("postgresql", words);
  }
  if (words == "interval" || words.starts_with("interval ")) {
    return INTERVAL(format.numbers[0], words.size() > 9 ? words.substr(9) : "");
  }
  // An extension's type is called with its schema where that is not searched.
  const std::string_view name = words.substr(words.rfind('.') + 1);
  const bool is_plain = std::binary_search(plain.begin(), plain.end(), name);
  return is_plain && format.arguments.empty() ? types::vendor_type("postgresql", upper(name))
                                              : nullptr;
}

constexpr const char* enums_query =
    "SELECT t.oid, t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid), e.enumlabel"
    " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
    " LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid"
    " WHERE t.typtype = 'e' ORDER BY t.oid, e.enumsortorder";

constexpr const char* domains_query =
    "SELECT t.oid, t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid),"
    " pg_catalog.format_type(t.typbasetype, t.typtypmod), b.oid, b.typtype::text"
    " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
    " JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype"
    " JOIN pg_catalog.pg_type b ON b.oid ="
    " CASE WHEN base.typcategory = 'A' AND base.typtype <> 'd' THEN base.typelem ELSE base.oid END"
    " WHERE t.typtype = 'd'";

}  // namespace

TypePtr with_collation(TypePtr type, const std::string& collation) {
  SqlType collated = *type;
  if (type->kind == TypeKind::array) {
    collated.elements.front() = with_collation(type->elements.front(), collation);
  } else if (type->is_string()) {
    collated.collation = collation;
  }
  return intern(std::move(collated));
}

TypePtr UserTypes::enum_of(std::int64_t oid) {
  if (!enums_) {
    struct Labels {
      std::string name, schema;
      std::vector<std::string> labels;
    };

    std::map<std::int64_t, Labels> all;
    for (const Row& row : connection_.exec_driver_sql(enums_query)) {
      Labels& labels = all[row[0].get<std::int64_t>()];
      labels.name = text_of(row[1]);
      labels.schema = flag_of(row[3]) ? "" : text_of(row[2]);
      if (!row[4].is_null()) {
        labels.labels.push_back(text_of(row[4]));
      }
    }
    enums_.emplace();
    for (auto& [of, labels] : all) {
      enums_->emplace(of, ENUM(std::move(labels.labels), labels.name, labels.schema));
    }
  }
  const auto found = enums_->find(oid);
  return found == enums_->end() ? nullptr : found->second;
}

TypePtr UserTypes::domain_of(std::int64_t oid, std::string_view column) {
  if (!domains_) {
    domains_.emplace();
    for (const Row& row : connection_.exec_driver_sql(domains_query)) {
      domains_->emplace(row[0].get<std::int64_t>(),
                        Domain{.name = text_of(row[1]),
                               .schema = text_of(row[2]),
                               .format = text_of(row[4]),
                               .category = text_of(row[6]),
                               .visible = flag_of(row[3]),
                               .base = row[5].get<std::int64_t>()});
    }
  }
  const auto found = domains_->find(oid);
  if (found == domains_->end()) {
    return nullptr;
  }
  const Domain& domain = found->second;
  return DOMAIN_(domain.name,
                 type_of(domain.format, domain.base, domain.category, column),
                 domain.visible ? "" : domain.schema);
}

TypePtr UserTypes::type_of(std::string_view format,
                           std::int64_t oid,
                           std::string_view category,
                           std::string_view column) {
  std::string_view item = format;
  while (item.ends_with("[]")) {
    item.remove_suffix(2);
  }
  TypePtr type = category == "e"   ? enum_of(oid)
                 : category == "d" ? domain_of(oid, column)
                                   : base_type(item);
  if (type == nullptr) {
    warn(WarningCategory::sa_warning,
         "Did not recognize type '" + std::string(item) + "' of column '" + std::string(column) +
             "'");
    return types::null_type();
  }
  return item.size() == format.size() ? type : ARRAY(type);
}

}  // namespace azoth::postgresql
