// SPDX-License-Identifier: MIT
//
// The text of the error that a call ends with.
//
//   CHECK(test::error_of([&] { read("--hands x"); }) == "--hands: ...");
#ifndef ORDERLY_TESTS_EXAMPLES_ERROR_OF_HPP
#define ORDERLY_TESTS_EXAMPLES_ERROR_OF_HPP

#include "support/arguments.hpp"

#include <string> // the text

namespace test {

/// "no error" if the call returns; other exceptions pass.
template <class Error = example::usage_error, class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

} // namespace test

#endif
