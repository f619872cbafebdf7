// SPDX-License-Identifier: MIT
// Labels of a columns clause. What decides is whether an element has a name of its own (columns and
// labels), borrows that of what it wraps (CAST, type_coerce, boolean conversion), or has none.
#include "compile/label_names.hpp"

#include <azoth/sql/table_node.hpp>

namespace azoth::compile {

using namespace sql;

std::uint32_t AnonymousNames::number(const void* identity, std::string_view base) {
  const std::uint32_t hash = hash_of(identity);
  const std::uint32_t known = by_identity_.find(hash, [&](std::uint32_t i) {
    return entries_[i].identity == identity && entries_[i].base == base;
  });
  if (known != FlatIndex::npos) {
    return entries_[known].number;
  }
  const std::uint32_t base_hash = hash_of(base);
  std::uint32_t counter =
      by_base_.find(base_hash, [&](std::uint32_t i) { return counters_[i].base == base; });
  if (counter == FlatIndex::npos) {
    counter = static_cast<std::uint32_t>(counters_.size());
    counters_.push_back({base, 0});
    by_base_.insert(base_hash, counter);
  }
  const std::uint32_t number = ++counters_[counter].last;
  by_identity_.insert(hash, static_cast<std::uint32_t>(entries_.size()));
  entries_.push_back({identity, base, number});
  return number;
}

LabelName from_name(const Node& from) {
  switch (from.kind()) {
    case Kind::table:
      return {as<TableNode>(from).name};
    case Kind::table_clause:
      return {as<TableClause>(from).name};
    case Kind::alias:
    case Kind::subquery:
    case Kind::cte:
    case Kind::lateral: {
      const auto& alias = as<Alias>(from);
      if (!alias.name.empty()) {
        return {alias.name};
      }
      const LabelName inner = from_name(*alias.element);
      return {inner.base.empty() || inner.identity ? std::string_view("anon") : inner.base, &from};
    }
    default:
      return {};
  }
}

std::string_view anonymous_base(const Node& element) {
  switch (element.kind()) {
    case Kind::column: {
      const LabelName name = column_name(as<ColumnNode>(element));
      return name.base;
    }
    case Kind::column_clause:
      return as<ColumnClause>(element).name;
    case Kind::function:
      return as<Function>(element).name;
    case Kind::label:
      return as<Label>(element).name.empty() ? anonymous_base(*as<Label>(element).element)
                                             : std::string_view(as<Label>(element).name);
    case Kind::cast:
    case Kind::type_coerce:
      return anonymous_base(*as<Cast>(element).element);
    case Kind::grouping:
      return anonymous_base(*as<Grouping>(element).element);
    default:
      return "anon";
  }
}

namespace {

// The name that an element has of its own: a column's, a label's.
LabelName own_name(const Node& element) {
  switch (element.kind()) {
    case Kind::label: {
      const auto& label = as<Label>(element);
      return label.name.empty() ? LabelName{anonymous_base(*label.element), &label}
                                : LabelName{label.name};
    }
    case Kind::column:
      return column_name(as<ColumnNode>(element));
    case Kind::column_clause:
      return {as<ColumnClause>(element).name};
    default:
      return {};
  }
}

// What CAST and its kin wrap, through all layers; null for other elements.
const Node* wrapped(const Node& element) {
  switch (element.kind()) {
    case Kind::cast:
    case Kind::type_coerce: {
      const Node* inner = as<Cast>(element).element.get();
      const Node* deeper = wrapped(*inner);
      return deeper ? deeper : inner;
    }
    case Kind::asbool: {
      const Node* inner = as<AsBoolean>(element).element.get();
      const Node* deeper = wrapped(*inner);
      return deeper ? deeper : inner;
    }
    default:
      return nullptr;
  }
}

// What the expression of a repeated or renamed element's name goes back to, for the anonymous form.
const void* identity_of(const Node& element) {
  if (element.kind() == Kind::grouping) {
    return identity_of(*as<Grouping>(element).element);
  }
  return &element;
}

}  // namespace

LabelName column_name(const ColumnNode& column) {
  if (!column.name().empty()) {
    return {column.name()};
  }
  const Ref& base = column.base();
  if (!base) {
    return {"anon", &column};
  }
  // A subquery exports each element once by name; what it repeats goes by the first one's.
  const auto specs = column.owner->specs();
  for (std::uint32_t i = 0; i < column.index; ++i) {
    if (specs[i].base == base && !specs[i].name.empty()) {
      return {specs[i].name};
    }
  }
  if (base->kind() == Kind::column) {
    const LabelName inner = column_name(as<ColumnNode>(base));
    return {inner.base, base.get()};
  }
  if (const LabelName own = own_name(*base)) {
    return own;
  }
  return {anonymous_base(*base), identity_of(*base)};
}

namespace {

// Gives the columns of one clause their names; see SQLAlchemy's label styles.
class Labeller {
 public:
  Labeller(LabelStyle style, NameStore& store) : style_(style), store_(store) {}

  ColumnLabel operator()(const Ref& element) {
    switch (element->kind()) {
      case Kind::text:
        return {element, {}, false};
      case Kind::unary:
        return {element, name_under(*element), false};
      case Kind::label:
        return labelled(element);
      case Kind::column_clause:
        remember(own_name(*element), element.get());
        return {element, own_name(*element), false};
      case Kind::column:
        return column(element);
      default:
        return expression(element);
    }
  }

 private:
  // The name of the element below operators that keep it: `-x` is known as `x`.
  static LabelName name_under(const Node& element) {
    switch (element.kind()) {
      case Kind::unary:
        return name_under(*as<UnaryExpression>(element).element);
      case Kind::grouping:
        return name_under(*as<Grouping>(element).element);
      case Kind::function:
        return {as<Function>(element).name};
      case Kind::binary:
        return name_under(*as<BinaryExpression>(element).left);
      default:
        return own_name(element);
    }
  }

  ColumnLabel labelled(const Ref& element) {
    const LabelName name = own_name(*element);
    remember(name, element.get());
    return {element, name, true};
  }

  ColumnLabel column(const Ref& element) {
    const LabelName plain = qualified(as<ColumnNode>(element));
    if (style_ == LabelStyle::none) {
      return {element, plain, false};
    }
    const bool qualifies = style_ == LabelStyle::tablename_plus_col;
    const Node* holder = find(plain);
    if (!holder) {
      remember(plain, element.get());
      return {element, plain, qualifies};
    }
    if (holder == element.get()) {
      return {element, repeat(plain), true};
    }
    const LabelName renamed{plain.base, element.get()};
    if (find(renamed)) {
      return {element, repeat(plain), true};
    }
    remember(renamed, element.get());
    return {element, renamed, true};
  }

  ColumnLabel expression(const Ref& element) {
    if (const Node* inner = wrapped(*element)) {
      if (LabelName name = inner->kind() == Kind::column ? qualified(as<ColumnNode>(*inner))
                                                         : own_name(*inner)) {
        return borrowed(element, name);
      }
    }
    const LabelName name{anonymous_base(*element), identity_of(*element)};
    if (find(name)) {
      return {element, repeat(name), true};
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
    return {element, repeat(name), true};
  }

  // A name that no other column has: `id__1`.
  LabelName repeat(const LabelName& name) {
    const std::string& base = store_.arena.emplace_back(std::string(name.base) + '_');
    return {base, &base};
  }

  // `table_column` under that style, else the column's own name.
  LabelName qualified(const ColumnNode& column) {
    const LabelName name = column_name(column);
    const LabelName table = from_name(*column.owner);
    if (style_ != LabelStyle::tablename_plus_col || !table) {
      return name;
    }
    std::string text;
    if (column.owner->kind() == Kind::table && !as<TableNode>(*column.owner).schema.empty()) {
      for (char c : as<TableNode>(*column.owner).schema) {
        text += c == '.' ? '_' : c;
      }
      text += '_';
    }
    text.append(table.base);
    if (table.identity) {
      text += '_' + std::to_string(store_.anonymous.number(table.identity, table.base));
    }
    text.append("_").append(name.base);
    return {store_.arena.emplace_back(std::move(text)), name.identity};
  }

  static std::uint32_t hash(const LabelName& name) {
    return hash_of(name.base) ^ (name.identity ? hash_of(name.identity) : 0);
  }

  const Node* find(const LabelName& name) const {
    const std::uint32_t i =
        index_.find(hash(name), [&](std::uint32_t p) { return names_[p].name == name; });
    return i == FlatIndex::npos ? nullptr : names_[i].holder;
  }

  void remember(const LabelName& name, const Node* holder) {
    if (name && !find(name)) {
      index_.insert(hash(name), static_cast<std::uint32_t>(names_.size()));
      names_.push_back({name, holder});
    }
  }

  struct Entry {
    LabelName name;
    const Node* holder;
  };

  LabelStyle style_;
  NameStore& store_;
  std::vector<Entry> names_;
  FlatIndex index_;
};

}  // namespace

std::vector<ColumnLabel> label_columns(const Refs& columns, LabelStyle style, NameStore& store) {
  std::vector<ColumnLabel> out;
  out.reserve(columns.size());
  Labeller labeller(style, store);
  for (const Ref& c : columns) {
    out.push_back(labeller(c));
  }
  return out;
}

}  // namespace azoth::compile
