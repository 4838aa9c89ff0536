# Shared by every room and every test target. Flags are set on targets, never globally.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY USE_FOLDERS ON)

option(GRADUS_TESTS "Build the tests and benchmarks" ON)
option(GRADUS_WERROR "Treat warnings as errors" OFF)
option(GRADUS_FUZZ "Link the fuzz targets with libFuzzer (clang only)" OFF)
set(GRADUS_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=; empty for none")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(GRADUS_CCACHE ccache)
if(GRADUS_CCACHE)
  # Without these, ccache stores nothing that is compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${GRADUS_CCACHE})
endif()

find_package(Threads REQUIRED)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(GRADUS_X86 ON)
endif()

# x86-64-v3 is AVX2 and FMA, which every x86 server of the last ten years has. A build for the processor at hand would
# round differently on each machine: a run would learn other bits, and a test could pass on one and fail on the next.
add_library(gradus_flags INTERFACE)
target_include_directories(gradus_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(gradus_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>  # lets ccache see through precompiled headers
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 warns falsely on "literal" + std::string (GCC bug 105651)
  # Clang: the embedded page is longer than the standard's 64 KiB, and macros of librdkafka are statement expressions.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings;-Wno-gnu-statement-expression>
  $<$<BOOL:${GRADUS_WERROR}>:-Werror>
  $<$<BOOL:${GRADUS_X86}>:-march=x86-64-v3>)
# g++ 12 takes the undefined vectors of the intrinsics' headers for mistakes (GCC bug 105593), and its instrumentation hides
# assignments from the same warnings (GCC bug 105562, std::regex). The preset dev keeps them.
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR GRADUS_SANITIZE)
  target_compile_options(gradus_flags INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-uninitialized>
    # Where <string> comes out of a precompiled header, it warns of its inlined copies as if they were ours.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow>)
endif()
if(GRADUS_SANITIZE)
  target_compile_options(gradus_flags INTERFACE -fsanitize=${GRADUS_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(gradus_flags INTERFACE -fsanitize=${GRADUS_SANITIZE})
  # ThreadSanitizer does not see the fences of Asio, all of which runs on one thread.
  target_compile_options(gradus_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
endif()

# Parsing the standard library takes half of a source's compile time, so the rooms share precompiled headers. Rooms that
# have to be fast share one compiled with -O3; the others share one with -O2 and the JSON library that most of them use.
# A precompiled header carries its own options, and g++ falls back on them after each header that changes options for a
# while, as Eigen's and simdjson's do. So only sources compiled with the same options may use it.
set(GRADUS_OUTER_OPTIONS $<$<CONFIG:Release>:-O2>)
function(gradus_precompile name)
  file(WRITE ${CMAKE_BINARY_DIR}/${name}.cpp "")
  add_library(gradus_${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cpp)
  target_link_libraries(gradus_${name} PRIVATE gradus_flags)
  target_precompile_headers(gradus_${name} PRIVATE <algorithm> <array> <charconv> <chrono> <cmath> <filesystem> <functional>
    <map> <memory> <numeric> <optional> <set> <span> <stop_token> <string> <string_view> <variant> <vector> ${ARGN})
endfunction()
find_package(nlohmann_json REQUIRED)
gradus_precompile(inner_headers)
gradus_precompile(outer_headers <nlohmann/json.hpp>)
target_compile_options(gradus_outer_headers PRIVATE ${GRADUS_OUTER_OPTIONS})

# gradus_library(ROOM SOURCES ... USES room... [PUBLIC target...] [PRIVATE target...] [OUTER] [APART])
# Defines gradus_ROOM, the static library of one room. USES names rooms to its left; PRIVATE third-party targets stay in
# its sources, PUBLIC ones appear in its headers. OUTER: the fast code is in the rooms that it calls, so more
# optimization would only take longer to compile. APART: the room has options of its own and uses no shared headers.
function(gradus_library room)
  cmake_parse_arguments(arg "OUTER;APART" "" "SOURCES;USES;PUBLIC;PRIVATE" ${ARGN})
  add_library(gradus_${room} STATIC ${arg_SOURCES})
  list(TRANSFORM arg_USES PREPEND gradus_)
  target_link_libraries(gradus_${room} PUBLIC gradus_flags ${arg_USES} ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  if(arg_OUTER)
    target_compile_options(gradus_${room} PRIVATE ${GRADUS_OUTER_OPTIONS})
    target_precompile_headers(gradus_${room} REUSE_FROM gradus_outer_headers)
  elseif(NOT arg_APART)
    target_precompile_headers(gradus_${room} REUSE_FROM gradus_inner_headers)
  endif()
endfunction()

set(GRADUS_SHARED_BROKER ${CMAKE_BINARY_DIR}/tests/shared_broker)
set(GRADUS_GROWN_LEARNER ${CMAKE_BINARY_DIR}/tests/grown_learner)

foreach(label unit property golden threads e2e bench slow)
  add_custom_target(${label}_tests)
endforeach()

# Tests take longer to compile than to run: -Og takes three fifths of -O3's time and keeps inline functions inline.
# For the options of the precompiled header, see gradus_precompile.
set(GRADUS_TEST_OPTIONS $<$<CONFIG:Release>:-Og>)
function(gradus_compile_as_test target)
  target_compile_options(${target} PRIVATE ${GRADUS_TEST_OPTIONS})
  target_precompile_headers(${target} REUSE_FROM gradus_test_support)
endfunction()

# gradus_test_library(NAME SOURCES ... [USES room...] [LINK target...] [PRIVATE target...] [OPTIMIZED])
# Code that several test programs share, compiled once. OPTIMIZED: it computes for a long time.
function(gradus_test_library name)
  cmake_parse_arguments(arg "OPTIMIZED" "" "SOURCES;USES;LINK;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  list(TRANSFORM arg_USES PREPEND gradus_)
  target_link_libraries(${name} PUBLIC gradus_flags gradus_test_support ${arg_USES} ${arg_LINK} PRIVATE ${arg_PRIVATE})
  if(NOT arg_OPTIMIZED)
    gradus_compile_as_test(${name})
  endif()
endfunction()

# gradus_test(NAME LABEL label SOURCES ... USES room... LINK target... [TIMEOUT s] [COST s] [SERIAL] [BUSY] [BROKER]
#   [GROWN] [GROWS] [WHOLE])
# One GoogleTest program, found by CTest test by test. NAME is usually the room; LABEL is one of unit property golden
# threads e2e bench slow. The target <label>_tests builds all programs of one label. SERIAL: ctest runs nothing beside
# its tests. BUSY: at most one BUSY test runs at a time (RESOURCE_LOCK); for tests that use several cores or depend on
# probe timing. BROKER: its tests share one real broker, which ctest starts and stops. GROWN: its tests start with copies
# of one learner's data directory, which the program marked GROWS makes before them. COST: the test's duration, so that
# ctest starts the longest tests first; set it higher if other tests wait for this one.
# WHOLE: one CTest test for the whole program, for tests that share something expensive to make.
function(gradus_test name)
  cmake_parse_arguments(arg "SERIAL;BUSY;BROKER;GROWN;GROWS;WHOLE" "LABEL;TIMEOUT;COST" "SOURCES;USES;LINK" ${ARGN})
  add_executable(${name}_test ${arg_SOURCES})
  list(TRANSFORM arg_USES PREPEND gradus_)
  target_link_libraries(${name}_test PRIVATE gradus_flags gradus_test_support ${arg_USES} ${arg_LINK})
  gradus_compile_as_test(${name}_test)
  set_target_properties(${name}_test PROPERTIES CXX_CLANG_TIDY "")
  add_dependencies(${arg_LABEL}_tests ${name}_test)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  # RapidCheck would draw a new seed each time, and a flaky test proves nothing.
  set(properties LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} ENVIRONMENT RC_PARAMS=seed=20180521)
  if(arg_COST)
    list(APPEND properties COST ${arg_COST})
  endif()
  if(arg_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  if(arg_BUSY)  # PROCESSORS 2 would start last: ctest gives each free core to the next test that needs one
    list(APPEND properties RESOURCE_LOCK busy)
  endif()
  if(arg_BROKER)
    list(APPEND properties FIXTURES_REQUIRED shared_broker
      ENVIRONMENT_MODIFICATION GRADUS_TEST_BROKER=set:${GRADUS_SHARED_BROKER})
  endif()
  if(arg_GROWS)
    list(APPEND properties FIXTURES_SETUP grown_learner)
  elseif(arg_GROWN)
    list(APPEND properties FIXTURES_REQUIRED grown_learner)
  endif()
  if(arg_GROWS OR arg_GROWN)
    list(APPEND properties ENVIRONMENT_MODIFICATION GRADUS_GROWN_LEARNER=set:${GRADUS_GROWN_LEARNER})
  endif()
  if(arg_WHOLE)
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES ${properties})
    return()
  endif()
  # Parameter values stay out of the names: a struct prints as bytes with addresses, which differ in each build.
  gtest_discover_tests(${name}_test TEST_PREFIX "${name}." NO_PRETTY_VALUES PROPERTIES ${properties} DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()
