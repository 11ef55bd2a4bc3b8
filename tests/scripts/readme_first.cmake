# The README's first program is examples/first.cpp to the letter, its command builds it, and it
# prints what the README says. Taken from README.md: the first ```cpp block, the next ```sh block
# (run in a copy of the tree, without its `git clone` and `cd` lines), the next ```text block.
#
# Usage: cmake -D ROOT=<repository> -D WORK=<scratch folder> -P readme_first.cmake
cmake_policy(VERSION 3.23)
file(READ "${ROOT}/README.md" readme)

# Takes the text of the next block of a kind, and what follows it, from `readme`.
macro(next_block kind result)
  string(FIND "${readme}" "\n```${kind}\n" begin)
  if(begin EQUAL -1)
    message(FATAL_ERROR "README.md: no ```${kind} block where one is expected")
  endif()
  string(LENGTH "\n```${kind}\n" head)
  math(EXPR begin "${begin} + ${head}")
  string(SUBSTRING "${readme}" ${begin} -1 readme)
  string(FIND "${readme}" "```" end)
  string(SUBSTRING "${readme}" 0 ${end} ${result})
  math(EXPR end "${end} + 3")
  string(SUBSTRING "${readme}" ${end} -1 readme)
endmacro()
next_block(cpp program)
next_block(sh command)
next_block(text expected)

file(READ "${ROOT}/examples/first.cpp" example)
if(NOT program STREQUAL example)
  message(FATAL_ERROR "README.md's first program differs from examples/first.cpp")
endif()

file(REMOVE_RECURSE "${WORK}")
file(COPY "${ROOT}/include" "${ROOT}/examples" DESTINATION "${WORK}")
string(REGEX REPLACE "(git clone|cd) [^\n]*\n" "" command "${command}")
execute_process(COMMAND sh -e -c "${command}" WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE code
                OUTPUT_VARIABLE output ERROR_VARIABLE errors)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "README.md's first command fails:\n${command}\n${output}${errors}")
endif()
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "README.md shows\n${expected}\nbut the first program prints\n${output}")
endif()
