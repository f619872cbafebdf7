// SPDX-License-Identifier: MIT
// The clauses of SELECT.
#include "scenarios/erased.hpp"

using namespace azoth;
using azoth::sql::Clause;
using azoth::sql::Op;
using azoth::sql::Ref;
using rec::str;

namespace {

Ref text_part(std::string_view sql, std::string_view dialect = {}) {
  return azoth::sql::make_node<azoth::sql::TextPart>(azoth::sql::text(sql), dialect);
}

Ref hint(const Ref& from, std::string_view dialect, std::string_view words) {
  return azoth::sql::make_node<azoth::sql::Hint>(from, dialect, words);
}

template <class S>
S for_update_of(const S& statement, const Ref& of) {
  auto* node = new azoth::sql::ForUpdate;
  Ref ref = Ref::adopt(node);
  node->of = {of};
  azoth::sql::seal(*node);
  return erased::with(statement, Clause::for_update, ref);
}

}  // namespace

AZOTH_SCENARIO("226", "SELECT constructs") {
  MetaData m;
  const TypePtr number = types::Integer();
  Table a("a",
          m,
          {Column("id", number, {.primary_key = true}),
           Column("x", number),
           Column("name", types::String())});
  Table b("b", m, {Column("id", number, {.primary_key = true}), Column("a_id", number)});
  const Any id = a.c("id"), x = a.c("x"), name = a.c("name");
  const Any b_id = b.c("id"), a_id = b.c("a_id");
  const auto ids = select(id);

  rec::step("where");
  str("two calls", ids.where(x == 1).where(name == "n"));
  str("and, or", ids.where(or_(x == 1, and_(x == 2, name == "q"))));
  str("operators", ids.where((x == 1) || ((x == 2) && (name != "z"))));
  str("not", ids.where(not_(or_(x == 1, x > 5))));
  str("not of comparison", ids.where(!(x == 1)).where(!(x < 3)).where(!name.like("q")));
  str("between", ids.where(x.between(1, 5)).where(!x.between(2, 3)));
  str("like", ids.where(name.like("a%")).where(name.not_like("b%", "/")).where(name.ilike("c%")));
  const Expr<bool> distinct_from(azoth::sql::is(
      Op::is_distinct_from, Ref(x.node()), azoth::sql::bind(3, "x", x.node()->type())));
  str("is", ids.where(x.is_null()).where(x.is_not_null()).where(distinct_from));
  str("== None", ids.where(x == null).where(name != null));
  str("empty and_/or_", ids.where(true_()).where(or_(false_(), x == 1)));
  str("filter_by", select(a).where(x == 5).where(name == "q"));
  str("columns compared", ids.where(x == id));
  str("value on the left", ids.where(5 < x).where(literal(5) == x));
  rec::step("FROM");
  str("two tables", select(id, b_id));
  str("only in where", ids.where(a_id == id));
  str("select_from", select(func::count()).select_from(a));
  str("join", select(a, b).join(b, id == a_id));
  str("outer join",
      ids.select_from(From(azoth::sql::join(a.node(), b.node(), (id == a_id).node(), true))));
  str("no FROM", select(literal(1), Any(text("2"))));
  str("whole table and column", select(a, x));
  rec::step("other clauses");
  str("distinct", select(x).distinct());
  str("distinct on",
      erased::with(select(x).distinct(), Clause::distinct_on, name.node()),
      {.on = "postgresql"});
  str("order", ids.order_by(desc(x), nulls_first(asc(name))));
  str("group, having", select(x, func::count()).group_by(x).having(func::count() > 1));
  str("limit offset", ids.limit(5).offset(10));
  str("limit on sqlite", ids.limit(5), {.on = "sqlite"});
  str("offset on sqlite", ids.offset(5), {.on = "sqlite"});
  str("limit on mysql", ids.limit(5).offset(2), {.on = "mysql"});
  str("offset on mysql", ids.offset(2), {.on = "mysql"});
  str("limit on postgresql", ids.limit(5).offset(2), {.on = "postgresql"});
  str("fetch with ties", erased::fetch(ids.order_by(x), 3, true), {.on = "postgresql"});
  str("slice", ids.limit(5).offset(2));
  Ref unlimited = ids.limit(5).node();
  azoth::sql::StatementBuilder::remove(unlimited, Clause::limit);
  str("limit None", unlimited);
  for (const char* d : {"sqlite", "postgresql", "mysql", "oracle"}) {
    str(std::string("for update ") + d, ids.with_for_update({.nowait = true}), {.on = d});
  }
  str("for update of", for_update_of(ids, a.node()), {.on = "postgresql"});
  str("for share", ids.with_for_update({.read = true, .skip_locked = true}), {.on = "postgresql"});
  str("prefix, suffix",
      erased::with(erased::with(ids, Clause::prefix, text_part("SQL_NO_CACHE")),
                   Clause::suffix,
                   text_part("-- end")));
  str("hint",
      erased::with(ids, Clause::hint, hint(a.node(), "mysql", "USE INDEX (ix)")),
      {.on = "mysql"});
  str("statement hint", erased::with(ids, Clause::statement_hint, hint({}, "*", "OPTION x")));
  rec::step("generative, not mutating");
  const auto s2 = ids.where(x == 1);
  str("unchanged", ids);
  str("add_columns", Select<>(s2).add_columns(name));
  Ref only = s2.node();
  azoth::sql::StatementBuilder::remove(only, Clause::column);
  azoth::sql::StatementBuilder::append(only, Clause::column, name.node());
  str("with_only_columns", only);
}
