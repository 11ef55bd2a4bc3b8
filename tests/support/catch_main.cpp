// SPDX-License-Identifier: MIT
//
// The main function of the tests under Catch2 2. The one that Debian ships as a library is built
// for the system's own standard library only, so it links with neither libc++ nor a cross compiler.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
