// SPDX-License-Identifier: MIT
// The dialects that no database speaks: the default one, which says only what the standard says,
// and the one for reading, which has a text for everything.
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>

namespace azoth {

namespace {

class DefaultDialect : public Dialect {
 public:
  explicit DefaultDialect(const Capabilities& capabilities) : Dialect(capabilities) {}

  std::string_view name() const override { return "default"; }

  std::vector<std::string> has_table_queries(std::string_view, std::string_view) const override {
    throw CompileError(
        "The default dialect has no database to ask for tables; use the dialect of a database.");
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

class PrintingDialect final : public DefaultDialect {
 public:
  using DefaultDialect::DefaultDialect;

 protected:
  // A type that only some databases have is shown by its name.
  std::string render_type(const SqlType& type) const override {
    switch (type.kind) {
      case TypeKind::null:
        return "NULL";
      case TypeKind::array:
      case TypeKind::json:
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
