# SPDX-License-Identifier: MIT
# Finds MariaDB Connector/C (libmariadb), which comes without a package of its own for CMake: target
# MariaDB::Connector. Installed beside Azoth's package, since programs link it too.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_MariaDB QUIET libmariadb)
endif()
find_path(MariaDBConnector_INCLUDE_DIR mariadb_stmt.h HINTS ${PC_MariaDB_INCLUDE_DIRS} PATH_SUFFIXES mariadb mysql)
find_library(MariaDBConnector_LIBRARY mariadb HINTS ${PC_MariaDB_LIBRARY_DIRS} PATH_SUFFIXES mariadb)
if(MariaDBConnector_INCLUDE_DIR AND EXISTS "${MariaDBConnector_INCLUDE_DIR}/mariadb_version.h")
  file(STRINGS "${MariaDBConnector_INCLUDE_DIR}/mariadb_version.h" MariaDBConnector_VERSION
       REGEX "^#define MARIADB_PACKAGE_VERSION +\"")
  string(REGEX REPLACE ".*\"([0-9.]+)\".*" "\\1" MariaDBConnector_VERSION "${MariaDBConnector_VERSION}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MariaDBConnector
  REQUIRED_VARS MariaDBConnector_LIBRARY MariaDBConnector_INCLUDE_DIR VERSION_VAR MariaDBConnector_VERSION)
mark_as_advanced(MariaDBConnector_INCLUDE_DIR MariaDBConnector_LIBRARY)

if(MariaDBConnector_FOUND AND NOT TARGET MariaDB::Connector)
  add_library(MariaDB::Connector UNKNOWN IMPORTED)
  set_target_properties(MariaDB::Connector PROPERTIES
    IMPORTED_LOCATION "${MariaDBConnector_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${MariaDBConnector_INCLUDE_DIR}")
endif()
