// SPDX-License-Identifier: MIT
// The three label styles, and labels that collide.
#include "scenarios/erased.hpp"

using namespace azoth;
using rec::str;

AZOTH_SCENARIO("032",
               "Label styles: none, disambiguate only, tablename plus column, and de-duplication "
               "of labels") {
  using Style = azoth::sql::LabelStyle;
  From user = erased::table("user", {"id", "name"});
  From addr = erased::table("address", {"id", "user_id"});

  rec::step("the seed's example");
  auto stmt = select(user.c("id"), user.c("name"), user.c("id"));
  str("tablename plus col", stmt.set_label_style(Style::tablename_plus_col));
  rec::attempt("apply_labels()", [&] { str("apply_labels", stmt.apply_labels()); });

  rec::step("three styles");
  auto two = select(user, addr).where(user.c("id") == addr.c("user_id"));
  for (const auto& [name, style] : std::vector<std::pair<std::string, Style>>{
           {"none", Style::none},
           {"disambiguate only", Style::disambiguate_only},
           {"tablename plus col", Style::tablename_plus_col}}) {
    auto styled = two.set_label_style(style);
    str(name, styled);
    str(name + ", repeated", stmt.set_label_style(style));
    str(name + ", select from subquery", select(styled.subquery()));
    rec::show("selected_columns keys", styled.selected_columns().keys());
  }
  rec::show(
      "default is disambiguate only",
      azoth::sql::as<azoth::sql::Statement>(stmt.node()).label_style == Style::disambiguate_only);

  rec::step("collision between a generated label and a real name");
  From u2 = erased::table("user", {"id", "address_id"});
  From a2 = erased::table("user_address", {"id"});
  str("collision", select(u2, a2).set_label_style(Style::tablename_plus_col));
  From x = erased::table("t", {"id", "id_1"});
  From y = erased::table("s", {"id"});
  str("id_1 exists", select(x, y));

  rec::step("explicit labels and functions are left alone");
  auto mix = select(user.c("id").label("x"),
                    func::count(addr.c("id")),
                    func::count(addr.c("id")).label("n"),
                    addr.c("id"));
  str("mix", mix.set_label_style(Style::tablename_plus_col));

  rec::step("subquery of a repeated column");
  str("select from it", select(stmt.subquery()));
  str("labelled", select(stmt.set_label_style(Style::tablename_plus_col).subquery()));
}
