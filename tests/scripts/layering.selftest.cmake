# Usage: cmake -D WORK=<scratch folder> -P layering.selftest.cmake
cmake_policy(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/planted.cmake")

# A small correct tree: base <- middle <- orderly, and the opt-in header `extra`.
function(plant_correct_tree)
  file(REMOVE_RECURSE "${WORK}")
  file(WRITE "${WORK}/include/layers.cmake"
       "set(orderly_layers 0 1 2)\nset(orderly_layer_0 detail/base)\n"
       "set(orderly_layer_1 middle extra)\nset(orderly_layer_2 orderly)\n"
       "set(orderly_opt_in extra)\n")
  file(WRITE "${WORK}/include/orderly/detail/base.hpp" "#include <cstddef> // size_t\n")
  file(WRITE "${WORK}/include/orderly/middle.hpp" "#include <orderly/detail/base.hpp>\n")
  file(WRITE "${WORK}/include/orderly/extra.hpp" "#include <future>\n")
  file(WRITE "${WORK}/include/orderly/orderly.hpp" "#include <orderly/middle.hpp>\n")
  file(WRITE "${WORK}/tests/detail/base.test.cpp" "#include <orderly/detail/base.hpp>\n")
endfunction()

function(expect_layering_complaint file text complaint)
  plant_correct_tree()
  file(APPEND "${WORK}/${file}" "${text}\n")
  expect_complaint(layering.cmake "-DROOT=${WORK}" "${complaint}")
endfunction()

plant_correct_tree()
expect_silence(layering.cmake "-DROOT=${WORK}")
expect_layering_complaint(include/orderly/detail/base.hpp "#include <orderly/middle.hpp>"
                          "detail/base .layer 0. includes what is not below it: middle")
expect_layering_complaint(include/orderly/middle.hpp "#  include \"orderly/extra.hpp\""
                          "middle .layer 1. includes what is not below it: extra")
expect_layering_complaint(include/orderly/middle.hpp "#include <orderly/nowhere.hpp>"
                          "not below it: nowhere")
expect_layering_complaint(include/orderly/middle.hpp "#include \"detail/base.hpp\""
                          "write .orderly/")
expect_layering_complaint(include/orderly/middle.hpp "#include <iostream>" "too costly")
expect_layering_complaint(include/orderly/stray.hpp "" "not in include/layers.cmake: stray")
expect_layering_complaint(include/layers.cmake "list(APPEND orderly_layer_0 ghost)"
                          "lists ghost, which is no header")
expect_layering_complaint(include/layers.cmake "set(orderly_opt_in)" "orderly.hpp leaves out: extra")
expect_layering_complaint(examples/main.cpp "#include <orderly/detail/base.hpp>"
                          "examples/main.cpp includes a private header")
