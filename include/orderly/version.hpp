// SPDX-License-Identifier: MIT
//
// orderly/version.hpp: the library's version and its language floor.
//
// The version stands here once. CMake reads it from this file, Conan and vcpkg through CMake or by
// the same pattern; a test compares all of them.
#ifndef ORDERLY_VERSION_HPP
#define ORDERLY_VERSION_HPP

#if !defined(__cplusplus) ||                                                                       \
    (__cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L))
#error "orderly needs C++20: compile with -std=c++20 (GCC, Clang) or /std:c++20 (MSVC)"
#endif

#define ORDERLY_VERSION_MAJOR 0
#define ORDERLY_VERSION_MINOR 1
#define ORDERLY_VERSION_PATCH 0
#define ORDERLY_VERSION "0.1.0"

#endif // ORDERLY_VERSION_HPP
