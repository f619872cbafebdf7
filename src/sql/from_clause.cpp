// SPDX-License-Identifier: MIT
// FROM elements and their columns, which are made at first use and belong to their element.
#include <azoth/base/error.hpp>
#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::sql {

void FromNode::allocate() {
  made_ =
      specs_.empty() ? nullptr : std::make_unique<std::atomic<const ColumnNode*>[]>(specs_.size());
}

FromNode::~FromNode() {
  for (std::size_t i = 0; made_ && i < specs_.size(); ++i) {
    if (const ColumnNode* c = made_[i].load(std::memory_order_relaxed)) {
      NodeAccess::delete_member(c);
    }
  }
}

Ref FromNode::column(std::size_t index) const {
  if (kind() == Kind::join) {
    return specs_[index].base;
  }
  if (const ColumnNode* made = made_[index].load(std::memory_order_acquire)) {
    return Ref(made);
  }
  auto* fresh = new ColumnNode(*this, static_cast<std::uint32_t>(index));
  if (NodeAccess::keep(*this) == Keep::eternal) {
    NodeAccess::set_eternal(*fresh);
  } else {
    NodeAccess::set_member(*fresh, *this);
  }
  seal(*fresh);
  const ColumnNode* expected = nullptr;
  if (made_[index].compare_exchange_strong(expected, fresh, std::memory_order_acq_rel)) {
    return Ref(fresh);
  }
  NodeAccess::delete_member(fresh);  // another thread was first
  return Ref(expected);
}

Ref FromNode::find(std::string_view key) const {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    if (specs_[i].key == key) {
      return column(i);
    }
  }
  return {};
}

namespace {
// One step towards what an element stands for: a proxy column to its base, a label to what it
// labels.
const Node* step(const Node* n) {
  if (n->kind() == Kind::column) {
    return static_cast<const ColumnNode*>(n)->base().get();
  }
  if (n->kind() == Kind::label) {
    return static_cast<const Label*>(n)->element.get();
  }
  return nullptr;
}

bool stands_for(const Node* n, const Node* base) {
  for (; n; n = step(n)) {
    if (n == base) {
      return true;
    }
  }
  return false;
}

// The schema column an element stands for, or null.
const ColumnNode* schema_column(const Ref& element) {
  for (const Node* n = element.get(); n; n = step(n)) {
    if (n->kind() == Kind::column &&
        static_cast<const ColumnNode*>(n)->owner->kind() == Kind::table) {
      return static_cast<const ColumnNode*>(n);
    }
  }
  return nullptr;
}
}  // namespace

Ref FromNode::corresponding(const Ref& base) const {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const Ref c = column(i);
    if (stands_for(c.get(), base.get())) {
      return c;
    }
  }
  return {};
}

ColumnNode::ColumnNode(const FromNode& o, std::uint32_t i)
    : NodeOf(Kind::column, o.specs()[i].type), owner(&o), index(i) {}

TableClause::TableClause(std::string_view n, std::string_view sch, std::vector<ColumnSpec> c)
    : NodeOf(Kind::table_clause), name(n), schema(sch) {
  for (const ColumnSpec& s : c) {
    signature += s.name + '\x1f' + s.key + '\x1f' + repr(s.type) + '\x1e';
  }
  set_specs(std::move(c));
}

Alias::Alias(Kind k, Ref e, std::string_view n, bool recursive)
    : NodeOf(k), element(std::move(e)), name(n), is_recursive(recursive) {
  switch (element->kind()) {
    case Kind::select:
    case Kind::compound_select:
    case Kind::text_select:
    case Kind::insert:
    case Kind::update:
    case Kind::delete_:
      set_specs(exported_columns(element));
      return;
    default:
      break;
  }
  const auto& from = static_cast<const FromNode&>(*element);
  std::vector<ColumnSpec> specs(from.specs().begin(), from.specs().end());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    specs[i].base = from.column(i);
  }
  set_specs(std::move(specs));
}

namespace {
std::string name_of_from(const Ref& from) {
  switch (from->kind()) {
    case Kind::table:
      return as<TableNode>(from).name;
    case Kind::table_clause:
      return as<TableClause>(from).name;
    case Kind::alias:
    case Kind::subquery:
    case Kind::cte:
    case Kind::lateral: {
      const auto& a = as<Alias>(from);
      return a.name.empty() ? std::string("anon") : a.name;
    }
    case Kind::join: {
      const auto& j = as<Join>(from);
      return "Join object on " + name_of_from(j.left) + " and " + name_of_from(j.right);
    }
    default:
      return "element";
  }
}
}  // namespace

Join::Join(Ref l, Ref r, Ref on, bool outer, bool full)
    : NodeOf(Kind::join),
      left(std::move(l)),
      right(std::move(r)),
      onclause(std::move(on)),
      is_outer(outer),
      is_full(full) {
  std::vector<ColumnSpec> specs;
  for (const Ref* side : {&left, &right}) {
    const auto& from = static_cast<const FromNode&>(**side);
    for (std::size_t i = 0; i < from.specs().size(); ++i) {
      ColumnSpec s = from.specs()[i];
      s.base = from.column(i);
      if ((*side)->kind() != Kind::join) {
        s.key = name_of_from(*side) + "_" + s.key;
      }
      specs.push_back(std::move(s));
    }
  }
  set_specs(std::move(specs));
}

namespace {
struct Candidate {
  const ForeignKeyInfo* key;
  std::vector<std::pair<Ref, Ref>> pairs;  // referred column, referring column
};

// Finds foreign keys whose referring columns lie in `child` and whose referred columns lie in
// `parent`.
void scan(const FromNode& parent, const FromNode& child, std::vector<Candidate>& out) {
  for (std::size_t i = 0; i < child.specs().size(); ++i) {
    const Ref referring = child.column(i);
    const ColumnNode* base = schema_column(referring);
    if (!base) {
      continue;
    }
    const auto& table = static_cast<const TableNode&>(*base->owner);
    for (const ForeignKeyInfo& key : table.foreign_keys) {
      const auto place = std::find(key.columns.begin(), key.columns.end(), base->index);
      if (place == key.columns.end()) {
        continue;
      }
      const TableNode& target = resolve(table, key);
      const Ref referred = parent.corresponding(
          target.find(key.target_columns[static_cast<std::size_t>(place - key.columns.begin())]));
      if (!referred) {
        continue;
      }
      auto it =
          std::find_if(out.begin(), out.end(), [&](const Candidate& c) { return c.key == &key; });
      if (it == out.end()) {
        it = out.insert(out.end(), Candidate{&key, {}});
      }
      it->pairs.emplace_back(referred, referring);
    }
  }
}

std::vector<Candidate> candidates(const Ref& left, const Ref& right) {
  const auto& b = static_cast<const FromNode&>(*right);
  std::vector<Candidate> out;
  const auto both = [&](const Ref& side) {
    const auto& a = static_cast<const FromNode&>(*side);
    scan(a, b, out);
    if (&a != &b) {
      scan(b, a, out);
    }
  };
  if (left->kind() == Kind::join) {
    both(as<Join>(left).right);
  }  // the nearest neighbour first
  if (out.empty()) {
    both(left);
  }
  return out;
}
}  // namespace

bool can_join(const Ref& left, const Ref& right) {
  return !candidates(left, right).empty();
}

Ref join_condition(const Ref& left, const Ref& right) {
  const std::vector<Candidate> found = candidates(left, right);
  const std::string names = "'" + name_of_from(left) + "' and '" + name_of_from(right) + "'";
  if (found.empty()) {
    throw NoForeignKeysError("Can't find any foreign key relationships between " + names + ".");
  }
  if (found.size() > 1) {
    throw AmbiguousForeignKeysError(
        "Can't determine join between " + names +
        "; tables have more than one foreign key constraint relationship between them. "
        "Please specify the 'onclause' of this join explicitly.");
  }
  Refs equalities;
  for (const auto& [referred, referring] : found.front().pairs) {
    equalities.push_back(
        make_node<BinaryExpression>(Op::eq, referred, referring, types::Boolean()));
  }
  if (equalities.size() == 1) {
    return equalities.front();
  }
  return make_node<ClauseList>(Op::and_, std::move(equalities), types::Boolean());
}

namespace {
class FromCollector final : public FieldVisitor {
 public:
  explicit FromCollector(Refs& out) : out_(out) {}

  void child(const Ref& node) override {
    if (node) {
      enter(node);
    }
  }

  void number(std::uint64_t) override {}

  void text(std::string_view) override {}

  void type(TypePtr) override {}

  void enter(const Ref& node) {
    switch (node->kind()) {
      case Kind::column:
        add(Ref(as<ColumnNode>(node).owner));
        break;
      case Kind::entity:
        add(as<Entity>(node).from);
        break;
      case Kind::table:
      case Kind::table_clause:
      case Kind::alias:
      case Kind::subquery:
      case Kind::cte:
      case Kind::lateral:
      case Kind::join:
        add(node);
        break;
      case Kind::scalar_select:
      case Kind::exists:
      case Kind::select:
      case Kind::compound_select:
      case Kind::text_select:
        break;
      default:
        node->each_field(*this);
    }
  }

 private:
  void add(const Ref& from) {
    if (std::find(out_.begin(), out_.end(), from) == out_.end()) {
      out_.push_back(from);
    }
  }

  Refs& out_;
};
}  // namespace

void collect_froms(const Ref& element, Refs& out) {
  FromCollector(out).enter(element);
}

std::string_view anonymous_base(const Ref& element) {
  switch (element->kind()) {
    case Kind::column:
      return as<ColumnNode>(element).name();
    case Kind::column_clause:
      return as<ColumnClause>(element).name;
    case Kind::function:
      return as<Function>(element).name;
    case Kind::cast:
    case Kind::type_coerce:
      return anonymous_base(as<Cast>(element).element);
    default:
      return "anon";
  }
}

namespace {
// `schema_table_column`, or empty when the name is made up while compiling: that of an anonymous
// alias.
std::string qualified_name(const ColumnNode& column) {
  const FromNode& owner = *column.owner;
  std::string schema;
  switch (owner.kind()) {
    case Kind::table:
      schema = static_cast<const TableNode&>(owner).schema;
      break;
    case Kind::table_clause:
      schema = static_cast<const TableClause&>(owner).schema;
      break;
    default:
      if (static_cast<const Alias&>(owner).name.empty()) {
        return {};
      }
  }
  if (column.name().empty()) {
    return {};
  }
  std::replace(schema.begin(), schema.end(), '.', '_');
  return (schema.empty() ? "" : schema + "_") + name_of_from(Ref(&owner)) + "_" + column.name();
}

// The name a column of the columns clause exports under, or empty when it has none of its own.
std::string own_name(const Ref& c, LabelStyle style) {
  switch (c->kind()) {
    case Kind::label:
      return as<Label>(c).name;
    case Kind::column: {
      const auto& column = as<ColumnNode>(c);
      if (style == LabelStyle::tablename_plus_col) {
        return qualified_name(column);
      }
      return column.name();
    }
    case Kind::column_clause:
      return as<ColumnClause>(c).is_literal ? std::string() : as<ColumnClause>(c).name;
    case Kind::cast:
    case Kind::type_coerce:
      return own_name(as<Cast>(c).element, style);
    default:
      return {};
  }
}
}  // namespace

std::vector<ColumnSpec> exported_columns(const Ref& statement) {
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return exported_columns(*s.first(Clause::member));
  }
  std::vector<ColumnSpec> specs;
  const auto taken = [&](std::string_view key) {
    return std::any_of(
        specs.begin(), specs.end(), [&](const ColumnSpec& x) { return x.key == key; });
  };
  for (const Ref& c : expanded_columns(statement)) {
    ColumnSpec spec{own_name(c, s.label_style), {}, c->type(), c};
    spec.key = c->kind() == Kind::column && s.label_style != LabelStyle::tablename_plus_col
                   ? as<ColumnNode>(c).key()
                   : spec.name;
    if (spec.name.empty() || taken(spec.key)) {
      const std::string base(spec.name.empty() ? anonymous_base(c) : std::string_view(spec.name));
      spec.name.clear();
      for (int n = 1; spec.key.empty() || taken(spec.key); ++n) {
        spec.key = base + "_" + std::to_string(n);
      }
    }
    specs.push_back(std::move(spec));
  }
  return specs;
}

}  // namespace azoth::sql
