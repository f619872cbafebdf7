// SPDX-License-Identifier: MIT
// Completes texts whose IN lists depend on the values of an execution:
//   a.id IN ([POSTCOMPILE_id_1])  ->  a.id IN (?, ?, ?)
#include "compile/post_compile.hpp"

#include <azoth/base/assert.hpp>

namespace azoth {
namespace compile {

void append_bind_name(std::string& out, std::string_view name) {
  for (char c : name) {
    switch (c) {
      case '%':
        out += 'P';
        break;
      case '(':
        out += 'A';
        break;
      case ')':
        out += 'Z';
        break;
      case ':':
        out += 'C';
        break;
      case '[':
      case ']':
      case ' ':
        out += '_';
        break;
      default:
        out += c;
    }
  }
}

void append_unquoted_name(std::string& out, std::string_view name) {
  constexpr std::string_view odd = ":.[] \\/?";
  const char first = name.empty() ? 'a' : name.front();
  out += first == '_' || first == '$' || (first >= '0' && first <= '9') ? "D" : "";
  for (char c : name) {
    out += c == '%' ? 'P' : c == '(' ? 'A' : c == ')' ? 'Z' : odd.find(c) < odd.size() ? 'C' : c;
  }
}

void append_placeholder(std::string& out,
                        ParamStyle style,
                        std::string_view name,
                        std::size_t position) {
  switch (style) {
    case ParamStyle::qmark:
      out += '?';
      return;
    case ParamStyle::format:
      out += "%s";
      return;
    case ParamStyle::numeric:
    case ParamStyle::numeric_dollar:
      out += style == ParamStyle::numeric ? ':' : '$';
      if (position == numbered_later) {
        out += number_mark;
      } else {
        out += std::to_string(position);
      }
      return;
    case ParamStyle::named:
      out += ':';
      return append_bind_name(out, name);
    case ParamStyle::pyformat:
      out += "%(";
      append_bind_name(out, name);
      out += ")s";
  }
}

TypePtr item_type(TypePtr type, std::size_t i) {
  return type->kind == TypeKind::tuple && !type->elements.empty()
             ? type->elements[i % type->elements.size()]
             : type;
}

void append_list(std::string& out,
                 const ListForm& form,
                 std::span<const Literal> values,
                 base::FunctionRef<void(std::string_view, const Literal&)> item) {
  const bool is_tuple = form.type->kind == TypeKind::tuple && !form.type->elements.empty();
  const std::size_t width = is_tuple ? form.type->elements.size() : 1;
  if (values.empty()) {
    const bool is_in = form.op == sql::Op::in || form.op == sql::Op::not_in;
    out += is_in ? form.dialect.empty_in_list(form.op, width) : form.dialect.empty_set(form.type);
    return;
  }
  if (is_tuple && form.dialect.capabilities().tuple_in_values) {
    out += "VALUES ";
  }
  std::string name;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t place = i % width;
    out += i == 0 ? "" : ", ";
    out += is_tuple && place == 0 ? "(" : "";
    out += form.prefix;
    if (form.as_literals) {
      out += form.dialect.literal(values[i], item_type(form.type, place));
    } else {
      name.assign(form.name).append("_").append(std::to_string(i / width + 1));
      if (is_tuple) {
        name.append("_").append(std::to_string(place + 1));
      }
      item(name, values[i]);
    }
    out += form.suffix;
    out += is_tuple && place + 1 == width ? ")" : "";
  }
}

}  // namespace compile

namespace {

// The values of an execution in the order of the placeholders' numbers.
struct FlatValues {
  std::vector<Literal>& values;
  std::vector<TypePtr>* types;

  void add(const Literal& value, TypePtr type) {
    values.push_back(value);
    if (types != nullptr) {
      types->push_back(type);
    }
  }

  // The numbers of those in the text are fixed: lists follow behind them.
  void add_numbered(const Compiled& compiled, const std::vector<std::vector<Literal>>& given) {
    for (std::size_t i = 0; i < compiled.slots.size(); ++i) {
      if (compiled.slots[i].mode == BindSlot::Mode::plain) {
        add(given[i].front(), compiled.slots[i].type);
      }
    }
  }
};

}  // namespace

std::string expand(const Compiled& compiled,
                   const Dialect& dialect,
                   const std::vector<std::vector<Literal>>& values,
                   std::vector<Literal>& flat,
                   std::vector<TypePtr>* types) {
  const ParamStyle style = dialect.capabilities().paramstyle;
  const std::string_view text = compiled.text;
  FlatValues all{flat, types};
  std::string out;
  out.reserve(text.size() + 64);
  std::size_t copied = 0;
  AZOTH_ASSERT(values.size() == compiled.slots.size());
  if (compile::is_numbered(style)) {
    all.add_numbered(compiled, values);
  }
  for (std::size_t i = 0; i < compiled.slots.size(); ++i) {
    const BindSlot& slot = compiled.slots[i];
    if (slot.mode == BindSlot::Mode::plain) {
      AZOTH_ASSERT(values[i].size() == 1);
      if (!compile::is_numbered(style)) {
        all.add(values[i].front(), slot.type);
      }
      continue;
    }
    out += text.substr(copied, slot.text_offset - copied);
    copied = slot.text_offset + slot.text_length;
    if (slot.mode == BindSlot::Mode::literal_execute) {
      out += dialect.literal(values[i].front(), slot.type);
      continue;
    }
    const compile::ListForm form{dialect,
                                 slot.expand_op,
                                 slot.type,
                                 slot.name,
                                 slot.as_literals,
                                 slot.item_prefix,
                                 slot.item_suffix};
    std::size_t item = 0;
    compile::append_list(out, form, values[i], [&](std::string_view name, const Literal& value) {
      all.add(value, compile::item_type(slot.type, item++));
      compile::append_placeholder(out, style, name, flat.size());
    });
  }
  out += text.substr(copied);
  return out;
}

}  // namespace azoth
