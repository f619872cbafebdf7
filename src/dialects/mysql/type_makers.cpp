// SPDX-License-Identifier: MIT
// The makers of MySQL's types. Those that extend a type of the standard are of its kind, so that
// other databases write them plainly.
#include <azoth/base/error.hpp>
#include <azoth/dialects/mysql.hpp>

#include <algorithm>

namespace azoth::mysql {

namespace {

int checked(int number, std::string_view what) {
  if (number < -1) {
    throw ArgumentError("The " + std::string(what) + " of a type is negative: " +
                        std::to_string(number) + "; give a positive number, or leave it out.");
  }
  return number;
}

class Maker {
 public:
  Maker(std::string_view name, TypeKind kind) {
    type_.kind = kind;
    type_.vendor = "mysql";
    type_.name = name;
  }

  Maker& number(std::string_view name, int value) {
    if (checked(value, name) >= 0) {
      type_.options.push_back({std::string(name), "", value});
    }
    return *this;
  }

  Maker& flag(std::string_view name, bool value) {
    if (value) {
      type_.options.push_back({std::string(name), "", 1});
    }
    return *this;
  }

  Maker& text(const TextOptions& options) {
    if (!options.charset.empty()) {
      type_.options.push_back({"charset", options.charset});
    }
    type_.collation = options.collation;
    return flag("ascii", options.ascii)
        .flag("unicode", options.unicode)
        .flag("binary", options.binary)
        .flag("national", options.national);
  }

  Maker& length(int value) {
    type_.length = checked(value, "length");
    return *this;
  }

  Maker& digits(int precision, int scale) {
    type_.precision = checked(precision, "precision");
    type_.scale = checked(scale, "scale");
    return *this;
  }

  Maker& values(std::vector<std::string> values) {
    type_.values = std::move(values);
    return *this;
  }

  TypePtr done() {
    std::sort(type_.options.begin(), type_.options.end(), [](const auto& a, const auto& b) {
      return a.name < b.name;
    });
    return intern(std::move(type_));
  }

 private:
  SqlType type_;
};

TypePtr integer(std::string_view name, TypeKind kind, const IntegerOptions& options) {
  return Maker(name, kind)
      .number("display_width", options.display_width)
      .flag("unsigned", options.unsigned_)
      .flag("zerofill", options.zerofill)
      .done();
}

TypePtr decimal(std::string_view name, TypeKind kind, const NumberOptions& options) {
  return Maker(name, kind)
      .digits(options.precision, options.scale)
      .flag("unsigned", options.unsigned_)
      .flag("zerofill", options.zerofill)
      .done();
}

TypePtr real(std::string_view name, TypeKind kind, const NumberOptions& options) {
  if ((options.precision < 0) != (options.scale < 0)) {
    throw ArgumentError("You must specify both precision and scale or omit both altogether.");
  }
  return decimal(name, kind, options);
}

TypePtr text_of(std::string_view name, TypeKind kind, int length, const TextOptions& options) {
  return Maker(name, kind).length(length).text(options).done();
}

TypePtr moment(std::string_view name, TypeKind kind, int fsp) {
  return Maker(name, kind).number("fsp", fsp).done();
}

}  // namespace

TypePtr TINYINT(IntegerOptions options) {
  return integer("TINYINT", TypeKind::vendor, options);
}

TypePtr SMALLINT(IntegerOptions options) {
  return integer("SMALLINT", TypeKind::sql_smallint, options);
}

TypePtr MEDIUMINT(IntegerOptions options) {
  return integer("MEDIUMINT", TypeKind::vendor, options);
}

TypePtr INTEGER(IntegerOptions options) {
  return integer("INTEGER", TypeKind::sql_integer, options);
}

TypePtr BIGINT(IntegerOptions options) {
  return integer("BIGINT", TypeKind::sql_bigint, options);
}

TypePtr NUMERIC(NumberOptions options) {
  return decimal("NUMERIC", TypeKind::sql_numeric, options);
}

TypePtr DECIMAL(NumberOptions options) {
  return decimal("DECIMAL", TypeKind::sql_decimal, options);
}

TypePtr FLOAT(NumberOptions options) {
  return decimal("FLOAT", TypeKind::sql_float, options);
}

TypePtr DOUBLE(NumberOptions options) {
  return real("DOUBLE", TypeKind::sql_double, options);
}

TypePtr REAL(NumberOptions options) {
  return real("REAL", TypeKind::sql_real, options);
}

TypePtr BIT(int length) {
  return Maker("BIT", TypeKind::vendor).length(length).done();
}

TypePtr YEAR(int display_width) {
  return Maker("YEAR", TypeKind::vendor).number("display_width", display_width).done();
}

TypePtr DATETIME(int fsp) {
  return moment("DATETIME", TypeKind::sql_datetime, fsp);
}

TypePtr TIME(int fsp) {
  return moment("TIME", TypeKind::sql_time, fsp);
}

TypePtr TIMESTAMP(int fsp) {
  return moment("TIMESTAMP", TypeKind::sql_timestamp, fsp);
}

TypePtr CHAR(int length, TextOptions options) {
  return text_of("CHAR", TypeKind::sql_char, length, options);
}

TypePtr VARCHAR(int length, TextOptions options) {
  return text_of("VARCHAR", TypeKind::sql_varchar, length, options);
}

TypePtr NCHAR(int length, TextOptions options) {
  return text_of("NCHAR", TypeKind::sql_nchar, length, options);
}

TypePtr NVARCHAR(int length, TextOptions options) {
  return text_of("NVARCHAR", TypeKind::sql_nvarchar, length, options);
}

TypePtr TEXT(int length, TextOptions options) {
  return text_of("TEXT", TypeKind::sql_text, length, options);
}

TypePtr TINYTEXT(TextOptions options) {
  return text_of("TINYTEXT", TypeKind::vendor, -1, options);
}

TypePtr MEDIUMTEXT(TextOptions options) {
  return text_of("MEDIUMTEXT", TypeKind::vendor, -1, options);
}

TypePtr LONGTEXT(TextOptions options) {
  return text_of("LONGTEXT", TypeKind::vendor, -1, options);
}

TypePtr ENUM(std::vector<std::string> values, TextOptions options) {
  const int length = types::Enum(values)->length;
  return Maker("", TypeKind::enum_).values(std::move(values)).length(length).text(options).done();
}

TypePtr SET(std::vector<std::string> values, TextOptions options) {
  const int length = types::Enum(values)->length;
  return Maker("SET", TypeKind::vendor)
      .values(std::move(values))
      .length(length)
      .text(options)
      .done();
}

TypePtr TINYBLOB() {
  return types::vendor_type("mysql", "TINYBLOB");
}

TypePtr MEDIUMBLOB() {
  return types::vendor_type("mysql", "MEDIUMBLOB");
}

TypePtr LONGBLOB() {
  return types::vendor_type("mysql", "LONGBLOB");
}

TypePtr JSON() {
  return Maker("JSON", TypeKind::json).done();
}

}  // namespace azoth::mysql
