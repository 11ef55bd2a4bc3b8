# Builds main.cpp with nothing but what pkg-config says about the installed files.
#
# Usage: cmake -D COMPILER=<c++> -D PREFIX=<where orderly is installed> -D WORK=<scratch folder>
#              -P pkg_config.cmake
cmake_policy(VERSION 3.23)
find_program(pkg_config pkg-config)
if(NOT pkg_config)
  message("skipped: pkg-config is not on PATH")
  return()
endif()
set(ENV{PKG_CONFIG_PATH} "${PREFIX}/share/pkgconfig")
execute_process(COMMAND "${pkg_config}" --cflags --libs orderly OUTPUT_VARIABLE flags
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
file(MAKE_DIRECTORY "${WORK}")
execute_process(COMMAND "${COMPILER}" -std=c++20 "${CMAKE_CURRENT_LIST_DIR}/main.cpp" ${flags}
                        -o "${WORK}/consumer" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/consumer" COMMAND_ERROR_IS_FATAL ANY)
