// SPDX-License-Identifier: MIT
// Bind parameters: their names, the slots of the compiled form, and values in place.
//
// A parameter with a unique name is numbered where it is rendered first; one node is one parameter
// however often it is rendered. Positional styles have a slot for each placeholder, named styles
// one for each name. Lists and literal-execute parameters leave a token, `[POSTCOMPILE_name]`, that
// is replaced at execution (expand.cpp), and always have a slot for each token.
#include "compile/compile_state.hpp"
#include "compile/dml_columns.hpp"
#include "compile/post_compile.hpp"
#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::FlatIndex;
using compile::hash_of;
using compile::Setting;

std::uint32_t SqlCompiler::ordinal_of(const BindParameter& bind) {
  auto& s = *state_;
  if (!s.binds) {
    return BindSlot::constant;
  }
  if (s.next_bind < s.binds->size() && (*s.binds)[s.next_bind] == &bind) {
    return static_cast<std::uint32_t>(s.next_bind++);
  }
  if (!s.has_bind_places) {
    s.has_bind_places = true;
    for (std::uint32_t i = 0; i < s.binds->size(); ++i) {
      s.bind_places.insert(hash_of((*s.binds)[i]), i);
    }
  }
  const std::uint32_t place =
      s.bind_places.find(hash_of(&bind), [&](std::uint32_t i) { return (*s.binds)[i] == &bind; });
  if (place == FlatIndex::npos) {
    return BindSlot::constant;
  }
  s.next_bind = place + 1;
  return place;
}

namespace {

[[noreturn]] void refuse_shared(const std::string& name, bool is_unique) {
  if (is_unique) {
    throw CompileError("Bind parameter '" + name +
                       "' conflicts with unique bind parameter of the same name");
  }
  throw CompileError("bindparam() name '" + name +
                     "' is reserved for automatic usage in the VALUES or SET clause of this "
                     "insert/update statement.   Please use a name other than column name when "
                     "using bindparam() with insert() or update() (for example, 'b_" +
                     name + "').");
}

}  // namespace

// Returns the entry of a parameter, named at the first call.
std::uint32_t SqlCompiler::named_bind(const BindParameter& bind) {
  auto& s = *state_;
  const std::uint32_t address = hash_of(&bind);
  const std::uint32_t known = s.binds_by_address.find(
      address, [&](std::uint32_t i) { return s.named_binds[i].bind == &bind; });
  if (known != FlatIndex::npos) {
    return known;
  }
  std::string name = bind.key;
  if (bind.is_unique) {
    name = s.names.bind_text({bind.key, &bind});
  } else if (form_of(name) == NameForm::truncatable) {
    name = s.names.shortened(compile::NameKind::bind, std::string(bare(name)));
  }
  const auto place = static_cast<std::uint32_t>(s.named_binds.size());
  const std::uint32_t hash = hash_of(std::string_view(name));
  const std::uint32_t other =
      s.binds_by_name.find(hash, [&](std::uint32_t i) { return s.named_binds[i].name == name; });
  if (other == FlatIndex::npos) {
    s.binds_by_name.insert(hash, place);
  } else if (bind.is_unique || s.named_binds[other].is_unique || !s.named_binds[other].bind) {
    refuse_shared(name, bind.is_unique || s.named_binds[other].is_unique);
  } else if (bind.is_expanding != s.named_binds[other].bind->is_expanding) {
    throw CompileError("Can't reuse bound parameter name '" + name +
                       "' in both 'expanding' (e.g. within an IN expression) and non-expanding "
                       "contexts.  If this parameter is to receive a list/array value, set "
                       "'expanding=True' on it for expressions that aren't IN, otherwise use a "
                       "different parameter name.");
  } else {
    s.shares_names = true;
  }
  s.binds_by_address.insert(address, place);
  s.named_binds.push_back({&bind, std::move(name), bind.is_unique});
  return place;
}

// Reserves the name of a column's value in INSERT and UPDATE.
void SqlCompiler::claim_crud_name(std::string_view name, bool is_unique) {
  auto& s = *state_;
  const std::uint32_t hash = hash_of(name);
  const std::uint32_t other =
      s.binds_by_name.find(hash, [&](std::uint32_t i) { return s.named_binds[i].name == name; });
  if (other == FlatIndex::npos) {
    s.binds_by_name.insert(hash, static_cast<std::uint32_t>(s.named_binds.size()));
    s.named_binds.push_back({nullptr, std::string(name), is_unique});
  } else if (s.named_binds[other].bind) {
    refuse_shared(s.named_binds[other].name, is_unique || s.named_binds[other].is_unique);
  }
}

void SqlCompiler::execute_literally(const Ref& bind) {
  state_->executed_literally.push_back(bind.get());
}

void SqlCompiler::render_literally(const Ref& bind) {
  execute_literally(bind);
  render(bind);
}

bool SqlCompiler::is_executed_literally(const BindParameter& bind) const {
  if (state_->in_columns && dialect_.capabilities().ansi_bind_rules) {
    return true;
  }
  const auto& more = state_->executed_literally;
  return bind.is_literal_execute || options_.literal_execute ||
         std::find(more.begin(), more.end(), &bind) != more.end();
}

BindSlot SqlCompiler::slot_of(const BindParameter& bind, std::string_view name) {
  BindSlot slot;
  slot.ordinal = ordinal_of(bind);
  slot.mode = bind.is_expanding             ? BindSlot::Mode::expanding
              : is_executed_literally(bind) ? BindSlot::Mode::literal_execute
                                            : BindSlot::Mode::plain;
  slot.required = bind.is_required;
  slot.as_literals = bind.is_expanding && is_executed_literally(bind);
  slot.expand_op = bind.expand_op;
  slot.type = bind.type();
  slot.name = name;
  slot.is_quoted = slot.mode == BindSlot::Mode::plain && dialect_.quotes_parameter(name);
  slot.key = bind.is_unique ? slot.name : std::string(bare(bind.key));
  if (slot.ordinal == BindSlot::constant) {
    slot.value = bind.value;
  }
  return slot;
}

void SqlCompiler::render_bind(const BindParameter& bind, TypePtr type) {
  const bool in_place =
      state_->renders_literals || (options_.render_postcompile && is_executed_literally(bind));
  if (bind.is_expanding) {
    const std::string& name = state_->named_binds[named_bind(bind)].name;
    const auto [prefix, suffix] = item_wrapping(bind.type());
    if (in_place && (!state_->renders_literals || !prefix.empty())) {
      state_->placed.push_back(slot_of(bind, name));
    }
    if (state_->renders_literals || options_.render_postcompile) {
      return render_expanded(bind, name);
    }
    BindSlot slot = slot_of(bind, name);
    slot.item_prefix = prefix;
    slot.item_suffix = suffix;
    return render_slot(std::move(slot));
  }
  render_value(type, [&] {
    if (state_->renders_literals) {
      return render_bind_literal(bind, type);
    }
    const std::string& name = state_->named_binds[named_bind(bind)].name;
    if (in_place) {
      state_->placed.push_back(slot_of(bind, name));
      return render_bind_literal(bind, type);
    }
    BindSlot slot = slot_of(bind, name);
    slot.type = type;
    render_slot(std::move(slot));
  });
}

void SqlCompiler::render_slot(BindSlot&& slot) {
  auto& slots = state_->slots;
  if (slot.mode != BindSlot::Mode::plain) {
    const bool is_list = slot.mode == BindSlot::Mode::expanding;
    put(is_list ? "(" : "");
    slot.text_offset = static_cast<std::uint32_t>(text_.size());
    put("[POSTCOMPILE_");
    dialect_.capabilities().quoted_parameters ? compile::append_unquoted_name(text_, slot.name)
                                              : compile::append_bind_name(text_, slot.name);
    if (!slot.item_prefix.empty() || !slot.item_suffix.empty()) {
      put("~~");
      put(slot.item_prefix);
      put("~~REPL~~");
      put(slot.item_suffix);
      put("~~");
    }
    put(']');
    slot.text_length = static_cast<std::uint32_t>(text_.size()) - slot.text_offset;
    put(is_list ? ")" : "");
    slots.push_back(std::move(slot));
    return;
  }
  const ParamStyle style = dialect_.capabilities().paramstyle;
  if (slot.is_quoted) {
    put(":\"" + slot.name + "\"");
  } else {
    compile::append_placeholder(text_, style, slot.name, compile::numbered_later);
  }
  if (style == ParamStyle::named || style == ParamStyle::pyformat) {
    for (const BindSlot& other : slots) {
      if (other.name == slot.name && other.mode == BindSlot::Mode::plain) {
        return;
      }
    }
  }
  slots.push_back(std::move(slot));
}

void SqlCompiler::render_crud_bind(const BindParameter& bind,
                                   std::string_view key,
                                   std::string_view name,
                                   TypePtr type) {
  claim_crud_name(name, bind.is_unique);
  const TypePtr own = type->kind == TypeKind::null ? bind.type() : type;
  render_value(own, [&] {
    if (state_->renders_literals) {
      return put(dialect_.literal(bind.value, own));
    }
    BindSlot slot = slot_of(bind, name);
    slot.is_quoted |= state_->quotes_value;
    slot.key = key;
    slot.type = own;
    render_slot(std::move(slot));
  });
}

void SqlCompiler::render_crud_value(const compile::DmlColumn& column, std::string_view name) {
  claim_crud_name(name, false);
  render_value(column.type, [&] {
    if (state_->renders_literals && column.constant) {
      return put(dialect_.literal(*column.constant, column.type));
    }
    BindSlot slot;
    slot.type = column.type;
    slot.name = name;
    slot.is_quoted = state_->quotes_value || dialect_.quotes_parameter(name);
    slot.key = column.key;
    slot.required = !column.constant && !column.generator;
    slot.generator = column.generator;
    slot.is_default = column.constant || column.generator;
    if (column.constant) {
      slot.value = *column.constant;
    }
    render_slot(std::move(slot));
  });
}

void SqlCompiler::render_out_parameter(std::string_view name, TypePtr type) {
  BindSlot slot;
  slot.type = type;
  slot.name = name;
  slot.key = name;
  slot.is_out = true;
  render_slot(std::move(slot));
}

void SqlCompiler::render_constant(std::int64_t value) {
  if (state_->renders_literals) {
    return put(std::to_string(value));
  }
  BindSlot slot;
  slot.type = types::Integer();
  slot.name = state_->names.text({"param", &state_->names.keep({})});
  slot.key = slot.name;
  slot.value = value;
  render_slot(std::move(slot));
}

void SqlCompiler::render_bind_literal(const BindParameter& bind, TypePtr type) {
  if (bind.value.is_null()) {
    state_->warnings.push_back("Bound parameter '" + bind.key +
                               "' rendering literal NULL in a SQL expression; comparisons to NULL "
                               "should not use operators "
                               "outside of 'is' or 'is not'");
  }
  put(dialect_.literal(bind.value, type));
}

// An IN list with the values that the statement holds.
void SqlCompiler::render_expanded(const BindParameter& bind, std::string_view name) {
  const std::vector<Literal> values(bind.values.begin(), bind.values.end());
  const bool as_literals = state_->renders_literals || is_executed_literally(bind);
  const auto [prefix, suffix] = item_wrapping(bind.type());
  compile::ListForm form{dialect_, bind.expand_op, bind.type(), name, as_literals, prefix, suffix};
  put('(');
  std::uint32_t item = 0;
  compile::append_list(text_, form, values, [&](std::string_view item_name, const Literal& value) {
    BindSlot slot;
    slot.type = compile::item_type(bind.type(), item++);
    compile::append_bind_name(slot.name, item_name);
    slot.key = bind.is_unique ? name : std::string_view(bind.key);
    slot.value = value;
    render_slot(std::move(slot));
  });
  put(')');
}

// Parameters of one name are one parameter: the value of the last one counts for all.
void SqlCompiler::share_named_values() {
  auto& s = *state_;
  if (!s.shares_names) {
    return;
  }
  for (BindSlot& slot : s.slots) {
    for (auto it = s.named_binds.rbegin(); it != s.named_binds.rend(); ++it) {
      if (it->bind && it->name == slot.name) {
        slot.ordinal = ordinal_of(*it->bind);
        slot.value = slot.ordinal == BindSlot::constant ? it->bind->value : Value();
        break;
      }
    }
  }
}

}  // namespace azoth
