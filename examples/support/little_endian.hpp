// SPDX-License-Identifier: MIT
//
// Numbers as bytes in memory, the same on every machine.
//
//   char bytes[12];
//   char* to = bytes;
//   example::put_little_endian(to, std::uint32_t{7}); // moves `to` behind what was put
//   const char* from = bytes;
//   example::get_little_endian<std::uint32_t>(from);  // 7
#ifndef ORDERLY_EXAMPLES_SUPPORT_LITTLE_ENDIAN_HPP
#define ORDERLY_EXAMPLES_SUPPORT_LITTLE_ENDIAN_HPP

#include "binary_writer.hpp" // file_number

#include <cstring> // memcpy

namespace example {

template <file_number T>
void put_little_endian(char*& to, T number) {
  detail::swap_on_big_endian(number);
  std::memcpy(to, &number, sizeof(T));
  to += sizeof(T);
}

template <file_number T>
T get_little_endian(const char*& from) {
  T number;
  std::memcpy(&number, from, sizeof(T));
  from += sizeof(T);
  detail::swap_on_big_endian(number);
  return number;
}

} // namespace example

#endif
