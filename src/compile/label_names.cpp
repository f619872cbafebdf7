// SPDX-License-Identifier: MIT
// Labels of a columns clause. What decides is whether an element has a name of its own (columns and
// labels), borrows that of what it wraps (CAST, type_coerce, boolean conversion), or has none.
#include "compile/label_names.hpp"

#include <azoth/sql/table_node.hpp>

namespace azoth::compile {

using namespace sql;

namespace {

// What restates a common table expression without a name has the name of that one.
const Node& first_of_its_name(const Alias& alias) {
  const Alias* at = &alias;
  while (at->more() && at->more()->restates) {
    at = &as<Alias>(at->more()->restates);
  }
  return *at;
}

}  // namespace

LabelName from_name(const Node& from) {
  if (is_alias(from.kind())) {
    const auto& alias = as<Alias>(from);
    if (!alias.name.empty()) {
      return {.base = alias.name, .is_alias = true};
    }
    if (!is_from(alias.element->kind())) {
      return {.base = "anon", .identity = &first_of_its_name(alias), .is_alias = true};
    }
    const LabelName inner = from_name(*alias.element);
    return {.base = inner.base.empty() || inner.identity ? std::string_view("anon") : inner.base,
            .identity = &from,
            .is_alias = true};
  }
  switch (from.kind()) {
    case Kind::table:
      return {as<TableNode>(from).name};
    case Kind::table_clause:
      return {as<TableClause>(from).name};
    case Kind::values: {
      const std::string& name = as<Values>(from).name;
      return name.empty() ? LabelName{} : LabelName{name};
    }
    default:
      return {};
  }
}

LabelName Names::of(const Label& label) {
  return label.name.empty() ? LabelName{base_of(*label.element), &label} : LabelName{label.name};
}

LabelName Names::of(const ColumnNode& column) {
  if (!column.name().empty()) {
    const bool is_exported =
        is_alias(column.owner->kind()) && as<Alias>(*column.owner).element->kind() >= Kind::select;
    return {.base = column.name(), .is_truncatable = is_exported};
  }
  const auto& alias = as<Alias>(*column.owner);
  const Ref& element = alias.element;
  if (element->kind() < Kind::select) {  // an alias of a subquery: its columns are that one's
    return of(as<ColumnNode>(column.base()));
  }
  // What a subquery exports twice goes by the first one's name.
  const auto specs = alias.specs();
  for (std::uint32_t i = 0; i < column.index; ++i) {
    if (specs[i].base == column.base()) {
      return of(as<ColumnNode>(alias.column(i)));
    }
  }
  std::uint32_t index = 0;
  for (const ColumnLabel& label : labels_of(element)) {
    if (label.element->kind() != Kind::text && index++ == column.index) {
      return label.exported;
    }
  }
  return {"anon", &column};
}

std::string_view Names::base_of(const Node& element) {
  switch (element.kind()) {
    case Kind::column:
      return of(as<ColumnNode>(element)).base;
    case Kind::column_clause:
      return as<ColumnClause>(element).name;
    case Kind::function:
      return as<Function>(element).name;
    case Kind::next_value:
      return "next_value";
    case Kind::label:
      return of(as<Label>(element)).base;
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
      return base_of(*as<Cast>(element).element);
    case Kind::grouping:
      return base_of(*as<Grouping>(element).element);
    default:
      return "anon";
  }
}

namespace {

// What CAST and its kin wrap, through all layers; null for other elements.
const Node* wrapped(const Node& element) {
  const Node* inner = nullptr;
  switch (element.kind()) {
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
      inner = as<Cast>(element).element.get();
      break;
    case Kind::asbool:
      inner = as<AsBoolean>(element).element.get();
      break;
    default:
      return nullptr;
  }
  const Node* deeper = wrapped(*inner);
  return deeper ? deeper : inner;
}

std::string_view schema_of(const Node& from) {
  switch (from.kind()) {
    case Kind::table:
      return as<TableNode>(from).schema;
    case Kind::table_clause:
      return as<TableClause>(from).schema;
    default:
      return {};
  }
}

// `table_name` of a column `name` that has a sibling of just that name is `table_name_1`.
std::string unlike_columns(const FromNode& owner, std::string label) {
  const std::size_t length = label.size();
  for (int n = 1; owner.find(label); ++n) {
    label.resize(length);
    label += "_" + std::to_string(n);
  }
  return label;
}

// Gives the columns of one clause their names; see SQLAlchemy's label styles.
class Labeller {
 public:
  Labeller(LabelStyle style, Names& names) : style_(style), names_(names) {}

  ColumnLabel operator()(const Ref& element) {
    ColumnLabel label = label_of(element);
    if (!label.exported) {
      label.exported = label.name;
    }
    label.exported.is_truncatable |= element->kind() == Kind::column;
    return label;
  }

 private:
  ColumnLabel label_of(const Ref& element) {
    switch (element->kind()) {
      case Kind::text:
        return {element, {}, false};
      case Kind::table_valued_column:
        return {element, from_name(*as<TableValuedColumn>(element).alias), false};
      case Kind::function_column:
        return {element, {as<FunctionColumn>(element).name}, false};
      case Kind::unary:  // plain at the top, but a subquery must call it something
        if (as<UnaryExpression>(element).wraps_column || is_exists(*element)) {
          return expression(element);
        }
        return {element, name_under(*element), false, {"anon", element.get()}};
      case Kind::label:
      case Kind::column_clause: {
        const LabelName name = own_name(*element);
        remember(name, element.get());
        return {element, name, element->kind() == Kind::label};
      }
      case Kind::column:
        return column(element);
      default:
        return expression(element);
    }
  }

  // The name that an element has of its own: a column's, a label's.
  LabelName own_name(const Node& element) {
    switch (element.kind()) {
      case Kind::label:
        return names_.of(as<Label>(element));
      case Kind::column:
        return qualified(as<ColumnNode>(element));
      case Kind::column_clause:
        return {as<ColumnClause>(element).name, nullptr, as<ColumnClause>(element).is_literal};
      default:
        return {};
    }
  }

  // NOT EXISTS, which has no column below its operator.
  static bool is_exists(const Node& element) {
    switch (element.kind()) {
      case Kind::unary:
        return is_exists(*as<UnaryExpression>(element).element);
      case Kind::grouping:
        return is_exists(*as<Grouping>(element).element);
      default:
        return element.kind() == Kind::exists;
    }
  }

  // The name of the element below operators that keep it: `-x` is known as `x`.
  LabelName name_under(const Node& element) {
    switch (element.kind()) {
      case Kind::unary:
        return name_under(*as<UnaryExpression>(element).element);
      case Kind::grouping:
        return name_under(*as<Grouping>(element).element);
      case Kind::function:
        return {as<Function>(element).name};
      case Kind::binary:
        return name_under(*as<BinaryExpression>(element).left);
      case Kind::column:
        return names_.of(as<ColumnNode>(element));
      default:
        return own_name(element);
    }
  }

  ColumnLabel column(const Ref& element) {
    const LabelName plain = qualified(as<ColumnNode>(element));
    if (style_ == LabelStyle::none) {
      return {element, plain, false};
    }
    const Node* holder = find(plain);
    if (!holder) {
      remember(plain, element.get());
      return {element, plain, style_ == LabelStyle::tablename_plus_col};
    }
    const LabelName renamed{plain.identity ? names_.keep(names_.text(plain)) : plain.base,
                            element.get()};
    if (holder == element.get() || find(renamed)) {
      return {element, repeat(plain.base), true};
    }
    remember(renamed, element.get());
    return {element, renamed, true};
  }

  ColumnLabel expression(const Ref& element) {
    const Node* inner = wrapped(*element);
    if (LabelName name = inner ? own_name(*inner) : LabelName{}) {
      return borrowed(element, name);
    }
    const Node* identity = element.get();
    while (identity->kind() == Kind::grouping) {
      identity = as<Grouping>(*identity).element.get();
    }
    const LabelName name{names_.base_of(*element), identity};
    if (find(name)) {
      // A repeated subquery takes its number along: anon_1__1.
      return {element,
              repeat(element->kind() == Kind::scalar_select
                         ? std::string_view(names_.keep(names_.text(name)))
                         : name.base),
              true};
    }
    remember(name, element.get());
    return {element, name, true};
  }

  ColumnLabel borrowed(const Ref& element, const LabelName& name) {
    if (style_ == LabelStyle::none || !find(name)) {
      remember(name, element.get());
      return {element, name, true};
    }
    if (style_ == LabelStyle::tablename_plus_col) {
      return {element, {name.base, element.get()}, true};
    }
    return {element, repeat(name.base), true};
  }

  // A name that no other column has: `id__1`.
  LabelName repeat(std::string_view name) {
    const std::string& base = names_.keep(std::string(name) + '_');
    return {base, &base};
  }

  // `table_column` under that style, else the column's own name.
  LabelName qualified(const ColumnNode& column) {
    const LabelName table = from_name(*column.owner);
    if (style_ != LabelStyle::tablename_plus_col || !table) {
      return names_.of(column);
    }
    std::string text;
    for (char c : schema_of(*column.owner)) {
      text += c == '.' ? '_' : c;
    }
    text += text.empty() ? "" : "_";
    text.append(names_.whole_text(table)).append("_");
    const LabelName own = names_.of(column);
    text.append(names_.whole_text(own));
    // It is quoted as its parts are.
    const NameForm form = is_quotable(own) ? form_of(own.base) : form_of(table.base);
    text = unlike_columns(*column.owner, std::move(text));
    return {.base = names_.keep(form == NameForm::truncatable ? text : marked(text, form)),
            .is_truncatable = true};
  }

  // Says whether a name tells by itself if it is quoted.
  static bool is_quotable(const LabelName& name) {
    return form_of(name.base) == NameForm::quoted || form_of(name.base) == NameForm::unquoted;
  }

  static std::uint32_t hash(const LabelName& name) {
    return hash_of(bare(name.base)) ^ (name.identity ? hash_of(name.identity) : 0);
  }

  const Node* find(const LabelName& name) const {
    const std::uint32_t i =
        index_.find(hash(name), [&](std::uint32_t p) { return taken_[p].name == name; });
    return i == FlatIndex::npos ? nullptr : taken_[i].holder;
  }

  void remember(const LabelName& name, const Node* holder) {
    if (name && !find(name)) {
      index_.insert(hash(name), static_cast<std::uint32_t>(taken_.size()));
      taken_.push_back({name, holder});
    }
  }

  struct Entry {
    LabelName name;
    const Node* holder;
  };

  LabelStyle style_;
  Names& names_;
  std::vector<Entry> taken_;
  FlatIndex index_;
};

}  // namespace

std::vector<ColumnLabel> Names::label(const Refs& columns, LabelStyle style) {
  std::vector<ColumnLabel> out;
  out.reserve(columns.size());
  Labeller labeller(style, *this);
  for (const Ref& c : columns) {
    out.push_back(labeller(c));
  }
  return out;
}

const std::vector<ColumnLabel>& Names::labels_of(const Ref& statement) {
  if (statement->kind() == Kind::compound_select) {
    return labels_of(*as<Statement>(statement).first(Clause::member));
  }
  for (const Labels& known : labels_) {
    if (known.statement == statement.get()) {
      return known.labels;
    }
  }
  auto labels = label(expanded_columns(statement), as<Statement>(statement).label_style);
  return labels_.emplace_back(Labels{statement.get(), std::move(labels)}).labels;
}

}  // namespace azoth::compile
