# SPDX-License-Identifier: MIT
# What `cmake --install` puts where, and the package that find_package(azoth) finds afterwards.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(azoth_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/azoth")
get_property(azoth_libraries GLOBAL PROPERTY AZOTH_LIBRARIES)
get_property(azoth_headers GLOBAL PROPERTY AZOTH_PUBLIC_HEADERS)

# One export set for each component, so that a program that asks for orm needs no sqlite3.
foreach(library IN LISTS azoth_libraries)
  string(REGEX REPLACE "^azoth_" "" component "${library}")
  set(headers "")
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.23)
    get_target_property(header_sets ${library} INTERFACE_HEADER_SETS)
    if(header_sets)
      set(headers FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    endif()
  endif()
  install(TARGETS ${library} EXPORT azoth-${component}
          ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" ${headers})
  install(EXPORT azoth-${component} NAMESPACE azoth:: DESTINATION "${azoth_package_dir}")
endforeach()

if(CMAKE_VERSION VERSION_LESS 3.23)
  foreach(header IN LISTS azoth_headers)
    file(RELATIVE_PATH name "${PROJECT_SOURCE_DIR}/include" "${header}")
    get_filename_component(folder "${name}" DIRECTORY)
    install(FILES "${header}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/${folder}")
  endforeach()
endif()

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/azoth-config.cmake.in" "${PROJECT_BINARY_DIR}/azoth-config.cmake"
  INSTALL_DESTINATION "${azoth_package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/azoth-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/azoth-config.cmake"
              "${PROJECT_BINARY_DIR}/azoth-config-version.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/FindMariaDBConnector.cmake"
        DESTINATION "${azoth_package_dir}")
