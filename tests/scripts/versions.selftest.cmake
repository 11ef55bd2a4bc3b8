# Usage: cmake -D ROOT=<repository> -D WORK=<scratch folder> -D PROJECT_VERSION=<CMake's>
#              -P versions.selftest.cmake
cmake_policy(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/planted.cmake")
set(files include/orderly/version.hpp vcpkg.json packaging/vcpkg/ports/orderly/vcpkg.json
          CHANGELOG.md conanfile.py)

function(copy_tree)
  foreach(file IN LISTS files)
    configure_file("${ROOT}/${file}" "${WORK}/${file}" COPYONLY)
  endforeach()
endfunction()

# `file` with every occurrence of the version changed.
function(expect_version_complaint file complaint)
  copy_tree()
  file(READ "${WORK}/${file}" text)
  string(REPLACE "${PROJECT_VERSION}" "9.9.9" text "${text}")
  file(WRITE "${WORK}/${file}" "${text}")
  expect_complaint(versions.cmake "-DROOT=${WORK};-DPROJECT_VERSION=${PROJECT_VERSION}"
                   "${complaint}")
endfunction()

copy_tree()
expect_silence(versions.cmake "-DROOT=${WORK};-DPROJECT_VERSION=${PROJECT_VERSION}")
expect_complaint(versions.cmake "-DROOT=${WORK};-DPROJECT_VERSION=9.9.9" "CMake says 9.9.9")
expect_version_complaint(include/orderly/version.hpp "text ORDERLY_VERSION says 9.9.9")
expect_version_complaint(vcpkg.json "vcpkg.json says 9.9.9")
expect_version_complaint(packaging/vcpkg/ports/orderly/vcpkg.json "orderly/vcpkg.json says 9.9.9")
expect_version_complaint(CHANGELOG.md "CHANGELOG.md says 9.9.9")
copy_tree()
file(APPEND "${WORK}/conanfile.py" "    version = '1.0'\n")
expect_complaint(versions.cmake "-DROOT=${WORK};-DPROJECT_VERSION=${PROJECT_VERSION}"
                 "conanfile.py spells the version out")
