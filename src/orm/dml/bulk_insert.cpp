// SPDX-License-Identifier: MIT
// INSERT of many rows that are no objects: `session.execute(insert<User>(), {{{"name", "a"}},
// ...})`. Sets are keyed by attributes. Those next to each other with the same names share an
// execution; a null is a name that was not given, unless it is to be rendered. Rows of joined
// tables are written table by table, the generated keys of the first one handed down. What
// RETURNING gives in several executions, or of several tables, comes as one result, in the order of
// the sets.
#include "orm/dml/dml.hpp"
#include "orm/load/rewriter.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

using sql::Clause;
using sql::Kind;
using sql::Ref;
using sql::StatementBuilder;

namespace {

bool same_names(const Params& a, const Params& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](auto& x, auto& y) {
           return x.first == y.first;
         });
}

class SetInserter {
 public:
  SetInserter(SessionState& session, const Mapper& mapper, Ref statement, const DmlOptions& options)
      : connection_(session.connection()),
        mapper_(mapper),
        statement_(std::move(statement)),
        options_(options) {}

  CursorResult run(const ParamsList& sets) {
    std::vector<Params> rows(sets.begin(), sets.end());
    const bool asks = sql::as<sql::Statement>(statement_).has(Clause::returning);
    const bool can_answer = connection_.dialect().capabilities().insert_returning;
    if (asks && can_answer && mapper_.tables.size() > 1) {
      return insert_joined_returning(rows);
    }
    for (std::size_t place = 0; place + 1 < mapper_.tables.size(); ++place) {
      insert_with_keys(mapper_.tables[place], rows);
    }
    return insert_groups(mapper_.tables.back(), rows);
  }

 private:
  // The values that a set gives to one table, by keys of its columns.
  Params values_for(const MappedTable& to, const Params& row) const {
    Params out;
    const auto add = [&](const std::string& key, const Value& value) {
      if (!value.is_null() || options_.render_nulls) {
        out.set(key, value);
      }
    };
    const sql::TableNode& table = *to.table;
    for (const auto& [name, value] : row) {
      if (options_.is_raw) {
        for (const sql::ColumnInfo& info : table.columns) {
          if (info.name == name) {
            out.set(info.key, value);
          }
        }
      } else if (const ColumnAttribute* key = shared_key(to, name)) {
        add(table.columns[key->table_position].key, value);
      } else if (const ColumnAttribute* c = mapper_.find_column(name); c && c->table == &table) {
        add(name, value);
      }
    }
    add_identity(to, out);
    return out;
  }

  static const ColumnAttribute* shared_key(const MappedTable& to, const std::string& name) {
    for (const ColumnAttribute& key : to.keys) {
      if (key.name == name && key.position != 0) {
        return &key;
      }
    }
    return nullptr;
  }

  void add_identity(const MappedTable& to, Params& row) const {
    if (mapper_.discriminator < 0 || mapper_.identity.is_null() || options_.is_raw) {
      return;
    }
    const ColumnAttribute& on = mapper_.columns[static_cast<std::size_t>(mapper_.discriminator)];
    if (on.table == to.table && !row.find(on.name)) {
      row.set(on.name, mapper_.identity);
    }
  }

  CursorResult insert_groups(const MappedTable& to, const std::vector<Params>& rows) {
    std::vector<Params> values;
    for (const Params& row : rows) {
      values.push_back(values_for(to, row));
    }
    if (values.empty()) {
      values.emplace_back();
    }
    const bool collects = sql::as<sql::Statement>(statement_).has(Clause::returning);
    const bool one_by_one = collects && options_.sort_by_parameter_order;
    std::vector<std::vector<Value>> returned;
    for (std::size_t begin = 0; begin < values.size();) {
      std::size_t end = begin + 1;
      while (end < values.size() && !one_by_one && same_names(values[begin], values[end])) {
        ++end;
      }
      CursorResult rows_of_group = execute({values.begin() + static_cast<std::ptrdiff_t>(begin),
                                            values.begin() + static_cast<std::ptrdiff_t>(end)});
      if (end - begin == values.size() || (!collects && end == values.size())) {
        return rows_of_group;
      }
      if (collects) {
        append_rows(rows_of_group, returned);
      }
      begin = end;
    }
    return connection_.known_rows(statement_, std::move(returned), {.rewriter = rewriter()});
  }

  static void append_rows(CursorResult& from, std::vector<std::vector<Value>>& rows) {
    while (from.next()) {
      std::vector<Value>& row = rows.emplace_back();
      for (std::size_t i = 0; i < from.column_count(); ++i) {
        row.push_back(from.value(i));
      }
    }
  }

  // --- RETURNING from several tables ---

  // A column that RETURNING asks for.
  struct Returned {
    const sql::TableNode* table;
    std::uint32_t position;
  };

  std::vector<Returned> returned_columns() const {
    std::vector<Returned> columns;
    const auto add = [&](const Ref& element) {
      const auto* column =
          element->kind() == Kind::column ? &sql::as<sql::ColumnNode>(element) : nullptr;
      if (!column || column->owner->kind() != Kind::table) {
        throw InvalidRequestError("INSERT of many rows into the joined tables of " +
                                  mapper_.class_name +
                                  " returns objects and columns; for expressions insert first, "
                                  "then select them");
      }
      columns.push_back({static_cast<const sql::TableNode*>(column->owner), column->index});
    };
    sql::as<sql::Statement>(statement_).each(Clause::returning, [&](const Ref& part) {
      if (part->kind() == Kind::entity) {
        const sql::Refs& all = sql::as<sql::Entity>(part).columns;
        std::for_each(all.begin(), all.end(), add);
      } else {
        add(part);
      }
    });
    return columns;
  }

  CursorResult insert_joined_returning(std::vector<Params>& rows) {
    const std::vector<Returned> columns = returned_columns();
    std::vector<std::vector<Value>> found(rows.size(), std::vector<Value>(columns.size()));
    for (const MappedTable& to : mapper_.tables) {
      insert_returning(to, rows, columns, found);
    }
    return connection_.known_rows(statement_, std::move(found), {.rewriter = rewriter()});
  }

  // Inserts into one table, row by row, with RETURNING of its key and of what is asked of it.
  void insert_returning(const MappedTable& to,
                        std::vector<Params>& rows,
                        const std::vector<Returned>& columns,
                        std::vector<std::vector<Value>>& found) {
    Ref statement = StatementBuilder::make(Kind::insert, to.ref);
    if (&to == &mapper_.tables.back()) {
      statement = statement_;
      StatementBuilder::remove(statement, Clause::returning);
    }
    std::vector<std::size_t> place_of(to.table->columns.size(), no_place);
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < to.table->columns.size(); ++i) {
      const bool is_key = std::any_of(
          to.keys.begin(), to.keys.end(), [&](const auto& key) { return key.table_position == i; });
      const bool is_asked = std::any_of(columns.begin(), columns.end(), [&](const Returned& c) {
        return c.table == to.table && c.position == i;
      });
      if (is_key || is_asked) {
        StatementBuilder::append(statement, Clause::returning, to.table->column(i));
        place_of[i] = count++;
      }
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      CursorResult result = connection_.run(statement, values_for(to, rows[r]));
      if (!result.next()) {
        throw InvalidRequestError("The INSERT into " + to.table->name +
                                  " returned no row: the database has left it out");
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].table == to.table) {
          found[r][i] = result.value(place_of[columns[i].position]);
        }
      }
      for (const ColumnAttribute& key : to.keys) {
        rows[r].set(key.name, result.value(place_of[key.table_position]));
      }
    }
  }

  static constexpr std::size_t no_place = static_cast<std::size_t>(-1);

  CursorResult execute(std::vector<Params> group) {
    const ExecutionOptions options{.rewriter = rewriter()};
    if (group.size() == 1) {
      return connection_.run(statement_, group.front(), options);
    }
    return connection_.run(statement_, ParamsList(std::move(group)), options);
  }

  StatementRewriter* rewriter() const {
    bool has_entity = false;
    sql::as<sql::Statement>(statement_).each(Clause::returning, [&](const Ref& part) {
      has_entity |= part->kind() == Kind::entity;
    });
    return has_entity ? &EntityRewriter::instance() : nullptr;
  }

  // One row at a time where its key must be asked for.
  void insert_with_keys(const MappedTable& to, std::vector<Params>& rows) {
    Ref statement = StatementBuilder::make(Kind::insert, to.ref);
    const bool returns = connection_.dialect().capabilities().insert_returning;
    if (returns) {
      for (const ColumnAttribute& key : to.keys) {
        StatementBuilder::append(
            statement, Clause::returning, key.table->column(key.table_position));
      }
    }
    for (Params& row : rows) {
      CursorResult result = connection_.run(statement, values_for(to, row));
      const bool has_row = returns && result.next();
      for (std::size_t i = 0; i < to.keys.size(); ++i) {
        row.set(to.keys[i].name, has_row ? result.value(i) : result.inserted_primary_key()[i]);
      }
    }
  }

  Connection& connection_;
  const Mapper& mapper_;
  const Ref statement_;
  const DmlOptions& options_;
};

}  // namespace

CursorResult insert_sets(SessionState& session,
                         const Ref& original,
                         const ParamsList& sets,
                         const DmlOptions& options) {
  const Mapper* mapper = dml_mapper(original);
  if (!mapper || original->kind() != Kind::insert) {
    return session.connection().run(original, sets);
  }
  configured(*mapper);
  Ref statement = original;
  StatementBuilder::remove(statement, Clause::option);
  return SetInserter(session, *mapper, std::move(statement), options).run(sets);
}

}  // namespace azoth::orm
