// SPDX-License-Identifier: MIT
// Loader options as nodes of a statement, and as the tree that planning reads. What each strategy
// does is decided where statements are planned (plan_builder.hpp).
#pragma once
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/node_of.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::orm {

/// One step of a path of loader options; the steps before it are reached through `parent`.
struct LoaderOption final : sql::NodeOf<LoaderOption> {
  enum class Form : std::uint8_t {
    relationship,  ///< goes on to the target
    wildcard,      ///< all relationships that no other option names
    entity,        ///< `Load<User>()`: stays at the class
    columns,       ///< stays at the class
    expression,    ///< with_expression: `columns` names the attribute
    several,       ///< `children` apply here
    ancestor,      ///< see below
    criteria       ///< with_loader_criteria; see criteria.hpp
  };

  explicit LoaderOption(Form f) : NodeOf(sql::Kind::loader_option), form(f) {}

  Form form;
  LazyStrategy strategy = LazyStrategy::select;
  ColumnStrategy column_strategy = ColumnStrategy::load;
  sql::Ref parent;
  const RelationshipAttribute* relationship = nullptr;
  const Mapper* mapper = nullptr;  ///< whose option it is, when it begins a path
  sql::Ref place;                  ///< the alias of `mapper` that is meant, or none
  sql::Ref target;                 ///< contains_eager: the alias of the target, or none
  /// Of columns: names, separated by blanks; none: all. Or a group.
  std::string columns, group;
  bool is_only = false;  ///< load_only: the others are left out
  sql::Refs children;
  sql::Ref expression;
  bool includes_aliases = false, propagates = true;  ///< of criteria

  /// Says that the statement loads objects behind `mapper`: defaults of mappings that lead back to
  /// it end there. Or, without a mapper, that it reads an object anew.

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.form,
      s.strategy,
      s.column_strategy,
      s.parent,
      s.relationship,
      s.mapper,
      s.place,
      s.target,
      s.columns,
      s.group,
      s.is_only,
      s.children,
      s.expression,
      s.includes_aliases,
      s.propagates);
  }
};

/// What an option says about columns of a class; later ones go before earlier ones.
struct ColumnRule {
  ColumnStrategy strategy;
  std::string columns, group;
  bool is_only;
};

/// What the options of a statement say beneath one class.
struct LoadPath {
  struct Step;
  std::vector<Step> steps;
  std::vector<ColumnRule> columns;
  std::optional<LazyStrategy> wildcard;
  std::vector<std::pair<std::string, sql::Ref>> expressions;  ///< of with_expression

  /// Finds what with_expression() said of an attribute, or null.
  const sql::Ref* find_expression(std::string_view name) const;
  /// Finds the step of a relationship, or null.
  const Step* find(const RelationshipAttribute& relationship) const;
  /// Says how a relationship is loaded: by an option, else as its mapping says.
  LazyStrategy strategy_of(const RelationshipAttribute& relationship) const;
  bool empty() const;
};

struct LoadPath::Step {
  const RelationshipAttribute* relationship;
  LazyStrategy strategy;
  sql::Ref target;
  LoadPath below;
};

/// How a column is loaded: deferred or not, and whether a read of a deferred one is refused.
ColumnStrategy column_strategy(const ColumnAttribute& column, const LoadPath& path);

/// An entity of a statement, to which options may apply.
struct OptionRoot {
  const Mapper* mapper;
  sql::Ref from;
};

/// Reads the options of a select; one tree an entity; later options win.
/// @throws ArgumentError for a path that begins at none of them.
std::vector<LoadPath> read_options(const sql::Ref& select, const std::vector<OptionRoot>& roots);
/// Appends a tree as options of another select, whose entity is the class it lies beneath.
void append_options(sql::Ref& select, const LoadPath& path);
/// Says whether a statement has a with_expression() beneath a relationship.
bool has_nested_expression(const sql::Ref& statement);
/// Says whether a statement reads an object anew.
bool reads_anew(const sql::Ref& statement);
/// Makes the option by which a statement says what it loads; see LoaderOption::Form::ancestor.
sql::Ref ancestor_option(const Mapper* mapper);

/// What is remembered of the options that loaded an object, for what it loads later. Immutable,
/// shared by the objects.
struct LoadContext {
  LoadPath path;
  std::vector<std::uint32_t> deferred;  ///< bits of the columns that the statement left out
  std::vector<std::uint32_t> raising;   ///< those whose read is refused
  bool is_lasting = true;  ///< says nothing of columns, so that nothing is lost by expiration; else
  std::shared_ptr<const LoadContext> expired;  ///< what is left of it then, or null
  std::shared_ptr<const LoadContext> plain;    ///< the same without criteria, where it has some
  sql::Refs criteria;                          ///< the options of with_loader_criteria
};

/// Makes the context of the objects of a class; null when there is nothing to remember.
std::shared_ptr<const LoadContext> make_context(const Mapper& mapper, const LoadPath& path);

}  // namespace azoth::orm
