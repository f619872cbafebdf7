// SPDX-License-Identifier: MIT
// One compilation from statement to Compiled, and the dispatch on kinds of nodes.
#include "compile/compile_state.hpp"
#include "compile/post_compile.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/savepoint.hpp>
#include <azoth/sql/sequence_node.hpp>

namespace azoth {

using namespace sql;
using compile::Setting;

SqlCompiler::SqlCompiler(const Dialect& dialect, const CompileOptions& options)
    : dialect_(dialect), options_(options), state_(std::make_unique<compile::State>()) {
  state_->renders_literals = options.literal_binds;
  const Capabilities& can = dialect.capabilities();
  state_->names.label_length = can.label_length ? can.label_length : can.max_identifier_length;
}

SqlCompiler::~SqlCompiler() = default;

void SqlCompiler::warn(std::string message) {
  state_->warnings.push_back(std::move(message));
}

namespace {

StatementKind kind_of(const Node& node) {
  switch (node.kind()) {
    case Kind::insert:
      return StatementKind::insert;
    case Kind::update:
      return StatementKind::update;
    case Kind::delete_:
      return StatementKind::delete_;
    case Kind::text:
      return StatementKind::text;
    default:
      return StatementKind::select;
  }
}

bool is_dml(const Node& node) {
  return node.kind() == Kind::insert || node.kind() == Kind::update || node.kind() == Kind::delete_;
}

}  // namespace

Compiled SqlCompiler::compile(const Ref& statement,
                              const std::vector<const BindParameter*>* binds) {
  text_.reserve(512);
  state_->binds = binds;
  state_->slots.reserve(binds ? binds->size() + 2 : 8);
  render(statement);
  share_named_values();
  number_placeholders();

  Compiled out;
  out.kind = kind_of(*statement);
  out.is_textual = statement->kind() == Kind::text || statement->kind() == Kind::text_select;
  for (const BindSlot& slot : state_->slots) {
    out.has_post_compile |= slot.mode != BindSlot::Mode::plain;
  }
  out.text = std::move(text_);
  out.slots = std::move(state_->slots);
  out.placed = std::move(state_->placed);
  out.columns = std::move(state_->columns);
  out.cte_columns = std::move(state_->cte_columns);
  out.refusal = std::move(state_->refusal);
  out.is_cacheable = state_->is_cacheable;
  out.warnings = std::move(state_->warnings);
  if (is_dml(*statement)) {
    const auto& dml = as<Statement>(statement);
    out.table = dml.table;
    out.has_returning = dml.has(Clause::returning);
    out.has_implicit_returning = !out.has_returning && !state_->implicit_returning.empty();
    out.prefetch = std::move(state_->prefetch);
    out.postfetch = std::move(state_->postfetch);
    out.fetches_lastrowid = state_->fetches_lastrowid;
    out.values_offset = state_->values_offset;
    out.values_length = state_->values_length;
  }
  return out;
}

// `:1`, `:2`: the numbers follow the text, which is complete only now.
void SqlCompiler::number_placeholders() {
  if (!compile::is_numbered(dialect_.capabilities().paramstyle)) {
    return;
  }
  std::string out;
  std::size_t copied = 0, number = 0, late = 0;
  auto& slots = state_->slots;
  for (std::size_t i = 0; i <= text_.size(); ++i) {
    while (late < slots.size() && slots[late].mode == BindSlot::Mode::plain) {
      ++late;
    }
    if (late < slots.size() && slots[late].text_offset == i) {
      slots[late++].text_offset = static_cast<std::uint32_t>(out.size() + i - copied);
    }
    if (i < text_.size() && text_[i] == compile::number_mark) {
      out.append(text_, copied, i - copied).append(std::to_string(++number));
      copied = i + 1;
    }
  }
  out.append(text_, copied);
  text_ = std::move(out);
}

std::string SqlCompiler::ddl_text(const Ref& element, bool includes_table) {
  state_->includes_table = includes_table;
  state_->renders_literals = true;
  render(element);
  return std::move(text_);
}

void SqlCompiler::render(const Ref& node) {
  switch (node->kind()) {
    case Kind::column:
      return render_column_node(as<ColumnNode>(node));
    case Kind::column_clause: {
      const auto& column = as<ColumnClause>(node);
      return column.is_literal ? put_raw(column.name) : put_identifier(column.name);
    }
    case Kind::bind:
      return render_bind(as<BindParameter>(node), node->type());
    case Kind::null:
      return put("NULL");
    case Kind::true_:
      return render_boolean(true);
    case Kind::false_:
      return render_boolean(false);
    case Kind::text:
      return render_text(as<TextClause>(node));
    case Kind::binary:
      return render_binary(as<BinaryExpression>(node));
    case Kind::unary:
      return render_unary(as<UnaryExpression>(node));
    case Kind::clause_list:
      return render_clause_list(as<ClauseList>(node));
    case Kind::tuple:
      put('(');
      render_list(as<ClauseList>(node).clauses);
      return put(')');
    case Kind::grouping:
      if (as<Grouping>(node).element->kind() >= Kind::select) {
        return render_subselect(as<Grouping>(node).element);
      }
      put('(');
      render(as<Grouping>(node).element);
      return put(')');
    case Kind::label:
      return render_label(as<Label>(node));
    case Kind::label_reference:
      return render_label_reference(as<LabelReference>(node));
    case Kind::case_:
      return render_case(as<Case>(node));
    case Kind::cast:
      return render_cast(as<Cast>(node));
    case Kind::type_coerce:
      return render(as<Cast>(node).element);
    case Kind::extract:
      return render_extract(as<Extract>(node));
    case Kind::function:
      return render_function(as<Function>(node));
    case Kind::over:
      return render_over(as<Over>(node));
    case Kind::exists:
      put("EXISTS ");
      return render_subselect(as<Exists>(node).element);
    case Kind::scalar_select:
      return render_subselect(as<ScalarSelect>(node).element);
    case Kind::asbool:
      return render_asbool(as<AsBoolean>(node));
    case Kind::collation:
      return put_identifier(as<Collation>(node).name);
    case Kind::type_clause:
      return put(dialect_.type_name(node->type()));
    case Kind::slice:
      return render_slice(as<Slice>(node));
    case Kind::within_group:
      return render_within_group(as<WithinGroup>(node));
    case Kind::filter:
      return render_filter(as<FunctionFilter>(node));
    case Kind::function_as_binary:
      return render(as<FunctionAsBinary>(node).function);
    case Kind::function_column:
      return render_function_column(as<FunctionColumn>(node));
    case Kind::table_valued_column:
      return render_table_valued_column(as<TableValuedColumn>(node));
    case Kind::next_value:
      return render_next_value(as<NextValue>(node));
    case Kind::savepoint:
    case Kind::rollback_to_savepoint:
    case Kind::release_savepoint:
      return render_savepoint(as<Savepoint>(node));
    case Kind::placeholder:
      return render_placeholder();
    case Kind::entity:
      return render_list(as<Entity>(node).columns);
    case Kind::table:
    case Kind::table_clause:
    case Kind::alias:
    case Kind::subquery:
    case Kind::cte:
    case Kind::lateral:
    case Kind::table_sample:
    case Kind::table_valued_alias:
    case Kind::values:
    case Kind::join:
      if (!state_->frame && (node->kind() == Kind::alias || node->kind() == Kind::subquery)) {
        return render(as<Alias>(node).element);  // a subquery by itself is its select
      }
      if (!state_->frame && node->kind() == Kind::table_valued_alias) {
        return render(as<Alias>(node).element);
      }
      if (!state_->frame && node->kind() == Kind::lateral) {
        put("LATERAL (");
        render(as<Alias>(node).element);
        return put(')');
      }
      return render_from_element(node);
    case Kind::text_part:
      return render(as<TextPart>(node).text);
    case Kind::select:
    case Kind::compound_select:
    case Kind::text_select:
    case Kind::insert:
    case Kind::update:
    case Kind::delete_:
      return state_->frame ? render_subselect(node) : render_statement(node, false);
    default:
      return render_other(node);
  }
}

void SqlCompiler::render_savepoint(const Savepoint& savepoint) {
  put(savepoint.kind() == Kind::savepoint               ? "SAVEPOINT "
      : savepoint.kind() == Kind::rollback_to_savepoint ? "ROLLBACK TO SAVEPOINT "
                                                        : "RELEASE SAVEPOINT ");
  put_identifier(savepoint.name);
}

void SqlCompiler::render_other(const Ref&) {
  throw UnsupportedCompilationError("SQLCompiler", "this kind of node");
}

void SqlCompiler::render_statement(const Ref& ref, bool in_from) {
  const auto& statement = as<Statement>(ref);
  switch (ref->kind()) {
    case Kind::select:
      return render_select(ref, in_from, false);
    case Kind::compound_select:
      return render_compound(ref, in_from, false);
    case Kind::insert:
      return render_insert(statement, in_from);
    case Kind::update:
      return render_update(statement);
    case Kind::delete_:
      return render_delete(statement);
    default:
      return render_textual(ref);
  }
}

void SqlCompiler::render_list(const Refs& nodes, std::string_view separator) {
  bool first = true;
  for (const Ref& node : nodes) {
    if (!first) {
      put(separator);
    }
    first = false;
    render(node);
  }
}

}  // namespace azoth
