# Usage: cmake -D WORK=<scratch folder> -P readme_first.selftest.cmake
cmake_policy(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/planted.cmake")
set(arguments "-DROOT=${WORK}/root" "-DWORK=${WORK}/copy")
set(program "#include <one.hpp>\nint main() { int a[2]; return a[1] = 0; }\n")

# The "compile line" needs no compiler: that is not what is tested here.
function(plant in_readme command shown)
  file(REMOVE_RECURSE "${WORK}")
  file(WRITE "${WORK}/root/include/one.hpp" "\n")
  file(WRITE "${WORK}/root/examples/first.cpp" "${program}")
  file(WRITE "${WORK}/root/README.md" "# Title\n\n```cpp\n${in_readme}```\n\nThen\n\n\
```sh\ngit clone somewhere\ncd somewhere\n${command}\n```\n\n```text\n${shown}\n```\n")
endfunction()

plant("${program}" "test -f include/one.hpp && cat examples/first.cpp | grep -c main" "1")
expect_silence(readme_first.cmake "${arguments}")
plant("${program} " "echo 1" "1")
expect_complaint(readme_first.cmake "${arguments}" "differs from examples/first.cpp")
plant("${program}" "echo 1" "2")
expect_complaint(readme_first.cmake "${arguments}" "but the first program prints 1")
plant("${program}" "echo 1; false" "1")
expect_complaint(readme_first.cmake "${arguments}" "first command fails")
file(WRITE "${WORK}/root/README.md" "# Title\n")
expect_complaint(readme_first.cmake "${arguments}" "no ```cpp block")
