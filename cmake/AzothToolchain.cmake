# SPDX-License-Identifier: MIT
# Settings of the whole build that depend on who is building: build type, ccache, sanitizers.
# Nothing here touches a project that contains Azoth as a subdirectory.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
  message(FATAL_ERROR "Azoth needs g++ 12 or later; this is ${CMAKE_CXX_COMPILER_VERSION}. "
                      "Install it and set -DCMAKE_CXX_COMPILER=g++-12.")
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  message(FATAL_ERROR "Azoth needs clang 14 or later; this is ${CMAKE_CXX_COMPILER_VERSION}.")
endif()

if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(AZOTH_CCACHE ccache)
  if(AZOTH_CCACHE)
    # ccache refuses translation units with a precompiled header unless told what may differ.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${AZOTH_CCACHE}"
        CACHE STRING "Compiler launcher")
  endif()
endif()

if(AZOTH_SANITIZE)
  add_compile_options(-fsanitize=${AZOTH_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${AZOTH_SANITIZE})
endif()
