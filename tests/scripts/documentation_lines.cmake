# Checks that every public function of the core headers says when it blocks, who may call it at
# once, and what it throws. The rule, for text as clang-format leaves it:
#  - A declaration starts on a line at the scope's own indentation (0 in a namespace, 2 more per
#    class) and ends with the first line that ends in `;`, `{` or `}`. `template <...>` and
#    `requires` lines belong to it.
#  - It is a function if it has a `(`, but no ` = ` before it (a variable), and does not begin with
#    using, friend, static_assert, concept, namespace, class, struct, enum or a macro.
#  - The `///` block directly above must contain `Blocking:`, `Thread-safety:` and `Exceptions:`.
#    It covers all declarations down to the next empty line, so overloads share one.
#  - Exempt: `= default`, `= delete`, deduction guides, definitions outside of their class
#    (`name::name(`), everything private or protected, and namespaces named `detail`.
#
# Usage: cmake -D INCLUDE_DIR=<.../include/orderly> -P documentation_lines.cmake
cmake_policy(VERSION 3.23)
set(headers bounded_queue ordered_merge worker_pool per_worker ordered_for_each ordered_transform
            ordered_reduce ordered_pipeline submit)
set(required "Blocking:" "Thread-safety:" "Exceptions:")

# Appends the text's complaint, if any, to the caller's list `problems`.
function(check_function declaration doc where)
  string(REGEX REPLACE " +" " " declaration "${declaration}")
  if(NOT declaration MATCHES "\\("
     OR declaration MATCHES "^(using|friend|static_assert|concept|enum|[A-Z_]+\\()"
     OR declaration MATCHES "^[^(]* = "
     OR declaration MATCHES "= (default|delete)!$"
     OR declaration MATCHES "^[^(]*[a-z_>]::~?[a-z_]+\\(|>::operator"
     OR (declaration MATCHES "\\) -> [a-z_]+<.*>!$" AND NOT declaration MATCHES "auto "))
    return()
  endif()
  set(missing ${required})
  foreach(word IN LISTS required)
    if(doc MATCHES "${word}")
      list(REMOVE_ITEM missing "${word}")
    endif()
  endforeach()
  if(missing)
    string(SUBSTRING "${declaration}" 0 70 declaration)
    message(SEND_ERROR "${where}: no ${missing} above: ${declaration}")
  endif()
endfunction()

function(check_header file)
  file(READ "${file}" text)
  # Characters that would break a CMake list; `!` then marks the end of a declaration.
  string(REPLACE "!" "~" text "${text}")
  string(REPLACE ";" "!" text "${text}")
  string(REGEX REPLACE "[][\\]" " " text "${text}")
  string(REPLACE "\n" ";" lines "${text}")

  set(access public)   # one entry per open namespace or class, the innermost last
  set(indent "")       # of declarations in the innermost scope
  set(declaration "")
  set(doc "")
  set(skip_to "")      # a pattern that ends the part being skipped
  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(line MATCHES "^ *///")
      string(APPEND doc "${line}\n")
      continue()
    endif()
    string(REGEX REPLACE " *//.*$" "" line "${line}")
    if(skip_to)
      if(line MATCHES "${skip_to}")
        set(skip_to "")
      endif()
    elseif(line MATCHES "^ *$")
      set(doc "")
    elseif(line MATCHES "^ *#")
      # The preprocessor changes nothing here.
    elseif(line MATCHES "^(inline )?namespace (.*){$")
      if(CMAKE_MATCH_2 MATCHES "detail")
        list(APPEND access private)
      else()
        list(APPEND access public)
      endif()
    elseif(line STREQUAL "}")
      list(POP_BACK access)
    elseif(line MATCHES "^ *(public|protected|private):$")
      string(STRIP "${line}" word)
      string(REPLACE ":" "" word "${word}")
      list(POP_BACK access)
      list(APPEND access ${word})
    elseif(line MATCHES "^ *}!$" AND NOT declaration)
      list(POP_BACK access)
      string(REGEX REPLACE "^  " "" indent "${indent}")
    else()
      string(STRIP "${line}" words)
      string(APPEND declaration " ${words}")
      string(STRIP "${declaration}" declaration)
      if(declaration MATCHES "^template <[^(){}!]*>$")
        set(declaration "")
      elseif(declaration MATCHES "^(requires.* )?(class|struct) [^!]*{$")
        string(REGEX MATCH "class|struct" kind "${declaration}")
        string(REPLACE "class" private kind "${kind}")
        string(REPLACE "struct" public kind "${kind}")
        list(APPEND access ${kind})
        string(APPEND indent "  ")
        set(declaration "")
        set(doc "")
      elseif(words MATCHES "[!{}]$")
        if(NOT "private" IN_LIST access AND NOT "protected" IN_LIST access)
          check_function("${declaration}" "${doc}" "${file}:${number}")
        endif()
        if(words MATCHES "{$")
          set(skip_to "^${indent}}")
        endif()
        set(declaration "")
      endif()
    endif()
  endforeach()
endfunction()

foreach(header IN LISTS headers)
  check_header("${INCLUDE_DIR}/${header}.hpp")
endforeach()
