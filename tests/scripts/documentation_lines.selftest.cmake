# Usage: cmake -D WORK=<scratch folder> -P documentation_lines.selftest.cmake
cmake_policy(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/planted.cmake")
set(full "/// Does it.\n/// Blocking: no.\n/// Thread-safety: any thread.\n/// Exceptions: none.\n")
string(REPLACE "///" "  ///" full_member "${full}")
set(half "  /// Does it.\n  /// Blocking: no.\n  /// Exceptions: none.\n")

# All headers but one are empty; that one is `text`.
function(plant text)
  file(REMOVE_RECURSE "${WORK}")
  foreach(header bounded_queue ordered_merge worker_pool per_worker ordered_for_each
                 ordered_transform ordered_reduce ordered_pipeline submit)
    file(WRITE "${WORK}/${header}.hpp" "// empty\n")
  endforeach()
  file(WRITE "${WORK}/per_worker.hpp"
       "namespace orderly {\ninline namespace v0 {\n\n${text}\n} // namespace v0\n}\n")
endfunction()

function(expect_documented text)
  plant("${text}")
  expect_silence(documentation_lines.cmake "-DINCLUDE_DIR=${WORK}")
endfunction()
function(expect_undocumented text complaint)
  plant("${text}")
  expect_complaint(documentation_lines.cmake "-DINCLUDE_DIR=${WORK}" "${complaint}")
endfunction()

set(class "template <class T,\n          class U = int>\n  requires(sizeof(T) > 1)\nclass box {\n")

expect_documented("${full}template <class F>\n  requires std::invocable<F&>\nvoid call(F f);\n")
expect_documented("${class}public:\n  box() = default;\n  box(const box&) = delete;\n\n${full_member}\
  int get(int a[2],\n          int b) {\n    return f(a);\n  }\n  int get() { return 1; }\n\n\
  struct options {\n    int size = (1);\n  };\n\n private:\n  int hidden();\n  int size_ = f(1);\n};\n")
expect_documented("namespace detail {\nint f(int x) {\n  return x;\n}\nint g();\n} // namespace detail\n")
expect_documented("template <class T>\nint box<T>::get(int a) {\n  return a;\n}\n")
expect_documented("namespace detail {\nint x();\n}\n\n// prose (with a parenthesis);\n#define A(x) x\n")

expect_undocumented("void call(int f);\n" "no Blocking:;Thread-safety:;Exceptions: above: void call")
expect_undocumented("${class} public:\n${half}  int get();\n};\n" "no Thread-safety: above: int get")
expect_undocumented("${class} public:\n${full_member}  int a();\n\n  int b() { return 1; }\n};\n"
                    "no Blocking.* above: int b")
expect_undocumented("struct box {\n  explicit box(int n)\n      : n_(n) {}\n};\n"
                    "no Blocking.* above: explicit box")
expect_undocumented("${class} public:\n  class inner {\n  public:\n    int deep();\n  };\n};\n"
                    "no Blocking.* above: int deep")
expect_undocumented("${class} private:\n  int x();\n\n public:\n  ~box() {\n    x();\n  }\n};\n"
                    "no Blocking.* above: ~box")
expect_undocumented("${class} public:\n  class inner {\n    int x_ = f(1);\n  };\n  int after();\n};\n"
                    "no Blocking.* above: int after")
expect_undocumented("namespace detail {\nint x();\n}\n\n\
bool operator==(int a, int b);\n" "no Blocking.* above: bool operator==")
