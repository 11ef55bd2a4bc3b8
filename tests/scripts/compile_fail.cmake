# A wrong argument must be refused in few words that name the concept it misses, and for that reason
# alone. The first line of SOURCE is `// expect: <words>`. Compiled as it is, SOURCE must fail, say
# those words, and print fewer than 20 lines; with ORDERLY_EXPECT_SUCCESS defined it must compile.
#
# Usage: cmake -D SOURCE=<file> -D COMPILER=<c++> -D INCLUDE_DIR=<include> -P compile_fail.cmake
cmake_policy(VERSION 3.23)
file(STRINGS "${SOURCE}" expected LIMIT_COUNT 1)
if(NOT expected MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "${SOURCE}: the first line must be `// expect: <words>`")
endif()
set(expected "${CMAKE_MATCH_1}")
set(compile "${COMPILER}" -std=c++20 -fsyntax-only -pthread "-I${INCLUDE_DIR}" "${SOURCE}")

execute_process(COMMAND ${compile} -DORDERLY_EXPECT_SUCCESS RESULT_VARIABLE code
                ERROR_VARIABLE output)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the corrected form does not compile either:\n${output}")
endif()

execute_process(COMMAND ${compile} RESULT_VARIABLE code ERROR_VARIABLE output)
if(code EQUAL 0)
  message(FATAL_ERROR "compiles, but must not")
endif()
string(FIND "${output}" "${expected}" position)
if(position EQUAL -1)
  message(FATAL_ERROR "the error does not say `${expected}`:\n${output}")
endif()
string(REGEX MATCHALL "\n" line_ends "${output}")
list(LENGTH line_ends lines)
if(lines GREATER_EQUAL 20)
  message(FATAL_ERROR "the error has ${lines} lines; fewer than 20 are allowed:\n${output}")
endif()
