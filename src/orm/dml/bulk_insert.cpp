// SPDX-License-Identifier: MIT
// INSERT of many rows that are no objects: `session.execute(insert<User>(), {{{"name", "a"}},
// ...})`. Sets are keyed by attributes. Those next to each other with the same names share an
// execution; a null is a name that was not given, unless it is to be rendered. Rows of joined
// tables are written table by table, the generated keys of the first one handed down.
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
    for (std::size_t place = 0; place + 1 < mapper_.tables.size(); ++place) {
      insert_with_keys(mapper_.tables[place], rows);
    }
    const bool asks = sql::as<sql::Statement>(statement_).has(Clause::returning);
    if (asks && mapper_.tables.size() > 1) {
      throw InvalidRequestError("INSERT of many rows into the joined tables of " +
                                mapper_.class_name +
                                " can't return them; insert first, then select them");
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
    CursorResult last;
    for (std::size_t begin = 0; begin < values.size();) {
      std::size_t end = begin + 1;
      while (end < values.size() && same_names(values[begin], values[end])) {
        ++end;
      }
      last = execute({values.begin() + static_cast<std::ptrdiff_t>(begin),
                      values.begin() + static_cast<std::ptrdiff_t>(end)});
      begin = end;
    }
    return last;
  }

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
