// SPDX-License-Identifier: MIT
// FROM elements and their columns, which are made at first use and belong to their element.
#include "sql/lineage.hpp"
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

void FromNode::append_spec(ColumnSpec spec) {
  auto made = std::make_unique<std::atomic<const ColumnNode*>[]>(specs_.size() + 1);
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    made[i].store(made_[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  specs_.push_back(std::move(spec));
  made_ = std::move(made);
}

const ColumnNode* FromNode::replace_spec(std::size_t index, ColumnSpec spec) {
  specs_[index] = std::move(spec);
  return made_[index].exchange(nullptr, std::memory_order_relaxed);
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
    if (bare(specs_[i].key) == bare(key)) {
      return column(i);
    }
  }
  return {};
}

const Node* step_down(const Node* n) {
  if (n->kind() == Kind::column) {
    const auto* column = static_cast<const ColumnNode*>(n);
    return column->from ? column->owner->column(column->index).get() : column->base().get();
  }
  if (n->kind() == Kind::label) {
    return static_cast<const Label*>(n)->element.get();
  }
  return nullptr;
}

namespace {
bool stands_for(const Node* n, const Node* base) {
  for (; n; n = step_down(n)) {
    if (n == base) {
      return true;
    }
  }
  return false;
}

// What an element goes back to in the end.
const Node* origin(const Node* n) {
  while (const Node* next = step_down(n)) {
    n = next;
  }
  return n;
}
}  // namespace

const ColumnNode* schema_column(const Ref& element) {
  for (const Node* n = element.get(); n; n = step_down(n)) {
    if (n->kind() == Kind::column &&
        static_cast<const ColumnNode*>(n)->owner->kind() == Kind::table) {
      return static_cast<const ColumnNode*>(n);
    }
  }
  return nullptr;
}

Ref FromNode::corresponding(const Ref& base) const {
  if (base->kind() == Kind::column) {  // mostly an alias of the column's own table
    const std::uint32_t place = as<ColumnNode>(base).index;
    if (place < specs_.size() && specs_[place].base == base) {
      return column(place);
    }
  }
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const Ref c = column(i);
    if (stands_for(c.get(), base.get())) {
      return c;
    }
  }
  const Node* const root = origin(base.get());
  if (root->kind() != Kind::column) {
    return {};
  }
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const Ref c = column(i);
    if (origin(c.get()) == root) {
      return c;
    }
  }
  return {};
}

ColumnNode::ColumnNode(const FromNode& o, std::uint32_t i, const FromNode* f)
    : NodeOf(Kind::column, o.specs()[i].type), owner(&o), index(i), from(f) {}

namespace {
std::string signature_of(const std::vector<ColumnSpec>& columns) {
  std::string signature;
  for (const ColumnSpec& s : columns) {
    signature += s.name + '\x1f' + s.key + '\x1f' + repr(s.type) + '\x1e';
  }
  return signature;
}

// A row of VALUES has a value for each column.
void check_width(const Ref& row, std::size_t width) {
  const Refs& values = as<ClauseList>(row).clauses;
  if (values.size() == width) {
    return;
  }
  std::string text;
  for (const Ref& value : values) {
    text += text.empty() ? "" : ", ";
    text += value->kind() == Kind::bind ? repr(Literal(as<BindParameter>(value).value)) : "...";
  }
  throw ArgumentError("Wrong number of elements for " + std::to_string(width) + "-tuple: (" + text +
                      (values.size() == 1 ? ",) " : ") "));
}
}  // namespace

TableClause::TableClause(std::string_view n, std::string_view sch, std::vector<ColumnSpec> c)
    : NodeOf(Kind::table_clause), name(n), schema(sch), signature(signature_of(c)) {
  set_specs(std::move(c));
}

Values::Values(std::string_view n, std::vector<ColumnSpec> c, Refs r, bool literals, bool lateral)
    : NodeOf(Kind::values),
      name(n),
      rows(std::move(r)),
      signature(signature_of(c)),
      has_literal_binds(literals),
      is_lateral(lateral) {
  for (const Ref& row : rows) {
    check_width(row, c.size());
  }
  set_specs(std::move(c));
}

Alias::Alias(Kind k, Ref e, std::string_view n, bool recursive, Ref d)
    : NodeOf(k), element(std::move(e)), name(n), is_recursive(recursive), details(std::move(d)) {
  describe();
}

void Alias::describe() {
  if (kind() == Kind::table_valued_alias) {
    std::vector<ColumnSpec> specs;
    for (std::size_t i = 0; more() && i < more()->columns.size(); ++i) {
      const std::string& column = more()->columns[i].name;
      specs.push_back({column, column, more()->column_types[i], {}});
    }
    return set_specs(std::move(specs));
  }
  if (element->kind() >= Kind::select) {
    return set_specs(exported_columns(element));
  }
  const auto& from = static_cast<const FromNode&>(*element);
  std::vector<ColumnSpec> specs(from.specs().begin(), from.specs().end());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    specs[i].base = from.column(i);
  }
  set_specs(std::move(specs));
}

std::string name_of_from(const Ref& from) {
  if (is_alias(from->kind())) {
    const auto& a = as<Alias>(from);
    return a.name.empty() ? std::string("anon") : a.name;
  }
  switch (from->kind()) {
    case Kind::table:
      return as<TableNode>(from).name;
    case Kind::table_clause:
      return as<TableClause>(from).name;
    case Kind::values:
      return as<Values>(from).name;
    case Kind::join: {
      const auto& j = as<Join>(from);
      return "Join object on " + name_of_from(j.left) + " and " + name_of_from(j.right);
    }
    default:
      return "element";
  }
}

Join::Join(Ref l, Ref r, Ref on, bool outer, bool full)
    : NodeOf(Kind::join),
      left(std::move(l)),
      right(std::move(r)),
      onclause(std::move(on)),
      is_outer(outer),
      is_full(full) {
  describe();
}

void Join::describe() {
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

void Join::claim_columns(std::size_t first) {
  std::vector<ColumnSpec> specs(this->specs().begin(), this->specs().end());
  for (std::size_t i = first; i < specs.size(); ++i) {
    const auto& column = as<ColumnNode>(specs[i].base);
    auto* claimed = new ColumnNode(*column.owner, column.index, this);
    seal(*claimed);
    NodeAccess::set_eternal(*claimed);
    specs[i].base = Ref(claimed);
  }
  set_specs(std::move(specs));
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
        add(Ref(as<ColumnNode>(node).from ? as<ColumnNode>(node).from
                                          : as<ColumnNode>(node).owner));
        break;
      case Kind::entity:
        add(as<Entity>(node).from);
        break;
      case Kind::table_valued_column:
        add(as<TableValuedColumn>(node).alias);
        break;
      case Kind::scalar_select:
      case Kind::exists:
      case Kind::select:
      case Kind::compound_select:
      case Kind::text_select:
        break;
      default:
        is_from(node->kind()) ? add(node) : node->each_field(*this);
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

}  // namespace azoth::sql
