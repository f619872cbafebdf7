// SPDX-License-Identifier: MIT
// What MySQL's and MariaDB's DDL says otherwise than the default.
#include "dialects/mysql/mysql_dialect.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/topological.hpp>
#include <azoth/sql/naming.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <algorithm>
#include <array>

namespace azoth::mysql {

using namespace sql;

namespace {

// An option of CREATE TABLE: its words, and what stands behind them.
struct TableOption {
  std::string words, value;
};

using Options = std::vector<TableOption>;

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 4> partition_words{
    "PARTITION_BY", "PARTITIONS", "SUBPARTITION_BY", "SUBPARTITIONS"};
constexpr std::array<std::string_view, 5> text_words{
    "COMMENT", "DATA DIRECTORY", "INDEX DIRECTORY", "PASSWORD", "CONNECTION"};
constexpr std::array<std::string_view, 6> spaced_words{"DATA_DIRECTORY",
                                                       "INDEX_DIRECTORY",
                                                       "DEFAULT_CHARACTER_SET",
                                                       "CHARACTER_SET",
                                                       "DEFAULT_CHARSET",
                                                       "DEFAULT_COLLATE"};
constexpr std::array<std::string_view, 4> unequalled_words{
    "TABLESPACE", "DEFAULT CHARACTER SET", "CHARACTER SET", "COLLATE"};
constexpr std::array<std::string_view, 4> charset_words{
    "DEFAULT_CHARSET", "DEFAULT_CHARACTER_SET", "CHARSET", "CHARACTER_SET"};

bool is_timestamp(const SqlType& type) {
  return type.kind == TypeKind::sql_timestamp;
}

class MysqlDdlCompiler final : public DdlCompiler {
 public:
  using DdlCompiler::DdlCompiler;

 protected:
  // id INTEGER NOT NULL -> id INTEGER NOT NULL COMMENT 'x' AUTO_INCREMENT. Without NULL, a
  // TIMESTAMP would not take any.
  void render_column(const TableNode& table, std::size_t i) override {
    const ColumnInfo& column = table.columns[i];
    put_identifier(column.name);
    put(" ");
    put_type(table, i);
    if (column.options.computed) {
      put(" ");
      render_computed(*column.options.computed);
    }
    if (!column.is_nullable) {
      put(" NOT NULL");
    } else if (is_timestamp(*column.type->in_dialect(dialect().name()))) {
      put(" NULL");
    }
    if (column.options.comment) {
      put(" COMMENT ");
      put_literal(*column.options.comment);
    }
    if (is_numbered(table, i)) {
      put(" AUTO_INCREMENT");
    } else {
      put_default(column);
    }
  }

  void render_table_options(const TableNode& table) override {
    const std::string prefix = std::string(dialect().name()) + "_";
    Options options, partitions;
    const auto add = [&](std::string word, std::string value) {
      Options& list = is_one_of(partition_words, word) ? partitions : options;
      list.push_back({std::move(word), std::move(value)});
    };
    for (const azoth::DialectOption& option : table.options.dialect_options) {
      if (option.name.starts_with(prefix)) {
        add(upper(option.name.substr(prefix.size())), option.value.text());
      }
    }
    if (table.options.comment) {
      std::erase_if(options, [](const TableOption& o) { return o.words == "COMMENT"; });
      add("COMMENT", *table.options.comment);
    }
    put_sorted(options, [](const TableOption& o) {
      return o.words == "COLLATE" ? 2 : is_one_of(charset_words, o.words) ? 1 : 0;
    });
    put(options.empty() || partitions.empty() ? "" : " ");
    put_sorted(partitions, [](const TableOption& o) {
      return std::find(partition_words.begin(), partition_words.end(), o.words) -
             partition_words.begin();
    });
  }

  // PRIMARY KEY (id) USING btree
  bool render_primary_key(const TableNode& table) override {
    DdlCompiler::render_primary_key(table);
    put_using(table.primary_key_constraint.dialect_options);
    return true;
  }

  void render_match(const ForeignKeyInfo& key) override {
    if (!key.options.match.empty()) {
      throw CompileError(
          "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE "
          "clauses to be ignored.");
    }
  }

  // CREATE FULLTEXT INDEX ix ON t (a(10), (lower(b))) WITH PARSER ngram USING btree
  void render_create_index(const IndexStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    const Index& index = table.indexes[statement.index];
    put(index.is_unique ? "CREATE UNIQUE " : "CREATE ");
    if (const OptionValue* prefix = option(index.dialect_options, "_prefix")) {
      put(prefix->text());
      put(" ");
    }
    put(statement.is_guarded ? "INDEX IF NOT EXISTS " : "INDEX ");
    put_index_name(statement, false);
    put(" ON ");
    put_table(table);
    put(" (");
    const OptionValue* length = option(index.dialect_options, "_length");
    for (std::size_t i = 0; i < index.columns.size(); ++i) {
      put(i == 0 ? "" : ", ");
      put_index_part(table, index.columns[i], length);
    }
    put(")");
    if (const OptionValue* parser = find_option(index.dialect_options, "mysql_with_parser")) {
      put(" WITH PARSER ");
      put(parser->text());
    }
    put_using(index.dialect_options);
  }

  // DROP INDEX ix -> DROP INDEX ix ON t
  void render_drop_index(const IndexStatement& statement) override {
    put(statement.is_guarded ? "\nDROP INDEX IF EXISTS " : "\nDROP INDEX ");
    put_index_name(statement, false);
    put(" ON ");
    put_table(as<TableNode>(statement.table));
  }

  // DROP CONSTRAINT c -> DROP FOREIGN KEY c, DROP INDEX c, DROP CHECK c, DROP PRIMARY KEY
  void render_drop_constraint(const ConstraintStatement& statement) override {
    const auto& table = as<TableNode>(statement.table);
    put(" DROP ");
    switch (statement.constraint) {
      case ConstraintKind::primary_key:
        return put("PRIMARY KEY ");
      case ConstraintKind::foreign_key:
        put("FOREIGN KEY ");
        break;
      case ConstraintKind::unique:
        put("INDEX ");
        break;
      case ConstraintKind::check:
        put(can().is_mariadb ? "CONSTRAINT " : "CHECK ");
        break;
      default:
        break;
    }
    put_made_name(constraint_name(table, {statement.constraint, statement.place}),
                  can().max_constraint_name_length);
  }

  void render_table_comment(const TableNode& table,
                            const std::optional<std::string>& comment) override {
    put("ALTER TABLE ");
    put_table(table);
    put(" COMMENT ");
    put_literal(comment.value_or(std::string()));
  }

  // A comment is part of a column's definition.
  void render_column_comment(const TableNode& table,
                             std::size_t column,
                             const std::optional<std::string>& comment) override {
    if (!comment) {
      return DdlCompiler::render_column_comment(table, column, comment);
    }
    put("ALTER TABLE ");
    put_table(table);
    put(" CHANGE ");
    put_identifier(table.columns[column].name);
    put(" ");
    render_column(table, column);
  }

 private:
  static std::string upper(std::string text) {
    for (char& c : text) {
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
  }

  bool is_numbered(const TableNode& table, std::size_t i) const {
    const ColumnOptions& options = table.columns[i].options;
    const bool has_default = options.server_default || options.server_default_expression ||
                             options.has_fetched_default || options.computed;
    const bool is_counted_elsewhere = can().sequences && options.sequence &&
                                      !as<SequenceNode>(options.sequence->node()).is_optional;
    return table.autoincrement_column() == static_cast<int>(i) && !has_default &&
           !is_counted_elsewhere;
  }

  // MariaDB reads options of either name.
  const OptionValue* option(const DialectOptions& options, std::string_view word) const {
    return find_option(options, std::string(dialect().name()).append(word));
  }

  template <class Rank>
  void put_sorted(Options& options, Rank rank) {
    std::stable_sort(options.begin(),
                     options.end(),
                     [&](const TableOption& a, const TableOption& b) { return rank(a) < rank(b); });
    bool is_first = true;
    for (TableOption& o : options) {
      const bool is_partition = is_one_of(partition_words, o.words);
      const bool is_text = is_one_of(text_words, o.words);
      if (is_partition || is_one_of(spaced_words, o.words)) {
        std::replace(o.words.begin(), o.words.end(), '_', ' ');
      }
      put(is_first ? "" : " ");
      is_first = false;
      put(o.words);
      put(is_partition || is_one_of(unequalled_words, o.words) ? " " : "=");
      is_text ? put_literal(o.value) : put(o.value);
    }
  }

  void put_using(const DialectOptions& options) {
    if (const OptionValue* method = find_option(options, "mysql_using")) {
      put(" USING ");
      put_identifier(method->text());
    }
  }

  // A column or an expression, with the length of what is indexed: a(10) DESC. The lengths are
  // given to names of columns, or to parts as they are rendered.
  void put_index_part(const TableNode& table,
                      const IndexElement& element,
                      const OptionValue* length) {
    if (const auto* sorted = element.expression ? sorting(element.expression) : nullptr) {
      put_index_part(table, IndexElement(sorted->element), length);
      put(sorted->op == Op::asc ? " ASC" : " DESC");
      return;
    }
    const std::string text = part_text(table, element);
    put(text);
    if (!length) {
      return;
    }
    const OptionValue* own = length;
    if (length->form() == OptionValue::Form::pairs) {
      own = length->find(name_of(table, element));
      own = own ? own : length->find(text);
    }
    if (own) {
      put("(");
      put(own->text());
      put(")");
    }
  }

  static const UnaryExpression* sorting(const Ref& element) {
    const auto* unary = element->kind() == Kind::unary ? &as<UnaryExpression>(element) : nullptr;
    return unary && (unary->op == Op::asc || unary->op == Op::desc) ? unary : nullptr;
  }

  static std::string name_of(const TableNode& table, const IndexElement& element) {
    if (!element.expression) {
      return table.columns[static_cast<std::size_t>(table.position_of(element.column))].name;
    }
    return element.expression->kind() == Kind::column_clause
               ? as<ColumnClause>(element.expression).name
               : std::string();
  }

  // What is computed stands in parentheses: (lower(a))
  std::string part_text(const TableNode& table, const IndexElement& element) {
    if (!element.expression) {
      return dialect().quote(name_of(table, element));
    }
    const Kind kind = element.expression->kind();
    const bool is_computed = kind == Kind::binary || kind == Kind::function || kind == Kind::unary;
    return element_text(is_computed ? make_node<Grouping>(element.expression) : element.expression);
  }
};

}  // namespace

std::unique_ptr<DdlCompiler> make_ddl_compiler(const Dialect& dialect) {
  return std::make_unique<MysqlDdlCompiler>(dialect);
}

}  // namespace azoth::mysql
