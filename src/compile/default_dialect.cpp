// SPDX-License-Identifier: MIT
// The dialects that no database speaks: the default one, which says only what the standard says,
// and the one for reading, which has a text for everything.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;

namespace {

class DefaultDialect : public Dialect {
 public:
  explicit DefaultDialect(const Capabilities& capabilities) : Dialect(capabilities) {}

  std::string_view name() const override { return "default"; }

  std::vector<std::string> has_table_queries(std::string_view, std::string_view) const override {
    throw CompileError(
        "The default dialect has no database to ask for tables; use the dialect of a database.");
  }

 protected:
  // Bytes that are a text of ASCII are shown as one, as SQLAlchemy does; no database reads it.
  std::string render_literal(const Literal& value, TypePtr type) const override {
    if (value.kind() == ValueKind::blob) {
      const auto bytes = value.blob();
      const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      if (std::all_of(text.begin(), text.end(), [](char c) { return c > 0; })) {
        return Dialect::render_literal(text, types::String());
      }
    }
    return Dialect::render_literal(value, type);
  }
};

constexpr Capabilities printing_capabilities{
    .native_boolean = true,
    .insert_returning = true,
    .update_returning = true,
    .delete_returning = true,
    .multivalues_insert = true,
    .sequences = true,
    .sequences_optional = true,
    .identity_columns = true,
};

// Has a text for what only some databases have.
class PrintingCompiler final : public SqlCompiler {
 public:
  using SqlCompiler::SqlCompiler;

 protected:
  void render_getitem(const BinaryExpression& expression) override {
    render(expression.left);
    put('[');
    render(expression.right);
    put(']');
  }

  void render_regexp_match(const BinaryExpression& expression) override {
    render_operands(expression, info(expression.op).text);
  }

  void render_regexp_replace(const BinaryExpression& expression) override {
    put("<regexp replace>(");
    render(expression.left);
    put(", ");
    render(expression.right);
    put(')');
  }

  void render_update_from(const Statement&, const Refs& others) override {
    put(" FROM ");
    render_froms(others);
  }

  void render_delete_from(const Statement&, const Refs& others) override {
    put(" , ");
    render_froms(others);
  }

  void render_next_value(const NextValue& next) override {
    put("<next sequence value: ");
    put_sequence(as<SequenceNode>(next.sequence));
    put('>');
  }

  void render_from_hint(const Hint&, std::string_view text) override {
    put(" [");
    put(text);
    put(']');
  }

 private:
  void render_froms(const Refs& others) {
    bool first = true;
    for (const Ref& other : others) {
      put(first ? "" : ", ");
      first = false;
      render_from_element(other);
    }
  }
};

class PrintingDialect final : public DefaultDialect {
 public:
  using DefaultDialect::DefaultDialect;

  // Dates and times as ISO 8601 writes them, with a blank in the middle.
  std::string render_literal(const Literal& value, TypePtr type) const override {
    switch (value.kind()) {
      case ValueKind::date:
        return "'" + value.date().to_string() + "'";
      case ValueKind::time:
        return "'" + value.time().to_string() + "'";
      case ValueKind::datetime:
        return "'" + value.datetime().to_string() + "'";
      default:
        return DefaultDialect::render_literal(value, type);
    }
  }

 protected:
  std::unique_ptr<SqlCompiler> make_compiler(const CompileOptions& options) const override {
    return std::make_unique<PrintingCompiler>(*this, options);
  }

  // A type that only some databases have is shown by its name.
  std::string render_type(const SqlType& type) const override {
    switch (type.kind) {
      case TypeKind::null:
        return "NULL";
      case TypeKind::tuple:
        return "TupleType()";
      case TypeKind::enum_:
        return type.vendor == "mysql" ? "ENUM" : DefaultDialect::render_type(type);
      case TypeKind::json:
        return type.vendor.empty() ? "JSON" : type.name;
      case TypeKind::array:
      case TypeKind::table_value:
        return std::string(class_name(type));
      case TypeKind::vendor:
        return type.name;
      default:
        return DefaultDialect::render_type(type);
    }
  }
};

}  // namespace

const Dialect& default_dialect() {
  static const DefaultDialect dialect{Capabilities{}};
  return dialect;
}

const Dialect& printing_dialect() {
  static const PrintingDialect dialect{printing_capabilities};
  return dialect;
}

std::unique_ptr<Dialect> make_default_dialect(const Capabilities& capabilities, bool for_printing) {
  if (for_printing) {
    return std::make_unique<PrintingDialect>(capabilities);
  }
  return std::make_unique<DefaultDialect>(capabilities);
}

}  // namespace azoth
