# Creates the Conan package and builds and runs its test package, without network and with a Conan
# home of its own.
#
# Usage: cmake -D ROOT=<repository> -D WORK=<scratch folder> -D GENERATOR=<CMake generator>
#              -D PROJECT_VERSION=<version> -P run.cmake
cmake_policy(VERSION 3.23)
find_program(conan conan)
if(NOT conan)
  message("skipped: conan is not on PATH")
  return()
endif()

# Conan builds the test package beside its sources, so it gets a copy of them.
file(REMOVE_RECURSE "${WORK}")
file(COPY "${ROOT}/conanfile.py" "${ROOT}/LICENSE" "${ROOT}/include" DESTINATION "${WORK}/source")
file(COPY "${ROOT}/tests/consumer" DESTINATION "${WORK}/source/tests")
set(ENV{CONAN_HOME} "${WORK}/home")
execute_process(COMMAND "${conan}" profile detect COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND "${conan}" create . --no-remote -s compiler.cppstd=20
          -c "tools.cmake.cmaketoolchain:generator=${GENERATOR}"
  WORKING_DIRECTORY "${WORK}/source" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${conan}" list "orderly/${PROJECT_VERSION}:*" OUTPUT_VARIABLE packages
                COMMAND_ERROR_IS_FATAL ANY)

# The SHA-1 of nothing: one package for every compiler, system and build type.
if(NOT packages MATCHES "da39a3ee5e6b4b0d3255bfef95601890afd80709")
  message(FATAL_ERROR "the package depends on its settings:\n${packages}")
endif()
