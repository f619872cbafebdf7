// SPDX-License-Identifier: MIT
// SQLite by version of its library.
#include "scenarios/erased.hpp"

using namespace azoth;

AZOTH_SCENARIO("043", "A warning for SQLite libraries older than 3.7.16") {
  From a = erased::table("a", {"id"}), b = erased::table("b", {"id"}),
       c = erased::table("c", {"id"});
  using azoth::sql::join;
  const azoth::sql::Ref inner = join(b.node(), c.node(), (b.c("id") == c.c("id")).node());
  const auto nested =
      select(a).select_from(From(join(a.node(), inner, (a.c("id") == b.c("id")).node())));
  for (const ServerVersion& version : {ServerVersion{3, 6, 20},
                                       ServerVersion{3, 7, 15},
                                       ServerVersion{3, 7, 16},
                                       ServerVersion{3, 40, 1}}) {
    rec::step(std::to_string(version.major) + "." + std::to_string(version.minor) + "." +
              std::to_string(version.patch));
    Capabilities can = dialect("sqlite").capabilities();
    can.server_version = version;
    const auto d = make_dialect("sqlite", can);
    rec::str("nested join", nested, {.dialect = d.get()});
  }
}
