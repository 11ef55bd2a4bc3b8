// SPDX-License-Identifier: MIT
//
// How a fuzz target says that a property does not hold: an exception, which ends a fuzzer's program
// and fails an ordinary test.
#ifndef ORDERLY_TESTS_FUZZ_REQUIRE_HPP
#define ORDERLY_TESTS_FUZZ_REQUIRE_HPP

#include <exception> // exception
#include <optional>  // an error or none
#include <string>    // the text
#include <utility>   // move

namespace fuzz {

/// No kin of the errors that parsers throw: a check cannot take one for the other.
class violation : public std::exception {
 public:
  explicit violation(std::string what) : what_(std::move(what)) {}
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

inline void require(bool holds, const std::string& property) {
  if (!holds) throw violation(property);
}

/// The text of the Error that f() throws, if it does. Every other exception passes.
template <class Error, class F>
std::optional<std::string> error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return std::nullopt;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_REQUIRE_HPP
