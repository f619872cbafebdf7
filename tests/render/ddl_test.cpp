// SPDX-License-Identifier: MIT
// CREATE, DROP and ALTER of schema objects.
// Expected texts, parameter names and column names are what SQLAlchemy 1.4 gives for the same
// construct.
#include "render/ddl_tables.hpp"
#include "render/rendering.hpp"

namespace azoth::render_test {

namespace {

const Case cases[] = {
    {"TableWithDefaultsAndConstraints",
     [] { return sql::create_table(tables().user_account); },
     "\nCREATE TABLE user_account (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30) NOT NULL, "
     "\n\temail VARCHAR, \n\ts1 INTEGER DEFAULT '5', \n\ts2 VARCHAR DEFAULT 'it''s', \n\ts3 "
     "DATETIME DEFAULT CURRENT_TIMESTAMP, \n\ts4 DATETIME DEFAULT now(), \n\t\"select\" INTEGER, "
     "\n\tPRIMARY KEY (id), \n\tCHECK (id > 5), \n\tCONSTRAINT ck1 CHECK (id > 6), \n\tCONSTRAINT "
     "uq1 UNIQUE (name, email), \n\tUNIQUE (name)\n)\n\n",
     "\nCREATE TABLE user_account (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30) NOT NULL, "
     "\n\temail VARCHAR, \n\ts1 INTEGER DEFAULT '5', \n\ts2 VARCHAR DEFAULT 'it''s', \n\ts3 "
     "DATETIME DEFAULT CURRENT_TIMESTAMP, \n\ts4 DATETIME DEFAULT (CURRENT_TIMESTAMP), "
     "\n\t\"select\" INTEGER, \n\tPRIMARY KEY (id), \n\tCHECK (id > 5), \n\tCONSTRAINT ck1 CHECK "
     "(id > 6), \n\tCONSTRAINT uq1 UNIQUE (name, email), \n\tUNIQUE (name)\n)\n\n",
     "",
     ""},
    {"TypesHaveTheirNames",
     [] { return sql::create_table(tables().types); },
     "\nCREATE TABLE types (\n\tf FLOAT, \n\tb BOOLEAN, \n\tn NUMERIC(10, 2), \n\tn2 NUMERIC(10), "
     "\n\tn3 NUMERIC, \n\tt TEXT, \n\tt2 TEXT(20), \n\tu VARCHAR(20), \n\tut TEXT, \n\tbi BIGINT, "
     "\n\tsi SMALLINT, \n\td DATE, \n\tti TIME, \n\tdt DATETIME, \n\tlb BLOB, \n\tlb2 BLOB\n)\n\n",
     same_as_default,
     "",
     ""},
    {"ForeignKeysWithActions",
     [] { return sql::create_table(tables().address); },
     "\nCREATE TABLE address (\n\tid INTEGER NOT NULL, \n\tx INTEGER NOT NULL, \n\tuser_id INTEGER "
     "NOT NULL, \n\tu2 INTEGER, \n\tCONSTRAINT pk1 PRIMARY KEY (id, x), \n\tUNIQUE (x), "
     "\n\tFOREIGN KEY(id, x) REFERENCES k (a, b), \n\tCONSTRAINT fk1 FOREIGN KEY(user_id) "
     "REFERENCES user_account (id) ON DELETE CASCADE ON UPDATE SET NULL, \n\tUNIQUE (u2), "
     "\n\tFOREIGN KEY(u2) REFERENCES user_account (id)\n)\n\n",
     same_as_default,
     "",
     ""},
    {"KeyToBeAlteredStaysInsideForSqlite",
     [] { return sql::create_table(tables().k); },
     "\nCREATE TABLE k (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tself_id INTEGER, "
     "\n\tPRIMARY KEY (a, b)\n)\n\n",
     "\nCREATE TABLE k (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tself_id INTEGER, "
     "\n\tPRIMARY KEY (a, b), \n\tCONSTRAINT fk_z FOREIGN KEY(self_id) REFERENCES address "
     "(id)\n)\n\n",
     "",
     ""},
    {"SchemaQualifiesTheTable",
     [] { return sql::create_table(tables().sch); },
     "\nCREATE TABLE other.sch (\n\tid INTEGER NOT NULL, \n\tq INTEGER, \n\t\"Up\" INTEGER, "
     "\n\tPRIMARY KEY (id), \n\tFOREIGN KEY(\"Up\") REFERENCES other.oo (id)\n)\n\n",
     "\nCREATE TABLE other.sch (\n\tid INTEGER NOT NULL, \n\tq INTEGER, \n\t\"Up\" INTEGER, "
     "\n\tPRIMARY KEY (id), \n\tFOREIGN KEY(\"Up\") REFERENCES oo (id)\n)\n\n",
     "",
     ""},
    {"SqliteLeavesOutKeysIntoOtherSchemas",
     [] { return sql::create_table(tables().xs); },
     "\nCREATE TABLE xs (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id), \n\tFOREIGN KEY(id) "
     "REFERENCES other.oo (id)\n)\n\n",
     "\nCREATE TABLE xs (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
     "",
     ""},
    {"ColumnWithoutTypeIsRefused",
     [] { return sql::create_table(tables().nt); },
     "!CompileError: (in table 'nt', column 'x'): Can't generate DDL for NullType(); did you "
     "forget to specify a type on this Column?",
     same_as_default,
     "",
     ""},
    {"TableIfNotExists",
     [] { return sql::create_table(tables().oo, true); },
     "\nCREATE TABLE IF NOT EXISTS other.oo (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
     same_as_default,
     "",
     ""},
    {"DropTableOfTheSchema",
     [] { return sql::drop_table(tables().oo); },
     "\nDROP TABLE other.oo",
     same_as_default,
     "",
     ""},
    {"DropTableIfExists",
     [] { return sql::drop_table(tables().user_account, true); },
     "\nDROP TABLE IF EXISTS user_account",
     same_as_default,
     "",
     ""},
    {"IndexOfAColumnIsNamedAfterIt",
     [] { return sql::create_index(tables().user_account, 0); },
     "CREATE INDEX ix_user_account_email ON user_account (email)",
     same_as_default,
     "",
     ""},
    {"UniqueColumnWithIndexHasAUniqueIndex",
     [] { return sql::create_index(tables().user_account, 1); },
     "CREATE UNIQUE INDEX ix_user_account_select ON user_account (\"select\")",
     same_as_default,
     "",
     ""},
    {"IndexOverTwoColumns",
     [] { return sql::create_index(tables().address, 0); },
     "CREATE UNIQUE INDEX ix_q ON address (id, x)",
     same_as_default,
     "",
     ""},
    {"IndexIfNotExists",
     [] { return sql::create_index(tables().address, 0, true); },
     "CREATE UNIQUE INDEX IF NOT EXISTS ix_q ON address (id, x)",
     same_as_default,
     "",
     ""},
    {"SqliteQualifiesTheIndexInsteadOfTheTable",
     [] { return sql::create_index(tables().sch, 0); },
     "CREATE INDEX ix_other_sch_q ON other.sch (q)",
     "CREATE INDEX other.ix_other_sch_q ON sch (q)",
     "",
     ""},
    {"DropIndex",
     [] { return sql::drop_index(tables().sch, 0); },
     "\nDROP INDEX other.ix_other_sch_q",
     same_as_default,
     "",
     ""},
    {"DropIndexIfExists",
     [] { return sql::drop_index(tables().address, 0, true); },
     "\nDROP INDEX IF EXISTS ix_q",
     same_as_default,
     "",
     ""},
    {"AddForeignKey",
     [] { return sql::add_constraint(tables().address, ConstraintKind::foreign_key, 0); },
     "ALTER TABLE address ADD CONSTRAINT fk1 FOREIGN KEY(user_id) REFERENCES user_account (id) ON "
     "DELETE CASCADE ON UPDATE SET NULL",
     same_as_default,
     "",
     ""},
    {"AddPrimaryKey",
     [] { return sql::add_constraint(tables().address, ConstraintKind::primary_key); },
     "ALTER TABLE address ADD CONSTRAINT pk1 PRIMARY KEY (id, x)",
     same_as_default,
     "",
     ""},
    {"AddUnnamedUnique",
     [] { return sql::add_constraint(tables().address, ConstraintKind::unique, 1); },
     "ALTER TABLE address ADD UNIQUE (x)",
     same_as_default,
     "",
     ""},
    {"AddCheck",
     [] { return sql::add_constraint(tables().user_account, ConstraintKind::check, 2); },
     "ALTER TABLE user_account ADD CONSTRAINT ck1 CHECK (id > 6)",
     same_as_default,
     "",
     ""},
    {"DropForeignKey",
     [] { return sql::drop_constraint(tables().address, ConstraintKind::foreign_key, 0); },
     "ALTER TABLE address DROP CONSTRAINT fk1",
     same_as_default,
     "",
     ""},
};

INSTANTIATE_TEST_SUITE_P(Ddl, Rendering, testing::ValuesIn(cases), name_of_case);

}  // namespace

}  // namespace azoth::render_test
