// SPDX-License-Identifier: MIT
// URLs: parts, escapes, rendering, changes.
#include <azoth/engine/url.hpp>

#include <map>

using namespace azoth;

namespace {

// A parameter given once is a text, one given several times a tuple.
rec::Notation query_of(const URL& url) {
  std::string out;
  for (const auto& [name, values] : url.query()) {
    const std::string value =
        values.size() == 1 ? rec::fmt(values.front()) : rec::fmt(rec::names(values));
    out += (out.empty() ? "" : ", ") + rec::fmt(name) + ": " + value;
  }
  return {"{" + out + "}"};
}

auto parts(const URL& u) {
  return std::tuple(
      u.drivername(), u.username(), u.password(), u.host(), u.port(), u.database(), query_of(u));
}

}  // namespace

AZOTH_SCENARIO("237", "URL") {
  for (const char* s : {"sqlite://",
                        "sqlite:///relative.db",
                        "sqlite:////absolute/file.db",
                        "sqlite:///:memory:",
                        "postgresql://u:p@host:5432/db",
                        "postgresql+psycopg2://u:p%40ss%2Fw@host/db?sslmode=require&opt=a&opt=b",
                        "mysql://host/db",
                        "mysql://user@[::1]:3306/db",
                        "oracle://u:p@host/?service_name=x"}) {
    const URL u = make_url(s);
    rec::show(s, parts(u));
    rec::show("   str", u.to_string());
    rec::show("   backend, with password",
              std::tuple(u.backend_name(), u.to_string({.hide_password = false})));
  }
  rec::step("create and change");
  const URLParts given{.drivername = "postgresql",
                       .username = "me",
                       .password = "p@:/ss",
                       .host = "h",
                       .database = "d",
                       .query = URLQuery{{"a", {"1", "2"}}, {"b", {"x y"}}}};
  const URL u = URL::create(given);
  const auto whole = [](const URL& url) { return url.to_string({.hide_password = false}); };
  rec::show("render", whole(u));
  rec::show("hidden", u.to_string());
  rec::show("set", whole(u.set({.host = "other", .port = 1})));
  rec::show("update_query", whole(u.update_query({{"c", {"3"}}}, {.append = true})));
  const std::vector<std::string> gone{"a"};
  rec::show("difference", whole(u.difference_update_query(gone)));
  rec::show("equal", u == URL::create(given));
  rec::show("round trip", make_url(whole(u)) == u);
  rec::attempt("bad url", [] { make_url("nothing here"); });
  rec::attempt("bad port", [] { make_url("postgresql://h:abc/db"); });
  rec::attempt("create without driver", [] { URL::create({}); });
}
