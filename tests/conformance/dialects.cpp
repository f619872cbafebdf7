// SPDX-License-Identifier: MIT
// Options of the dialects, as the records call them.
#include "conformance/dialects.hpp"

#include "conformance/names.hpp"
#include <azoth/dialects/dialects.hpp>

#include <algorithm>
#include <array>

namespace azoth::conformance {

namespace {

struct Flag {
  std::string_view name;
  bool Capabilities::* field;
};

constexpr std::array flags{
    Flag{"supports_native_boolean", &Capabilities::native_boolean},
    Flag{"supports_native_enum", &Capabilities::native_enum},
    Flag{"non_native_boolean_check_constraint", &Capabilities::boolean_check_constraint},
    Flag{"supports_default_values", &Capabilities::default_values},
    Flag{"supports_default_metavalue", &Capabilities::default_metavalue},
    Flag{"supports_empty_insert", &Capabilities::empty_insert},
    Flag{"supports_multivalues_insert", &Capabilities::multivalues_insert},
    Flag{"supports_sequences", &Capabilities::sequences},
    Flag{"sequences_optional", &Capabilities::sequences_optional},
    Flag{"preexecute_autoincrement_sequences", &Capabilities::preexecute_autoincrement_sequences},
    Flag{"postfetch_lastrowid", &Capabilities::lastrowid},
    Flag{"implicit_returning", &Capabilities::implicit_returning},
    Flag{"cte_follows_insert", &Capabilities::cte_follows_insert},
    Flag{"supports_for_update_of", &Capabilities::for_update_of},
    Flag{"supports_identity_columns", &Capabilities::identity_columns},
    Flag{"supports_comments", &Capabilities::comments},
    Flag{"inline_comments", &Capabilities::inline_comments},
    Flag{"supports_alter", &Capabilities::alter},
    Flag{"supports_simple_order_by_label", &Capabilities::simple_order_by_label},
    Flag{"tuple_in_values", &Capabilities::tuple_in_values},
    Flag{"requires_name_normalize", &Capabilities::name_normalize},
    Flag{"is_mariadb", &Capabilities::is_mariadb},
    Flag{"_backslash_escapes", &Capabilities::backslash_escapes},
    Flag{"use_ansi", &Capabilities::use_ansi},
    Flag{"optimize_limits", &Capabilities::optimize_limits},
    Flag{"_use_nchar_for_unicode", &Capabilities::use_nchar_for_unicode},
    Flag{"_supports_offset_fetch", &Capabilities::offset_fetch},
    Flag{"deprecate_large_types", &Capabilities::deprecate_large_types},
    Flag{"legacy_schema_aliasing", &Capabilities::legacy_schema_aliasing},
    Flag{"native_datetime", &Capabilities::native_datetime},
    Flag{"_supports_create_index_concurrently", &Capabilities::index_concurrently},
    Flag{"_supports_drop_index_concurrently", &Capabilities::index_concurrently},
    Flag{"ansi_bind_rules", &Capabilities::ansi_bind_rules},
    Flag{"double_percents", &Capabilities::double_percents},
};

struct Length {
  std::string_view name;
  std::uint16_t Capabilities::* field;
};

constexpr std::array lengths{
    Length{"max_identifier_length", &Capabilities::max_identifier_length},
    Length{"max_index_name_length", &Capabilities::max_index_name_length},
    Length{"max_constraint_name_length", &Capabilities::max_constraint_name_length},
    Length{"label_length", &Capabilities::label_length},
};

template <class Rows>
auto row_of(const Rows& rows, std::string_view name) {
  return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
}

ParamStyle style_of(const std::string& word) {
  constexpr std::array words{"named", "pyformat", "format", "qmark", "numeric"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (word == words[i]) {
      return static_cast<ParamStyle>(i);
    }
  }
  throw CannotBuild("paramstyle " + word);
}

ServerVersion version_of(const Json& numbers) {
  ServerVersion version;
  version.major = numbers.size() > 0 ? numbers[0].get<int>() : 0;
  version.minor = numbers.size() > 1 ? numbers[1].get<int>() : 0;
  version.patch = numbers.size() > 2 ? numbers[2].get<int>() : 0;
  return version;
}

// What has no part in the text: `positional` follows from the paramstyle, the default schema is
// for reflection, the user's own limit goes with `max_identifier_length`.
bool says_nothing(std::string_view name) {
  return name == "positional" || name == "default_schema_name" || name == "paramstyle" ||
         name == "_user_defined_max_identifier_length";
}

void set_option(Capabilities& can, const std::string& name, const Json& value) {
  if (const auto row = row_of(flags, name); row != flags.end()) {
    can.*row->field = value.get<bool>();
  } else if (const auto length = row_of(lengths, name); length != lengths.end()) {
    can.*length->field = value.is_null() ? std::uint16_t{0} : value.get<std::uint16_t>();
  } else if (name == "server_version_info") {
    can.server_version = version_of(value);
  } else if (name == "preparer_initial_quote") {
    can.open_quote = value.get<std::string>().front();
  } else if (name == "preparer_final_quote") {
    can.close_quote = value.get<std::string>().front();
  } else if (!says_nothing(name)) {
    throw CannotBuild("dialect option " + name);
  }
}

std::string library_name(const std::string& name) {
  return name == "default_enhanced" ? "printing" : name;
}

}  // namespace

const Dialect& plain_dialect(const std::string& name) {
  return dialect(library_name(name));
}

namespace {

// What a driver adds to its database's dialect.
void set_driver(Capabilities& can, const std::string& dialect_name, const Json& record) {
  const Json* driver = find(record, "driver");
  if (driver && *driver == "mxodbc") {
    can.ansi_bind_rules = true;
  } else if (driver && *driver == "base" && dialect_name == "postgresql") {
    can.array_casts = false;
  } else if (driver && *driver == "base" && dialect_name == "oracle") {
    can.quoted_parameters = false;
  }
}

}  // namespace

std::unique_ptr<Dialect> make_dialect_of(const Json& record) {
  const std::string name = library_name(text(record, "dialect"));
  Capabilities can = dialect(name).capabilities();
  can.paramstyle = style_of(text(record, "paramstyle"));
  set_driver(can, name, record);
  if (const Json* options = find(record, "dialect_opts")) {
    for (const auto& [option, value] : options->items()) {
      set_option(can, option, value);
    }
  }
  return make_dialect(name, can);
}

namespace {

std::optional<std::string> schema_of(const Json& name) {
  return name.is_null() ? std::nullopt : std::optional(name.get<std::string>());
}

void set_rendering(CompileOptions& options, const Json& flags) {
  for (const auto& [name, value] : flags.items()) {
    if (name == "literal_binds") {
      options.literal_binds = value.get<bool>();
    } else if (name == "render_postcompile") {
      options.render_postcompile = value.get<bool>();
    } else if (name == "literal_execute") {
      options.literal_execute = value.get<bool>();
    } else {
      throw CannotBuild("compile_kwargs " + name);
    }
  }
}

}  // namespace

CompileOptions options_of(const Json& record) {
  CompileOptions options;
  if (const Json* dialect_options = find(record, "dialect_opts")) {
    const Json* name = find(*dialect_options, "default_schema_name");
    options.default_schema_name = name && name->is_string() ? name->get<std::string>() : "";
  }
  const Json* arguments = find(record, "compile_kwargs");
  if (!arguments) {
    return options;
  }
  for (const auto& [name, value] : arguments->items()) {
    if (name == "column_keys") {
      if (!value.is_null()) {
        options.column_keys.emplace();
        for (const Json& key : value) {
          options.column_keys->push_back(plain_name(key));
        }
      }
    } else if (name == "for_executemany") {
      options.for_executemany = value.get<bool>();
    } else if (name == "linting") {
      options.lint_froms = value.get<int>() != 0;
    } else if (name == "schema_translate_map") {
      options.schema_translate_map.emplace();
      for (const Json& pair : value) {
        options.schema_translate_map->push_back({schema_of(pair[0]), schema_of(pair[1])});
      }
    } else if (name == "render_schema_translate") {
      options.render_schema_translate = value.get<bool>();
    } else if (name == "compile_kwargs") {
      set_rendering(options, value);
    } else {
      throw CannotBuild("compile_kwargs " + name);
    }
  }
  return options;
}

}  // namespace azoth::conformance
