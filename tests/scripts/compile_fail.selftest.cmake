# Usage: cmake -D WORK=<scratch folder> -D COMPILER=<c++> -P compile_fail.selftest.cmake
cmake_policy(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/planted.cmake")
set(arguments "-DSOURCE=${WORK}/case.cpp" "-DCOMPILER=${COMPILER}" "-DINCLUDE_DIR=${WORK}")
set(head "// expect: small_type\ntemplate <class T>\nconcept small_type = sizeof(T) <= 4;\n\
template <small_type T>\nvoid take(T) {}\n#ifdef ORDERLY_EXPECT_SUCCESS\n")

file(WRITE "${WORK}/case.cpp" "${head}void f() { take(1); }\n#else\nvoid f() { take(1.0); }\n#endif\n")
expect_silence(compile_fail.cmake "${arguments}")

file(WRITE "${WORK}/case.cpp" "${head}void f() { take(1); }\n#else\nvoid f() { take(1); }\n#endif\n")
expect_complaint(compile_fail.cmake "${arguments}" "compiles, but must not")

file(WRITE "${WORK}/case.cpp" "${head}void f() { take(); }\n#else\nvoid f() { take(1.0); }\n#endif\n")
expect_complaint(compile_fail.cmake "${arguments}" "corrected form does not compile")

file(WRITE "${WORK}/case.cpp" "${head}#else\nvoid f() { nonsense; }\n#endif\n")
expect_complaint(compile_fail.cmake "${arguments}" "does not say `small_type`")

string(REPEAT "template int twice<0>(small_type);\n" 12 many)
file(WRITE "${WORK}/case.cpp" "${head}#else\n${many}#endif\n")
expect_complaint(compile_fail.cmake "${arguments}" "fewer than 20 are allowed")

file(WRITE "${WORK}/case.cpp" "int x;\n")
expect_complaint(compile_fail.cmake "${arguments}" "first line must be")
