# SPDX-License-Identifier: MIT
# How Azoth's own targets are made: libraries, the modules they consist of, and warnings.
# Nothing here is exported to users except what azoth_library() marks as PUBLIC or INTERFACE.

# Warnings for our own code only; never part of an exported interface.
function(azoth_warnings target)
  # Instrumented code makes g++ warn falsely of the standard library's own (maybe-uninitialized in
  # <regex>), so that sanitizer builds only warn.
  set(werror "")
  if(AZOTH_WERROR AND NOT AZOTH_SANITIZE)
    set(werror -Werror)
  endif()
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wno-missing-field-initializers ${werror})
endfunction()

# add_subdirectory() for each folder that has a CMakeLists.txt; a room that is not built yet is
# skipped.
function(azoth_add_subdirectories)
  foreach(folder IN LISTS ARGN)
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()

# azoth_library(<name> [LINKS <public libraries>...] [PRIVATE_LINKS <libraries>...])
# makes the static library azoth_<name> with the alias azoth::<name>.
function(azoth_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;PRIVATE_LINKS")
  set(target azoth_${name})
  add_library(${target} STATIC)
  add_library(azoth::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} CXX_EXTENSIONS OFF
                        LINKER_LANGUAGE CXX VERIFY_INTERFACE_HEADER_SETS ON)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>
    PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
  azoth_warnings(${target})
  set_property(GLOBAL APPEND PROPERTY AZOTH_LIBRARIES ${target})
endfunction()

# azoth_public_headers(<library> <header>...) adds headers, named relative to include/azoth.
function(azoth_public_headers library)
  list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/include/azoth/" OUTPUT_VARIABLE headers)
  if(NOT headers)
    return()
  endif()
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.23)
    target_sources(${library} PUBLIC FILE_SET HEADERS
                   BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${headers})
  endif()
  set_property(GLOBAL APPEND PROPERTY AZOTH_PUBLIC_HEADERS ${headers})
endfunction()

# azoth_precompile(<name> <header> <source>) makes a target whose precompiled header modules of
# azoth_core may use: azoth_module(... PCH <name>).
function(azoth_precompile name header source)
  add_library(${name} OBJECT "${source}")
  target_precompile_headers(${name} PRIVATE "${header}")
  azoth_use_library(${name} azoth_core)
endfunction()

# What the library may use, its module may use: includes, definitions and options follow.
function(azoth_use_library target library)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target} PRIVATE
    $<TARGET_PROPERTY:${library},INCLUDE_DIRECTORIES>)
  target_compile_definitions(${target} PRIVATE
    $<TARGET_PROPERTY:${library},COMPILE_DEFINITIONS>)
  target_compile_options(${target} PRIVATE $<TARGET_PROPERTY:${library},COMPILE_OPTIONS>)
  get_target_property(libraries ${library} LINK_LIBRARIES)
  target_link_libraries(${target} PRIVATE ${libraries})
endfunction()

# azoth_module(<name> [LIBRARY azoth_core] [HEADERS <module>/x.hpp...] [SOURCES x.cpp...])
# is called once in each folder of src/. HEADERS are named relative to include/azoth, SOURCES
# relative to the folder. The module is an object library azoth_<name>, so that one module can be
# built alone, unless the library itself has that name.
function(azoth_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LIBRARY;PCH" "HEADERS;SOURCES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "azoth_module(${name}): unknown argument ${arg_UNPARSED_ARGUMENTS}; "
                        "expected LIBRARY, PCH, HEADERS or SOURCES")
  endif()
  if(NOT arg_LIBRARY)
    set(arg_LIBRARY azoth_core)
  endif()
  azoth_public_headers(${arg_LIBRARY} ${arg_HEADERS})
  list(TRANSFORM arg_SOURCES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  if(NOT arg_SOURCES)
    return()
  endif()
  set(target azoth_${name})
  if(TARGET ${target})
    target_sources(${target} PRIVATE ${arg_SOURCES})
    return()
  endif()
  add_library(${target} OBJECT ${arg_SOURCES})
  azoth_use_library(${target} ${arg_LIBRARY})
  if(NOT arg_PCH AND AZOTH_MODULES_PCH)
    set(arg_PCH ${AZOTH_MODULES_PCH})
  endif()
  if(arg_PCH)
    target_precompile_headers(${target} REUSE_FROM ${arg_PCH})
  endif()
  target_sources(${arg_LIBRARY} PRIVATE $<TARGET_OBJECTS:${target}>)
endfunction()
