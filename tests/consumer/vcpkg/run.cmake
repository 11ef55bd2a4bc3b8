# Installs the overlay port with vcpkg and builds and runs the installed consumer against it. The
# port's helper ports come from the vcpkg tree at hand.
#
# Usage: cmake -D ROOT=<repository> -D WORK=<scratch folder> -D GENERATOR=<CMake generator>
#              -D PROJECT_VERSION=<version> -P run.cmake
cmake_policy(VERSION 3.23)
find_program(vcpkg vcpkg)
if(NOT vcpkg)
  message("skipped: vcpkg is not on PATH")
  return()
endif()

# vcpkg keeps an installed port although its sources have changed, so each run starts from nothing.
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
execute_process(
  COMMAND "${vcpkg}" install orderly "--overlay-ports=${ROOT}/packaging/vcpkg/ports"
          "--x-install-root=${WORK}/installed" --binarysource=clear --disable-metrics
  WORKING_DIRECTORY "${WORK}" COMMAND_ERROR_IS_FATAL ANY)
file(GLOB config "${WORK}/installed/*/share/orderly/orderly-config.cmake")
cmake_path(GET config PARENT_PATH folder)
execute_process(
  COMMAND ${CMAKE_COMMAND} -G "${GENERATOR}" -S "${ROOT}/tests/consumer/installed" -B
          "${WORK}/build" "-Dorderly_DIR=${folder}" "-DORDERLY_VERSION=${PROJECT_VERSION}"
          COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/build/consumer" COMMAND_ERROR_IS_FATAL ANY)
