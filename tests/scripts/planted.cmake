# Shared by the self-tests of the checking scripts: a check that cannot fail is worth nothing.

# Runs `script` with `arguments` and demands that it fails and says something matching `complaint`.
function(expect_complaint script arguments complaint)
  execute_process(
    COMMAND ${CMAKE_COMMAND} ${arguments} -P "${CMAKE_CURRENT_LIST_DIR}/${script}"
    RESULT_VARIABLE code
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  # CMake wraps its messages; the words are what counts.
  string(REGEX REPLACE "[ \n]+" " " words "${output}")
  if(code EQUAL 0)
    message(SEND_ERROR "${script} accepted a planted violation; expected: ${complaint}")
  elseif(NOT words MATCHES "${complaint}")
    message(SEND_ERROR "${script} failed, but not with \"${complaint}\":\n${output}")
  endif()
endfunction()

# Runs `script` with `arguments` and demands that it succeeds.
function(expect_silence script arguments)
  execute_process(
    COMMAND ${CMAKE_COMMAND} ${arguments} -P "${CMAKE_CURRENT_LIST_DIR}/${script}"
    RESULT_VARIABLE code
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(SEND_ERROR "${script} rejected a correct input:\n${output}")
  endif()
endfunction()
