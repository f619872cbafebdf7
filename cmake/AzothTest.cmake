# SPDX-License-Identifier: MIT
# azoth_test(): how a GoogleTest executable is made and registered, one ctest per TEST().
include(GoogleTest)

# gtest and the standard headers that nearly every test needs are compiled once for all tests.
add_library(azoth_test_pch OBJECT "${PROJECT_SOURCE_DIR}/tests/pch.cpp")
target_precompile_headers(azoth_test_pch PRIVATE "${PROJECT_SOURCE_DIR}/tests/pch.hpp")
target_compile_features(azoth_test_pch PRIVATE cxx_std_20)
set_target_properties(azoth_test_pch PROPERTIES CXX_EXTENSIONS OFF)
target_link_libraries(azoth_test_pch PRIVATE GTest::gtest Threads::Threads)
azoth_warnings(azoth_test_pch)

# azoth_test(<executable> SOURCES <x_test.cpp>... [LIBS <library>...] [LABELS <label>...] [NO_PCH])
# LIBS is azoth::core when absent. Libraries that are not built (a driver that is switched off) make
# the executable be skipped with a message. Labels follow the first folder below tests/. Tests may
# include the library's private headers ("orm/flush/flush_plan.hpp").
function(azoth_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_PCH" "" "SOURCES;LIBS;LABELS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "azoth_test(${name}): unknown argument ${arg_UNPARSED_ARGUMENTS}; "
                        "expected SOURCES, LIBS, LABELS or NO_PCH")
  endif()
  if(NOT arg_LIBS)
    set(arg_LIBS azoth::core)
  endif()
  foreach(library IN LISTS arg_LIBS)
    if(library MATCHES "^azoth::" AND NOT TARGET ${library})
      message(STATUS "test ${name} is skipped: ${library} is not built")
      return()
    endif()
  endforeach()
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REGEX REPLACE "/.*" "" label "${folder}")

  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/src"
                                             "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gtest GTest::gtest_main
                                        Threads::Threads)
  azoth_warnings(${name})
  if(NOT arg_NO_PCH)
    target_precompile_headers(${name} REUSE_FROM azoth_test_pch)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${label};${arg_LABELS}" TIMEOUT 300)
endfunction()
