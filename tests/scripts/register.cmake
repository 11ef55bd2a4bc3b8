# The checks that are CMake scripts, each with a self-test that plants what it must find.
function(orderly_add_script name)
  add_test(
    NAME source.${name}
    COMMAND ${CMAKE_COMMAND} "-DROOT=${PROJECT_SOURCE_DIR}"
            "-DWORK=${PROJECT_BINARY_DIR}/scratch/${name}"
            "-DINCLUDE_DIR=${PROJECT_SOURCE_DIR}/include/orderly"
            "-DPROJECT_VERSION=${PROJECT_VERSION}" "-DCOMPILER=${CMAKE_CXX_COMPILER}" -P
            "${CMAKE_CURRENT_SOURCE_DIR}/scripts/${name}.cmake")
  set_tests_properties(source.${name} PROPERTIES LABELS source)
endfunction()

foreach(name layering documentation_lines versions readme_first)
  orderly_add_script(${name})
  orderly_add_script(${name}.selftest)
endforeach()
orderly_add_script(compile_fail.selftest)

file(GLOB cases CONFIGURE_DEPENDS compile_fail/*.cpp)
foreach(case IN LISTS cases)
  cmake_path(GET case STEM name)
  add_test(
    NAME compile_fail.${name}
    COMMAND ${CMAKE_COMMAND} "-DSOURCE=${case}" "-DCOMPILER=${CMAKE_CXX_COMPILER}"
            "-DINCLUDE_DIR=${PROJECT_SOURCE_DIR}/include" -P
            "${CMAKE_CURRENT_SOURCE_DIR}/scripts/compile_fail.cmake")
  set_tests_properties(compile_fail.${name} PROPERTIES LABELS source)
endforeach()
