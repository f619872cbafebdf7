// SPDX-License-Identifier: MIT
// The dialects of MySQL and MariaDB, and the types and expressions that only they have, under
// SQLAlchemy's names: `Column("id", mysql::INTEGER({.unsigned_ = true}))`. Need no library of
// theirs: statements can be printed anywhere.
//
// Arguments that other types have too are the fields of SqlType (length, precision, scale,
// collation, values); the others are options under SQLAlchemy's names (`display_width`,
// `unsigned`, `zerofill`, `fsp`, `charset`, `ascii`, `unicode`, `binary`, `national`).
#pragma once
#include <azoth/compile/dialect.hpp>
#include <azoth/sql/condition.hpp>
#include <azoth/types/types.hpp>

namespace azoth {

class Reflection;

/// Return the dialects; they live until the program ends and are shared between threads.
const Dialect& mysql_dialect();
const Dialect& mariadb_dialect();
/// Returns how both are asked for their tables; their driver makes it known to the Inspector.
const Reflection& mysql_reflection();

}  // namespace azoth

/// The makers throw ArgumentError for negative lengths, widths, precisions and scales other than -1
/// (not given).
namespace azoth::mysql {

/// Makes a dialect for a version or a driver: its capabilities are those of `mysql_dialect()` or
/// `mariadb_dialect()` with other values. Its name is that of the URL's scheme, whatever the server
/// is: `mysql_limit` and types for "mysql" are meant for servers of MariaDB too that are reached
/// under that name.
std::unique_ptr<Dialect> make_dialect(const Capabilities& capabilities, bool as_mariadb);

/// The arguments of integers.
struct IntegerOptions {
  int display_width = -1;
  bool unsigned_ = false;
  bool zerofill = false;  ///< also makes it unsigned
};

TypePtr TINYINT(IntegerOptions options = {});
TypePtr SMALLINT(IntegerOptions options = {});
TypePtr MEDIUMINT(IntegerOptions options = {});
TypePtr INTEGER(IntegerOptions options = {});
TypePtr BIGINT(IntegerOptions options = {});

/// The arguments of other numbers. DOUBLE and REAL take precision and scale together.
struct NumberOptions {
  int precision = -1, scale = -1;
  bool unsigned_ = false;
  bool zerofill = false;
};

TypePtr NUMERIC(NumberOptions options = {});
TypePtr DECIMAL(NumberOptions options = {});
TypePtr FLOAT(NumberOptions options = {});
TypePtr DOUBLE(NumberOptions options = {});
TypePtr REAL(NumberOptions options = {});

TypePtr BIT(int length = -1);
TypePtr YEAR(int display_width = -1);
/// `fsp`: digits of the fraction of a second.
TypePtr DATETIME(int fsp = -1);
TypePtr TIME(int fsp = -1);
TypePtr TIMESTAMP(int fsp = -1);

/// The arguments of texts.
struct TextOptions {
  std::string charset{}, collation{};
  bool ascii = false, unicode = false, binary = false;
  bool national = false;  ///< the server's national character set
};

TypePtr CHAR(int length = -1, TextOptions options = {});
TypePtr VARCHAR(int length = -1, TextOptions options = {});
TypePtr NCHAR(int length = -1, TextOptions options = {});
TypePtr NVARCHAR(int length = -1, TextOptions options = {});
TypePtr TEXT(int length = -1, TextOptions options = {});
TypePtr TINYTEXT(TextOptions options = {});
TypePtr MEDIUMTEXT(TextOptions options = {});
TypePtr LONGTEXT(TextOptions options = {});
TypePtr ENUM(std::vector<std::string> values, TextOptions options = {});
TypePtr SET(std::vector<std::string> values, TextOptions options = {});

TypePtr TINYBLOB();
TypePtr MEDIUMBLOB();
TypePtr LONGBLOB();
TypePtr JSON();

/// How MATCH ... AGAINST searches; boolean mode goes with none of the others.
struct MatchOptions {
  bool in_boolean_mode = false;
  bool in_natural_language_mode = false;
  bool with_query_expansion = false;
};

/// `MATCH (a, b) AGAINST (text)`. Compiling throws CompileError for other combinations of options.
Expr<bool> match(std::initializer_list<OrderItem> columns,
                 const Literal& against,
                 MatchOptions options = {});
Expr<bool> match(std::initializer_list<OrderItem> columns, Any against, MatchOptions options = {});

}  // namespace azoth::mysql
