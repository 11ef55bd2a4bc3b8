// SPDX-License-Identifier: MIT
//
// Catch2 in the version at hand: 3 where it is installed, else 2.13. Tests include this file and
// write plain `Approx` in both cases.
#ifndef ORDERLY_TESTS_SUPPORT_CATCH_HPP
#define ORDERLY_TESTS_SUPPORT_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#endif // ORDERLY_TESTS_SUPPORT_CATCH_HPP
