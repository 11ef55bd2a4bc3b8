# The version stands once, in version.hpp; whatever else must spell it out has to agree.
#
# Usage: cmake -D ROOT=<repository> -D PROJECT_VERSION=<CMake's> -P versions.cmake
cmake_policy(VERSION 3.23)
file(READ "${ROOT}/include/orderly/version.hpp" header)
foreach(part MAJOR MINOR PATCH)
  string(REGEX MATCH "#define ORDERLY_VERSION_${part} ([0-9]+)" _ "${header}")
  list(APPEND version "${CMAKE_MATCH_1}")
endforeach()
list(JOIN version "." version)

function(expect_version where found)
  if(NOT found STREQUAL version)
    message(SEND_ERROR "${where} says ${found}, version.hpp says ${version}")
  endif()
endfunction()

string(REGEX MATCH "#define ORDERLY_VERSION \"([^\"]*)\"" _ "${header}")
expect_version("the text ORDERLY_VERSION" "${CMAKE_MATCH_1}")
expect_version("CMake" "${PROJECT_VERSION}")

foreach(manifest vcpkg.json packaging/vcpkg/ports/orderly/vcpkg.json)
  file(READ "${ROOT}/${manifest}" text)
  string(JSON found GET "${text}" version)
  expect_version(${manifest} "${found}")
endforeach()

# The topmost entry of the change log that names a version.
file(STRINGS "${ROOT}/CHANGELOG.md" entries REGEX "^## ")
string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" found "${entries}")
expect_version(CHANGELOG.md "${found}")

# The Conan recipe reads the header itself; a literal there would be a second source.
file(STRINGS "${ROOT}/conanfile.py" literal REGEX "^ *version *= *[\"']")
if(literal)
  message(SEND_ERROR "conanfile.py spells the version out: ${literal}")
endif()
