# SPDX-License-Identifier: MIT
# Says at the end of configuring what is built and what is not, and why.
get_property(azoth_libraries GLOBAL PROPERTY AZOTH_LIBRARIES)
list(JOIN azoth_libraries " " azoth_libraries)
message(STATUS "azoth ${PROJECT_VERSION}: ${azoth_libraries}")
message(STATUS "  sqlite3 driver: ${AZOTH_SQLITE3_STATUS}")
message(STATUS "  libpq driver: ${AZOTH_LIBPQ_STATUS}")
message(STATUS "  mariadb driver: ${AZOTH_MARIADB_STATUS}")
message(STATUS "  odbc driver: ${AZOTH_ODBC_STATUS}")
if(PROJECT_IS_TOP_LEVEL)
  message(STATUS "  tests ${AZOTH_TESTS}, examples ${AZOTH_EXAMPLES}, "
                 "benchmarks ${AZOTH_BENCHMARKS}, sanitizers '${AZOTH_SANITIZE}'")
endif()
