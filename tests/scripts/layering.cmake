# Checks the #include lines of the whole repository against the layers in include/layers.cmake:
#  - every header on disk is listed there once, and every listed header exists;
#  - a header includes only headers of strictly lower layers, and none of the costly standard ones
#    unless it is opt-in;
#  - orderly.hpp includes every public header but the opt-in ones;
#  - nothing outside include/ includes detail/, except tests/detail/.
#
# Usage: cmake -D ROOT=<repository> -P layering.cmake
cmake_policy(VERSION 3.23)
include("${ROOT}/include/layers.cmake")
set(costly execution format future iostream random ranges regex source_location stop_token)

file(GLOB_RECURSE on_disk RELATIVE "${ROOT}/include/orderly" "${ROOT}/include/orderly/*")
set(below "")
foreach(layer IN LISTS orderly_layers)
  foreach(header IN LISTS orderly_layer_${layer})
    if(NOT "${header}.hpp" IN_LIST on_disk)
      message(SEND_ERROR "layer ${layer} lists ${header}, which is no header (or is listed twice)")
      continue()
    endif()
    list(REMOVE_ITEM on_disk "${header}.hpp")
    file(STRINGS "${ROOT}/include/orderly/${header}.hpp" lines REGEX "^ *# *include")
    set(included "")
    foreach(line IN LISTS lines)
      if(line MATCHES "[<\"]orderly/([a-z_/]+)\\.hpp[>\"]")
        list(APPEND included "${CMAKE_MATCH_1}")
      elseif(NOT line MATCHES "<([a-z0-9_/.]+)>")
        message(SEND_ERROR "${header}: write \"orderly/...\" or a standard header: ${line}")
      elseif("${CMAKE_MATCH_1}" IN_LIST costly AND NOT header IN_LIST orderly_opt_in)
        message(SEND_ERROR "${header}: <${CMAKE_MATCH_1}> is too costly for a default header")
      endif()
    endforeach()
    set(not_below ${included})
    list(REMOVE_ITEM not_below ${below})
    if(not_below)
      message(SEND_ERROR "${header} (layer ${layer}) includes what is not below it: ${not_below}")
    endif()
  endforeach()

  if("orderly" IN_LIST orderly_layer_${layer})
    set(expected ${below})
    list(FILTER expected EXCLUDE REGEX "^detail/")
    list(REMOVE_ITEM expected ${orderly_opt_in} ${included})
    if(expected)
      message(SEND_ERROR "orderly.hpp leaves out: ${expected}")
    endif()
  endif()
  list(APPEND below ${orderly_layer_${layer}})
endforeach()
if(on_disk)
  message(SEND_ERROR "not in include/layers.cmake: ${on_disk}")
endif()

foreach(folder tests examples bench)
  file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/${folder}/*.[ch]pp")
  # Those that test private parts, and the scheduler that stands in for them.
  list(FILTER sources EXCLUDE REGEX "^tests/(detail|interleaving|support/interleaving)/")
  foreach(source IN LISTS sources)
    file(STRINGS "${ROOT}/${source}" lines REGEX "^ *# *include.*orderly/detail/")
    if(lines)
      message(SEND_ERROR "${source} includes a private header: ${lines}")
    endif()
  endforeach()
endforeach()
