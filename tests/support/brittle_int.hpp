// SPDX-License-Identifier: MIT
//
// support/brittle_int.hpp: an int that bounded_queue has to treat as if its moves could throw.
//
// The queue has two ways of keeping elements, one for each kind of move; what it promises for both is
// tested with int and with brittle_int.
#ifndef ORDERLY_TESTS_SUPPORT_BRITTLE_INT_HPP
#define ORDERLY_TESTS_SUPPORT_BRITTLE_INT_HPP

namespace test {

class brittle_int {
 public:
  brittle_int(int value) noexcept : value_(value) {}
  brittle_int(brittle_int&& other) noexcept(false) : value_(other.value_) {}
  brittle_int(const brittle_int& other) noexcept(false) = default;
  brittle_int& operator=(brittle_int&& other) noexcept(false) = default;
  brittle_int& operator=(const brittle_int& other) noexcept(false) = default;
  operator int() const noexcept { return value_; }

 private:
  int value_;
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_BRITTLE_INT_HPP
